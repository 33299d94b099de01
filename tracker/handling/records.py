"""Signed records of contacts (沟通记录表), one list for the reader: uploaded, or taken in by the paper's number."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from tracker.database import db
from tracker.errors import NotFound
from tracker.files.models import File
from tracker.handling import queries
from tracker.handling.models import Contact
from tracker.handling.written import ContactRecord
from tracker.paper.models import PaperScan
from tracker.stage import Visitor

CONTACT = "contact"


def records_of(contact_ids: Sequence[int]) -> dict[int, list[int]]:
    """The files of the signed records of some contacts, whichever way they came; nothing is asked where none is."""
    if not contact_ids:
        return {}
    found: dict[int, list[int]] = {}
    for contact_id, file_id in db.session.execute(_both(contact_ids)):
        found.setdefault(contact_id, []).append(file_id)
    return found


def get_record(contact_id: int, file_id: int, assignment_id: int | None, visitor: Visitor) -> File:
    """One signed record of a contact of this assignment.

    :raises NotFound: there is none, or the assignment is not this visitor's to see.
    """
    own = queries.get_assignment(assignment_id, visitor)
    theirs = sa.select(Contact.id).where(Contact.id == contact_id, Contact.assignment_id == own.id)
    if db.session.scalar(theirs) is None or file_id not in records_of([contact_id]).get(contact_id, []):
        raise NotFound
    return db.session.get_one(File, file_id)


def _both(contact_ids: Sequence[int]) -> sa.Select[tuple[int, int]]:
    uploaded = sa.select(ContactRecord.contact_id.label("contact_id"), ContactRecord.file_id.label("file_id")).where(
        ContactRecord.contact_id.in_(contact_ids)
    )
    scanned = sa.select(PaperScan.became_id, PaperScan.file_id).where(
        PaperScan.became == CONTACT, PaperScan.became_id.in_(contact_ids)
    )
    both = sa.union_all(uploaded, scanned).subquery()
    return sa.select(both.c.contact_id, both.c.file_id).order_by(both.c.contact_id, both.c.file_id)
