"""The weekly issue and its readers."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.database import Base, Instant, Json


class Issue(Base):
    """One week's bulletin (督办周报): what it says is frozen when it is made and never changed."""

    __tablename__ = "issue"
    __table_args__ = (sa.UniqueConstraint("congress_id", "week"), sa.UniqueConstraint("congress_id", "number"))

    id: Mapped[int] = mapped_column(primary_key=True)
    congress_id: Mapped[int] = mapped_column(sa.ForeignKey("congress.id"))
    week: Mapped[str] = mapped_column(sa.String(8))
    number: Mapped[int]
    issued_on: Mapped[date]
    frozen_at: Mapped[datetime] = mapped_column(Instant)
    figures: Mapped[dict[str, Any]] = mapped_column(Json)
    items: Mapped[list[dict[str, Any]]] = mapped_column(Json, deferred=True)
    digest: Mapped[str] = mapped_column(sa.String(64))
    readers: Mapped[list[Reader]] = relationship(back_populates="issue", lazy="raise", order_by="Reader.id")


class Reader(Base):
    """One person to whom an issue goes, in which rank, and by which letter.

    `scope` says which items are his: {"all": true}, {"bodies": [4, 7], "key": true}, {"branches": ["court"]} or
    {"deputy": 9}; with "internal" also those shown by their number only.
    """

    __tablename__ = "reader"
    __table_args__ = (sa.UniqueConstraint("issue_id", "person_key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    issue_id: Mapped[int] = mapped_column(sa.ForeignKey("issue.id"))
    person_key: Mapped[str] = mapped_column(sa.String(60))
    name: Mapped[str] = mapped_column(sa.String(60))
    rank: Mapped[str] = mapped_column(sa.String(40))
    scope: Mapped[dict[str, Any]] = mapped_column(Json)
    item_count: Mapped[int]
    letter_id: Mapped[int | None] = mapped_column(sa.ForeignKey("letter.id"))
    issue: Mapped[Issue] = relationship(back_populates="readers", lazy="raise")
