"""search: the index of words, and what is in it already

SQLite gets a full-text table (FTS5) whose words are separated beforehand, and its vocabulary; PostgreSQL a tsvector
with a GIN index. Models do not name these tables.

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op

from tracker.search import kept
from tracker.search.pinyin import sounds
from tracker.search.rules import Kind, pieces, place, words

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

ROWS_MAY_CHANGE = ("search_words",)  # on the way back
BATCH = 500
SQLITE = (
    "CREATE VIRTUAL TABLE search_words USING fts5 (words, tokenize = 'ascii')",
    "CREATE VIRTUAL TABLE search_terms USING fts5vocab (search_words, row)",
)
POSTGRESQL = (
    "CREATE TABLE search_words (id bigint NOT NULL, words tsvector NOT NULL, CONSTRAINT pk_search_words PRIMARY KEY (id))",
    "CREATE INDEX ix_search_words_words ON search_words USING gin (words)",
)
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
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.execute(statement)
    for kind, rows in FILLED:
        _fill(kind, sa.text(f"{rows} ORDER BY 1 LIMIT {BATCH}"))


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE search_terms")
    op.execute("DROP TABLE search_words")


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
    return [(place(congress_id, kind, thing_id, n), words(one)) for n, one in enumerate(pieces("\n".join(said)))]
