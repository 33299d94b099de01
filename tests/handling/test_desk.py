"""What handling puts on the desks, and what the doctor asks of it."""

from datetime import date

import pytest
import sqlalchemy as sa

from tests.handling.papers import ON
from tests.makers import a_submitted_reply, assignments_of
from tracker.database import db
from tracker.deadlines.clauses import Kind
from tracker.deadlines.queries import open_for
from tracker.dispatch.actions import sign_for
from tracker.handling import desk
from tracker.handling.actions import ask_extension, deliver, send_back
from tracker.handling.models import Delivery

SOON, LATE = date(2026, 5, 25), date(2026, 6, 5)


@pytest.fixture
def waits(app, case):
    def found(visitor, on=ON) -> dict[str, int]:
        db.session.commit()
        with app.test_request_context():
            groups = {group.kind: group.count for group in desk.waiting(visitor, on)}
        case.lead = assignments_of(case.suggestion)[0]
        return groups

    return found


def test_the_body_sees_what_to_sign_and_what_is_due_each_once(case, waits):
    assert waits(case.handler) == {"To sign for": 1}
    assert waits(case.handler, SOON) == {"To sign for": 1}
    assert waits(case.handler, LATE) == {"Our answer overdue": 1}
    sign_for(case.lead, by=case.by_body, on=ON)
    assert waits(case.handler, SOON) == {"Our answer due soon": 1}


def test_the_office_sees_what_to_read_and_to_decide(case, waits):
    assert waits(case.clerk) == {}
    ask_extension(case.lead, "勘察未完", date(2026, 7, 10), by=case.by_body, on=ON)
    assert waits(case.clerk) == {"Extensions to decide": 1}
    a_submitted_reply(case.lead, ON)
    assert waits(case.clerk) == {"Replies to read": 1}
    assert waits(case.handler, LATE) == {}


def test_the_body_sees_what_was_sent_back(case, waits):
    reply = a_submitted_reply(case.lead, ON)
    send_back(reply, case.lead, ["form"], "", by=case.by_office, on=ON)
    assert waits(case.handler) == {"Reply sent back": 1}


def test_the_doctor_finds_an_answer_that_nobody_got(case, session):
    reply = a_submitted_reply(case.lead, ON)
    deliver(reply, case.lead, by=case.by_office, on=ON)
    assert list(desk.problems()) == []
    session.execute(sa.delete(Delivery))
    assert [one.kind for one in desk.problems()] == ["no_delivery"]


def test_the_doctor_finds_a_reply_owed_that_no_clock_watches(case, session):
    assert list(desk.problems()) == []
    [clock] = open_for(kind=Kind.REPLY, assignment_id=case.lead.id)
    session.delete(clock)
    session.flush()
    assert [one.kind for one in desk.problems()] == ["reply_clock"]
