"""Rungs reached, who was told of them, who was pressed by hand, and the cases that are never chased."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.database import Base, Instant, Word
from tracker.deadlines.models import Deadline
from tracker.dispatch.models import Assignment
from tracker.handling.models import Manner
from tracker.supervision.models import Duty

__all__ = ["Alarm", "Chase", "Duty", "PendingCase", "Told"]


class Alarm(Base):
    """A rung of the ladder reached by one deadline or one instruction; raised once for each due date that has had."""

    __tablename__ = "alarm"
    __table_args__ = (
        sa.UniqueConstraint("deadline_id", "step", "due_on"),
        sa.UniqueConstraint("duty_id", "step", "due_on"),
        sa.CheckConstraint("(deadline_id IS NULL) <> (duty_id IS NULL)", name="one_clock"),
        sa.Index("ix_alarm_congress_id_step", "congress_id", "step"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    congress_id: Mapped[int] = mapped_column(sa.ForeignKey("congress.id"))
    deadline_id: Mapped[int | None] = mapped_column(sa.ForeignKey("deadline.id"))
    duty_id: Mapped[int | None] = mapped_column(sa.ForeignKey("instruction_duty.id"))
    assignment_id: Mapped[int | None] = mapped_column(sa.ForeignKey("assignment.id"), index=True)
    step: Mapped[int]
    due_on: Mapped[date]
    reached_on: Mapped[date]
    raised_on: Mapped[date] = mapped_column(index=True)
    form: Mapped[str] = mapped_column(sa.String(30))
    deadline: Mapped[Deadline | None] = relationship(lazy="raise")
    assignment: Mapped[Assignment | None] = relationship(lazy="raise")

    @property
    def clock(self) -> Deadline:
        """:raises LookupError: it was raised for an instruction, which has no clock."""
        if self.deadline is None:
            raise LookupError(self.id)
        return self.deadline


class Told(Base):
    """Who is to be told of an alarm, and when he was (in a digest, or by his own channel)."""

    __tablename__ = "told"
    __table_args__ = (
        sa.UniqueConstraint("alarm_id", "person_key"),
        sa.Index("ix_told_person_key_letter_id", "person_key", "letter_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    alarm_id: Mapped[int] = mapped_column(sa.ForeignKey("alarm.id"))
    person_key: Mapped[str] = mapped_column(sa.String(60))
    officer_id: Mapped[int | None] = mapped_column(sa.ForeignKey("officer.id"))
    word: Mapped[str] = mapped_column(sa.String(40))
    letter_id: Mapped[int | None] = mapped_column(sa.ForeignKey("letter.id"))
    told_at: Mapped[datetime | None] = mapped_column(Instant)
    alarm: Mapped[Alarm] = relationship(lazy="raise")


class Chase(Base):
    """A person pressed a body by hand (催办): how, whom, what was said and what was promised, until when."""

    __tablename__ = "chase"

    id: Mapped[int] = mapped_column(primary_key=True)
    assignment_id: Mapped[int] = mapped_column(sa.ForeignKey("assignment.id"), index=True)
    on: Mapped[date]
    manner: Mapped[Manner] = mapped_column(Word(Manner))
    whom: Mapped[str] = mapped_column(sa.String(120))
    said: Mapped[str] = mapped_column(sa.Text)
    promised: Mapped[str] = mapped_column(sa.Text, default="")
    promised_on: Mapped[date | None]
    by_name: Mapped[str] = mapped_column(sa.String(60))
    assignment: Mapped[Assignment] = relationship(lazy="raise")


class PendingCase(Base):
    """The part of a court, procuratorate or supervisory commission is about a case still pending, until this ends.

    It is not chased meanwhile. `Assignment.pending_case` says the same for every search.
    """

    __tablename__ = "pending_case"

    id: Mapped[int] = mapped_column(primary_key=True)
    assignment_id: Mapped[int] = mapped_column(sa.ForeignKey("assignment.id"), index=True)
    on: Mapped[date]
    reason: Mapped[str] = mapped_column(sa.Text)
    by_name: Mapped[str] = mapped_column(sa.String(60))
    ended_on: Mapped[date | None]
    end_reason: Mapped[str] = mapped_column(sa.Text, default="")
    ended_by: Mapped[str] = mapped_column(sa.String(60), default="")
    assignment: Mapped[Assignment] = relationship(lazy="raise")
