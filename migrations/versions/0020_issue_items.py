"""an issue's items are rows, sealed line by line; corrections stand beside it

Revision ID: 0020
Revises: 0017
"""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0020"
down_revision = "0017"
branch_labels = None
depends_on = None

ROWS_MAY_CHANGE: tuple[str, ...] = ("issue_item",)
JSON = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")
AT_ONCE = 1_000
WHOLE = "1"  # how those of before are sealed: as one text
ISSUE = sa.table("issue", sa.column("id", sa.Integer), sa.column("items", JSON))
ITEM = sa.table(
    "issue_item",
    sa.column("issue_id", sa.Integer),
    sa.column("no", sa.Integer),
    sa.column("section", sa.String),
    sa.column("thing_id", sa.Integer),
    sa.column("assignment_id", sa.Integer),
    sa.column("body_id", sa.Integer),
    sa.column("branch", sa.String),
    sa.column("deputy_id", sa.Integer),
    sa.column("key", sa.Boolean),
    sa.column("internal", sa.Boolean),
    sa.column("weeks", sa.Integer),
    sa.column("said", JSON),
)


KEPT = ("no", "section", "assignment_id", "body_id", "branch", "deputy_id", "key", "internal")


def upgrade() -> None:
    op.create_table(
        "issue_item",
        sa.Column("issue_id", sa.Integer(), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("section", sa.String(length=30), nullable=False),
        sa.Column("thing_id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=True),
        sa.Column("body_id", sa.Integer(), nullable=True),
        sa.Column("branch", sa.String(length=40), nullable=False),
        sa.Column("deputy_id", sa.Integer(), nullable=True),
        sa.Column("key", sa.Boolean(), nullable=False),
        sa.Column("internal", sa.Boolean(), nullable=False),
        sa.Column("weeks", sa.Integer(), nullable=False),
        sa.Column("said", JSON, nullable=False),
        sa.ForeignKeyConstraint(["issue_id"], ["issue.id"], name=op.f("fk_issue_item_issue_id")),
        sa.PrimaryKeyConstraint("issue_id", "no", name=op.f("pk_issue_item")),
    )
    op.create_index("ix_issue_item_thing", "issue_item", ["issue_id", "section", "thing_id"])
    op.create_table(
        "issue_correction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("issue_id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("by_name", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(["issue_id"], ["issue.id"], name=op.f("fk_issue_correction_issue_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_issue_correction")),
    )
    op.create_index(op.f("ix_issue_correction_issue_id"), "issue_correction", ["issue_id"])
    with op.batch_alter_table("issue", schema=None) as batch_op:
        batch_op.add_column(sa.Column("sealed_as", sa.Integer(), server_default=WHOLE, nullable=False))
    _take_apart()
    with op.batch_alter_table("issue", schema=None) as batch_op:
        batch_op.alter_column("sealed_as", server_default=None)
        batch_op.drop_column("items")


def downgrade() -> None:
    with op.batch_alter_table("issue", schema=None) as batch_op:
        batch_op.add_column(sa.Column("items", JSON, nullable=True))
    connection = op.get_bind()
    for issue_id in connection.scalars(sa.select(ISSUE.c.id)).all():
        said = connection.scalars(sa.select(ITEM.c.said).where(ITEM.c.issue_id == issue_id).order_by(ITEM.c.no)).all()
        connection.execute(sa.update(ISSUE).where(ISSUE.c.id == issue_id).values(items=said))
    with op.batch_alter_table("issue", schema=None) as batch_op:
        batch_op.alter_column("items", nullable=False, existing_type=JSON)
        batch_op.drop_column("sealed_as")
    op.drop_table("issue_correction")
    op.drop_table("issue_item")


def _take_apart() -> None:
    connection = op.get_bind()
    for issue_id in connection.scalars(sa.select(ISSUE.c.id).order_by(ISSUE.c.id)).all():
        items = connection.scalar(sa.select(ISSUE.c["items"]).where(ISSUE.c.id == issue_id)) or []
        for first in range(0, len(items), AT_ONCE):
            rows = [_row(issue_id, item) for item in items[first : first + AT_ONCE]]
            connection.execute(sa.insert(ITEM), rows)


def _row(issue_id: int, item: dict[str, Any]) -> dict[str, Any]:
    return {
        **{name: item[name] for name in KEPT},
        "issue_id": issue_id,
        "thing_id": item["assignment_id"],
        "weeks": 1,
        "said": item,
    }
