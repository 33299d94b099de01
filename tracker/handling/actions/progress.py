"""What the body notes on the way to its reply."""

from __future__ import annotations

from datetime import date

from tracker.actor import Actor
from tracker.database import db
from tracker.dispatch.models import Assignment
from tracker.errors import N_, RuleBroken
from tracker.handling.written import ProgressNote
from tracker.suggestion.actions import make


def note_progress(assignment: Assignment, text: str, *, by: Actor, on: date) -> ProgressNote:
    """What has been done so far (办理进展): seen by the office and the other bodies; it meets no clock.

    :raises RuleBroken: it is empty, lies before the hand-over, or nothing is being handled here.
    """
    if not text.strip():
        raise RuleBroken(N_("An empty note helps nobody."))
    if on < assignment.handed_over_on:
        raise RuleBroken(N_("The note lies before the hand-over."))
    make("note_progress", assignment.suggestion, assignment, by=by, on=on)
    note = ProgressNote(assignment_id=assignment.id, on=on, text=text.strip(), by_name=by.name)
    db.session.add(note)
    return note
