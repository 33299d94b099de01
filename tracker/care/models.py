"""Backups that were made by themselves, each brought back on trial before it was written down here."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from tracker.database import Base, Instant


class KeptBackup(Base):
    """One file in the folder of backups; `removed_at` once its time was over."""

    __tablename__ = "kept_backup"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(sa.String(80), unique=True)
    made_at: Mapped[datetime] = mapped_column(Instant, index=True)
    size: Mapped[int] = mapped_column(sa.BigInteger)
    digest: Mapped[str] = mapped_column(sa.String(64))
    revision: Mapped[str] = mapped_column(sa.String(40))
    rows: Mapped[int]
    files: Mapped[int]
    removed_at: Mapped[datetime | None] = mapped_column(Instant)
