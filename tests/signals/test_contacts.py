"""Who spoke with the deputy before the reply, and how."""

from __future__ import annotations

from datetime import date

import pytest

from tests.makers import (
    Case,
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
from tests.signals.looking import facts
from tracker import clock
from tracker.database import db
from tracker.dispatch.models import Part
from tracker.handling import actions as handling
from tracker.handling.agreement import digest_of
from tracker.handling.models import Manner

WRITTEN_ON, SPOKEN_ON, SENT_ON, LATER = date(2026, 3, 10), date(2026, 3, 12), date(2026, 3, 20), date(2026, 3, 25)
pytestmark = [pytest.mark.usefixtures("session"), pytest.mark.engines("sqlite")]


def contacted(case: Case, on: date, manner: Manner = Manner.PHONE) -> None:
    handling.note_contact(case.lead, manner, "赵代表", by=case.by_body, on=on)
    db.session.commit()


def test_a_letter_written_before_the_first_contact_says_so_until_an_earlier_one_is_noted():
    case = a_case()
    contacted(case, SPOKEN_ON)
    a_submitted_reply(case.lead, SENT_ON, letter_on=WRITTEN_ON)
    assert facts("written_before_contact", SENT_ON) == [{"letter_on": "2026-03-10", "contact_on": "2026-03-12"}]
    assert facts("no_contact_before", SENT_ON) == facts("contact_only_after", SENT_ON) == []
    contacted(case, date(2026, 3, 9))
    assert facts("written_before_contact", LATER) == []


def test_who_wished_to_be_spoken_with_and_was_only_written_to():
    case = a_case()
    case.suggestion.contact_wanted = True
    contacted(case, SPOKEN_ON, Manner.LETTER)
    a_submitted_reply(case.lead, SENT_ON)
    assert facts("contact_by_letter", SENT_ON) == [{"times": 1, "submitted_on": "2026-03-20"}]
    contacted(case, SPOKEN_ON, Manner.VISIT)
    assert facts("contact_by_letter", LATER) == []


def test_who_did_not_wish_it_may_be_written_to():
    case = a_case()
    contacted(case, SPOKEN_ON, Manner.LETTER)
    a_submitted_reply(case.lead, SENT_ON)
    assert facts("contact_by_letter", SENT_ON) == facts("no_contact_before", SENT_ON) == []


def test_of_two_leads_one_speaks_for_both():
    congress = a_congress()
    suggestion = a_suggestion(a_meeting(congress), a_deputy(congress))
    writes, agrees = an_assignment(suggestion, a_body(congress), a_body(congress, "市住建局"), part=Part.JOINT)
    handling.note_contact(agrees, Manner.VISIT, "赵代表", by=actor_of(agrees), on=SPOKEN_ON)
    answered_together(writes, agrees)
    assert facts("no_contact_before", SENT_ON) == []


def answered_together(writes, agrees) -> None:
    reply = handling.save_draft(writes, a_content(), version=None, by=actor_of(writes), at=clock.now())
    asked = handling.ask_agreement(writes, reply, by=actor_of(writes), on=SENT_ON)
    handling.agree_to_reply(agrees, asked, reply, digest_of(reply), by=actor_of(agrees), on=SENT_ON)
    handling.submit(writes, reply, by=actor_of(writes), on=SENT_ON)
    db.session.commit()
