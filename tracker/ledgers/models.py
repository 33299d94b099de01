"""Ledgers that were read in, and every row of them as it was printed."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.database import Base, Instant, Json
from tracker.enciphered import Opened, PartlyEnciphered
from tracker.structure.models import Meeting


class LedgerImport(Base):
    """One ledger read in: which file, when, by whom, and the report with its questions."""

    __tablename__ = "ledger_import"

    id: Mapped[int] = mapped_column(primary_key=True)
    congress_id: Mapped[int] = mapped_column(sa.ForeignKey("congress.id"), index=True)
    meeting_id: Mapped[int] = mapped_column(sa.ForeignKey("meeting.id"), index=True)
    file_name: Mapped[str] = mapped_column(sa.String(255))
    digest: Mapped[str] = mapped_column(sa.String(64), index=True)
    on: Mapped[date]
    at: Mapped[datetime] = mapped_column(Instant)
    by_name: Mapped[str] = mapped_column(sa.String(60))
    report: Mapped[dict[str, Any]] = mapped_column(Json)
    meeting: Mapped[Meeting] = relationship(lazy="raise")


class ImportedRow(Base):
    """A row as printed, so that nothing of it is lost while a question is open; `known_by` is what tells it apart."""

    __tablename__ = "ledger_row"

    id: Mapped[int] = mapped_column(primary_key=True)
    import_id: Mapped[int] = mapped_column(sa.ForeignKey("ledger_import.id"), index=True)
    row: Mapped[int]
    suggestion_id: Mapped[int | None] = mapped_column(sa.ForeignKey("suggestion.id"), index=True)
    known_by: Mapped[str] = mapped_column(sa.String(400))
    cells_kept: Mapped[dict[str, str]] = mapped_column("cells", PartlyEnciphered)
    cells = Opened[dict[str, str]]("cells_kept")
