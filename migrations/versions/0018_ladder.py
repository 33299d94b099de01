"""instructions climb; a body is chased by hand; pending cases are marked with their reason

Revision ID: 0018
Revises: 0017
"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

ROWS_MAY_CHANGE: tuple[str, ...] = ()


def upgrade() -> None:
    with op.batch_alter_table("alarm") as table:
        table.alter_column("deadline_id", existing_type=sa.Integer(), nullable=True)
        table.add_column(sa.Column("duty_id", sa.Integer(), nullable=True))
        table.create_foreign_key(op.f("fk_alarm_duty_id"), "instruction_duty", ["duty_id"], ["id"])
        table.create_unique_constraint(op.f("uq_alarm_duty_id_step_due_on"), ["duty_id", "step", "due_on"])
        table.create_check_constraint(op.f("ck_alarm_one_clock"), "(deadline_id IS NULL) <> (duty_id IS NULL)")
    op.create_table(
        "chase",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("manner", sa.String(length=40), nullable=False),
        sa.Column("whom", sa.String(length=120), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("promised", sa.Text(), nullable=False),
        sa.Column("promised_on", sa.Date(), nullable=True),
        sa.Column("by_name", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(["assignment_id"], ["assignment.id"], name=op.f("fk_chase_assignment_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chase")),
    )
    op.create_index(op.f("ix_chase_assignment_id"), "chase", ["assignment_id"])
    op.create_table(
        "pending_case",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_name", sa.String(length=60), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("end_reason", sa.Text(), nullable=False),
        sa.Column("ended_by", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(["assignment_id"], ["assignment.id"], name=op.f("fk_pending_case_assignment_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pending_case")),
    )
    op.create_index(op.f("ix_pending_case_assignment_id"), "pending_case", ["assignment_id"])


def downgrade() -> None:
    op.drop_table("pending_case")
    op.drop_table("chase")
    told = "DELETE FROM told WHERE alarm_id IN (SELECT id FROM alarm WHERE deadline_id IS NULL)"
    op.execute(told)
    op.execute("DELETE FROM alarm WHERE deadline_id IS NULL")
    with op.batch_alter_table("alarm") as table:
        table.drop_constraint(op.f("ck_alarm_one_clock"), type_="check")
        table.drop_constraint(op.f("uq_alarm_duty_id_step_due_on"), type_="unique")
        table.drop_constraint(op.f("fk_alarm_duty_id"), type_="foreignkey")
        table.drop_column("duty_id")
        table.alter_column("deadline_id", existing_type=sa.Integer(), nullable=False)
