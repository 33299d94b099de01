"""What the record form adds to a suggestion."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.database import Base, Instant, Word
from tracker.enciphered import Enciphered, Opened, PartlyEnciphered
from tracker.files.models import File
from tracker.structure.models import Deputy
from tracker.suggestion.models import NOT_UNDONE

IS_SILENT = sa.text("answer IS NULL")


class AttachmentKind(StrEnum):
    """What a file of a suggestion is: handed in with it, or the printed form with its signatures, scanned."""

    HANDED_IN = "handed_in"
    SIGNED_FORM = "signed_form"


class Attachment(Base):
    """A file of a suggestion."""

    __tablename__ = "attachment"

    id: Mapped[int] = mapped_column(primary_key=True)
    suggestion_id: Mapped[int] = mapped_column(sa.ForeignKey("suggestion.id"), index=True)
    file_id: Mapped[int] = mapped_column(sa.ForeignKey("file.id"), unique=True)
    kind: Mapped[AttachmentKind] = mapped_column(Word(AttachmentKind), default=AttachmentKind.HANDED_IN)
    file: Mapped[File] = relationship(lazy="raise")


class Nature(StrEnum):
    """Which of the three the deputy calls it (建议、批评和意见)."""

    SUGGESTION = "suggestion"
    CRITICISM = "criticism"
    OPINION = "opinion"


class Sheet(Base):
    """What the printed form says beyond what every list needs; no row where it says nothing more."""

    __tablename__ = "sheet"

    suggestion_id: Mapped[int] = mapped_column(sa.ForeignKey("suggestion.id"), primary_key=True, autoincrement=False)
    nature: Mapped[Nature] = mapped_column(Word(Nature))
    unsolved_for: Mapped[str] = mapped_column(sa.String(20))
    co_signers_wanted: Mapped[bool]
    wished_body: Mapped[str] = mapped_column(sa.String(120))
    wished_way: Mapped[str] = mapped_column(sa.String(20))
    contact_person: Mapped[str] = mapped_column(sa.String(60))
    contact_phone_kept: Mapped[str] = mapped_column("contact_phone", Enciphered(40))
    contact_phone = Opened[str]("contact_phone_kept")
    contact_address: Mapped[str] = mapped_column(sa.String(200))
    source: Mapped[str] = mapped_column(sa.String(200))
    source_number: Mapped[str] = mapped_column(sa.String(60))
    on_paper: Mapped[bool]
    draft_key: Mapped[str | None] = mapped_column(sa.String(64), unique=True)


class Draft(Base):
    """A form begun and not yet recorded, as it was typed: the office's own, seen by nobody else."""

    __tablename__ = "draft"

    id: Mapped[int] = mapped_column(primary_key=True)
    congress_id: Mapped[int] = mapped_column(sa.ForeignKey("congress.id"), index=True)
    key: Mapped[str] = mapped_column(sa.String(64), unique=True)
    internal: Mapped[bool]
    title: Mapped[str] = mapped_column(sa.String(300))
    said_kept: Mapped[dict[str, Any]] = mapped_column("said", PartlyEnciphered, deferred=True)
    said = Opened[dict[str, Any]]("said_kept")
    version: Mapped[int]
    page: Mapped[str] = mapped_column(sa.String(64))
    begun_by_id: Mapped[int | None]
    begun_by: Mapped[str] = mapped_column(sa.String(60))
    begun_on: Mapped[date]
    saved_by: Mapped[str] = mapped_column(sa.String(60))
    saved_at: Mapped[datetime] = mapped_column(Instant)


class DraftFile(Base):
    """A file put to a draft; it becomes an attachment when the draft is recorded."""

    __tablename__ = "draft_file"

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(sa.ForeignKey("draft.id"), index=True)
    file_id: Mapped[int] = mapped_column(sa.ForeignKey("file.id"), unique=True)
    file: Mapped[File] = relationship(lazy="raise")


class OffLine(Base):
    """A secret suggestion: that there is one, and nothing of what it says (涉密件线下办理)."""

    __tablename__ = "off_line"

    id: Mapped[int] = mapped_column(primary_key=True)
    congress_id: Mapped[int] = mapped_column(sa.ForeignKey("congress.id"), index=True)
    meeting_id: Mapped[int] = mapped_column(sa.ForeignKey("meeting.id"))
    noted_on: Mapped[date]
    noted_by: Mapped[str] = mapped_column(sa.String(60))


class Answer(StrEnum):
    YES = "yes"
    NO = "no"


class AnswerWay(StrEnum):
    """How a deputy's answer came: by mailed link, from his account, on paper and entered by the office."""

    LINK = "link"
    ACCOUNT = "account"
    PAPER = "paper"


class Answered:
    """What a deputy said when he was asked, and how it came; nothing while he has not answered."""

    answer: Mapped[Answer | None] = mapped_column(Word(Answer))
    answered_on: Mapped[date | None]
    way: Mapped[AnswerWay | None] = mapped_column(Word(AnswerWay))
    entered_by: Mapped[str] = mapped_column(sa.String(60), default="")
    note: Mapped[str] = mapped_column(sa.Text, default="")


class CoSigning(Answered, Base):
    """A deputy was asked whether he signs too (附议), and what he said; kept beside the signature."""

    __tablename__ = "co_signing"
    __table_args__ = (
        sa.UniqueConstraint("suggestion_id", "deputy_id"),
        sa.Index("ix_co_signing_silent", "suggestion_id", sqlite_where=IS_SILENT, postgresql_where=IS_SILENT),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    suggestion_id: Mapped[int] = mapped_column(sa.ForeignKey("suggestion.id"))
    deputy_id: Mapped[int] = mapped_column(sa.ForeignKey("deputy.id"), index=True)
    asked_on: Mapped[date]
    deputy: Mapped[Deputy] = relationship(lazy="raise")


class Withdrawal(Base):
    """The lead deputy wants it back (撤回); a joint one goes only when all who signed it have agreed."""

    __tablename__ = "withdrawal"

    id: Mapped[int] = mapped_column(primary_key=True)
    suggestion_id: Mapped[int] = mapped_column(sa.ForeignKey("suggestion.id"), index=True)
    asked_on: Mapped[date]
    asked_by: Mapped[str] = mapped_column(sa.String(60))
    reason: Mapped[str] = mapped_column(sa.Text)
    settled_on: Mapped[date | None]
    done: Mapped[bool | None]
    agreements: Mapped[list[Agreement]] = relationship(
        back_populates="withdrawal", lazy="raise", order_by="Agreement.id"
    )


class Agreement(Answered, Base):
    """One deputy's agreement to a withdrawal, or his no."""

    __tablename__ = "agreement"
    __table_args__ = (sa.UniqueConstraint("withdrawal_id", "deputy_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    withdrawal_id: Mapped[int] = mapped_column(sa.ForeignKey("withdrawal.id"))
    deputy_id: Mapped[int] = mapped_column(sa.ForeignKey("deputy.id"), index=True)
    withdrawal: Mapped[Withdrawal] = relationship(back_populates="agreements", lazy="raise")
    deputy: Mapped[Deputy] = relationship(lazy="raise")


class SameMatter(Base):
    """Somebody says that two suggestions are about the same matter (同一事项), across years and deputies, and why.

    The earlier number stands first. Nothing follows from it by itself: both pages show the other with its answer.
    """

    __tablename__ = "same_matter"
    __table_args__ = (
        sa.Index(
            "ix_same_matter_one_id_other_id",
            "one_id",
            "other_id",
            unique=True,
            sqlite_where=NOT_UNDONE,
            postgresql_where=NOT_UNDONE,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    one_id: Mapped[int] = mapped_column(sa.ForeignKey("suggestion.id"))
    other_id: Mapped[int] = mapped_column(sa.ForeignKey("suggestion.id"), index=True)
    reason: Mapped[str] = mapped_column(sa.Text)
    on: Mapped[date]
    by_name: Mapped[str] = mapped_column(sa.String(60))
    undone_on: Mapped[date | None]
    undone_by: Mapped[str | None] = mapped_column(sa.String(60))
    undone_reason: Mapped[str] = mapped_column(sa.Text, default="")
