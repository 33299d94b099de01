"""Erasures: who asked that a person's data be erased, who confirmed it, and what went."""

from __future__ import annotations

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from tracker.database import Base, Json


class Erasure(Base):
    """Asked for by one person; done at once, or when a second one confirms it. It names the person by number only.

    `notes`: the texts that were named to go with it, as [table, column, number]; `counts`: places by table and column.
    """

    __tablename__ = "erasure"

    id: Mapped[int] = mapped_column(primary_key=True)
    congress_id: Mapped[int] = mapped_column(sa.ForeignKey("congress.id"), index=True)
    kind: Mapped[str] = mapped_column(sa.String(10))
    person_id: Mapped[int]
    reason: Mapped[str] = mapped_column(sa.Text)
    notes: Mapped[list[Any]] = mapped_column(Json, default=list)
    asked_on: Mapped[date]
    asked_by: Mapped[str] = mapped_column(sa.String(60))
    asked_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"), index=True)
    done_on: Mapped[date | None]
    done_by: Mapped[str | None] = mapped_column(sa.String(60))
    dropped_on: Mapped[date | None]
    dropped_by: Mapped[str | None] = mapped_column(sa.String(60))
    counts: Mapped[dict[str, int]] = mapped_column(Json, default=dict)
