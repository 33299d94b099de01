"""The hub of a branch gets what its bodies should answer, and dispatches onward."""

from datetime import date

import pytest
import sqlalchemy as sa

from tests.dispatch.office import DAY_0, by, clock_of, kinds_of, letters, refused
from tracker.deadlines.clauses import Kind
from tracker.deadlines.queries import deadlines_of
from tracker.dispatch import actions
from tracker.dispatch.models import Part, Receipt
from tracker.suggestion.journey import Standing

pytestmark = pytest.mark.usefixtures("sound")
LATER = date(2026, 3, 4)


@pytest.fixture
def later(office, stopped_clock):
    stopped_clock(LATER)
    return LATER


def pass_on(office, assignment, *names, separate=False):
    return actions.pass_on(assignment, office.named(*names, separate=separate), by=by(assignment), on=LATER)


def test_the_hub_is_given_it_once_in_the_stead_of_its_bodies(office):
    assignment = office.at_the_hub("roads", "money")
    assert (assignment.body_id, assignment.part) == (office.bodies["hub"].id, Part.SOLE)
    assert [one.to_address for one in letters("handed_over")] != []
    assert all("市政府办" in one.body_text for one in letters("handed_over"))


def test_a_hub_above_the_lead_leads_and_a_body_without_a_hub_is_reached_straight(office):
    parts = {one.body.name: one.part for one in office.given("roads", "court", "money", through_hubs=True)}
    assert parts == {"市政府办": Part.LEAD, "市中级人民法院": Part.CO}


def test_a_hub_takes_the_heaviest_part_of_its_bodies_whatever_their_order(office):
    chosen = [(office.bodies["money"], Part.CO), (office.bodies["court"], Part.CO), (office.bodies["roads"], Part.LEAD)]
    actions.propose(office.suggestion, chosen, by=office.clerk, on=DAY_0)
    office.hand_over(through_hubs=True)
    parts = {one.body.name: one.part for one in office.assignments()}
    assert parts == {"市政府办": Part.LEAD, "市中级人民法院": Part.CO}


def test_bodies_below_it_count_from_the_same_hand_over(office, later):
    assignment = office.at_the_hub("roads", "money")
    lead, co = pass_on(office, assignment, "roads", "money")
    for one in (lead, co):
        assert (one.handed_over_on, one.assigned_on, one.passed_on_from_id) == (DAY_0, LATER, assignment.id)
        assert one.hand_over_id == assignment.hand_over_id
    assert (lead.part, co.part) == (Part.LEAD, Part.CO)
    assert clock_of(lead, Kind.REPLY).due_on == date(2026, 6, 2)
    assert clock_of(co, Kind.CO_OPINION).started_on == DAY_0


def test_only_the_receipt_counts_from_the_day_it_was_dispatched_onward(office, later):
    assignment = office.at_the_hub("roads", "money")
    lead, _co = pass_on(office, assignment, "roads", "money")
    receipt = clock_of(lead, Kind.RECEIPT)
    assert (receipt.started_on, receipt.due_on > LATER) == (LATER, True)
    assert receipt.explanation[0]["values"]["event"] == "passed_on"


def test_the_hubs_own_clocks_are_kept_but_no_longer_hold(office, session, later):
    assignment = office.at_the_hub("roads")
    pass_on(office, assignment, "roads")
    session.flush()
    old = deadlines_of(assignment_id=assignment.id)
    assert {(one.voided_on, one.void_reason) for one in old} == {(LATER, "passed_on")}
    assert Kind.REPLY in {one.kind for one in old}
    assert assignment.standing is Standing.PASSED_ON


def test_dispatching_signs_for_it(office, session, later):
    assignment = office.at_the_hub("roads")
    pass_on(office, assignment, "roads")
    session.flush()
    assert session.get_one(Receipt, assignment.id).on == LATER


def test_a_hub_that_signed_first_may_still_dispatch(office, session, later):
    assignment = office.at_the_hub("roads")
    actions.sign_for(assignment, by=by(assignment), on=DAY_0)
    session.flush()
    pass_on(office, assignment, "roads")
    session.flush()
    assert session.get_one(Receipt, assignment.id).on == DAY_0


def test_the_bodies_are_told_and_the_deputy_is_not_told_again(office, later):
    assignment = office.at_the_hub("roads", "money")
    before = len(letters("handed_over_deputy"))
    pass_on(office, assignment, "roads", "money")
    bodies = " ".join(one.body_text for one in letters("handed_over"))
    assert "市交通局" in bodies
    assert "市财政局" in bodies
    assert len(letters("handed_over_deputy")) == before


def test_the_lead_stays_the_lead_while_others_help_from_outside(office, later):
    hubs, court = office.given("roads", "court", through_hubs=True)
    [child] = pass_on(office, hubs, "roads")
    assert (child.part, court.part) == (Part.LEAD, Part.CO)


def test_alone_all_the_way_stays_alone(office, later):
    assert [one.part for one in pass_on(office, office.at_the_hub("roads"), "roads")] == [Part.SOLE]


def test_a_hub_that_helps_passes_on_help_only(office, later):
    _lead, hubs = office.given("court", "roads", through_hubs=True)
    assert hubs.part is Part.CO
    assert [one.part for one in pass_on(office, hubs, "roads", "money")] == [Part.CO, Part.CO]


def test_a_hub_may_let_its_bodies_answer_apart(office, later):
    children = pass_on(office, office.at_the_hub("roads", "schools"), "roads", "schools", separate=True)
    assert [one.part for one in children] == [Part.SEPARATE, Part.SEPARATE]
    assert all(Kind.REPLY in kinds_of(one) for one in children)


def test_a_hub_that_leads_among_others_names_one_lead(office, later):
    hubs, _court = office.given("roads", "court", through_hubs=True)
    with refused("do not fit together"):
        pass_on(office, hubs, "roads", "schools", separate=True)


def test_a_part_answered_apart_is_passed_on_as_such(office, later):
    hubs, court = office.given("roads", "court", separate=True, through_hubs=True)
    assert (hubs.part, court.part) == (Part.SEPARATE, Part.SEPARATE)
    assert [one.part for one in pass_on(office, hubs, "roads")] == [Part.SEPARATE]


def test_of_a_part_answered_apart_one_answers_and_others_help(office, later):
    hubs, _court = office.given("roads", "court", separate=True, through_hubs=True)
    assert [one.part for one in pass_on(office, hubs, "roads", "money")] == [Part.SEPARATE, Part.CO]


def test_a_hub_dispatches_to_its_own_bodies_only(office, later):
    assignment = office.at_the_hub("roads")
    with refused("bodies below it"):
        pass_on(office, assignment, "court")


def test_nothing_is_dispatched_twice(office, session, later):
    assignment = office.at_the_hub("roads")
    pass_on(office, assignment, "roads")
    with refused("not possible now"):
        pass_on(office, office.assignments()[0], "schools")
    assert session.scalar(sa.select(sa.func.count()).select_from(Receipt)) == 1
