"""A last day set by hand: only by the office's leader, with a reason and a name that stay."""

from datetime import date

import pytest
import sqlalchemy as sa

from tests.handling.papers import ON
from tests.makers import a_user
from tracker.deadlines import actions as clocks
from tracker.deadlines.clauses import Kind
from tracker.deadlines.models import Deadline
from tracker.deadlines.queries import find_deadline, open_for
from tracker.deadlines.text import sentences
from tracker.errors import RuleBroken
from tracker.handling import actions
from tracker.roles import Role
from tracker.suggestion.models import Entry


@pytest.fixture
def running(case):
    return find_deadline(Kind.REPLY, assignment_id=case.lead.id)


def set_to(case, running, to, reason="市领导协调"):
    actions.set_by_hand(running, case.lead, to, reason, by=case.by_office, on=ON)


@pytest.mark.parametrize("to", [date(2026, 5, 20), date(2026, 12, 31)])
def test_earlier_or_later_with_name_and_reason(case, running, session, to, app):
    set_to(case, running, to)
    session.flush()
    assert (running.due_on, running.original_due_on) == (to, date(2026, 6, 2))
    assert session.scalar(sa.select(Entry.facts).where(Entry.move == "set_by_hand"))["was"] == "2026-06-02"
    by, steps = case.by_office.name, running.explanation
    with app.test_request_context():
        told = sentences(steps)[-1]
    assert by in told
    assert "市领导协调" in told


def test_a_calendar_does_not_move_what_a_person_set(case, running):
    set_to(case, running, date(2026, 5, 20))
    clocks.recount(on=ON)
    assert running.due_on == date(2026, 5, 20)


@pytest.mark.parametrize(
    ("to", "reason", "said"),
    [
        (date(2026, 5, 20), " ", "Give the reason"),
        (date(2026, 6, 2), "x", "the last day already"),
        (date(2026, 3, 1), "x", "cannot end before"),
    ],
)
def test_what_is_refused(case, running, to, reason, said):
    with pytest.raises(RuleBroken, match=said):
        set_to(case, running, to, reason)


def test_a_met_clock_is_history(case, running):
    clocks.meet(running, on=ON)
    with pytest.raises(RuleBroken, match="no longer runs"):
        set_to(case, running, date(2026, 5, 20))


@pytest.mark.engines("sqlite")
def test_the_leader_sets_it_and_the_clerk_does_not(case, reader, running, session):
    leader = reader.signed_in_as(a_user(case.congress, Role.OFFICE_LEADER))
    leader.read("register.show", suggestion_id=case.suggestion.id)
    [address] = {url for text, url in leader.page.links().items() if text == "set by hand"}
    leader.read("handling.set_by_hand", deadline_id=running.id)
    page = leader.send("handling.set_by_hand", {"to": "2026-05-20", "reason": "市领导协调"}, deadline_id=running.id)
    assert address.startswith("/deadlines/")
    assert "市领导协调" in page.text
    session.expire_all()
    assert session.get(Deadline, running.id).due_on == date(2026, 5, 20)
    reader.signed_in_as(case.clerk).read("handling.set_by_hand", deadline_id=running.id, expect=403)


@pytest.mark.engines("sqlite")
def test_a_refused_day_keeps_what_was_typed(case, reader, running):
    leader = reader.signed_in_as(a_user(case.congress, Role.OFFICE_LEADER))
    leader.read("handling.set_by_hand", deadline_id=running.id)
    page = leader.send("handling.set_by_hand", {"to": "2026-01-01", "reason": "市领导协调"}, deadline_id=running.id)
    assert "cannot end before" in page.text
    assert "市领导协调" in page.html
    clocks.meet(open_for(kind=Kind.REPLY, assignment_id=case.lead.id)[0], on=ON)
    leader.read("handling.set_by_hand", deadline_id=running.id, expect=404)
