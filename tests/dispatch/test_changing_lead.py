"""Another body becomes the lead while the suggestion is being handled."""

from datetime import date

import pytest
import sqlalchemy as sa

from tests.dispatch.office import DAY_0, by, clock_of, kinds_of, letters, refused
from tracker.deadlines.clauses import Kind
from tracker.deadlines.queries import deadlines_of
from tracker.dispatch import actions, queries
from tracker.dispatch.models import Assignment, Part
from tracker.errors import NotFound
from tracker.suggestion.journey import Standing

pytestmark = pytest.mark.usefixtures("sound")
LATER = date(2026, 4, 7)
WHY = "该路段属城市道路"


@pytest.fixture
def later(stopped_clock):
    def come(day=LATER):
        stopped_clock(day)
        return day

    return come


def change(office, assignment, to, *, stays=True, reason=WHY):
    facts = {"stays": stays, "by": office.clerk, "on": LATER}
    return actions.change_lead(assignment, office.bodies[to], reason, **facts)


def parts(office):
    return {
        (one.body.name, one.part): one.standing for one in office.assignments() if one.standing is not Standing.RECALLED
    }


def test_the_old_lead_helps_on_and_the_new_one_counts_from_the_same_hand_over(office, session, later):
    [old] = office.given("roads")
    later()
    new = change(office, old, "schools")
    assert parts(office) == {
        ("市教育局", Part.LEAD): Standing.ASSIGNED,
        ("市交通局", Part.CO): Standing.ASSIGNED,
    }
    assert (new.handed_over_on, new.assigned_on) == (DAY_0, LATER)
    assert clock_of(new, Kind.REPLY).due_on == date(2026, 6, 2)
    assert clock_of(new, Kind.REPLY).started_on == DAY_0
    session.flush()
    kept = [one for one in deadlines_of(assignment_id=old.id) if one.kind is Kind.REPLY]
    assert [(one.voided_on, one.void_reason, one.due_on) for one in kept] == [(LATER, "lead_changed", date(2026, 6, 2))]


def test_what_the_new_ones_could_not_have_done_before_counts_from_this_day(office, later):
    [old] = office.given("roads")
    later()
    new = change(office, old, "schools")
    helper = next(one for one in office.assignments() if one.part is Part.CO)
    assert clock_of(new, Kind.RECEIPT).started_on == LATER
    assert clock_of(new, Kind.FIRST_CONTACT).started_on > LATER
    assert clock_of(helper, Kind.CO_OPINION).started_on == LATER


def test_where_the_reply_counts_from_the_receipt_it_counts_from_that_of_the_hand_over(henan, later):
    [old] = henan.given("roads")
    first = clock_of(old, Kind.REPLY).due_on
    later()
    assert clock_of(change(henan, old, "schools"), Kind.REPLY).due_on == first


def test_a_lead_that_leaves_sees_it_no_more_and_the_new_one_answers_alone(office, later):
    [old] = office.given("roads")
    later()
    change(office, old, "schools", stays=False)
    assert parts(office) == {("市教育局", Part.SOLE): Standing.ASSIGNED}


def test_a_co_handler_that_becomes_the_lead_helps_no_more(office, later):
    old, helper = office.given("roads", "schools")
    later()
    change(office, old, "schools", stays=False)
    assert helper.standing is Standing.RECALLED
    assert kinds_of(helper) == set()
    assert parts(office) == {("市教育局", Part.SOLE): Standing.ASSIGNED}


def test_the_clerk_makes_a_co_handler_the_lead_on_the_page(office, later, reader, session):
    old_id, body_id = office.given("roads", "schools")[0].id, office.bodies["schools"].id
    later()
    clerk = reader.signed_in_as(office.users["clerk"])
    session.commit()
    session.expunge_all()  # as in a process that has read nothing of it before
    clerk.send("dispatch.change_lead", {"to_id": body_id, "stays": "leaves", "reason": WHY}, assignment_id=old_id)
    led = sa.select(Assignment.body_id, Assignment.part).where(Assignment.standing == Standing.ASSIGNED)
    assert session.execute(led).all() == [(body_id, Part.SOLE)]


def test_other_co_handlers_go_on_helping(office, later):
    old, _helper = office.given("roads", "money")
    later()
    change(office, old, "schools", stays=False)
    assert set(parts(office)) == {("市教育局", Part.LEAD), ("市财政局", Part.CO)}


def test_both_bodies_and_the_deputies_are_told(office, later):
    [old] = office.given("roads")
    handed_over = len(letters("handed_over"))
    later()
    change(office, old, "schools")
    assert len(letters("handed_over")) == handed_over + 1
    [told] = letters("lead_changed")
    assert WHY in told.body_text
    assert "/links/" in told.body_text
    assert len(letters("lead_changed_deputy")) == 2  # lead and co-signer


def test_it_needs_a_reason_another_body_and_a_lead(office, later):
    lead, helper = office.given("roads", "money")
    later()
    with refused("Give the reason"):
        change(office, lead, "schools", reason=" ")
    with refused("leads already"):
        change(office, lead, "roads")
    with refused("does not lead here"):
        change(office, helper, "schools")


def test_a_return_that_is_asked_is_decided_first(office, stopped_clock):
    [lead] = office.given("roads")
    actions.ask_return(lead, "不属本局", office.bodies["schools"], by=by(lead), on=DAY_0)
    stopped_clock(LATER)
    with refused("not possible now"):
        change(office, lead, "schools")


def test_a_hub_changes_it_within_its_branch_only(office, session, later):
    hubs, court = office.given("roads", "court", through_hubs=True)
    [child] = actions.pass_on(hubs, office.named("roads"), by=by(hubs), on=DAY_0)
    session.commit()
    hub = office.users["hub"]
    assert queries.get_leading(child.id, hub) is child
    with pytest.raises(NotFound):
        queries.get_leading(court.id, hub)
    with pytest.raises(NotFound):
        queries.get_leading(hubs.id, hub)
    later()
    new = change(office, child, "schools")
    assert new.passed_on_from_id == hubs.id
