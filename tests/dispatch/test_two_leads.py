"""Two leads: which bodies go together, and what becomes of the part below a hub."""

from datetime import date

import pytest

from tests.dispatch.office import by, kinds_of
from tracker.deadlines.clauses import Kind
from tracker.dispatch import actions, rules
from tracker.dispatch.models import Part
from tracker.errors import RuleBroken

LATER = date(2026, 3, 4)


def joint(office, *names):
    return [(office.bodies[name], Part.JOINT if place < 2 else Part.CO) for place, name in enumerate(names)]


def given(office, *names, **how):
    actions.propose(office.suggestion, joint(office, *names), by=office.clerk, on=date(2026, 3, 2))
    office.hand_over(**how)
    return {one.body.name: one for one in office.assignments()}


@pytest.mark.parametrize("parts", [["joint", "joint"], ["joint", "joint", "co", "co"]])
def test_two_leads_go_together_with_or_without_help(parts):
    rules.must_fit_together(parts)


@pytest.mark.parametrize(
    "parts", [["joint"] * 3, ["joint", "lead"], ["joint", "joint", "separate"], ["joint", "co"], ["joint", "sole"]]
)
def test_three_leads_or_a_lead_beside_two_do_not(parts):
    with pytest.raises(RuleBroken):
        rules.must_fit_together(parts)


def test_one_of_two_leads_without_the_other_is_a_lead():
    assert rules.settled(["joint", "co"]) == ["lead", "co"]
    assert rules.settled(["joint"]) == ["sole"]


@pytest.mark.usefixtures("sound")
def test_both_have_a_clock_of_their_own(office):
    found = given(office, "roads", "court", "money")
    assert [one.part for one in found.values()] == [Part.JOINT, Part.JOINT, Part.CO]
    assert all(Kind.REPLY in kinds_of(found[name]) for name in ("市交通局", "市中级人民法院"))


@pytest.mark.usefixtures("sound")
def test_two_leads_below_one_hub_reach_it_as_one_and_become_two_again(office, stopped_clock):
    found = given(office, "roads", "schools", through_hubs=True)
    hub = found["市政府办"]
    assert hub.part is Part.SOLE
    stopped_clock(LATER)
    made = actions.pass_on(hub, joint(office, "roads", "schools"), by=by(hub), on=LATER)
    assert [one.part for one in made] == [Part.JOINT, Part.JOINT]


@pytest.mark.usefixtures("sound")
def test_a_hub_beside_another_lead_names_one_that_leads_with_it(office, stopped_clock):
    found = given(office, "roads", "court", through_hubs=True)
    hub = found["市政府办"]
    assert hub.part is Part.JOINT
    stopped_clock(LATER)
    with pytest.raises(RuleBroken, match="name one lead"):
        actions.pass_on(hub, joint(office, "roads", "schools"), by=by(hub), on=LATER)
    made = actions.pass_on(hub, office.named("roads", "money"), by=by(hub), on=LATER)
    assert [one.part for one in made] == [Part.JOINT, Part.CO]


@pytest.mark.usefixtures("sound")
def test_where_one_of_two_is_taken_back_the_other_answers_alone(office):
    found = given(office, "roads", "court")
    actions.recall(found["市交通局"], "误交办", by=office.clerk, on=date(2026, 3, 2))
    assert found["市中级人民法院"].part is Part.JOINT
