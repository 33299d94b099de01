"""schemes of points, assessments, and points given by hand

Revision ID: 0034
Revises: 0033
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

ROWS_MAY_CHANGE: tuple[str, ...] = ()
JSON = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")


def upgrade() -> None:
    op.create_table(
        "assessment_scheme",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("congress_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("data", JSON, nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("by_name", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(["congress_id"], ["congress.id"], name=op.f("fk_assessment_scheme_congress_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment_scheme")),
        sa.UniqueConstraint("congress_id", "version", name=op.f("uq_assessment_scheme_congress_id_version")),
    )
    op.create_table(
        "assessment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("congress_id", sa.Integer(), nullable=False),
        sa.Column("scheme_id", sa.Integer(), nullable=False),
        sa.Column("reckoning_id", sa.Integer(), nullable=False),
        sa.Column("period", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("minimum", sa.Integer(), nullable=False),
        sa.Column("begun_on", sa.Date(), nullable=False),
        sa.Column("begun_by", sa.String(length=60), nullable=False),
        sa.Column("finished_on", sa.Date(), nullable=True),
        sa.Column("finished_by", sa.String(length=60), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["congress_id"], ["congress.id"], name=op.f("fk_assessment_congress_id")),
        sa.ForeignKeyConstraint(["scheme_id"], ["assessment_scheme.id"], name=op.f("fk_assessment_scheme_id")),
        sa.ForeignKeyConstraint(["reckoning_id"], ["reckoning.id"], name=op.f("fk_assessment_reckoning_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment")),
    )
    for column in ("congress_id", "scheme_id", "reckoning_id"):
        op.create_index(op.f(f"ix_assessment_{column}"), "assessment", [column])
    op.create_table(
        "points_given",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("item", sa.String(length=40), nullable=False),
        sa.Column("points", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("by_name", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(["assessment_id"], ["assessment.id"], name=op.f("fk_points_given_assessment_id")),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_points_given_body_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_points_given")),
    )
    op.create_index(op.f("ix_points_given_body_id"), "points_given", ["body_id"])
    op.create_index("ix_points_given_assessment_id_body_id", "points_given", ["assessment_id", "body_id", "item"])


def downgrade() -> None:
    for table in ("points_given", "assessment", "assessment_scheme"):
        op.drop_table(table)
