"""telephones stand enciphered, each bound to its place

Revision ID: 0047
Revises: 0045
"""

from functools import partial

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from tracker.enciphered import lock_value, open_value, place_of

revision = "0047"
down_revision = "0045"
branch_labels = None
depends_on = None

ROWS_MAY_CHANGE: tuple[str, ...] = ()
FILE_ANEW = True  # SQLite keeps in gaps what stood there before
AT_ONCE = 1_000
WHOLE = (
    ("deputy", "phone", "id"),
    ("officer", "phone", "id"),
    ("reply", "contact_phone", "id"),
    ("sheet", "contact_phone", "suggestion_id"),
)
PARTLY = (
    ("draft", "said"),
    ("document", "found"),
    ("document", "shown"),
    ("document", "corrected"),
    ("ledger_row", "cells"),
)
JSON = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")


def upgrade() -> None:
    on_postgresql = op.get_bind().dialect.name == "postgresql"
    if not on_postgresql:  # should the start be killed before the file is written anew
        op.execute("PRAGMA secure_delete = on")
    for table, column, key in WHOLE:
        with op.batch_alter_table(table) as batch_op:
            batch_op.alter_column(column, type_=sa.Text())
        _change(table, column, key, sa.Text(), partial(lock_value, whole=True))
        if on_postgresql:
            _write_anew(table, column, "text", f"{column} || ''")
    for table, column in PARTLY:
        _change(table, column, "id", JSON, partial(lock_value, whole=False))
        if on_postgresql:
            _write_anew(table, column, "jsonb", f"{column}::text::jsonb")


def downgrade() -> None:
    for table, column in PARTLY:
        _change(table, column, "id", JSON, open_value)
    for table, column, key in WHOLE:
        _change(table, column, key, sa.Text(), open_value)
        with op.batch_alter_table(table) as batch_op:
            batch_op.alter_column(column, type_=sa.String(40))


def _change(table, column, key, kind, do):
    """Every value of a column, so many at once."""
    connection, rows = op.get_bind(), sa.table(table, sa.column(key, sa.Integer), sa.column(column, kind))
    last, known, value = 0, rows.c[key], rows.c[column]
    put = sa.update(rows).where(known == sa.bindparam("row")).values({column: sa.bindparam("new", type_=kind)})
    while some := connection.execute(sa.select(known, value).where(known > last).order_by(known).limit(AT_ONCE)).all():
        now = [(row, was, do(place_of(table, column, (row,)), was)) for row, was in some]
        if changed := [{"row": row, "new": new} for row, was, new in now if new != was]:
            connection.execute(put, changed)
        last = some[-1][0]


def _write_anew(table, column, kind, said):
    """PostgreSQL keeps the rows of before in the table's file until it is written anew, which it does for this."""
    op.execute(f"ALTER TABLE {table} ALTER COLUMN {column} TYPE {kind} USING ({said})")
