"""search: the index of words; what is in it already, 0050 writes

SQLite gets a full-text table (FTS5) whose words are separated beforehand, and its vocabulary; PostgreSQL a tsvector
with a GIN index. Models do not name these tables.

Revision ID: 0005
Revises: 0004
"""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

ROWS_MAY_CHANGE = ("search_words",)  # on the way back
SQLITE = (
    "CREATE VIRTUAL TABLE search_words USING fts5 (words, tokenize = 'ascii')",
    "CREATE VIRTUAL TABLE search_terms USING fts5vocab (search_words, row)",
)
POSTGRESQL = (
    "CREATE TABLE search_words (id bigint NOT NULL, words tsvector NOT NULL, CONSTRAINT pk_search_words PRIMARY KEY (id))",
    "CREATE INDEX ix_search_words_words ON search_words USING gin (words)",
)


def upgrade() -> None:
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.execute(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE search_terms")
    op.execute("DROP TABLE search_words")
