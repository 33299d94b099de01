"""Ratings."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker import clock
from tracker.database import Base, Instant, Word
from tracker.deadlines.chosen import Aspect
from tracker.files.models import File
from tracker.handling.models import Reply
from tracker.structure.models import Deputy


class Verdict(StrEnum):
    SATISFIED = "satisfied"
    MOSTLY = "mostly"
    DISSATISFIED = "dissatisfied"


class RatingChannel(StrEnum):
    LINK = "link"
    ACCOUNT = "account"
    PAPER = "paper"
    LEDGER = "ledger"


class Rating(Base):
    """What one deputy thinks of one reply, each aspect apart. Never overwritten: a new version follows, with a reason,
    and the latest counts. A signed paper (`channel`) has its scan, and `entered_by` is the clerk.
    """

    __tablename__ = "rating"
    __table_args__ = (sa.UniqueConstraint("reply_id", "deputy_id", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    reply_id: Mapped[int] = mapped_column(sa.ForeignKey("reply.id"), index=True)
    deputy_id: Mapped[int] = mapped_column(sa.ForeignKey("deputy.id"), index=True)
    version: Mapped[int] = mapped_column(default=1)
    attitude: Mapped[Verdict | None] = mapped_column(Word(Verdict))
    result: Mapped[Verdict] = mapped_column(Word(Verdict))
    contact: Mapped[Verdict | None] = mapped_column(Word(Verdict))
    answer: Mapped[Verdict | None] = mapped_column(Word(Verdict))
    overall: Mapped[Verdict | None] = mapped_column(Word(Verdict))
    comment: Mapped[str] = mapped_column(sa.Text, default="")
    reason: Mapped[str] = mapped_column(sa.Text, default="", server_default="")
    on: Mapped[date] = mapped_column(index=True)
    entered_at: Mapped[datetime] = mapped_column(Instant, default=clock.now)
    channel: Mapped[RatingChannel] = mapped_column(Word(RatingChannel))
    entered_by: Mapped[str] = mapped_column(sa.String(60))
    scan_id: Mapped[int | None] = mapped_column(sa.ForeignKey("file.id"), index=True)
    reply: Mapped[Reply] = relationship(lazy="raise")
    deputy: Mapped[Deputy] = relationship(lazy="raise")
    scan: Mapped[File | None] = relationship(lazy="raise")
    studies: Mapped[list[Study]] = relationship(back_populates="rating", lazy="raise", order_by="Study.id")

    @property
    def said(self) -> dict[Aspect, Verdict]:
        """What was said of each aspect that was asked, in the order they are asked."""
        found = {aspect: getattr(self, COLUMNS[aspect]) for aspect in Aspect}
        return {aspect: verdict for aspect, verdict in found.items() if verdict is not None}

    @property
    def is_dissatisfied(self) -> bool:
        return Verdict.DISSATISFIED in self.said.values()


class RatingNetwork(Base):
    """This rating came from a network from which the body's people act, who acted there last on a day (decision 047).

    Of a rating from anywhere else nothing is kept. The digest is erased after half a year, the fact stays.
    """

    __tablename__ = "rating_network"

    rating_id: Mapped[int] = mapped_column(sa.ForeignKey("rating.id"), primary_key=True)
    network: Mapped[str | None] = mapped_column(sa.String(64))
    on: Mapped[date]
    seen_on: Mapped[date]


# The column of each aspect; `reply` is the reply itself.
COLUMNS = {
    Aspect.ATTITUDE: "attitude",
    Aspect.RESULT: "result",
    Aspect.CONTACT: "contact",
    Aspect.REPLY: "answer",
    Aspect.OVERALL: "overall",
}


class Finding(StrEnum):
    """What the office finds of a dissatisfied rating: to be handled again, or explained to the deputy."""

    AGAIN = "again"
    EXPLAINED = "explained"


class Study(Base):
    """The office studied why a deputy is dissatisfied and told him what it found (上海规定 21).

    `kept_on`: he read the explanation and stays dissatisfied; then it is for the office to decide anew.
    """

    __tablename__ = "study"

    id: Mapped[int] = mapped_column(primary_key=True)
    rating_id: Mapped[int] = mapped_column(sa.ForeignKey("rating.id"), index=True)
    on: Mapped[date]
    finding: Mapped[Finding] = mapped_column(Word(Finding))
    note: Mapped[str] = mapped_column(sa.Text)
    by_name: Mapped[str] = mapped_column(sa.String(60))
    kept_on: Mapped[date | None]
    kept_by: Mapped[str] = mapped_column(sa.String(60), default="", server_default="")
    rating: Mapped[Rating] = relationship(back_populates="studies", lazy="raise")
