"""Signals as they were raised, what bodies say to them, what was dismissed, and what a congress looks for."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.database import Base, Instant, Json, Word
from tracker.dispatch.models import Assignment
from tracker.structure.models import Body
from tracker.suggestion.models import Suggestion

IS_OPEN = sa.text("cleared_on IS NULL")
COUNTED = ("congress_id", "kind", "suggestion_id", "assignment_id")  # what is counted is read in the index alone


class Cleared(StrEnum):
    """Why a signal is none any more: its fact went, or the congress no longer looks for this kind."""

    GONE = "gone"
    OFF = "off"


class Signal(Base):
    """One fact of one kind about one thing: raised once, cleared when the fact goes, never deleted.

    `thing_id` is the reply, promise, rating … the kind speaks of; `facts` are the values of its evidence as last
    seen. A fact that comes back after it went is a new row.
    """

    __tablename__ = "signal"
    __table_args__ = (
        sa.Index("uq_signal_open", "kind", "thing_id", unique=True, sqlite_where=IS_OPEN, postgresql_where=IS_OPEN),
        sa.Index("ix_signal_congress_id_kind", *COUNTED, sqlite_where=IS_OPEN, postgresql_where=IS_OPEN),
        sa.Index("ix_signal_suggestion_id", "suggestion_id", "assignment_id"),
        sa.Index("ix_signal_body_id", "body_id", "kind", sqlite_where=IS_OPEN, postgresql_where=IS_OPEN),
        sa.Index("ix_signal_congress_id_raised_on", "congress_id", "raised_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    congress_id: Mapped[int] = mapped_column(sa.ForeignKey("congress.id"))
    kind: Mapped[str] = mapped_column(sa.String(40))
    thing_id: Mapped[int]
    suggestion_id: Mapped[int] = mapped_column(sa.ForeignKey("suggestion.id"))
    assignment_id: Mapped[int | None] = mapped_column(sa.ForeignKey("assignment.id"), index=True)
    body_id: Mapped[int | None] = mapped_column(sa.ForeignKey("body.id"))
    since_on: Mapped[date | None]
    facts: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    raised_on: Mapped[date]
    raised_at: Mapped[datetime] = mapped_column(Instant)
    cleared_on: Mapped[date | None]
    cleared_why: Mapped[Cleared | None] = mapped_column(Word(Cleared))
    suggestion: Mapped[Suggestion] = relationship(lazy="raise")
    assignment: Mapped[Assignment | None] = relationship(lazy="raise")
    body: Mapped[Body | None] = relationship(lazy="raise")
    answers: Mapped[list[SignalAnswer]] = relationship(
        back_populates="signal", lazy="raise", order_by="SignalAnswer.id"
    )
    dismissals: Mapped[list[Dismissal]] = relationship(back_populates="signal", lazy="raise", order_by="Dismissal.id")

    @property
    def is_open(self) -> bool:
        """The fact still holds, dismissed or not."""
        return self.cleared_on is None


class SignalAnswer(Base):
    """What the body says to a signal, in its own words; a new row instead of a changed one, and all are shown."""

    __tablename__ = "signal_answer"

    id: Mapped[int] = mapped_column(primary_key=True)
    signal_id: Mapped[int] = mapped_column(sa.ForeignKey("signal.id"), index=True)
    text: Mapped[str] = mapped_column(sa.Text)
    on: Mapped[date]
    by_name: Mapped[str] = mapped_column(sa.String(60))
    on_behalf_of: Mapped[str] = mapped_column(sa.String(120), default="", server_default="")
    signal: Mapped[Signal] = relationship(back_populates="answers", lazy="raise")


class Dismissal(Base):
    """The office finds that a signal hints at nothing here, with the reason, which is kept; it may take that back."""

    __tablename__ = "signal_dismissal"
    __table_args__ = (
        sa.Index(
            "uq_signal_dismissal_open",
            "signal_id",
            unique=True,
            sqlite_where=sa.text("undone_on IS NULL"),
            postgresql_where=sa.text("undone_on IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    signal_id: Mapped[int] = mapped_column(sa.ForeignKey("signal.id"), index=True)
    reason: Mapped[str] = mapped_column(sa.Text)
    on: Mapped[date]
    by_name: Mapped[str] = mapped_column(sa.String(60))
    undone_on: Mapped[date | None]
    undone_by: Mapped[str] = mapped_column(sa.String(60), default="", server_default="")
    signal: Mapped[Signal] = relationship(back_populates="dismissals", lazy="raise")


class SignalChoice(Base):
    """Whether a congress looks for a kind, and with which thresholds; the last row of a kind holds."""

    __tablename__ = "signal_choice"
    __table_args__ = (sa.Index("ix_signal_choice_congress_id_kind", "congress_id", "kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    congress_id: Mapped[int] = mapped_column(sa.ForeignKey("congress.id"))
    kind: Mapped[str] = mapped_column(sa.String(40))
    is_on: Mapped[bool]
    thresholds: Mapped[dict[str, int]] = mapped_column(Json, default=dict)
    on: Mapped[date]
    by_name: Mapped[str] = mapped_column(sa.String(60))


class SignalLook(Base):
    """The office (no body), or a body, has looked at all signals up to this one: they are no longer new on its desk."""

    __tablename__ = "signal_look"
    __table_args__ = (sa.Index("ix_signal_look_congress_id_body_id", "congress_id", "body_id", "signal_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    congress_id: Mapped[int] = mapped_column(sa.ForeignKey("congress.id"))
    body_id: Mapped[int | None] = mapped_column(sa.ForeignKey("body.id"))
    signal_id: Mapped[int] = mapped_column(sa.ForeignKey("signal.id"))
    at: Mapped[datetime] = mapped_column(Instant)
    by_name: Mapped[str] = mapped_column(sa.String(60))


class SignalMark(Base):
    """Up to which line of history everything was looked at, and how far the last night came; one row.

    All suggestions of the congresses before `night_congress_id` were looked at that night, and of it those up to
    `night_suggestion_id`. A night that reads all letters stays due until one has come to its end.
    """

    __tablename__ = "signal_mark"

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int]
    night_on: Mapped[date | None]
    night_congress_id: Mapped[int] = mapped_column(default=0, server_default="0")
    night_suggestion_id: Mapped[int] = mapped_column(default=0, server_default="0")
    letters_due: Mapped[bool] = mapped_column(default=True, server_default=sa.false())
