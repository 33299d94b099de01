"""What the printed form says beyond what every list needs."""

from __future__ import annotations

from tracker.database import db
from tracker.intake.content import Details
from tracker.intake.models import Sheet
from tracker.suggestion.models import Suggestion


def keep_details(suggestion: Suggestion, details: Details, *, draft_key: str | None = None) -> list[str]:
    """Write it to the suggestion's sheet, and name what is other than before; saying nothing leaves no row."""
    sheet = db.session.get(Sheet, suggestion.id)
    before = Details.of(sheet).facts()
    changed = [name for name, value in details.facts().items() if before[name] != value]
    if sheet is None and (changed or draft_key):
        sheet = Sheet(suggestion_id=suggestion.id, draft_key=draft_key)
        db.session.add(sheet)
    if sheet is not None:
        for name, value in details.facts().items():
            setattr(sheet, name, value)
    return changed
