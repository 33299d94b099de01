"""Time held as it was reckoned from the history: nothing here is typed in, and all can be reckoned anew."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from tracker.database import Base, Instant, Json, Word
from tracker.held.rules import Way

OVER = sa.text("since_on IS NULL")
STILL = sa.text("since_on IS NOT NULL")


class Stay(Base):
    """All the time one suggestion lay with one holder; see `rules.Stay`. With no task: all tasks of that holder."""

    __tablename__ = "held"
    __table_args__ = (
        sa.Index("ix_held_suggestion_id", "suggestion_id"),
        sa.Index("ix_held_body_id", "body_id", "is_whole", "working_days", "id"),
        sa.Index(
            "ix_held_over",
            "congress_id",
            "holder",
            "is_whole",
            "working_days",
            "id",
            sqlite_where=OVER,
            postgresql_where=OVER,
        ),
        sa.Index(
            "ix_held_still",
            "congress_id",
            "holder",
            "since_on",
            "body_id",
            "task",
            "is_whole",
            "meeting_id",
            "working_days",
            "days",
            "id",
            sqlite_where=STILL,
            postgresql_where=STILL,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    congress_id: Mapped[int] = mapped_column(sa.ForeignKey("congress.id"))
    meeting_id: Mapped[int] = mapped_column(sa.ForeignKey("meeting.id"))
    suggestion_id: Mapped[int] = mapped_column(sa.ForeignKey("suggestion.id"))
    holder: Mapped[str] = mapped_column(sa.String(10))
    body_id: Mapped[int | None] = mapped_column(sa.ForeignKey("body.id"))
    task: Mapped[str] = mapped_column(sa.String(20))
    is_whole: Mapped[bool]
    days: Mapped[int]
    working_days: Mapped[int]
    since_on: Mapped[date | None]


class Tally(Base):
    """How many stays that are over lasted so many working days; `days` are all their calendar days together.

    `body_id` is 0 for the office and the deputies.
    """

    __tablename__ = "held_tally"

    congress_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    meeting_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    holder: Mapped[str] = mapped_column(sa.String(10), primary_key=True)
    body_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    task: Mapped[str] = mapped_column(sa.String(20), primary_key=True)
    is_whole: Mapped[bool] = mapped_column(primary_key=True)
    working_days: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    stays: Mapped[int]
    days: Mapped[int]


class Passed(Base):
    """A suggestion went from one body to another without being answered; see `rules.Pass`."""

    __tablename__ = "passed"
    __table_args__ = (
        sa.Index("ix_passed_suggestion_id", "suggestion_id"),
        sa.Index("ix_passed_congress_id", "congress_id", "from_body_id", "to_body_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    congress_id: Mapped[int] = mapped_column(sa.ForeignKey("congress.id"))
    meeting_id: Mapped[int] = mapped_column(sa.ForeignKey("meeting.id"))
    suggestion_id: Mapped[int] = mapped_column(sa.ForeignKey("suggestion.id"))
    from_id: Mapped[int] = mapped_column(sa.ForeignKey("assignment.id"))
    to_id: Mapped[int] = mapped_column(sa.ForeignKey("assignment.id"))
    from_body_id: Mapped[int] = mapped_column(sa.ForeignKey("body.id"))
    to_body_id: Mapped[int] = mapped_column(sa.ForeignKey("body.id"))
    way: Mapped[Way] = mapped_column(Word(Way))
    came_on: Mapped[date]
    on: Mapped[date]
    days: Mapped[int]
    working_days: Mapped[int]


class Reckoned(Base):
    """Up to which line of history time held was reckoned, when, and on which calendars (their digests)."""

    __tablename__ = "held_reckoned"

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int]
    at: Mapped[datetime | None] = mapped_column(Instant)
    calendars: Mapped[dict[str, str]] = mapped_column(Json, default=dict)
