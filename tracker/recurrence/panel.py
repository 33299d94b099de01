"""The suggestions of the same matter on a suggestion's page."""

from __future__ import annotations

from datetime import date

from tracker.handling.names import OUTCOMES
from tracker.recurrence import queries
from tracker.recurrence.forms import UnlinkForm
from tracker.roles import OFFICE
from tracker.stage import Panel, Visitor
from tracker.suggestion.models import Suggestion

PARTS = (queries.links,)


def panel(suggestion: Suggestion, visitor: Visitor, _today: date) -> Panel | None:
    """What is linked as the same matter, with its class and promises; for the office the way to look for more."""
    found = queries.linked(suggestion, visitor)
    may_link = visitor.role in OFFICE
    if not found and not may_link:
        return None
    facts = {
        "linked": found,
        "came_back": any(one.came_back for one in found),
        "may_link": may_link,
        "unlink_form": UnlinkForm(formdata=None) if may_link and found else None,
        "outcome_names": OUTCOMES,
    }
    return Panel("recurrence/_panel.html", facts)
