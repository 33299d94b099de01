"""Alarms and the daily digests that tell of them."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.database import Base, Instant
from tracker.deadlines.models import Deadline
from tracker.dispatch.models import Assignment


class Alarm(Base):
    """A rung of the ladder reached by one deadline; raised once for each due date the deadline has had."""

    __tablename__ = "alarm"
    __table_args__ = (
        sa.UniqueConstraint("deadline_id", "step", "due_on"),
        sa.Index("ix_alarm_congress_id_step", "congress_id", "step"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    congress_id: Mapped[int] = mapped_column(sa.ForeignKey("congress.id"))
    deadline_id: Mapped[int] = mapped_column(sa.ForeignKey("deadline.id"))
    assignment_id: Mapped[int | None] = mapped_column(sa.ForeignKey("assignment.id"), index=True)
    step: Mapped[int]
    due_on: Mapped[date]
    reached_on: Mapped[date]
    raised_on: Mapped[date] = mapped_column(index=True)
    form: Mapped[str] = mapped_column(sa.String(30))
    deadline: Mapped[Deadline] = relationship(lazy="raise")
    assignment: Mapped[Assignment | None] = relationship(lazy="raise")


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
