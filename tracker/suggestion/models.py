"""The suggestion itself, who signed it, and its append-only history."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.database import Base, Instant, Json, Word
from tracker.structure.models import Body, Delegation, Deputy, Meeting
from tracker.suggestion.journey import Stage

if TYPE_CHECKING:
    from tracker.deadlines.models import Deadline
    from tracker.dispatch.models import Assignment, Circulated


class Origin(StrEnum):
    MEETING = "meeting"
    RECESS = "recess"
    MOTION = "motion"
    INSPECTION = "inspection"
    ORAL = "oral"
    FROM_ABOVE = "from_above"
    FROM_BELOW = "from_below"


class Publicity(StrEnum):
    """What the deputy agreed may be published (公开意见)."""

    FULL = "full"
    TITLE_ONLY = "title_only"
    NO = "no"
    UNKNOWN = "unknown"


def _few(mark: str) -> sa.Index:
    """The few that are marked, found without reading all."""
    sqlite, postgresql = sa.text(f"{mark} IS 1"), sa.text(f"{mark} IS true")
    return sa.Index(f"ix_suggestion_{mark}", "congress_id", "id", sqlite_where=sqlite, postgresql_where=postgresql)


class Suggestion(Base):
    """What intake knows of a suggestion; every later fact is a row of its own stage."""

    __tablename__ = "suggestion"
    __table_args__ = (
        sa.UniqueConstraint("meeting_id", "number_key"),
        sa.Index("ix_suggestion_congress_id_stage", "congress_id", "stage"),
        sa.Index("ix_suggestion_congress_id_recorded_on", "congress_id", "recorded_on", "id"),
        sa.Index("ix_suggestion_meeting_id_title", "meeting_id", "title"),
        _few("internal"),
        _few("key"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    congress_id: Mapped[int] = mapped_column(sa.ForeignKey("congress.id"))
    meeting_id: Mapped[int] = mapped_column(sa.ForeignKey("meeting.id"))
    number: Mapped[str | None] = mapped_column(sa.String(40))
    number_key: Mapped[str | None] = mapped_column(sa.String(40))
    title: Mapped[str] = mapped_column(sa.String(300))
    text: Mapped[str] = mapped_column(sa.Text, deferred=True)
    origin: Mapped[Origin] = mapped_column(Word(Origin))
    category: Mapped[str] = mapped_column(sa.String(60), default="")
    publicity: Mapped[Publicity] = mapped_column(Word(Publicity), default=Publicity.UNKNOWN)
    survey_method: Mapped[str] = mapped_column(sa.String(60), default="")
    lead_deputy_id: Mapped[int | None] = mapped_column(sa.ForeignKey("deputy.id"), index=True)
    delegation_id: Mapped[int | None] = mapped_column(sa.ForeignKey("delegation.id"), index=True)
    long_unsolved: Mapped[bool] = mapped_column(default=False)
    contact_wanted: Mapped[bool] = mapped_column(default=False)
    reference_only: Mapped[bool] = mapped_column(default=False)
    internal: Mapped[bool] = mapped_column(default=False)
    key: Mapped[bool] = mapped_column(default=False)
    remark: Mapped[str] = mapped_column(sa.String(500), default="")
    submitted_on: Mapped[date | None]
    recorded_on: Mapped[date]
    handed_over_on: Mapped[date | None]
    rule_set_id: Mapped[int | None] = mapped_column(sa.ForeignKey("rule_set.id"), index=True)
    stage: Mapped[Stage] = mapped_column(Word(Stage))
    round: Mapped[int] = mapped_column(default=1)
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}

    meeting: Mapped[Meeting] = relationship(lazy="raise")
    lead_deputy: Mapped[Deputy | None] = relationship(lazy="raise")
    delegation: Mapped[Delegation | None] = relationship(lazy="raise")
    signatures: Mapped[list[Signature]] = relationship(
        back_populates="suggestion", lazy="raise", order_by="Signature.place"
    )
    entries: Mapped[list[Entry]] = relationship(back_populates="suggestion", lazy="raise", order_by="Entry.id")
    # The one place where the thing names what later stages add to it.
    circulated: Mapped[list[Circulated]] = relationship("Circulated", back_populates="suggestion", lazy="raise")
    assignments: Mapped[list[Assignment]] = relationship(
        "Assignment", back_populates="suggestion", lazy="raise", order_by="Assignment.id"
    )
    deadlines: Mapped[list[Deadline]] = relationship("Deadline", lazy="raise", viewonly=True)


class Signature(Base):
    """A co-signer (附议/联名); the lead deputy is named on the suggestion."""

    __tablename__ = "signature"
    __table_args__ = (sa.UniqueConstraint("suggestion_id", "deputy_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    suggestion_id: Mapped[int] = mapped_column(sa.ForeignKey("suggestion.id"))
    deputy_id: Mapped[int] = mapped_column(sa.ForeignKey("deputy.id"), index=True)
    place: Mapped[int]
    suggestion: Mapped[Suggestion] = relationship(back_populates="signatures", lazy="raise")
    deputy: Mapped[Deputy] = relationship(lazy="raise")


NOT_UNDONE = sa.text("undone_on IS NULL")


class Merger(Base):
    """One suggestion is merged into another of the same matter (并案): handled once, answered to each deputy."""

    __tablename__ = "merger"
    __table_args__ = (
        sa.Index(
            "ix_merger_suggestion_id",
            "suggestion_id",
            unique=True,
            sqlite_where=NOT_UNDONE,
            postgresql_where=NOT_UNDONE,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    suggestion_id: Mapped[int] = mapped_column(sa.ForeignKey("suggestion.id"))
    into_id: Mapped[int] = mapped_column(sa.ForeignKey("suggestion.id"), index=True)
    reason: Mapped[str] = mapped_column(sa.Text)
    on: Mapped[date]
    by_name: Mapped[str] = mapped_column(sa.String(60))
    undone_on: Mapped[date | None]
    undone_by: Mapped[str | None] = mapped_column(sa.String(60))
    undone_reason: Mapped[str] = mapped_column(sa.Text, default="")
    suggestion: Mapped[Suggestion] = relationship(foreign_keys=[suggestion_id], lazy="raise")
    into: Mapped[Suggestion] = relationship(foreign_keys=[into_id], lazy="raise")


class Entry(Base):
    """One line of the history (办理经过): who, on whose behalf, when, what. Never changed, never removed."""

    __tablename__ = "entry"
    __table_args__ = (
        sa.Index("ix_entry_suggestion_id", "suggestion_id", "id"),
        sa.Index("ix_entry_assignment_id", "assignment_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    suggestion_id: Mapped[int] = mapped_column(sa.ForeignKey("suggestion.id"))
    assignment_id: Mapped[int | None] = mapped_column(sa.ForeignKey("assignment.id"))
    move: Mapped[str] = mapped_column(sa.String(40))
    on: Mapped[date]
    at: Mapped[datetime] = mapped_column(Instant)
    actor_kind: Mapped[str] = mapped_column(sa.String(10))
    actor_id: Mapped[int | None]
    actor_name: Mapped[str] = mapped_column(sa.String(60))
    body_id: Mapped[int | None] = mapped_column(sa.ForeignKey("body.id"))
    on_behalf_of: Mapped[str | None] = mapped_column(sa.String(120))
    facts: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)

    suggestion: Mapped[Suggestion] = relationship(back_populates="entries", lazy="raise")
    body: Mapped[Body | None] = relationship(lazy="raise")
