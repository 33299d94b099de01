"""Rule sets as they were loaded, and the clocks that run under them."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, object_session

from tracker import clock
from tracker.database import Base, Instant, Json, Word
from tracker.deadlines.clauses import Kind

STAMPED = "rule sets asked for"
TARGETS = ("suggestion_id", "assignment_id", "return_id", "reply_id", "promise_id")
_ONE_TARGET = " + ".join(f"CASE WHEN {target} IS NULL THEN 0 ELSE 1 END" for target in TARGETS) + " = 1"
_IS_PROMISED = sa.text("promise_id IS NOT NULL")
_IS_OPEN = sa.text("met_on IS NULL AND voided_on IS NULL")
# In these very words an index knows the answers that are owed, as an inbox puts them in order.
_ANSWERS = "kind IN ('reply', 'rehandle', 'co_opinion')"
_IS_OWED = sa.text(f"met_on IS NULL AND voided_on IS NULL AND {_ANSWERS}")
IS_OWED = sa.text(f"deadline.met_on IS NULL AND deadline.voided_on IS NULL AND deadline.{_ANSWERS}")


class Holder(StrEnum):
    """Whose turn it is while the clock runs."""

    OFFICE = "office"
    HUB = "hub"
    BODY = "body"
    DEPUTY = "deputy"


class RuleSet(Base):
    """One version of one congress's rules, as data; never changed once loaded."""

    __tablename__ = "rule_set"
    __table_args__ = (sa.UniqueConstraint("name", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(sa.String(60))
    version: Mapped[int]
    title_zh: Mapped[str] = mapped_column(sa.String(200))
    title_en: Mapped[str] = mapped_column(sa.String(200))
    organ: Mapped[str] = mapped_column(sa.String(120))
    organ_en: Mapped[str] = mapped_column(sa.String(160))
    level: Mapped[str] = mapped_column(sa.String(20))
    effective_from: Mapped[date]
    effective_to: Mapped[date | None]
    data: Mapped[dict[str, Any]] = mapped_column(Json)
    digest: Mapped[str] = mapped_column(sa.String(64))
    source: Mapped[str] = mapped_column(sa.String(400))
    loaded_at: Mapped[datetime] = mapped_column(Instant, default=clock.now)


def _forget(_mapper: Any, _connection: Any, target: RuleSet) -> None:
    """Whoever asks for a rule set in this transaction again is to see the change."""
    if session := object_session(target):
        session.info.pop(STAMPED, None)


sa.event.listen(RuleSet, "after_update", _forget)


class Deadline(Base):
    """One clock. It knows nothing of what it points to; exactly one of the five targets is set.

    `original_due_on` never changes. `unrolled_on` is the day before it was moved off holidays. `explanation` is a
    list of records, told in sentences by `tracker.deadlines.text`.
    """

    __tablename__ = "deadline"
    __table_args__ = (
        sa.CheckConstraint(_ONE_TARGET, name="one_target"),
        sa.Index(
            "ix_deadline_open", "congress_id", "due_on", "id", "kind", sqlite_where=_IS_OPEN, postgresql_where=_IS_OPEN
        ),
        sa.Index(
            "ix_deadline_open_kind",
            "congress_id",
            "kind",
            "due_on",
            "assignment_id",  # so that whoever counts clocks by their suggestion reads none of them
            "original_due_on",  # nor who counts them by their light and their lateness
            "rule_set_id",
            sqlite_where=_IS_OPEN,
            postgresql_where=_IS_OPEN,
        ),
        # promises by the month they fall due, without reading a clock
        sa.Index(
            "ix_deadline_promised",
            "congress_id",
            "due_on",
            "promise_id",
            "original_due_on",
            "met_on",
            "voided_on",
            sqlite_where=_IS_PROMISED,
            postgresql_where=_IS_PROMISED,
        ),
        # the answers a body owes, the most urgent first, without putting all of them in order
        sa.Index(
            "ix_deadline_owed",
            "holder_body_id",
            "due_on",
            "assignment_id",
            "id",
            sqlite_where=_IS_OWED,
            postgresql_where=_IS_OWED,
        ),
        # so that whoever looks for the clock of an assignment reads no other of its clocks, nor its explanation
        sa.Index("ix_deadline_assignment_id", "assignment_id", "kind", "voided_on", "met_on", "due_on", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    congress_id: Mapped[int] = mapped_column(sa.ForeignKey("congress.id"))
    kind: Mapped[Kind] = mapped_column(Word(Kind))
    rule_set_id: Mapped[int] = mapped_column(sa.ForeignKey("rule_set.id"))
    suggestion_id: Mapped[int | None] = mapped_column(sa.ForeignKey("suggestion.id"), index=True)
    assignment_id: Mapped[int | None] = mapped_column(sa.ForeignKey("assignment.id"))
    return_id: Mapped[int | None] = mapped_column(sa.ForeignKey("body_return.id"), index=True)
    reply_id: Mapped[int | None] = mapped_column(sa.ForeignKey("reply.id"), index=True)
    promise_id: Mapped[int | None] = mapped_column(sa.ForeignKey("promise.id"), index=True)
    holder: Mapped[Holder] = mapped_column(Word(Holder))
    holder_body_id: Mapped[int | None] = mapped_column(sa.ForeignKey("body.id"), index=True)
    started_on: Mapped[date]
    fixed_on: Mapped[date | None]
    original_due_on: Mapped[date]
    due_on: Mapped[date]
    unrolled_on: Mapped[date]
    provisional: Mapped[bool] = mapped_column(default=False)
    clause: Mapped[dict[str, Any]] = mapped_column(Json)
    explanation: Mapped[list[dict[str, Any]]] = mapped_column(Json)
    met_on: Mapped[date | None]
    voided_on: Mapped[date | None]
    void_reason: Mapped[str | None] = mapped_column(sa.String(60))
    moved_count: Mapped[int] = mapped_column(default=0)

    @property
    def is_open(self) -> bool:
        return self.met_on is None and self.voided_on is None

    @property
    def is_moved(self) -> bool:
        return self.due_on != self.original_due_on
