"""“Not ours”: asked inside its days, decided by the office or the hub, with clocks of its own for who gets it then."""

from datetime import date

import pytest

from tests.dispatch.office import DAY_0, by, clock_of, kinds_of, letters, refused
from tracker.deadlines.clauses import Kind
from tracker.deadlines.queries import deadlines_of, open_for
from tracker.dispatch import actions
from tracker.dispatch.models import BodyReturn, Part
from tracker.dispatch.queries import get_return, returns_for
from tracker.errors import NotFound
from tracker.suggestion.journey import Standing

pytestmark = pytest.mark.usefixtures("sound")
ASKED_ON, DECIDED_ON = date(2026, 3, 10), date(2026, 3, 12)


@pytest.fixture(autouse=True)
def decided_on(henan, stopped_clock):
    stopped_clock(DECIDED_ON)


def ask(office, assignment, to="schools", on=ASKED_ON) -> BodyReturn:
    return actions.ask_return(assignment, "不属本局职责", office.bodies[to], by=by(assignment), on=on)


def grant(office, asked, to="schools"):
    return actions.decide_return(asked, True, to=office.bodies[to], by=office.clerk, on=DECIDED_ON, note="同意改办")


def refuse(office, asked):
    return actions.decide_return(asked, False, by=office.clerk, on=DECIDED_ON, note="属本局职责")


def test_it_is_asked_until_the_last_day(henan):
    [assignment] = henan.given("roads")
    asked = ask(henan, assignment, on=DECIDED_ON)
    assert assignment.standing is Standing.RETURN_ASKED
    assert [(one.kind, one.holder, one.started_on) for one in open_for(return_id=asked.id)] == [
        (Kind.REDISPATCH, "office", DECIDED_ON)
    ]


def test_outside_its_days_it_is_refused_and_the_article_is_named(henan, stopped_clock):
    [assignment] = henan.given("roads")
    stopped_clock(date(2026, 3, 17))
    with refused(r"ended on 2026-03-16 \(art\. 14\)"):
        ask(henan, assignment, on=date(2026, 3, 17))
    ask(henan, henan.assignments()[0], on=date(2026, 3, 16))


def test_it_needs_a_reason_and_another_body(henan):
    [assignment] = henan.given("roads")
    with refused("Give the reason"):
        actions.ask_return(assignment, "  ", henan.bodies["schools"], by=henan.clerk, on=ASKED_ON)
    [assignment] = henan.assignments()
    with refused("another body than your own"):
        ask(henan, assignment, to="roads")


def test_it_is_asked_once_at_a_time(henan):
    [assignment] = henan.given("roads")
    ask(henan, assignment)
    with refused("not possible now"):
        ask(henan, henan.assignments()[0])


def test_granted_it_goes_to_another_body_with_its_part(henan):
    lead, co = henan.given("roads", "money")
    new = grant(henan, ask(henan, lead))
    assert (lead.standing, co.standing, new.standing) == (Standing.RETURNED, Standing.ASSIGNED, Standing.ASSIGNED)
    assert (new.part, new.round, new.body_id) == (Part.LEAD, 1, henan.bodies["schools"].id)


def test_granted_the_old_clocks_are_kept_and_no_longer_hold(henan, session):
    [assignment] = henan.given("roads")
    asked = ask(henan, assignment)
    was_due = clock_of(assignment, Kind.REPLY).due_on
    grant(henan, asked)
    session.flush()
    reply = next(one for one in deadlines_of(assignment_id=assignment.id) if one.kind is Kind.REPLY)
    assert (reply.voided_on, reply.void_reason, reply.due_on) == (DECIDED_ON, "returned", was_due)
    assert kinds_of(assignment) == set()
    assert [one.met_on for one in deadlines_of(return_id=asked.id)] == [DECIDED_ON]


def test_granted_the_new_bodys_clocks_count_from_the_decision(henan):
    [assignment] = henan.given("roads")
    new = grant(henan, ask(henan, assignment))
    assert (new.handed_over_on, new.assigned_on) == (DECIDED_ON, DECIDED_ON)
    assert clock_of(new, Kind.RECEIPT).started_on == DECIDED_ON
    assert clock_of(new, Kind.REPLY).started_on == date(2026, 3, 17)
    assert clock_of(new, Kind.REPLY).due_on == date(2026, 6, 17)


def test_both_bodies_are_told_and_the_deputy_is_not_told_again(henan):
    [assignment] = henan.given("roads")
    grant(henan, ask(henan, assignment))
    assert len(letters("return_decided")) == 1
    assert "市教育局" in letters("handed_over")[-1].body_text
    assert len(letters("handed_over_deputy")) == 2


def test_refused_it_stays_with_its_clocks(henan):
    [assignment] = henan.given("roads")
    was = clock_of(assignment, Kind.REPLY)
    assert refuse(henan, ask(henan, assignment)) is None
    assert assignment.standing is Standing.RECEIVED
    assert clock_of(assignment, Kind.REPLY).id == was.id
    assert was.is_open
    assert henan.assignments() == [assignment]
    assert len(letters("return_decided")) == 1


def test_who_says_not_ours_has_received(henan):
    """Refused, it could never be signed for any more, and the receipt's clock would run for ever."""
    [assignment] = henan.given("roads")
    refuse(henan, ask(henan, assignment))
    assert Kind.RECEIPT not in kinds_of(assignment)
    assert clock_of(assignment, Kind.RECEIPT).met_on == ASKED_ON


def test_a_decision_stands(henan):
    [assignment] = henan.given("roads")
    asked = ask(henan, assignment)
    refuse(henan, asked)
    with refused("decided already"):
        refuse(henan, asked)


def test_granted_it_needs_a_body_to_go_to(henan):
    [assignment] = henan.given("roads")
    asked = ask(henan, assignment)
    with refused("Name the body"):
        actions.decide_return(asked, True, by=henan.clerk, on=DECIDED_ON)


def test_the_office_decides_what_it_handed_over_itself(henan):
    [assignment] = henan.given("roads")
    asked = ask(henan, assignment)
    assert get_return(asked.id, henan.users["clerk"]) is asked
    with pytest.raises(NotFound):
        get_return(asked.id, henan.users["hub"])


def test_the_hub_goes_on_deciding_for_its_own(henan, session):
    hubs = henan.at_the_hub("roads")
    [child] = actions.pass_on(hubs, henan.named("roads"), by=by(hubs), on=DAY_0)
    asked = ask(henan, child)
    assert [one.holder for one in open_for(kind=Kind.REDISPATCH, return_id=asked.id)] == ["hub"]
    with pytest.raises(NotFound):
        get_return(asked.id, henan.users["clerk"])
    new = grant(henan, get_return(asked.id, henan.users["hub"]))
    assert new.passed_on_from_id == hubs.id
    again = ask(henan, new, to="money", on=DECIDED_ON)
    assert session.scalars(returns_for(henan.users["hub"])).all() == [again]
    assert session.scalars(returns_for(henan.users["clerk"])).all() == []


def test_what_leaves_the_hub_is_the_offices_to_decide(henan, session):
    hubs = henan.at_the_hub("roads")
    [child] = actions.pass_on(hubs, henan.named("roads"), by=by(hubs), on=DAY_0)
    new = grant(henan, ask(henan, child), to="court")
    assert new.passed_on_from_id is None
    again = ask(henan, new, to="money", on=DECIDED_ON)
    assert session.scalars(returns_for(henan.users["clerk"])).all() == [again]


def test_what_is_taken_back_needs_no_decision_any_more(henan, session):
    [assignment] = henan.given("roads")
    asked = ask(henan, assignment)
    actions.recall(assignment, "误交办", by=henan.clerk, on=DECIDED_ON)
    session.flush()
    assert open_for(return_id=asked.id) == []
    assert session.scalars(returns_for(henan.users["clerk"])).all() == []
    actions.assign_again(henan.suggestion, henan.named("schools"), by=henan.clerk, on=DECIDED_ON)
