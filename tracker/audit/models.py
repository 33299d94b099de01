"""Traces of acts that are not part of a suggestion's own history, and the seals over both."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.database import Base, Instant, Json


class Trace(Base):
    """One act: sign-in, refusal, export, administration. Append-only.

    Of what is personal (`ASIDE`) the facts hold a digest; the words themselves lie aside and can be erased.
    """

    __tablename__ = "trace"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(Instant, index=True)
    act: Mapped[str] = mapped_column(sa.String(40))
    actor_kind: Mapped[str] = mapped_column(sa.String(10))
    actor_id: Mapped[int | None]
    actor_name: Mapped[str] = mapped_column(sa.String(60))
    facts: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    aside: Mapped[list[Aside]] = relationship(lazy="raise")


class Aside(Base):
    """What a trace says of a person beyond his name: an address, an account, words searched for.

    The trace keeps `digest_of(salt, value)`, so that this row can go and the chain stays (rule 14 of the house).
    """

    __tablename__ = "trace_aside"

    id: Mapped[int] = mapped_column(primary_key=True)
    trace_id: Mapped[int] = mapped_column(sa.ForeignKey("trace.id"), index=True)
    name: Mapped[str] = mapped_column(sa.String(40))
    value: Mapped[str] = mapped_column(sa.Text)
    salt: Mapped[str] = mapped_column(sa.String(32))


class Seal(Base):
    """A batch of rows of one table, hashed together with the seal before (a chain).

    Form 1 hashes the rows as one text; form 2 (docs/trail.md) hashes `marks`, the digest of each row, so that the first
    bad row is named, and is one chain for all tables.
    """

    __tablename__ = "seal"

    id: Mapped[int] = mapped_column(primary_key=True)
    sealed_at: Mapped[datetime] = mapped_column(Instant)
    table_name: Mapped[str] = mapped_column(sa.String(40))
    first_id: Mapped[int]
    last_id: Mapped[int]
    rows: Mapped[int]
    digest: Mapped[str] = mapped_column(sa.String(64))
    previous: Mapped[str] = mapped_column(sa.String(64))
    form: Mapped[int] = mapped_column(default=2, server_default="1")
    marks: Mapped[str] = mapped_column(sa.Text, default="", server_default="", deferred=True)


def digest_of(salt: str, value: str) -> str:
    return "sha256:" + hashlib.sha256(f"{salt}:{value}".encode()).hexdigest()
