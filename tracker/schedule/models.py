"""Slots of the timetable that were claimed, and the processes that ring."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from tracker.database import Base, Instant, Json


class Ringer(Base):
    """A process that rings the timetable, and when it last said so."""

    __tablename__ = "ringer"

    name: Mapped[str] = mapped_column(sa.String(80), primary_key=True)
    began_at: Mapped[datetime] = mapped_column(Instant)
    seen_at: Mapped[datetime] = mapped_column(Instant)


class JobRun(Base):
    """One firing of one job; (job, slot) is the key, so a slot is done once however many processes ring."""

    __tablename__ = "job_run"

    job: Mapped[str] = mapped_column(sa.String(40), primary_key=True)
    slot: Mapped[str] = mapped_column(sa.String(40), primary_key=True)
    claimed_at: Mapped[datetime] = mapped_column(Instant)
    claimed_by: Mapped[str] = mapped_column(sa.String(80))
    lease_until: Mapped[datetime] = mapped_column(Instant)
    finished_at: Mapped[datetime | None] = mapped_column(Instant)
    outcome: Mapped[dict[str, Any] | None] = mapped_column(Json)
    error: Mapped[str | None] = mapped_column(sa.String(500))
