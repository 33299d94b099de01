"""The hub dispatches many at once, with the office's proposal and the advice preselected."""

from datetime import date

import pytest
import sqlalchemy as sa

from tests.dispatch.office import DAY_0, by
from tests.register.test_list import statements
from tracker.database import db
from tracker.dispatch import actions
from tracker.dispatch.hub_advice import candidates
from tracker.dispatch.models import Advice, Assignment, Part
from tracker.suggestion.journey import Standing

LATER = date(2026, 3, 4)


@pytest.fixture
def waiting(office, stopped_clock):
    """Two at the hub: one proposed for roads with the finance bureau's help, one whose body nobody named below it."""
    second = office.another(title="关于公交线路的建议")
    office.propose("roads", "money")
    office.propose("hub", to=second)
    office.hand_over(office.suggestion, second, through_hubs=True)
    office.users["second"] = second
    db.session.commit()
    stopped_clock(LATER)
    wanted = sa.select(Assignment).order_by(Assignment.id)
    return list(db.session.scalars(wanted))


def test_the_offices_proposal_is_preselected_and_advice_stands_beside_it(office, waiting):
    first, second = (one.suggestion_id for one in waiting)
    for number, place, name in ((first, 1, "schools"), (second, 1, "money"), (second, 2, "court")):
        facts = {"alike": 3, "returned": 0, "on": DAY_0}
        db.session.add(Advice(suggestion_id=number, place=place, body_id=office.bodies[name].id, **facts))
    db.session.flush()
    found = candidates([first, second], office.bodies["hub"].id)
    assert [(one.body.name, one.leads, one.helps) for one in found[first]] == [
        ("市交通局", True, False),
        ("市财政局", False, True),
        ("市教育局", False, False),
    ]
    assert [(one.body.name, one.leads) for one in found[second]] == [("市财政局", True)]  # the court is not below it


def test_several_that_answer_are_named_on_the_rows_own_page(office):
    named = [(office.bodies[name], Part.JOINT) for name in ("roads", "schools")]
    actions.propose(office.suggestion, named, by=office.clerk, on=DAY_0)
    office.hand_over(through_hubs=True)
    db.session.flush()
    assert candidates([office.suggestion.id], office.bodies["hub"].id) == {}


def test_ticked_rows_go_and_what_is_refused_stays_with_its_reason(office, waiting, reader):
    hub = reader.signed_in_as(office.users["hub"])
    page = hub.read("dispatch.hub")
    assert "proposed by the office" in page.text
    first, second = waiting
    roads, court = office.bodies["roads"].id, office.bodies["court"].id
    data = {
        "chosen": [str(first.id), str(second.id)],
        f"lead-{first.id}": str(roads),
        f"helps-{first.id}": str(office.bodies["money"].id),
        f"lead-{second.id}": str(court),
    }
    page = hub.send("/dispatch/chosen", data)
    assert "Dispatched: 1" in page.text
    assert "A hub dispatches to the bodies below it" in page.text
    db.session.expire_all()
    assert [one.standing for one in waiting] == [Standing.PASSED_ON, Standing.ASSIGNED]
    made = db.session.scalars(sa.select(Assignment).where(Assignment.passed_on_from_id == first.id)).all()
    assert sorted(one.part for one in made) == [Part.CO, Part.LEAD]


def test_what_is_gone_meanwhile_is_told_plainly(office, waiting, reader):
    hub = reader.signed_in_as(office.users["hub"])
    hub.read("dispatch.hub")
    first, _second = waiting
    [first] = office.assignments()
    actions.pass_on(first, office.named("roads"), by=by(first), on=LATER)
    page = hub.send("/dispatch/chosen", {"chosen": [str(first.id)], f"lead-{first.id}": "1"})
    assert "no longer here to be dispatched" in page.text


@pytest.mark.engines("sqlite")
def test_the_page_asks_as_often_for_twice_the_rows(office, waiting, reader, app):
    hub = reader.signed_in_as(office.users["hub"])
    few = statements(app, lambda: hub.read("dispatch.hub"))
    more = [office.another(title=f"关于第{number}条道路的建议") for number in (3, 4)]
    for one in more:
        office.propose("roads", "money", to=one)
    office.hand_over(*more, through_hubs=True, on=LATER)
    db.session.commit()
    many = statements(app, lambda: hub.read("dispatch.hub"))
    assert len(few) == len(many) == 8, "\n".join(many)


def test_advice_among_its_own_bodies_is_found_by_a_press(office, waiting, reader):
    hub = reader.signed_in_as(office.users["hub"])
    hub.read("dispatch.hub")
    assert "Advice was found for" in hub.send("/dispatch/advice").text
