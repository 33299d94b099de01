"""The body speaks with the deputy."""

from __future__ import annotations

from datetime import date

from tracker.actor import Actor
from tracker.database import db
from tracker.deadlines.clauses import Kind
from tracker.dispatch.models import Assignment
from tracker.errors import N_, RuleBroken
from tracker.files.models import File
from tracker.handling.clocks import meet
from tracker.handling.models import Contact, Manner
from tracker.handling.written import ContactRecord
from tracker.suggestion.actions import make


def note_contact(
    assignment: Assignment, manner: Manner, person: str, *, by: Actor, on: date, place: str = "", note: str = ""
) -> Contact:
    """The body spoke with the deputy; the first time meets the clock of the first contact.

    :raises RuleBroken: nobody is named, or it is before the hand-over.
    """
    if not person.strip():
        raise RuleBroken(N_("Name whom you spoke with."))
    if on < assignment.handed_over_on:
        raise RuleBroken(N_("The contact lies before the hand-over."))
    contact = Contact(
        assignment_id=assignment.id, on=on, manner=manner, person=person, place=place, note=note, noted_by=by.name
    )
    db.session.add(contact)
    make("contact", assignment.suggestion, assignment, by=by, on=on, manner=str(manner), person=person)
    meet(assignment, (Kind.FIRST_CONTACT,), on)
    return contact


def attach_record(contact: Contact, file: File) -> None:
    """The record the deputy signed (沟通记录表)."""
    db.session.flush()
    db.session.add(ContactRecord(contact_id=contact.id, file_id=file.id))
