"""The weekly issue and its readers."""

from __future__ import annotations

from datetime import date, datetime, time
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.database import Base, Instant, Json, Word

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

    `thing_id` is what it speaks of: a promise, a leader's instruction, the item of a notice, else the assignment; the
    same week after week.
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
    {"deputy": 9}; with "internal" also those shown by their number only; {"any": […]} is several together. How it
    reaches him is his channel when the issue was made; `via_body_id` is the hub that hands it on. Who reads at the
    same address as another (`shared_with_id`), or in several ranks, shares that reader's letter.
    """

    __tablename__ = "reader"
    __table_args__ = (
        sa.UniqueConstraint("issue_id", "person_key"),
        sa.Index("ix_reader_shared_with_id", "shared_with_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    issue_id: Mapped[int] = mapped_column(sa.ForeignKey("issue.id"))
    person_key: Mapped[str] = mapped_column(sa.String(60))
    name: Mapped[str] = mapped_column(sa.String(60))
    rank: Mapped[str] = mapped_column(sa.String(40))
    scope: Mapped[dict[str, Any]] = mapped_column(Json)
    item_count: Mapped[int]
    letter_id: Mapped[int | None] = mapped_column(sa.ForeignKey("letter.id"))
    channel: Mapped[str] = mapped_column(sa.String(20), default="mail", server_default="mail")
    via_body_id: Mapped[int | None] = mapped_column(sa.ForeignKey("body.id"))
    shared_with_id: Mapped[int | None] = mapped_column(sa.ForeignKey("reader.id"))
    issue: Mapped[Issue] = relationship(back_populates="readers", lazy="raise")


class Rhythm(StrEnum):
    """How often somebody reads: every issue, or the first of each month."""

    WEEKLY = "weekly"
    MONTHLY = "monthly"


class Habit(Base):
    """When a congress's issue is made: on which working day of the week, at what time of the office's clock."""

    __tablename__ = "habit"

    congress_id: Mapped[int] = mapped_column(sa.ForeignKey("congress.id"), primary_key=True)
    working_day: Mapped[int]
    at: Mapped[time]
    by_name: Mapped[str] = mapped_column(sa.String(60))
    changed_on: Mapped[date]


class Reading(Base):
    """How often an officer reads, where it is not weekly."""

    __tablename__ = "reading"

    officer_id: Mapped[int] = mapped_column(sa.ForeignKey("officer.id"), primary_key=True)
    rhythm: Mapped[Rhythm] = mapped_column(Word(Rhythm))
    by_name: Mapped[str] = mapped_column(sa.String(60))
    changed_on: Mapped[date]


class Quiet(Base):
    """Weeks without an issue, and why: a recess, or a single week. The next issue says so."""

    __tablename__ = "quiet"
    __table_args__ = (sa.Index("ix_quiet_congress_id", "congress_id", "until_week"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    congress_id: Mapped[int] = mapped_column(sa.ForeignKey("congress.id"))
    from_week: Mapped[str] = mapped_column(sa.String(8))
    until_week: Mapped[str] = mapped_column(sa.String(8))
    reason: Mapped[str] = mapped_column(sa.String(300))
    by_name: Mapped[str] = mapped_column(sa.String(60))
    entered_on: Mapped[date]
    lifted_on: Mapped[date | None]
    lifted_by: Mapped[str] = mapped_column(sa.String(60), default="", server_default="")


class HoldEnd(StrEnum):
    RELEASED = "released"
    DROPPED = "dropped"


class Hold(Base):
    """The letters of one issue are held back; the issue is frozen all the same. Released, they go; dropped, never.

    Without a reason the issue was made after its week was over.
    """

    __tablename__ = "hold"
    __table_args__ = (sa.UniqueConstraint("congress_id", "week"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    congress_id: Mapped[int] = mapped_column(sa.ForeignKey("congress.id"))
    week: Mapped[str] = mapped_column(sa.String(8))
    reason: Mapped[str] = mapped_column(sa.String(300))
    by_name: Mapped[str] = mapped_column(sa.String(60))
    held_at: Mapped[datetime] = mapped_column(Instant)
    ended: Mapped[HoldEnd | None] = mapped_column(Word(HoldEnd))
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    ended_by: Mapped[str] = mapped_column(sa.String(60), default="", server_default="")


class Handing(Base):
    """A reader's page was handed over on paper: to whom, on which day, noted by whom."""

    __tablename__ = "handing"

    reader_id: Mapped[int] = mapped_column(sa.ForeignKey("reader.id"), primary_key=True)
    to_name: Mapped[str] = mapped_column(sa.String(60))
    on: Mapped[date]
    by_name: Mapped[str] = mapped_column(sa.String(60))
    entered_at: Mapped[datetime] = mapped_column(Instant)
