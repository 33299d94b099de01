"""Key items, inspections and instructions."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.database import Base, Word
from tracker.dispatch.models import Assignment
from tracker.files.models import File
from tracker.structure.models import Body
from tracker.suggestion.models import Suggestion


class InspectionKind(StrEnum):
    """How a committee or the office looks into a suggestion: 视察调研, 座谈督办会, 听取汇报."""

    VISIT = "visit"
    MEETING = "meeting"
    HEARING = "hearing"


class KeyItem(Base):
    """A meeting (主任会议) names a suggestion a key item: who supervises it and which leader takes it on (重点督办)."""

    __tablename__ = "key_item"

    id: Mapped[int] = mapped_column(primary_key=True)
    suggestion_id: Mapped[int] = mapped_column(sa.ForeignKey("suggestion.id"), index=True)
    on: Mapped[date]
    meeting: Mapped[str] = mapped_column(sa.String(120))
    committee_id: Mapped[int | None] = mapped_column(sa.ForeignKey("body.id"), index=True)
    leader: Mapped[str] = mapped_column(sa.String(60), default="")
    note: Mapped[str] = mapped_column(sa.Text, default="")
    by_name: Mapped[str] = mapped_column(sa.String(60))
    committee: Mapped[Body | None] = relationship(lazy="raise")


class Inspection(Base):
    """Somebody looked at a suggestion on a day: how, who, where, and what was found."""

    __tablename__ = "inspection"

    id: Mapped[int] = mapped_column(primary_key=True)
    suggestion_id: Mapped[int] = mapped_column(sa.ForeignKey("suggestion.id"), index=True)
    body_id: Mapped[int | None] = mapped_column(sa.ForeignKey("body.id"), index=True)
    on: Mapped[date]
    kind: Mapped[InspectionKind] = mapped_column(Word(InspectionKind))
    people: Mapped[str] = mapped_column(sa.String(300))
    place: Mapped[str] = mapped_column(sa.String(120), default="")
    findings: Mapped[str] = mapped_column(sa.Text)
    noted_by: Mapped[str] = mapped_column(sa.String(60))
    suggestion: Mapped[Suggestion] = relationship(lazy="raise")
    body: Mapped[Body | None] = relationship(lazy="raise")
    files: Mapped[list[InspectionFile]] = relationship(lazy="raise", order_by="InspectionFile.id")


class InspectionFile(Base):
    """A file or picture of an inspection."""

    __tablename__ = "inspection_file"

    id: Mapped[int] = mapped_column(primary_key=True)
    inspection_id: Mapped[int] = mapped_column(sa.ForeignKey("inspection.id"), index=True)
    file_id: Mapped[int] = mapped_column(sa.ForeignKey("file.id"), unique=True)
    file: Mapped[File] = relationship(lazy="raise")


class Instruction(Base):
    """What a leader wrote (批示), on a suggestion, several, or a weekly bulletin; on paper or by his account."""

    __tablename__ = "instruction"

    id: Mapped[int] = mapped_column(primary_key=True)
    congress_id: Mapped[int] = mapped_column(sa.ForeignKey("congress.id"), index=True)
    leader: Mapped[str] = mapped_column(sa.String(60))
    on: Mapped[date]
    text: Mapped[str] = mapped_column(sa.Text)
    bulletin: Mapped[str] = mapped_column(sa.String(20), default="")
    recorded_by: Mapped[str] = mapped_column(sa.String(60))


class Duty(Base):
    """What an instruction asks of one body, or of the office (no body), on one suggestion, and until when: its clock.

    An open one is overdue from the day after `due_on`.
    """

    __tablename__ = "instruction_duty"

    id: Mapped[int] = mapped_column(primary_key=True)
    instruction_id: Mapped[int] = mapped_column(sa.ForeignKey("instruction.id"), index=True)
    suggestion_id: Mapped[int | None] = mapped_column(sa.ForeignKey("suggestion.id"), index=True)
    assignment_id: Mapped[int | None] = mapped_column(sa.ForeignKey("assignment.id"), index=True)
    body_id: Mapped[int | None] = mapped_column(sa.ForeignKey("body.id"), index=True)
    due_on: Mapped[date | None]
    answered_on: Mapped[date | None]
    answer: Mapped[str] = mapped_column(sa.Text, default="")
    answered_by: Mapped[str] = mapped_column(sa.String(60), default="")
    instruction: Mapped[Instruction] = relationship(lazy="raise")
    suggestion: Mapped[Suggestion | None] = relationship(lazy="raise")
    assignment: Mapped[Assignment | None] = relationship(lazy="raise")
    body: Mapped[Body | None] = relationship(lazy="raise")

    @property
    def is_open(self) -> bool:
        return self.answered_on is None
