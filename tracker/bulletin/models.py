"""The weekly issue and its readers."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.database import Base, Instant, Json

WHOLE, LINE_BY_LINE = 1, 2  # how an issue is sealed; those of before are sealed as one text


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
    sealed_as: Mapped[int] = mapped_column(default=LINE_BY_LINE)
    digest: Mapped[str] = mapped_column(sa.String(64))
    readers: Mapped[list[Reader]] = relationship(back_populates="issue", lazy="raise", order_by="Reader.id")

    @property
    def items(self) -> Any:
        """Its lines, read as they are needed; of one that is only looked at beforehand, those it would have."""
        from tracker.bulletin.items import Items

        return self.__dict__["_would_have"] if "_would_have" in self.__dict__ else Items(self.id)

    @items.setter
    def items(self, items: list[dict[str, Any]]) -> None:
        self.__dict__["_would_have"] = items


class IssueItem(Base):
    """One line of an issue: `said` is all that it says, the columns are whose part it belongs to.

    `thing_id` is what it speaks of: a promise, a leader's instruction, else the assignment; the same week after week.
    """

    __tablename__ = "issue_item"

    issue_id: Mapped[int] = mapped_column(sa.ForeignKey("issue.id"), primary_key=True)
    no: Mapped[int] = mapped_column(primary_key=True)
    section: Mapped[str] = mapped_column(sa.String(30))
    thing_id: Mapped[int]
    assignment_id: Mapped[int | None]
    body_id: Mapped[int | None]
    branch: Mapped[str] = mapped_column(sa.String(40))
    deputy_id: Mapped[int | None]
    key: Mapped[bool]
    internal: Mapped[bool]
    weeks: Mapped[int]
    said: Mapped[dict[str, Any]] = mapped_column(Json)

    __table_args__ = (sa.Index("ix_issue_item_thing", "issue_id", "section", "thing_id"),)


class Correction(Base):
    """What an issue said wrongly, and what is right: added with its day, the issue itself stays as it is (更正)."""

    __tablename__ = "issue_correction"

    id: Mapped[int] = mapped_column(primary_key=True)
    issue_id: Mapped[int] = mapped_column(sa.ForeignKey("issue.id"), index=True)
    on: Mapped[date]
    entered_at: Mapped[datetime] = mapped_column(Instant)
    text: Mapped[str] = mapped_column(sa.Text)
    by_name: Mapped[str] = mapped_column(sa.String(60))


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
