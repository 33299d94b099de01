"""Traces of acts that are not part of a suggestion's own history, and the seals over both."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from tracker.database import Base, Instant, Json


class Trace(Base):
    """One act: sign-in, refusal, export, administration. Append-only."""

    __tablename__ = "trace"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(Instant, index=True)
    act: Mapped[str] = mapped_column(sa.String(40))
    actor_kind: Mapped[str] = mapped_column(sa.String(10))
    actor_id: Mapped[int | None]
    actor_name: Mapped[str] = mapped_column(sa.String(60))
    facts: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)


class Seal(Base):
    """A batch of rows of one table, hashed together with the seal before (a chain)."""

    __tablename__ = "seal"

    id: Mapped[int] = mapped_column(primary_key=True)
    sealed_at: Mapped[datetime] = mapped_column(Instant)
    table_name: Mapped[str] = mapped_column(sa.String(40))
    first_id: Mapped[int]
    last_id: Mapped[int]
    rows: Mapped[int]
    digest: Mapped[str] = mapped_column(sa.String(64))
    previous: Mapped[str] = mapped_column(sa.String(64))
