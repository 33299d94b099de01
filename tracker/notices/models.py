"""Supervision notices with the items they are about, what bodies answered, and what a meeting decided of the listed."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.database import Base, Json, Word
from tracker.dispatch.models import Assignment
from tracker.escalation.models import Alarm
from tracker.files.models import File
from tracker.structure.models import Body
from tracker.suggestion.models import Suggestion


class NoticeKind(StrEnum):
    """督办通知书; to party organs and mass organisations 商请函, which asks and does not press."""

    SUPERVISION = "supervision"
    REQUEST = "request"


class Finding(StrEnum):
    """What the office finds of the answer; not enough (or none) asks again."""

    SATISFIED = "satisfied"
    NOT_ENOUGH = "not_enough"


class Ended(StrEnum):
    """Why a notice, or an item of a draft, is none any more: taken back by the office; its clock was met, or moved,
    before anybody signed; a higher step of the ladder took its place; it was marked as a pending case."""

    WITHDRAWN = "withdrawn"
    MET = "met"
    MOVED = "moved"
    OVERTAKEN = "overtaken"
    PENDING = "pending"


class Measure(StrEnum):
    """What the meeting of the chairpersons decides of a listed item: 约谈, 限期改正, 专题询问, or nothing."""

    HEARING = "hearing"
    CORRECTION = "correction"
    INQUIRY = "inquiry"
    NONE = "none"


class Notice(Base):
    """A notice to one body about its items on one step of the ladder: a draft until a person issues it.

    Once issued it has its number and never changes: `digest` is over all that was issued.
    """

    __tablename__ = "notice"
    __table_args__ = (
        sa.UniqueConstraint("congress_id", "kind", "year", "number"),
        sa.Index("ix_notice_congress_id_issued_on", "congress_id", "issued_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    congress_id: Mapped[int] = mapped_column(sa.ForeignKey("congress.id"))
    body_id: Mapped[int] = mapped_column(sa.ForeignKey("body.id"), index=True)
    kind: Mapped[NoticeKind] = mapped_column(Word(NoticeKind))
    step: Mapped[int]
    before_id: Mapped[int | None] = mapped_column(sa.ForeignKey("notice.id"), index=True)
    text: Mapped[str] = mapped_column(sa.Text)
    copies_to: Mapped[str] = mapped_column(sa.String(200), default="")
    answer_by_on: Mapped[date]
    drafted_on: Mapped[date]
    drafted_by: Mapped[str] = mapped_column(sa.String(60))
    issued_on: Mapped[date | None]
    issued_by: Mapped[str] = mapped_column(sa.String(60), default="")
    year: Mapped[int | None]
    number: Mapped[int | None]
    addressee: Mapped[str] = mapped_column(sa.String(120), default="")
    sender: Mapped[str] = mapped_column(sa.String(200), default="")
    digest: Mapped[str] = mapped_column(sa.String(64), default="")
    finding: Mapped[Finding | None] = mapped_column(Word(Finding))
    found_on: Mapped[date | None]
    found_by: Mapped[str] = mapped_column(sa.String(60), default="")
    found_note: Mapped[str] = mapped_column(sa.Text, default="")
    ended_on: Mapped[date | None]
    ended_by: Mapped[str] = mapped_column(sa.String(60), default="")
    ended_why: Mapped[Ended | None] = mapped_column(Word(Ended))
    ended_note: Mapped[str] = mapped_column(sa.Text, default="")
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}

    body: Mapped[Body] = relationship(lazy="raise")
    before: Mapped[Notice | None] = relationship(remote_side=[id], lazy="raise")
    items: Mapped[list[NoticeItem]] = relationship(back_populates="notice", lazy="raise", order_by="NoticeItem.id")
    answer: Mapped[NoticeAnswer | None] = relationship(back_populates="notice", lazy="raise")
    told_overdue: Mapped[OverdueNotice | None] = relationship(lazy="raise")

    @property
    def is_draft(self) -> bool:
        return self.issued_on is None and self.ended_on is None

    @property
    def is_running(self) -> bool:
        """Issued, and neither found upon nor withdrawn."""
        return self.issued_on is not None and self.found_on is None and self.ended_on is None


class NoticeItem(Base):
    """A rung of the ladder a notice is about; `record` is the item's record as it was issued."""

    __tablename__ = "notice_item"
    __table_args__ = (sa.UniqueConstraint("notice_id", "alarm_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    notice_id: Mapped[int] = mapped_column(sa.ForeignKey("notice.id"))
    alarm_id: Mapped[int] = mapped_column(sa.ForeignKey("alarm.id"), index=True)
    assignment_id: Mapped[int] = mapped_column(sa.ForeignKey("assignment.id"), index=True)
    suggestion_id: Mapped[int] = mapped_column(sa.ForeignKey("suggestion.id"), index=True)
    record: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    ended_on: Mapped[date | None]
    ended_why: Mapped[Ended | None] = mapped_column(Word(Ended))
    notice: Mapped[Notice] = relationship(back_populates="items", lazy="raise")
    alarm: Mapped[Alarm] = relationship(lazy="raise")
    assignment: Mapped[Assignment] = relationship(lazy="raise")
    suggestion: Mapped[Suggestion] = relationship(lazy="raise")


class NoticeAnswer(Base):
    """What the body answers: why, what it does now, and by when; `on_behalf_of` where a paper was entered."""

    __tablename__ = "notice_answer"
    __table_args__ = (sa.UniqueConstraint("notice_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    notice_id: Mapped[int] = mapped_column(sa.ForeignKey("notice.id"))
    on: Mapped[date]
    text: Mapped[str] = mapped_column(sa.Text)
    measures: Mapped[str] = mapped_column(sa.Text)
    until_on: Mapped[date]
    by_name: Mapped[str] = mapped_column(sa.String(60))
    on_behalf_of: Mapped[str] = mapped_column(sa.String(60), default="")
    notice: Mapped[Notice] = relationship(back_populates="answer", lazy="raise")
    files: Mapped[list[NoticeFile]] = relationship(lazy="raise", order_by="NoticeFile.id")


class OverdueNotice(Base):
    """The body was reminded, once, that it has not answered by the day; each step of the ladder has its own notice."""

    __tablename__ = "overdue_notice"

    notice_id: Mapped[int] = mapped_column(sa.ForeignKey("notice.id"), primary_key=True)
    on: Mapped[date]


class NoticeFile(Base):
    """A file of an answer."""

    __tablename__ = "notice_file"

    id: Mapped[int] = mapped_column(primary_key=True)
    answer_id: Mapped[int] = mapped_column(sa.ForeignKey("notice_answer.id"), index=True)
    file_id: Mapped[int] = mapped_column(sa.ForeignKey("file.id"), unique=True)
    file: Mapped[File] = relationship(lazy="raise")


class MeetingDecision(Base):
    """What a meeting of the chairpersons (主任会议) decided of one or several listed items, and why."""

    __tablename__ = "meeting_decision"

    id: Mapped[int] = mapped_column(primary_key=True)
    congress_id: Mapped[int] = mapped_column(sa.ForeignKey("congress.id"), index=True)
    on: Mapped[date]
    meeting: Mapped[str] = mapped_column(sa.String(120))
    measure: Mapped[Measure] = mapped_column(Word(Measure))
    until_on: Mapped[date | None]
    note: Mapped[str] = mapped_column(sa.Text, default="")
    by_name: Mapped[str] = mapped_column(sa.String(60))
    items: Mapped[list[DecidedItem]] = relationship(back_populates="decision", lazy="raise", order_by="DecidedItem.id")


class DecidedItem(Base):
    """A listed rung of the ladder the meeting decided on; once each."""

    __tablename__ = "decided_item"
    __table_args__ = (sa.UniqueConstraint("alarm_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    decision_id: Mapped[int] = mapped_column(sa.ForeignKey("meeting_decision.id"), index=True)
    alarm_id: Mapped[int] = mapped_column(sa.ForeignKey("alarm.id"))
    assignment_id: Mapped[int] = mapped_column(sa.ForeignKey("assignment.id"), index=True)
    suggestion_id: Mapped[int] = mapped_column(sa.ForeignKey("suggestion.id"), index=True)
    body_id: Mapped[int] = mapped_column(sa.ForeignKey("body.id"), index=True)
    decision: Mapped[MeetingDecision] = relationship(back_populates="items", lazy="raise")
    suggestion: Mapped[Suggestion] = relationship(lazy="raise")
    body: Mapped[Body] = relationship(lazy="raise")
