"""Signals where people work: on the suggestion's page, and beside the part a body works on."""

from __future__ import annotations

from datetime import date

from tracker.dispatch.models import Assignment
from tracker.signals import doors, queries
from tracker.signals.lines import lines
from tracker.signals.readers import READERS, acts_on
from tracker.signals.rules import State
from tracker.stage import Panel, Visitor
from tracker.suggestion.models import Suggestion


def panel(suggestion: Suggestion, visitor: Visitor, _today: date) -> Panel | None:
    """The signals that hold, each with what was seen and the next act; dismissed ones as such, and last."""
    rows = queries.signals_of(suggestion.id, visitor) if visitor.role in READERS else ()
    if not rows:
        return None
    found = sorted(lines(rows, visitor), key=lambda one: one.state is State.DISMISSED)
    counted = sum(one.state is not State.DISMISSED for one in found)
    return Panel(
        "signals/_panel.html", {"found": found, "counted": counted, "panel_id": doors.PANEL, "acts": acts_on(visitor)}
    )


def beside(assignment: Assignment, visitor: Visitor, _today: date) -> Panel | None:
    """Those about this body's handling, each with the way to say something to it."""
    if visitor.role not in READERS:
        return None
    found = lines(queries.signals_at(assignment, visitor), visitor)
    return Panel("signals/_beside.html", {"found": found}) if found else None
