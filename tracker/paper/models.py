"""Papers printed, and the signed scans that came back."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.database import Base, Instant, Word
from tracker.files.models import File


class PaperKind(StrEnum):
    """What a paper is: a letter or list of the hand-over, a record of a contact, a reply, a form for the
    deputy, a notice that supervises."""

    NOTICE = "notice"
    LIST = "list"
    CONTACT_RECORD = "contact_record"
    REPLY_LETTER = "reply_letter"
    OPINION_FORM = "opinion_form"
    DECISION = "decision"
    SUGGESTION_FORM = "suggestion_form"
    SUPERVISION = "supervision"


# How the numbers of each kind begin: the first letters of its Chinese name.
PREFIXES = {
    PaperKind.NOTICE: "JB",
    PaperKind.LIST: "QD",
    PaperKind.CONTACT_RECORD: "MS",
    PaperKind.REPLY_LETTER: "DF",
    PaperKind.OPINION_FORM: "YJ",
    PaperKind.DECISION: "JD",
    PaperKind.SUGGESTION_FORM: "JY",
    PaperKind.SUPERVISION: "DB",
}


class Paper(Base):
    """One paper with its number. The same paper printed again keeps it, so that its scan finds the same place.

    It points upward by a string: `about` names the kind of thing ("reply"), `about_id` which one, and `whose_id` the
    body a letter is for or the deputy a form is for (0: nobody's in particular).
    """

    __tablename__ = "paper"
    __table_args__ = (
        sa.UniqueConstraint("congress_id", "code"),
        sa.UniqueConstraint("kind", "about", "about_id", "whose_id"),
        sa.Index("ix_paper_congress_id_printed_at", "congress_id", "printed_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    congress_id: Mapped[int] = mapped_column(sa.ForeignKey("congress.id"))
    code: Mapped[str] = mapped_column(sa.String(20))
    kind: Mapped[PaperKind] = mapped_column(Word(PaperKind))
    about: Mapped[str] = mapped_column(sa.String(20))
    about_id: Mapped[int]
    whose_id: Mapped[int] = mapped_column(default=0)
    subject: Mapped[str] = mapped_column(sa.String(160))
    printed_at: Mapped[datetime] = mapped_column(Instant)
    printed_by: Mapped[str] = mapped_column(sa.String(60))
    scans: Mapped[list[PaperScan]] = relationship(back_populates="paper", lazy="raise", order_by="PaperScan.id")


class PaperScan(Base):
    """A file of a signed paper that came back, and what was made of it: `became` "contact", "rating" and its number."""

    __tablename__ = "paper_scan"
    __table_args__ = (sa.Index("ix_paper_scan_became_became_id", "became", "became_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    paper_id: Mapped[int] = mapped_column(sa.ForeignKey("paper.id"), index=True)
    file_id: Mapped[int] = mapped_column(sa.ForeignKey("file.id"), unique=True)
    became: Mapped[str] = mapped_column(sa.String(20))
    became_id: Mapped[int]
    taken_at: Mapped[datetime] = mapped_column(Instant)
    taken_by: Mapped[str] = mapped_column(sa.String(60))
    paper: Mapped[Paper] = relationship(back_populates="scans", lazy="raise")
    file: Mapped[File] = relationship(lazy="raise")
