"""What hangs on a reply: its points, measures and versions, its way through the body's leader, and what the office
changed in it; what the body notes meanwhile.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.database import Base, Json, Word
from tracker.deadlines.clauses import Outcome
from tracker.files.models import File


class Point(Base):
    """One request of the suggestion and its answer (逐条答复): in words here, or in the letter's text."""

    __tablename__ = "reply_point"

    id: Mapped[int] = mapped_column(primary_key=True)
    reply_id: Mapped[int] = mapped_column(sa.ForeignKey("reply.id"), index=True)
    place: Mapped[int]
    request: Mapped[str] = mapped_column(sa.Text)
    answer: Mapped[str] = mapped_column(sa.Text)
    in_letter: Mapped[bool]

    @property
    def is_answered(self) -> bool:
        return bool(self.answer.strip()) or self.in_letter


class Measure(Base):
    """What the body has done already (已采取的措施); what it will do is a promise."""

    __tablename__ = "reply_measure"

    id: Mapped[int] = mapped_column(primary_key=True)
    reply_id: Mapped[int] = mapped_column(sa.ForeignKey("reply.id"), index=True)
    place: Mapped[int]
    what: Mapped[str] = mapped_column(sa.String(500))


class VersionKind(StrEnum):
    """Why a version is kept."""

    PASSED = "passed"
    SUBMITTED = "submitted"


class ReplyVersion(Base):
    """A reply as it was passed to the body's leader or submitted; never changed."""

    __tablename__ = "reply_version"

    id: Mapped[int] = mapped_column(primary_key=True)
    reply_id: Mapped[int] = mapped_column(sa.ForeignKey("reply.id"), index=True)
    number: Mapped[int]
    kind: Mapped[VersionKind] = mapped_column(Word(VersionKind))
    text: Mapped[str] = mapped_column(sa.Text)
    class_label: Mapped[str] = mapped_column(sa.String(20))
    facts: Mapped[dict[str, Any]] = mapped_column(Json)
    on: Mapped[date]
    by_name: Mapped[str] = mapped_column(sa.String(60))


class Approval(Base):
    """A reply passed to the body's leader (送审), who approves it or gives it back; undecided until then."""

    __tablename__ = "approval"

    id: Mapped[int] = mapped_column(primary_key=True)
    reply_id: Mapped[int] = mapped_column(sa.ForeignKey("reply.id"), index=True)
    passed_on: Mapped[date]
    passed_by: Mapped[str] = mapped_column(sa.String(60))
    approved: Mapped[bool | None]
    taken_back: Mapped[bool] = mapped_column(default=False)
    decided_on: Mapped[date | None]
    decided_by: Mapped[str] = mapped_column(sa.String(60), default="")
    remark: Mapped[str] = mapped_column(sa.Text, default="")

    @property
    def waits(self) -> bool:
        return self.decided_on is None


class ApprovalRule(Base):
    """Whether a body's replies pass its leader before they are submitted; the last row of a body holds."""

    __tablename__ = "approval_rule"

    id: Mapped[int] = mapped_column(primary_key=True)
    body_id: Mapped[int] = mapped_column(sa.ForeignKey("body.id"), index=True)
    needed: Mapped[bool]
    on: Mapped[date]
    by_name: Mapped[str] = mapped_column(sa.String(60))


class ClassChange(Base):
    """The office gave a reply another class than the body (调整类别): both stand beside each other, with the reason."""

    __tablename__ = "class_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    reply_id: Mapped[int] = mapped_column(sa.ForeignKey("reply.id"), index=True)
    was_label: Mapped[str] = mapped_column(sa.String(20))
    was_outcome: Mapped[Outcome | None] = mapped_column(Word(Outcome))
    label: Mapped[str] = mapped_column(sa.String(20))
    outcome: Mapped[Outcome | None] = mapped_column(Word(Outcome))
    reason: Mapped[str] = mapped_column(sa.Text)
    on: Mapped[date]
    by_name: Mapped[str] = mapped_column(sa.String(60))


class ProgressNote(Base):
    """What the body has come to meanwhile (办理进展)."""

    __tablename__ = "progress_note"

    id: Mapped[int] = mapped_column(primary_key=True)
    assignment_id: Mapped[int] = mapped_column(sa.ForeignKey("assignment.id"), index=True)
    on: Mapped[date]
    text: Mapped[str] = mapped_column(sa.Text)
    by_name: Mapped[str] = mapped_column(sa.String(60))


class ContactRecord(Base):
    """The signed record of a contact (沟通记录表), as a file."""

    __tablename__ = "contact_record"

    contact_id: Mapped[int] = mapped_column(sa.ForeignKey("contact.id"), primary_key=True)
    file_id: Mapped[int] = mapped_column(sa.ForeignKey("file.id"), unique=True)
    file: Mapped[File] = relationship(lazy="raise")
