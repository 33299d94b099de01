"""What nobody can know is no fault, and what is not a body's doing is not told of it."""

from __future__ import annotations

from datetime import date

import pytest
import sqlalchemy as sa

from tests.makers import (
    a_body,
    a_case,
    a_congress,
    a_content,
    a_deputy,
    a_meeting,
    a_submitted_reply,
    a_suggestion,
    actor_of,
    an_assignment,
)
from tests.signals.looking import facts, look
from tracker import clock
from tracker.database import db
from tracker.dispatch.clocks import law_of
from tracker.dispatch.models import Part
from tracker.files.models import File
from tracker.handling import actions as handling
from tracker.handling.old_replies import OldReply, record_old_replies
from tracker.signals.models import Signal

SENT_ON, LATER = date(2026, 5, 20), date(2026, 12, 1)
ASKS = "为此建议：一、在青云路增设路灯30盏；二、修复破损的人行道地砖；三、在校门口划设斑马线。"
pytestmark = [pytest.mark.usefixtures("session"), pytest.mark.engines("sqlite")]


def test_what_an_old_ledger_does_not_tell_is_no_fault():
    case = a_case()
    case.suggestion.text, case.suggestion.contact_wanted = ASKS, True
    said = a_content(class_label="B", text="", letter_on=date(2026, 1, 5))
    db.session.refresh(case.lead)
    old = OldReply(case.lead, said, SENT_ON, law_of(case.lead))
    record_old_replies([old], by=case.by_office, at=clock.now())
    db.session.flush()
    look(LATER)
    kinds = db.session.scalars(sa.select(Signal.kind).where(Signal.assignment_id == case.lead.id)).all()
    assert kinds == []


def test_who_answers_only_its_own_part_is_not_asked_for_that_of_others():
    congress = a_congress()
    suggestion = a_suggestion(a_meeting(congress), a_deputy(congress))
    suggestion.text = ASKS
    lamps, _tiles = an_assignment(suggestion, a_body(congress), a_body(congress, "市住建局"), part=Part.SEPARATE)
    a_submitted_reply(lamps, SENT_ON, text="青云路30盏路灯已于5月4日点亮。")
    assert facts("request_unanswered", SENT_ON) == []


def test_a_text_that_only_points_to_the_enclosed_letter_is_not_called_empty():
    case = a_case()
    by = actor_of(case.lead)
    reply = handling.save_draft(case.lead, a_content(text="详见盖章件。"), version=None, by=by, at=clock.now())
    named = {"name": "答复函.pdf", "stored_name": "1.pdf", "media_type": "application/pdf", "digest": "0" * 64}
    scan = File(**named, size=1, stored_at=clock.now(), stored_by="林承办")
    db.session.add(scan)
    db.session.flush()
    handling.attach(reply, scan, stamped=True)
    handling.submit(case.lead, reply, by=by, on=SENT_ON)
    assert facts("nothing_to_check", SENT_ON) == []
