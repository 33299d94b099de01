"""Word files that wait to become suggestions."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.database import Base, Instant, Json, Word
from tracker.enciphered import Opened, PartlyEnciphered
from tracker.files.models import File
from tracker.structure.models import Meeting


class State(StrEnum):
    WAITING = "waiting"
    LATER = "later"
    SAVED = "saved"
    THROWN_AWAY = "thrown_away"


OPEN = (State.WAITING, State.LATER)


class Sending(Base):
    """Files sent together, gone through one after the other; `left_out` says of which nothing was kept, and why."""

    __tablename__ = "document_sending"

    id: Mapped[int] = mapped_column(primary_key=True)
    congress_id: Mapped[int] = mapped_column(sa.ForeignKey("congress.id"), index=True)
    meeting_id: Mapped[int] = mapped_column(sa.ForeignKey("meeting.id"), index=True)
    name: Mapped[str] = mapped_column(sa.String(255))
    sent_at: Mapped[datetime] = mapped_column(Instant)
    sent_by: Mapped[str] = mapped_column(sa.String(60))
    left_out: Mapped[list[dict[str, Any]]] = mapped_column(Json)
    meeting: Mapped[Meeting] = relationship(lazy="raise")


class Document(Base):
    """One Word file: what was read and recognised in it, and what somebody has corrected, until it is settled.

    When it is saved or thrown away nothing of its text stays here; when it is thrown away its files go too.
    """

    __tablename__ = "document"
    __table_args__ = (sa.UniqueConstraint("sending_id", "place"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    sending_id: Mapped[int] = mapped_column(sa.ForeignKey("document_sending.id"))
    place: Mapped[int]
    name: Mapped[str] = mapped_column(sa.String(255))
    state: Mapped[State] = mapped_column(Word(State), index=True)
    title: Mapped[str] = mapped_column(sa.String(300))
    file_id: Mapped[int | None] = mapped_column(sa.ForeignKey("file.id"), unique=True)
    found_kept: Mapped[dict[str, Any] | None] = mapped_column("found", PartlyEnciphered, deferred=True)
    shown_kept: Mapped[list[dict[str, Any]] | None] = mapped_column("shown", PartlyEnciphered, deferred=True)
    enclosed: Mapped[list[list[Any]] | None] = mapped_column(Json, deferred=True)
    corrected_kept: Mapped[dict[str, Any] | None] = mapped_column("corrected", PartlyEnciphered, deferred=True)
    found = Opened[dict[str, Any] | None]("found_kept")
    shown = Opened[list[dict[str, Any]] | None]("shown_kept")
    corrected = Opened[dict[str, Any] | None]("corrected_kept")
    suggestion_id: Mapped[int | None] = mapped_column(sa.ForeignKey("suggestion.id"), index=True)
    settled_at: Mapped[datetime | None] = mapped_column(Instant)
    settled_by: Mapped[str | None] = mapped_column(sa.String(60))
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}

    sending: Mapped[Sending] = relationship(lazy="raise")
    file: Mapped[File | None] = relationship(lazy="raise")
    beside: Mapped[list[FileBeside]] = relationship(lazy="raise", order_by="FileBeside.id")


class FileBeside(Base):
    """A file that came with a document and belongs to it by its name."""

    __tablename__ = "document_file"

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(sa.ForeignKey("document.id"), index=True)
    file_id: Mapped[int] = mapped_column(sa.ForeignKey("file.id"), unique=True)
    file: Mapped[File] = relationship(lazy="raise")
