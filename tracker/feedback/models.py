"""Ratings."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker import clock
from tracker.database import Base, Instant, Word
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
    """What one deputy thinks of one reply: attitude and result apart. Never overwritten: a new version follows."""

    __tablename__ = "rating"
    __table_args__ = (sa.UniqueConstraint("reply_id", "deputy_id", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    reply_id: Mapped[int] = mapped_column(sa.ForeignKey("reply.id"), index=True)
    deputy_id: Mapped[int] = mapped_column(sa.ForeignKey("deputy.id"), index=True)
    version: Mapped[int] = mapped_column(default=1)
    attitude: Mapped[Verdict | None] = mapped_column(Word(Verdict))
    result: Mapped[Verdict] = mapped_column(Word(Verdict))
    comment: Mapped[str] = mapped_column(sa.Text, default="")
    on: Mapped[date] = mapped_column(index=True)
    entered_at: Mapped[datetime] = mapped_column(Instant, default=clock.now)
    channel: Mapped[RatingChannel] = mapped_column(Word(RatingChannel))
    entered_by: Mapped[str] = mapped_column(sa.String(60))
    reply: Mapped[Reply] = relationship(lazy="raise")
    deputy: Mapped[Deputy] = relationship(lazy="raise")
