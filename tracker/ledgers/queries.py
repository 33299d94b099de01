"""Ledgers that were read in."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from tracker.database import db
from tracker.errors import NotFound
from tracker.ledgers.models import ImportedRow, LedgerImport
from tracker.stage import Visitor
from tracker.suggestion.models import Suggestion
from tracker.suggestion.queries import scope

SHOWN = 25


def latest_imports(congress_id: int, *, limit: int | None = SHOWN) -> list[LedgerImport]:
    wanted = sa.select(LedgerImport).where(LedgerImport.congress_id == congress_id)
    wanted = wanted.options(joinedload(LedgerImport.meeting)).order_by(LedgerImport.id.desc()).limit(limit)
    return list(db.session.scalars(wanted))


def get_import(import_id: int, congress_id: int) -> LedgerImport:
    """:raises NotFound: there is none in this congress."""
    wanted = sa.select(LedgerImport).where(LedgerImport.id == import_id, LedgerImport.congress_id == congress_id)
    found = db.session.scalar(wanted.options(joinedload(LedgerImport.meeting)))
    if found is None:
        raise NotFound
    return found


def rows_of(import_id: int, visitor: Visitor) -> list[tuple[int, int | None, str, str]]:
    """Of every row of a ledger: its place, and the suggestion it became, with number and title."""
    wanted = (
        sa.select(ImportedRow.row, Suggestion.id, Suggestion.number, Suggestion.title)
        .outerjoin(Suggestion, sa.and_(Suggestion.id == ImportedRow.suggestion_id, scope(visitor)))
        .where(ImportedRow.import_id == import_id)
        .order_by(ImportedRow.row)
    )
    return [(row[0], row[1], row[2] or "", row[3] or "") for row in db.session.execute(wanted)]
