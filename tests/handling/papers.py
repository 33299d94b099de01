"""What a body fills in and hands in."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa

from tests.makers import Case
from tracker.database import db
from tracker.handling.models import Reply

ON = date(2026, 5, 6)
FORM = {
    "class_label": "A",
    "document_number": "临交〔2026〕31号",
    "letter_on": "2026-05-06",
    "signer": "周局长",
    "contact_person": "林承办",
    "contact_phone": "0571",
    "publicity": "full",
    "text": "道路已经拓宽。",
    "way": "system",
    "paper_original": "y",
}
SCAN = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def the_reply(case: Case) -> Reply | None:
    """What the lead has written so far, as the database has it."""
    db.session.rollback()
    return db.session.scalar(sa.select(Reply).where(Reply.assignment_id == case.lead.id))
