"""Which replies are nearly equal to which, and which have been looked at."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from tracker.database import Base, Word
from tracker.recurrence.rules import Copying


class ReplyLikeness(Base):
    """A reply of which so many per cent stand in another, earlier one; each pair once, the later reply first."""

    __tablename__ = "reply_likeness"

    reply_id: Mapped[int] = mapped_column(sa.ForeignKey("reply.id"), primary_key=True, autoincrement=False)
    other_id: Mapped[int] = mapped_column(sa.ForeignKey("reply.id"), primary_key=True, autoincrement=False, index=True)
    percent: Mapped[int]
    how: Mapped[Copying] = mapped_column(Word(Copying))
    found_on: Mapped[date]


class ReplyCompared(Base):
    """A reply that was compared with the others as it stands now; the row goes when its text changes."""

    __tablename__ = "reply_compared"

    reply_id: Mapped[int] = mapped_column(sa.ForeignKey("reply.id"), primary_key=True, autoincrement=False)
    on: Mapped[date]


class ReplyMark(Base):
    """A run of characters of a reply, as a number: who share some are compared (tracker/recurrence/marks.py)."""

    __tablename__ = "reply_mark"
    __table_args__ = (sa.Index("ix_reply_mark_reply_id", "reply_id"),)

    mark: Mapped[int] = mapped_column(sa.BigInteger, primary_key=True, autoincrement=False)
    reply_id: Mapped[int] = mapped_column(sa.ForeignKey("reply.id"), primary_key=True, autoincrement=False)
