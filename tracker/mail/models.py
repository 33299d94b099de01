"""Letters: rows before they are mail."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from tracker.database import Base, Instant, Json, Word

IS_DEAD = sa.text("stopped = 'address'")


class LetterState(StrEnum):
    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    KEPT = "kept"


class Stopped(StrEnum):
    """Why a letter failed: nobody is there, the letter itself is refused, three days are over, or it may be there."""

    ADDRESS = "address"
    CONTENT = "content"
    PATIENCE = "patience"
    DOUBT = "doubt"


class Letter(Base):
    """One letter to one person. `key` (kind, person, period) is unique: a letter cannot be written twice.

    `kept` letters are not mailed (no mail server, no address, or a paper channel): they are shown and printed.
    Of its `tries` some were put off by the server for the letter's own sake (`refusals`), some ended without an answer
    after the letter was handed in (`doubts`); the others found the server away, which never ends a letter.
    """

    __tablename__ = "letter"
    __table_args__ = (
        sa.Index("ix_letter_due", "state", "next_try_at"),
        sa.Index("ix_letter_suggestion_id", "suggestion_id"),
        sa.Index("ix_letter_person_key", "person_key"),
        sa.Index("ix_letter_dead", "to_address", sqlite_where=IS_DEAD, postgresql_where=IS_DEAD),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(sa.String(40))
    key: Mapped[str] = mapped_column(sa.String(200), unique=True)
    person_key: Mapped[str] = mapped_column(sa.String(60))
    to_name: Mapped[str] = mapped_column(sa.String(120))
    to_address: Mapped[str] = mapped_column(sa.String(254))
    reply_to: Mapped[str] = mapped_column(sa.String(254), default="", server_default="")
    channel: Mapped[str] = mapped_column(sa.String(20), default="mail")
    language: Mapped[str] = mapped_column(sa.String(12))
    subject: Mapped[str] = mapped_column(sa.String(300))
    body_text: Mapped[str] = mapped_column(sa.Text)
    body_html: Mapped[str] = mapped_column(sa.Text)
    message_id: Mapped[str] = mapped_column(sa.String(200), unique=True)
    suggestion_id: Mapped[int | None]
    state: Mapped[LetterState] = mapped_column(Word(LetterState))
    written_at: Mapped[datetime] = mapped_column(Instant)
    next_try_at: Mapped[datetime | None] = mapped_column(Instant)
    claimed_until: Mapped[datetime | None] = mapped_column(Instant)
    claimed_by: Mapped[str | None] = mapped_column(sa.String(80))
    tries: Mapped[int] = mapped_column(default=0)
    refusals: Mapped[int] = mapped_column(default=0, server_default="0")
    doubts: Mapped[int] = mapped_column(default=0, server_default="0")
    stopped: Mapped[Stopped | None] = mapped_column(Word(Stopped))
    sent_at: Mapped[datetime | None] = mapped_column(Instant)
    last_error: Mapped[str | None] = mapped_column(sa.String(500))
    uncertain: Mapped[bool] = mapped_column(default=False)
    facts: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)


class Enclosure(Base):
    """A file that goes with letters: kept once, under a key that says what it is, for all letters it goes with."""

    __tablename__ = "enclosure"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(sa.String(200), unique=True)
    name: Mapped[str] = mapped_column(sa.String(120))
    media_type: Mapped[str] = mapped_column(sa.String(100))
    size: Mapped[int]
    content: Mapped[bytes] = mapped_column(sa.LargeBinary, deferred=True)


class LetterEnclosure(Base):
    """An enclosure goes with a letter."""

    __tablename__ = "letter_enclosure"
    __table_args__ = (sa.Index("ix_letter_enclosure_enclosure_id", "enclosure_id"),)

    letter_id: Mapped[int] = mapped_column(sa.ForeignKey("letter.id"), primary_key=True)
    enclosure_id: Mapped[int] = mapped_column(sa.ForeignKey("enclosure.id"), primary_key=True)
