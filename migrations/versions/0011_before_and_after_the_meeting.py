"""proposals go round before the hand-over meeting, acts wait for a signature, two leads agree on one reply

Revision ID: 0011
Revises: 0010
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

ROWS_MAY_CHANGE: tuple[str, ...] = ()
JSON = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")


def upgrade() -> None:
    _proposals_on_their_round()
    _acts_to_sign()
    _agreements()


def _proposals_on_their_round() -> None:
    op.create_table(
        "circulation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("congress_id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("by_name", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(["congress_id"], ["congress.id"], name=op.f("fk_circulation_congress_id")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_circulation_meeting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_circulation")),
    )
    op.create_index(op.f("ix_circulation_congress_id"), "circulation", ["congress_id"])
    op.create_index(op.f("ix_circulation_meeting_id"), "circulation", ["meeting_id"])
    op.create_table(
        "circulated",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("circulation_id", sa.Integer(), nullable=False),
        sa.Column("suggestion_id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(length=40), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("agreed", sa.Boolean(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("answered_by", sa.String(length=60), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("wished_body_id", sa.Integer(), nullable=True),
        sa.Column("settled_on", sa.Date(), nullable=True),
        sa.Column("settled_by", sa.String(length=60), nullable=True),
        sa.Column("settled_note", sa.Text(), nullable=False),
        sa.Column("instead_body_id", sa.Integer(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["circulation_id"], ["circulation.id"], name=op.f("fk_circulated_circulation_id")),
        sa.ForeignKeyConstraint(["suggestion_id"], ["suggestion.id"], name=op.f("fk_circulated_suggestion_id")),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_circulated_body_id")),
        sa.ForeignKeyConstraint(["wished_body_id"], ["body.id"], name=op.f("fk_circulated_wished_body_id")),
        sa.ForeignKeyConstraint(["instead_body_id"], ["body.id"], name=op.f("fk_circulated_instead_body_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_circulated")),
    )
    op.create_index("ix_circulated_body_id_ended_on", "circulated", ["body_id", "ended_on"])
    op.create_index(op.f("ix_circulated_circulation_id"), "circulated", ["circulation_id"])
    op.create_index(op.f("ix_circulated_suggestion_id"), "circulated", ["suggestion_id"])
    with op.batch_alter_table("link", schema=None) as batch_op:
        batch_op.add_column(sa.Column("circulation_id", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_link_circulation_id"), ["circulation_id"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_link_circulation_id"), "circulation", ["circulation_id"], ["id"])


def _acts_to_sign() -> None:
    op.create_table(
        "signing_mode",
        sa.Column("congress_id", sa.Integer(), nullable=False),
        sa.Column("two_steps", sa.Boolean(), nullable=False),
        sa.Column("since_on", sa.Date(), nullable=False),
        sa.Column("by_name", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(["congress_id"], ["congress.id"], name=op.f("fk_signing_mode_congress_id")),
        sa.PrimaryKeyConstraint("congress_id", name=op.f("pk_signing_mode")),
    )
    op.create_table(
        "to_sign",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("congress_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("thing_id", sa.Integer(), nullable=False),
        sa.Column("suggestion_id", sa.Integer(), nullable=True),
        sa.Column("facts", JSON, nullable=False),
        sa.Column("drawn_up_on", sa.Date(), nullable=False),
        sa.Column("drawn_up_by", sa.String(length=60), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("signed_by", sa.String(length=60), nullable=True),
        sa.Column("given_back_on", sa.Date(), nullable=True),
        sa.Column("given_back_by", sa.String(length=60), nullable=True),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["congress_id"], ["congress.id"], name=op.f("fk_to_sign_congress_id")),
        sa.ForeignKeyConstraint(["suggestion_id"], ["suggestion.id"], name=op.f("fk_to_sign_suggestion_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_to_sign")),
    )
    op.create_index("ix_to_sign_congress_id_signed_on", "to_sign", ["congress_id", "signed_on"])
    op.create_index(op.f("ix_to_sign_suggestion_id"), "to_sign", ["suggestion_id"])


def _agreements() -> None:
    op.create_table(
        "lead_agreement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reply_id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("asked_by", sa.String(length=60), nullable=False),
        sa.Column("agreed_on", sa.Date(), nullable=True),
        sa.Column("agreed_by", sa.String(length=60), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["reply_id"], ["reply.id"], name=op.f("fk_lead_agreement_reply_id")),
        sa.ForeignKeyConstraint(["assignment_id"], ["assignment.id"], name=op.f("fk_lead_agreement_assignment_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lead_agreement")),
    )
    op.create_index(op.f("ix_lead_agreement_reply_id"), "lead_agreement", ["reply_id"])
    op.create_index(op.f("ix_lead_agreement_assignment_id"), "lead_agreement", ["assignment_id"])
