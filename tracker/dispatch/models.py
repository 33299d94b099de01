"""Who must answer: proposals, the formal act, assignments, receipts and returns."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.database import Base, Word
from tracker.structure.models import Body
from tracker.suggestion.journey import LIVE, Standing
from tracker.suggestion.models import Suggestion

if TYPE_CHECKING:
    from tracker.deadlines.models import Deadline

# In these very words an index knows the item-bodies that are open; a list of parameters would not find it.
_LIVE = ", ".join(f"'{one}'" for one in sorted(LIVE))
IS_LIVE = sa.text(f"assignment.standing IN ({_LIVE})")
_IS_LIVE = sa.text(f"standing IN ({_LIVE})")
IS_SHARED = sa.text("assignment.part IN ('joint', 'separate')")  # several bodies answer the same suggestion
_IS_SHARED_LIVE = sa.text(f"part IN ('joint', 'separate') AND standing IN ({_LIVE})")
_AGAIN = sa.text("round > 1")


class Part(StrEnum):
    """A body's role in a suggestion: lead 主办, one of two leads 共同主办, co 会办, separate 分别办理, sole 独办."""

    LEAD = "lead"
    JOINT = "joint"
    CO = "co"
    SEPARATE = "separate"
    SOLE = "sole"


ANSWERING = (Part.LEAD, Part.JOINT, Part.SEPARATE, Part.SOLE)


class Proposal(Base):
    """A body proposed for a suggestion before the hand-over (拟办, 预分办)."""

    __tablename__ = "proposal"
    __table_args__ = (sa.UniqueConstraint("suggestion_id", "body_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    suggestion_id: Mapped[int] = mapped_column(sa.ForeignKey("suggestion.id"))
    body_id: Mapped[int] = mapped_column(sa.ForeignKey("body.id"), index=True)
    part: Mapped[Part] = mapped_column(Word(Part))
    body: Mapped[Body] = relationship(lazy="raise")


class Circulation(Base):
    """Proposals go round to their bodies before the hand-over meeting (预分办), with some days to answer."""

    __tablename__ = "circulation"

    id: Mapped[int] = mapped_column(primary_key=True)
    congress_id: Mapped[int] = mapped_column(sa.ForeignKey("congress.id"), index=True)
    meeting_id: Mapped[int] = mapped_column(sa.ForeignKey("meeting.id"), index=True)
    on: Mapped[date]
    days: Mapped[int]
    by_name: Mapped[str] = mapped_column(sa.String(60))


class Circulated(Base):
    """One proposal on its round: the body agrees or objects, the office or hub settles an objection, silence agrees.

    No return and no clock: what is said here counts in no statutory figure. Once ended the body sees it no more.
    """

    __tablename__ = "circulated"
    __table_args__ = (sa.Index("ix_circulated_body_id_ended_on", "body_id", "ended_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    circulation_id: Mapped[int] = mapped_column(sa.ForeignKey("circulation.id"), index=True)
    suggestion_id: Mapped[int] = mapped_column(sa.ForeignKey("suggestion.id"), index=True)
    body_id: Mapped[int] = mapped_column(sa.ForeignKey("body.id"))
    part: Mapped[Part] = mapped_column(Word(Part))
    until_on: Mapped[date]
    agreed: Mapped[bool | None]
    answered_on: Mapped[date | None]
    answered_by: Mapped[str | None] = mapped_column(sa.String(60))
    reason: Mapped[str] = mapped_column(sa.Text, default="")
    wished_body_id: Mapped[int | None] = mapped_column(sa.ForeignKey("body.id"))
    settled_on: Mapped[date | None]
    settled_by: Mapped[str | None] = mapped_column(sa.String(60))
    settled_note: Mapped[str] = mapped_column(sa.Text, default="")
    instead_body_id: Mapped[int | None] = mapped_column(sa.ForeignKey("body.id"))
    ended_on: Mapped[date | None]
    suggestion: Mapped[Suggestion] = relationship(back_populates="circulated", lazy="raise")
    circulation: Mapped[Circulation] = relationship(lazy="raise")
    body: Mapped[Body] = relationship(foreign_keys=[body_id], lazy="raise")
    wished_body: Mapped[Body | None] = relationship(foreign_keys=[wished_body_id], lazy="raise")

    @property
    def is_disputed(self) -> bool:
        """The body objects, and nobody has settled it yet."""
        return self.agreed is False and self.settled_on is None

    def is_out(self, today: date) -> bool:
        """The body may still answer."""
        return self.agreed is None and today <= self.until_on


class HandOver(Base):
    """The formal act of handing over (交办): day 0 of most clocks, with its document number."""

    __tablename__ = "hand_over"

    id: Mapped[int] = mapped_column(primary_key=True)
    congress_id: Mapped[int] = mapped_column(sa.ForeignKey("congress.id"), index=True)
    meeting_id: Mapped[int | None] = mapped_column(sa.ForeignKey("meeting.id"))
    on: Mapped[date]
    document_number: Mapped[str] = mapped_column(sa.String(60), default="")
    by_name: Mapped[str] = mapped_column(sa.String(60))


class Assignment(Base):
    """Suggestion × body × role × round. Its clocks are rows of their own; its standing is the fold of its history."""

    __tablename__ = "assignment"
    __table_args__ = (
        sa.Index("ix_assignment_suggestion_id", "suggestion_id", "round"),
        sa.Index("ix_assignment_body_id_standing", "body_id", "standing"),
        sa.Index(
            "ix_assignment_live",
            "congress_id",
            "body_id",
            "standing",
            "id",  # so that an inbox is put in order without reading the assignments that are not on its page
            sqlite_where=_IS_LIVE,
            postgresql_where=_IS_LIVE,
        ),
        sa.Index(
            "ix_assignment_shared",
            "congress_id",
            "id",
            "suggestion_id",
            sqlite_where=_IS_SHARED_LIVE,
            postgresql_where=_IS_SHARED_LIVE,
        ),
        sa.Index("ix_assignment_again", "congress_id", "round", sqlite_where=_AGAIN, postgresql_where=_AGAIN),
        sa.Index("ix_assignment_waits", "congress_id", "standing", "body_id", "suggestion_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    congress_id: Mapped[int] = mapped_column(sa.ForeignKey("congress.id"))
    suggestion_id: Mapped[int] = mapped_column(sa.ForeignKey("suggestion.id"))
    body_id: Mapped[int] = mapped_column(sa.ForeignKey("body.id"))
    part: Mapped[Part] = mapped_column(Word(Part))
    round: Mapped[int] = mapped_column(default=1)
    hand_over_id: Mapped[int] = mapped_column(sa.ForeignKey("hand_over.id"), index=True)
    handed_over_on: Mapped[date]
    assigned_on: Mapped[date]
    passed_on_from_id: Mapped[int | None] = mapped_column(sa.ForeignKey("assignment.id"), index=True)
    standing: Mapped[Standing] = mapped_column(Word(Standing))
    pending_case: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}

    suggestion: Mapped[Suggestion] = relationship(back_populates="assignments", lazy="raise")
    body: Mapped[Body] = relationship(lazy="raise")
    receipt: Mapped[Receipt | None] = relationship(back_populates="assignment", lazy="raise", uselist=False)
    returns: Mapped[list[BodyReturn]] = relationship(
        back_populates="assignment", lazy="raise", order_by="BodyReturn.id"
    )
    deadlines: Mapped[list[Deadline]] = relationship("Deadline", lazy="raise", viewonly=True)


class Receipt(Base):
    """The body signs for it (签收)."""

    __tablename__ = "receipt"

    assignment_id: Mapped[int] = mapped_column(sa.ForeignKey("assignment.id"), primary_key=True)
    on: Mapped[date]
    by_name: Mapped[str] = mapped_column(sa.String(60))
    assignment: Mapped[Assignment] = relationship(back_populates="receipt", lazy="raise")


class BodyReturn(Base):
    """The body says "not ours" (退办), with a reason and a proposed body; granted or refused."""

    __tablename__ = "body_return"

    id: Mapped[int] = mapped_column(primary_key=True)
    assignment_id: Mapped[int] = mapped_column(sa.ForeignKey("assignment.id"), index=True)
    asked_on: Mapped[date]
    asked_by: Mapped[str] = mapped_column(sa.String(60))
    reason: Mapped[str] = mapped_column(sa.Text)
    proposed_body_id: Mapped[int | None] = mapped_column(sa.ForeignKey("body.id"))
    granted: Mapped[bool | None]
    decided_on: Mapped[date | None]
    decided_by: Mapped[str | None] = mapped_column(sa.String(60))
    decision_note: Mapped[str] = mapped_column(sa.Text, default="")
    assignment: Mapped[Assignment] = relationship(back_populates="returns", lazy="raise")
    proposed_body: Mapped[Body | None] = relationship(lazy="raise")


class OtherNumber(Base):
    """The number a suggestion has in another level's ledger; with an assignment, in that of the body it went to."""

    __tablename__ = "other_number"
    __table_args__ = (sa.UniqueConstraint("suggestion_id", "ledger", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    suggestion_id: Mapped[int] = mapped_column(sa.ForeignKey("suggestion.id"))
    assignment_id: Mapped[int | None] = mapped_column(sa.ForeignKey("assignment.id"), index=True)
    ledger: Mapped[str] = mapped_column(sa.String(120))
    number: Mapped[str] = mapped_column(sa.String(60), index=True)


class Advice(Base):
    """A body that would answer a suggestion, by what became of those like it; advice only, nothing is assigned by it.

    `place` is 1 for the first advice; `alike` like it went to the body, `returned` of them it gave back (件).
    """

    __tablename__ = "advice"
    __table_args__ = (sa.UniqueConstraint("suggestion_id", "place"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    suggestion_id: Mapped[int] = mapped_column(sa.ForeignKey("suggestion.id"))
    place: Mapped[int]
    body_id: Mapped[int] = mapped_column(sa.ForeignKey("body.id"), index=True)
    alike: Mapped[int]
    returned: Mapped[int]
    on: Mapped[date]
    body: Mapped[Body] = relationship(lazy="raise")


class AdviceMeasure(Base):
    """How good the advice was: given for the last suggestions handed over, from what was known before (件)."""

    __tablename__ = "advice_measure"
    __table_args__ = (sa.Index("ix_advice_measure_congress_id_on", "congress_id", "on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    congress_id: Mapped[int] = mapped_column(sa.ForeignKey("congress.id"))
    on: Mapped[date]
    asked: Mapped[int]
    advised: Mapped[int]
    first_right: Mapped[int]
    among_right: Mapped[int]
