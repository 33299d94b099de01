"""search: beside the words of a piece of a text stands the digest by which both are compared

The index is built anew from the texts: SQLite's full-text table takes no new column.

Revision ID: 0050
Revises: 0049
"""

import sqlalchemy as sa
from alembic import op

from tracker.search import kept
from tracker.search.pinyin import sounds
from tracker.search.rules import Kind, pieces, place

revision = "0050"
down_revision = "0049"
branch_labels = None
depends_on = None

ROWS_MAY_CHANGE = ("search_words",)
BATCH = 500
SQLITE = (
    "DROP TABLE search_terms",
    "DROP TABLE search_words",
    "CREATE VIRTUAL TABLE search_words USING fts5 ({columns}, tokenize = 'ascii')",
    "CREATE VIRTUAL TABLE search_terms USING fts5vocab (search_words, row)",
)
INDEX = "CREATE INDEX ix_search_words_words ON search_words USING gin (words)"
FILLED = (
    (Kind.NUMBER, "SELECT id, congress_id, number, number_key FROM suggestion WHERE id > :after"),
    (Kind.TITLE, "SELECT id, congress_id, title FROM suggestion WHERE id > :after"),
    (Kind.TEXT, "SELECT id, congress_id, text FROM suggestion WHERE id > :after"),
    (Kind.DEPUTY, "SELECT id, congress_id, name FROM deputy WHERE id > :after"),
    (Kind.BODY, "SELECT id, congress_id, name, short_name, former_names, name_en FROM body WHERE id > :after"),
    (
        Kind.OTHER_NUMBER,
        "SELECT other_number.id, suggestion.congress_id, other_number.number FROM other_number "
        "JOIN suggestion ON suggestion.id = other_number.suggestion_id WHERE other_number.id > :after",
    ),
    (
        Kind.REPLY,
        "SELECT reply.id, assignment.congress_id, reply.text FROM reply "
        "JOIN assignment ON assignment.id = reply.assignment_id WHERE reply.id > :after",
    ),
)


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        _anew("words, digest UNINDEXED")
        _fill_all()
    else:
        op.execute("DROP INDEX ix_search_words_words")
        op.execute("TRUNCATE search_words")
        op.execute("ALTER TABLE search_words ADD COLUMN digest bytea NOT NULL")
        _fill_all()
        op.execute(INDEX)


def downgrade() -> None:
    """The words go along to SQLite's narrower table."""
    if op.get_bind().dialect.name == "postgresql":
        op.drop_column("search_words", "digest")
        return
    op.execute("CREATE TEMP TABLE words_kept AS SELECT rowid AS id, words FROM search_words")
    _anew("words")
    op.execute("INSERT INTO search_words (rowid, words) SELECT id, words FROM words_kept ORDER BY id")
    op.execute("DROP TABLE words_kept")


def _anew(columns: str) -> None:
    for statement in SQLITE:
        op.execute(statement.format(columns=columns))


def _fill_all() -> None:
    for kind, rows in FILLED:
        _fill(kind, sa.text(f"{rows} ORDER BY 1 LIMIT {BATCH}"))


def _fill(kind: Kind, rows: sa.TextClause) -> None:
    after = 0
    while found := op.get_bind().execute(rows, {"after": after}).all():
        kept.write(op.get_bind(), [entry for row in found for entry in _entries(kind, row)])
        after = found[-1][0]


def _entries(kind: Kind, row: sa.Row) -> list[tuple[int, str]]:
    thing_id, congress_id, *values = row
    said = [value for value in values if value]
    if kind is Kind.DEPUTY:
        said += sounds(said[0])
    return [(place(congress_id, kind, thing_id, n), one) for n, one in enumerate(pieces("\n".join(said)))]
