"""What a body does with an assignment."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.database import Base, Instant, Json, Word
from tracker.deadlines.clauses import Outcome
from tracker.dispatch.models import Assignment
from tracker.enciphered import Enciphered, Opened
from tracker.files.models import File
from tracker.handling.written import Approval, ClassChange, ContactRecord, Measure, Point, ReplyVersion
from tracker.structure.models import Deputy

NOT_REACHED = sa.text('"on" IS NULL')


class Manner(StrEnum):
    """How the deputy was spoken to (沟通方式)."""

    VISIT = "visit"
    MEETING = "meeting"
    PHONE = "phone"
    LETTER = "letter"


class ReplyPublicity(StrEnum):
    FULL = "full"
    PART = "part"
    ON_REQUEST = "on_request"
    NO = "no"


class Way(StrEnum):
    """How a letter travelled: this system, the official document exchange 公文交换, paper, handed over; a reply to
    co-signers also through the lead deputy, where the rules let him pass it on (领衔代表转告)."""

    SYSTEM = "system"
    EXCHANGE = "exchange"
    PAPER = "paper"
    HANDED_OVER = "handed_over"
    RELAYED = "relayed"


class Contact(Base):
    """The body spoke with the deputy (沟通, 面商)."""

    __tablename__ = "contact"

    id: Mapped[int] = mapped_column(primary_key=True)
    assignment_id: Mapped[int] = mapped_column(sa.ForeignKey("assignment.id"), index=True)
    on: Mapped[date]
    manner: Mapped[Manner] = mapped_column(Word(Manner))
    person: Mapped[str] = mapped_column(sa.String(120))
    place: Mapped[str] = mapped_column(sa.String(120), default="")
    note: Mapped[str] = mapped_column(sa.Text, default="")
    noted_by: Mapped[str] = mapped_column(sa.String(60))
    record: Mapped[ContactRecord | None] = relationship(lazy="raise")


class CoOpinion(Base):
    """A co-handler's opinion to the lead (会办意见)."""

    __tablename__ = "co_opinion"

    id: Mapped[int] = mapped_column(primary_key=True)
    assignment_id: Mapped[int] = mapped_column(sa.ForeignKey("assignment.id"), index=True)
    on: Mapped[date]
    text: Mapped[str] = mapped_column(sa.Text)
    by_name: Mapped[str] = mapped_column(sa.String(60))
    bounced_on: Mapped[date | None]
    bounced_by: Mapped[str] = mapped_column(sa.String(60), default="", server_default="")
    bounced_reason: Mapped[str] = mapped_column(sa.Text, default="", server_default="")


class Extension(Base):
    """More time, asked by the body and decided by the office or hub (延期)."""

    __tablename__ = "extension"

    id: Mapped[int] = mapped_column(primary_key=True)
    assignment_id: Mapped[int] = mapped_column(sa.ForeignKey("assignment.id"), index=True)
    asked_on: Mapped[date]
    asked_by: Mapped[str] = mapped_column(sa.String(60))
    reason: Mapped[str] = mapped_column(sa.Text)
    proposed_on: Mapped[date]
    was_due_on: Mapped[date | None]  # the last day when it was asked; later than that it was asked late
    granted: Mapped[bool | None]
    granted_to_on: Mapped[date | None]
    decided_on: Mapped[date | None]
    decided_by: Mapped[str | None] = mapped_column(sa.String(60))
    decision_note: Mapped[str] = mapped_column(sa.Text, default="")
    assignment: Mapped[Assignment] = relationship(lazy="raise")

    @property
    def is_late(self) -> bool:
        """Asked after the last day had passed."""
        return self.was_due_on is not None and self.asked_on > self.was_due_on


class Reply(Base):
    """The reply (答复函). A draft until submitted; letter, received and uploaded dates are three facts."""

    __tablename__ = "reply"
    __table_args__ = (sa.UniqueConstraint("assignment_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    assignment_id: Mapped[int] = mapped_column(sa.ForeignKey("assignment.id"))
    class_label: Mapped[str] = mapped_column(sa.String(20), default="")
    outcome: Mapped[Outcome | None] = mapped_column(Word(Outcome))
    document_number: Mapped[str] = mapped_column(sa.String(80), default="")
    signer: Mapped[str] = mapped_column(sa.String(60), default="")
    contact_person: Mapped[str] = mapped_column(sa.String(60), default="")
    contact_phone_kept: Mapped[str] = mapped_column("contact_phone", Enciphered(40), default="")
    contact_phone = Opened[str]("contact_phone_kept")
    publicity: Mapped[ReplyPublicity | None] = mapped_column(Word(ReplyPublicity))
    text: Mapped[str] = mapped_column(sa.Text, default="", deferred=True)
    letter_on: Mapped[date | None]
    received_on: Mapped[date | None]
    uploaded_on: Mapped[date | None]
    way: Mapped[Way] = mapped_column(Word(Way), default=Way.SYSTEM)
    paper_original: Mapped[bool] = mapped_column(default=False)
    from_ledger: Mapped[bool] = mapped_column(default=False, server_default=sa.false())  # given before we were there
    refusal: Mapped[str] = mapped_column(sa.Text, default="", server_default="")
    legal_basis: Mapped[str] = mapped_column(sa.String(400), default="", server_default="")
    draft_promises: Mapped[list[dict[str, str]]] = mapped_column(Json, default=list)
    submitted_on: Mapped[date | None]
    submitted_by: Mapped[str] = mapped_column(sa.String(60), default="")
    saved_at: Mapped[datetime] = mapped_column(Instant)
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}

    assignment: Mapped[Assignment] = relationship(lazy="raise")
    files: Mapped[list[ReplyFile]] = relationship(lazy="raise", order_by="ReplyFile.id")
    points: Mapped[list[Point]] = relationship(lazy="raise", order_by="Point.place", cascade="all, delete-orphan")
    measures: Mapped[list[Measure]] = relationship(lazy="raise", order_by="Measure.place", cascade="all, delete-orphan")
    versions: Mapped[list[ReplyVersion]] = relationship(lazy="raise", order_by="ReplyVersion.number")
    approvals: Mapped[list[Approval]] = relationship(lazy="raise", order_by="Approval.id")
    class_changes: Mapped[list[ClassChange]] = relationship(lazy="raise", order_by="ClassChange.id")
    promises: Mapped[list[Promise]] = relationship(back_populates="reply", lazy="raise", order_by="Promise.id")
    deliveries: Mapped[list[Delivery]] = relationship(back_populates="reply", lazy="raise", order_by="Delivery.id")
    sendings_back: Mapped[list[SendingBack]] = relationship(lazy="raise", order_by="SendingBack.id")
    publication: Mapped[Publication | None] = relationship(back_populates="reply", lazy="raise")


class ReplyFile(Base):
    """A file of a reply; the stamped scan (盖章件) is marked."""

    __tablename__ = "reply_file"

    id: Mapped[int] = mapped_column(primary_key=True)
    reply_id: Mapped[int] = mapped_column(sa.ForeignKey("reply.id"), index=True)
    file_id: Mapped[int] = mapped_column(sa.ForeignKey("file.id"), unique=True)
    stamped: Mapped[bool] = mapped_column(default=False)
    file: Mapped[File] = relationship(lazy="raise")


class Promise(Base):
    """What a reply promises (承诺事项): what, who, by when. What became of it are rows of follow-up."""

    __tablename__ = "promise"

    id: Mapped[int] = mapped_column(primary_key=True)
    congress_id: Mapped[int] = mapped_column(sa.ForeignKey("congress.id"), index=True)
    reply_id: Mapped[int] = mapped_column(sa.ForeignKey("reply.id"), index=True)
    assignment_id: Mapped[int] = mapped_column(sa.ForeignKey("assignment.id"), index=True)
    what: Mapped[str] = mapped_column(sa.String(500))
    owner: Mapped[str] = mapped_column(sa.String(120))
    due_on: Mapped[date]
    reply: Mapped[Reply] = relationship(back_populates="promises", lazy="raise")
    assignment: Mapped[Assignment] = relationship(lazy="raise")


class Publication(Base):
    """Where and when a reply was published (公开); what is not to be published has none."""

    __tablename__ = "publication"

    reply_id: Mapped[int] = mapped_column(sa.ForeignKey("reply.id"), primary_key=True)
    on: Mapped[date]
    place: Mapped[str] = mapped_column(sa.String(300))
    noted_by: Mapped[str] = mapped_column(sa.String(60))
    reply: Mapped[Reply] = relationship(back_populates="publication", lazy="raise")


class SendingBack(Base):
    """The office sends a submitted reply back, with its reasons."""

    __tablename__ = "sending_back"

    id: Mapped[int] = mapped_column(primary_key=True)
    reply_id: Mapped[int] = mapped_column(sa.ForeignKey("reply.id"), index=True)
    on: Mapped[date]
    reasons: Mapped[list[str]] = mapped_column(Json, default=list)
    note: Mapped[str] = mapped_column(sa.Text, default="")
    by_name: Mapped[str] = mapped_column(sa.String(60))


class Delivery(Base):
    """One reply on its way to one deputy (送达): released to him on a day, and it has reached him once `on` is set.

    What came back, or could not be mailed, is on its way again: `lost_on` and `lost_why` say so.
    """

    __tablename__ = "delivery"
    __table_args__ = (
        sa.UniqueConstraint("reply_id", "deputy_id"),
        sa.Index("ix_delivery_open", "reply_id", sqlite_where=NOT_REACHED, postgresql_where=NOT_REACHED),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reply_id: Mapped[int] = mapped_column(sa.ForeignKey("reply.id"))
    deputy_id: Mapped[int] = mapped_column(sa.ForeignKey("deputy.id"), index=True)
    released_on: Mapped[date]
    on: Mapped[date | None]
    way: Mapped[Way] = mapped_column(Word(Way))
    by_name: Mapped[str] = mapped_column(sa.String(60))
    note: Mapped[str] = mapped_column(sa.String(300), default="", server_default="")
    letter_id: Mapped[int | None] = mapped_column(sa.ForeignKey("letter.id"), index=True)
    lost_on: Mapped[date | None]
    lost_why: Mapped[str] = mapped_column(sa.String(300), default="", server_default="")
    reply: Mapped[Reply] = relationship(back_populates="deliveries", lazy="raise")
    deputy: Mapped[Deputy] = relationship(lazy="raise")
