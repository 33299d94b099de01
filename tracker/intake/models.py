"""What the record form adds to a suggestion."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.database import Base, Word
from tracker.files.models import File
from tracker.structure.models import Deputy


class Attachment(Base):
    """A file handed in with the suggestion."""

    __tablename__ = "attachment"

    id: Mapped[int] = mapped_column(primary_key=True)
    suggestion_id: Mapped[int] = mapped_column(sa.ForeignKey("suggestion.id"), index=True)
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
    __table_args__ = (sa.UniqueConstraint("suggestion_id", "deputy_id"),)

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
