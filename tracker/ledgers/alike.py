"""Look-alikes of what a ledger brought: for each new suggestion the most alike of earlier ones, in parts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, undefer

from tracker.database import db
from tracker.ledgers.models import ImportedRow, LedgerImport
from tracker.recurrence.answers import Answer, answers_to
from tracker.recurrence.queries import look_alikes
from tracker.stage import Visitor
from tracker.suggestion.models import Suggestion
from tracker.suggestion.queries import visible_to

AT_ONCE = 100  # rows looked at in one go: about a second
KEPT = "alike"  # in the report: {"looked_at": the last row looked at, "found": [{row, suggestion, other}]}


@dataclass(frozen=True)
class Pair:
    """A row's suggestion and the earlier one most like it, with its answers."""

    row: int
    one: Suggestion
    other: Suggestion
    answers: list[Answer]


def look_on(kept: LedgerImport, visitor: Visitor, *, limit: int = AT_ONCE) -> int:
    """Look at the next rows of a ledger that was read in; how many of them have a look-alike."""
    before: dict[str, Any] = kept.report.get(KEPT) or {"looked_at": 0, "found": []}
    rows = _rows(kept.id, before["looked_at"], visitor, limit)
    found = []
    for row, one in rows:
        best = look_alikes(
            one.title, one.text, visitor, recorded_on=one.recorded_on, own_id=one.id, limit=1, by_text=False
        )
        found += [{"row": row, "suggestion": one.id, "other": two.suggestion.id} for two in best]
    looked_at = rows[-1][0] if len(rows) == limit else _ALL
    kept.report = {**kept.report, KEPT: {"looked_at": looked_at, "found": [*before["found"], *found]}}
    return len(found)


def is_looked_through(kept: LedgerImport) -> bool:
    """Whether no row is left to be looked at."""
    return (kept.report.get(KEPT) or {}).get("looked_at", 0) >= _ALL


def pairs(kept: LedgerImport, visitor: Visitor) -> list[Pair]:
    """What was found so far, as far as this visitor may see it; two statements."""
    found = (kept.report.get(KEPT) or {}).get("found", [])
    ids = {one[name] for one in found for name in ("suggestion", "other")}
    wanted = visible_to(visitor).where(Suggestion.id.in_(ids))
    shown = joinedload(Suggestion.meeting), joinedload(Suggestion.lead_deputy)
    by_id = {one.id: one for one in db.session.scalars(wanted.options(*shown))} if ids else {}
    answers = answers_to([one["other"] for one in found])
    return [
        Pair(one["row"], by_id[one["suggestion"]], by_id[one["other"]], answers.get(one["other"], []))
        for one in found
        if one["suggestion"] in by_id and one["other"] in by_id
    ]


_ALL = 2**31 - 1


def _rows(import_id: int, after: int, visitor: Visitor, limit: int) -> list[tuple[int, Suggestion]]:
    wanted = (
        sa.select(ImportedRow.row, Suggestion)
        .join(Suggestion, Suggestion.id == ImportedRow.suggestion_id)
        .where(ImportedRow.import_id == import_id, ImportedRow.row > after)
        .where(Suggestion.id.in_(visible_to(visitor).with_only_columns(Suggestion.id)))
        .options(undefer(Suggestion.text))
        .order_by(ImportedRow.row)
        .limit(limit)
    )
    return [(row, one) for row, one in db.session.execute(wanted)]
