"""Clerks record at the same moment: every number is given once, and none is left out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
import sqlalchemy as sa

from tests.concurrency.crowd import at_once
from tests.makers import CLERK, a_congress, a_deputy, a_meeting, a_user
from tests.reader import Reader
from tracker.database import db
from tracker.deadlines.queries import rule_set_in_force
from tracker.intake import actions as intake
from tracker.roles import Role
from tracker.structure.models import Congress, Meeting
from tracker.suggestion.models import Suggestion

ON = date(2026, 3, 2)
CLERKS, EACH = 8, 10


@pytest.fixture
def meeting(session, stopped_clock) -> Meeting:
    stopped_clock(ON)
    made = a_meeting(a_congress())
    session.commit()
    return made


def given() -> list[int]:
    """The numbers given so far, in order; in print they carry the year: 2026-001."""
    db.session.rollback()
    found = sorted(int(number.rpartition("-")[2]) for number in db.session.scalars(sa.select(Suggestion.number)))
    db.session.rollback()
    return found


def test_eight_clerks_ten_each_through_the_page(app, meeting, reader, session):
    congress = db.session.get_one(Congress, meeting.congress_id)
    deputy_id = a_deputy(congress).id
    clerks = [reader.signed_in_as(a_user(congress, Role.OFFICE_CLERK)) for _ in range(CLERKS)]
    answers = at_once(app, ON, [recording(clerk, meeting.id, deputy_id, place) for place, clerk in enumerate(clerks)])
    assert [code for codes in answers for code in codes if code != 302] == []
    assert given() == list(range(1, CLERKS * EACH + 1))


def test_who_gives_up_leaves_no_gap(app, meeting):
    """Every third recording is undone after its number was given."""
    meeting_id = meeting.id

    def record(place: int) -> Callable[[], int]:
        def act() -> int:
            kept = 0
            for turn in range(EACH):
                row = db.session.get_one(Meeting, meeting_id)
                content = intake.Content(title=f"第{place}-{turn}件", text="道路狭窄。", delegation_id=None)
                rules = rule_set_in_force("default", ON)
                intake.record(row, content, by=CLERK, on=ON, rules_in_force=rules, check=False)
                if (place + turn) % 3:
                    db.session.commit()
                    kept += 1
                else:
                    db.session.rollback()
            return kept

        return act

    kept = at_once(app, ON, [record(place) for place in range(CLERKS)])
    assert given() == list(range(1, sum(kept) + 1))


def recording(clerk: Reader, meeting_id: int, deputy_id: int, place: int) -> Callable[[], list[int]]:
    token, base = clerk.token(), clerk.app.config["BASE_URL"]

    def act() -> list[int]:
        codes = []
        for turn in range(EACH):
            data = {
                "csrf_token": token,
                "meeting_id": str(meeting_id),
                "origin": "meeting",
                "title": f"第{place}-{turn}件",
                "text": "道路狭窄,请予拓宽。",
                "lead_deputy_id": str(deputy_id),
                "delegation_id": "0",
                "category": "",
                "publicity": "unknown",
                "survey_method": "",
            }
            with clerk.app.app_context():
                answer = clerk.client.post("/suggestions/new?secrecy=no", base_url=base, data=data)
            codes.append(answer.status_code)
        return codes

    return act
