"""from which networks bodies act, which ratings came from there, and letters to addresses where nobody is

Revision ID: 0032
Revises: 0030
"""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0030"
branch_labels = None
depends_on = None

ROWS_MAY_CHANGE: tuple[str, ...] = ()


def upgrade() -> None:
    op.create_table(
        "network_seen",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("network", sa.String(length=64), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=True),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_network_seen_body_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_network_seen")),
    )
    op.create_index("ix_network_seen_network", "network_seen", ["network", "body_id", "last_on"])
    op.create_index(op.f("ix_network_seen_body_id"), "network_seen", ["body_id"])
    op.create_table(
        "rating_network",
        sa.Column("rating_id", sa.Integer(), nullable=False),
        sa.Column("network", sa.String(length=64), nullable=True),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("seen_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["rating_id"], ["rating.id"], name=op.f("fk_rating_network_rating_id")),
        sa.PrimaryKeyConstraint("rating_id", name=op.f("pk_rating_network")),
    )

    dead = sa.text("stopped = 'address'")
    op.create_index("ix_letter_dead", "letter", ["to_address"], sqlite_where=dead, postgresql_where=dead)


def downgrade() -> None:
    op.drop_index("ix_letter_dead", "letter")
    op.drop_table("rating_network")
    op.drop_table("network_seen")
