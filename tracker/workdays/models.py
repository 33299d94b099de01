"""Days that differ from the plain week, and the years whose arrangement is loaded."""

from __future__ import annotations

import secrets
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, object_session

from tracker.database import Base

VERSION = "the calendar's version"


def _mark() -> int:
    """A number nobody drew before, so that any change of rows changes their sum (forty bits: sums stay small)."""
    return secrets.randbits(40)


class Day(Base):
    """A day off, or a working weekend day; without a congress it holds for the whole country."""

    __tablename__ = "day"
    __table_args__ = (
        sa.Index(
            "uq_day_national",
            "day",
            unique=True,
            sqlite_where=sa.text("congress_id IS NULL"),
            postgresql_where=sa.text("congress_id IS NULL"),
        ),
        sa.UniqueConstraint("congress_id", "day"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    day: Mapped[date]
    congress_id: Mapped[int | None] = mapped_column(sa.ForeignKey("congress.id"))
    working: Mapped[bool]
    name: Mapped[str] = mapped_column(sa.String(80))
    source: Mapped[str] = mapped_column(sa.String(200))
    mark: Mapped[int] = mapped_column(sa.BigInteger, default=_mark, onupdate=_mark)


class LoadedYear(Base):
    """A year whose arrangement is known; a date that falls outside these years is provisional."""

    __tablename__ = "loaded_year"
    __table_args__ = (
        sa.Index(
            "uq_loaded_year_national",
            "year",
            unique=True,
            sqlite_where=sa.text("congress_id IS NULL"),
            postgresql_where=sa.text("congress_id IS NULL"),
        ),
        sa.UniqueConstraint("congress_id", "year"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int]
    congress_id: Mapped[int | None] = mapped_column(sa.ForeignKey("congress.id"))
    source: Mapped[str] = mapped_column(sa.String(200))
    loaded_on: Mapped[date]
    mark: Mapped[int] = mapped_column(sa.BigInteger, default=_mark, onupdate=_mark)


def _forget_version(_mapper: Any, _connection: Any, target: Day | LoadedYear) -> None:
    """Whoever asks for the calendar in this transaction again is to see the change."""
    if session := object_session(target):
        session.info.pop(VERSION, None)


for _event in ("after_insert", "after_update", "after_delete"):
    for _kind in (Day, LoadedYear):
        sa.event.listen(_kind, _event, _forget_version)
