"""What became of promises."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.database import Base, Word
from tracker.handling.models import Promise


class Fate(StrEnum):
    KEPT = "kept"
    MOVED = "moved"
    BROKEN = "broken"
    WITHDRAWN = "withdrawn"


class PromiseReport(Base):
    """What was reported of a promise on a day: kept with evidence, moved with a reason, broken, or withdrawn."""

    __tablename__ = "promise_report"

    id: Mapped[int] = mapped_column(primary_key=True)
    promise_id: Mapped[int] = mapped_column(sa.ForeignKey("promise.id"), index=True)
    fate: Mapped[Fate] = mapped_column(Word(Fate))
    on: Mapped[date]
    note: Mapped[str] = mapped_column(sa.Text)
    new_due_on: Mapped[date | None]
    by_name: Mapped[str] = mapped_column(sa.String(60))
    promise: Mapped[Promise] = relationship(lazy="raise")
