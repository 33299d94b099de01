"""What became of promises."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.database import Base, Word
from tracker.feedback.models import RatingChannel, Verdict
from tracker.files.models import File
from tracker.handling.models import Promise
from tracker.structure.models import Deputy


class Fate(StrEnum):
    KEPT = "kept"
    MOVED = "moved"
    ON_COURSE = "on_course"
    BROKEN = "broken"
    WITHDRAWN = "withdrawn"


class PromiseReport(Base):
    """What was reported of a promise on a day: kept with evidence, moved with a reason, on course, broken, withdrawn.

    `to_be_judged`: the deputy is asked whether it is so; what was reported before this was asked is left as it is.
    """

    __tablename__ = "promise_report"

    id: Mapped[int] = mapped_column(primary_key=True)
    promise_id: Mapped[int] = mapped_column(sa.ForeignKey("promise.id"), index=True)
    fate: Mapped[Fate] = mapped_column(Word(Fate))
    on: Mapped[date]
    note: Mapped[str] = mapped_column(sa.Text)
    new_due_on: Mapped[date | None]
    by_name: Mapped[str] = mapped_column(sa.String(60))
    to_be_judged: Mapped[bool] = mapped_column(default=False, server_default=sa.false())
    promise: Mapped[Promise] = relationship(lazy="raise")
    evidence: Mapped[list[Evidence]] = relationship(lazy="raise", order_by="Evidence.id")
    judgements: Mapped[list[Judgement]] = relationship(back_populates="report", lazy="raise", order_by="Judgement.id")


class Evidence(Base):
    """A file or picture that shows what was reported (佐证材料)."""

    __tablename__ = "promise_evidence"

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(sa.ForeignKey("promise_report.id"), index=True)
    file_id: Mapped[int] = mapped_column(sa.ForeignKey("file.id"), unique=True)
    file: Mapped[File] = relationship(lazy="raise")


class Judgement(Base):
    """What the deputy says of a report: it is so, or it is not. Asked on a day; silence stays unjudged.

    A disputed one is decided by the office: it counts as kept after all, or the body has to do what it promised.
    """

    __tablename__ = "promise_judgement"
    __table_args__ = (sa.UniqueConstraint("report_id", "deputy_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(sa.ForeignKey("promise_report.id"))
    deputy_id: Mapped[int] = mapped_column(sa.ForeignKey("deputy.id"), index=True)
    asked_on: Mapped[date]
    until_on: Mapped[date | None]
    on: Mapped[date | None]
    agrees: Mapped[bool | None]
    result: Mapped[Verdict | None] = mapped_column(Word(Verdict))
    note: Mapped[str] = mapped_column(sa.Text, default="")
    channel: Mapped[RatingChannel | None] = mapped_column(Word(RatingChannel))
    entered_by: Mapped[str] = mapped_column(sa.String(60), default="")
    decided_on: Mapped[date | None]
    decided_by: Mapped[str] = mapped_column(sa.String(60), default="")
    counts_as_kept: Mapped[bool | None]
    decision_note: Mapped[str] = mapped_column(sa.Text, default="")
    report: Mapped[PromiseReport] = relationship(back_populates="judgements", lazy="raise")
    deputy: Mapped[Deputy] = relationship(lazy="raise")


class YearlyQuestion(Base):
    """Once a year the body is asked how a promise stands (承诺事项落实情况回执); its report answers the question."""

    __tablename__ = "yearly_question"
    __table_args__ = (sa.UniqueConstraint("promise_id", "year"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    promise_id: Mapped[int] = mapped_column(sa.ForeignKey("promise.id"))
    year: Mapped[int]
    asked_on: Mapped[date]
    until_on: Mapped[date]
    report_id: Mapped[int | None] = mapped_column(sa.ForeignKey("promise_report.id"), index=True)
    promise: Mapped[Promise] = relationship(lazy="raise")


class FollowingChoice(Base):
    """In which month a congress asks its bodies once a year; without a row in October."""

    __tablename__ = "following_choice"

    congress_id: Mapped[int] = mapped_column(sa.ForeignKey("congress.id"), primary_key=True)
    receipts_month: Mapped[int]
    chosen_on: Mapped[date]
    chosen_by: Mapped[str] = mapped_column(sa.String(60))
