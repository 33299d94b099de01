"""Advice on bodies: by what became of suggestions like it; measured on what was handed over, and never assigned."""

from __future__ import annotations

from datetime import date

import pytest
import sqlalchemy as sa

from tests import makers
from tests.dispatch.office import DAY_0
from tests.register.test_list import statements
from tracker.database import db
from tracker.dispatch import advice
from tracker.dispatch.actions import ask_return, decide_return
from tracker.dispatch.advising import Past, advise
from tracker.dispatch.jobs import advise_bodies
from tracker.dispatch.models import Advice, AdviceMeasure, Assignment, Proposal
from tracker.intake.actions import Content, record
from tracker.roles import Role
from tracker.suggestion.models import Suggestion

ROADS, SCHOOLS, MONEY = 1, 2, 3
LIFTS = [f"关于解决{place}小区加装电梯难的建议" for place in ("幸福里", "翠湖", "松林", "柳溪")]
LIFT_TEXT = "六层住宅没有电梯，老年人上下楼困难。建议财政补助加装电梯，简化电梯审批手续。"
SCHOOL, SCHOOL_TEXT = "关于提升清河中学食堂饭菜质量的建议", "中学食堂饭菜单一。建议公开食堂采购，成立膳食委员会管食堂。"


def went_to(*bodies: int, likeness: float = 0.8, returned: tuple[int, ...] = ()) -> Past:
    return Past(likeness, frozenset(bodies), frozenset(returned))


def test_where_most_like_it_went_is_advised_first_with_its_reason():
    first, second = advise([went_to(ROADS), went_to(ROADS), went_to(SCHOOLS)])
    assert (first.body_id, first.alike, first.returned) == (ROADS, 2, 0)
    assert (second.body_id, second.alike) == (SCHOOLS, 1)


def test_one_much_alike_outweighs_two_hardly_alike():
    past = [went_to(ROADS, likeness=0.9), went_to(SCHOOLS, likeness=0.4), went_to(SCHOOLS, likeness=0.4)]
    assert advise(past)[0].body_id == ROADS


def test_what_was_returned_speaks_against_a_body_and_is_told():
    [only, *_rest] = advise([went_to(ROADS), went_to(SCHOOLS, returned=(ROADS,)), went_to(SCHOOLS)])
    assert only.body_id == SCHOOLS
    both = advise([went_to(ROADS), went_to(ROADS), went_to(SCHOOLS, returned=(ROADS,))])
    assert (both[0].body_id, both[0].alike, both[0].returned) == (ROADS, 3, 1)


def test_three_at_most_and_none_from_nothing():
    assert len(advise([went_to(body) for body in range(1, 9)])) == 3
    assert advise([]) == []
    assert advise([went_to(returned=(ROADS,))]) == []


def test_a_closed_body_s_past_counts_for_who_does_its_work_today():
    [only] = advise([went_to(ROADS), went_to(SCHOOLS)], {ROADS: MONEY, SCHOOLS: MONEY})
    assert (only.body_id, only.alike) == (MONEY, 2)


def written(office, title: str, text: str, on: date = makers.RECORDED_ON) -> Suggestion:
    rules = makers.rule_set_in_force(office.congress.rules_name, on)
    content = Content(title=title, text=text, lead_deputy_id=office.deputy.id)
    return record(office.meeting, content, by=office.clerk, on=on, rules_in_force=rules)


@pytest.fixture
def past(office):
    """Three lifts went to money, one school to schools; a fourth lift waits."""
    for title in LIFTS[:3]:
        one = written(office, title, LIFT_TEXT)
        office.propose("money", to=one)
        office.hand_over(one)
    school = written(office, SCHOOL, SCHOOL_TEXT)
    office.propose("schools", to=school)
    office.hand_over(school)
    office.waiting = written(office, LIFTS[3], LIFT_TEXT)
    db.session.commit()
    return office


def advised(office, one: Suggestion, **more):
    return advice.advice_for(one.title, one.text, office.congress.id, own_id=one.id, **more)


def test_the_body_of_those_like_it_is_advised_and_nothing_is_assigned(past, session):
    [(body, why)] = advised(past, past.waiting)
    assert (body.id, why.alike, why.returned) == (past.bodies["money"].id, 3, 0)
    assert session.scalar(sa.select(sa.func.count()).where(Assignment.suggestion_id == past.waiting.id)) == 0
    assert session.scalar(sa.select(sa.func.count()).where(Proposal.suggestion_id == past.waiting.id)) == 0


def test_a_granted_return_is_part_of_the_reason(past):
    [one] = makers.assignments_of(_first_lift())
    asked = ask_return(one, "不属本局职责", past.bodies["roads"], by=makers.actor_of(one), on=DAY_0)
    decide_return(asked, True, to=past.bodies["roads"], by=past.clerk, on=DAY_0)
    db.session.commit()
    (first, why), (second, other) = advised(past, past.waiting)
    assert (first.name, why.alike, why.returned) == ("市财政局", 3, 1)
    assert (second.name, other.alike) == ("市交通局", 1)


def test_what_was_handed_over_later_was_not_known_then(past):
    assert advised(past, past.waiting, before=DAY_0) == []


def test_the_advice_is_measured_on_what_was_handed_over(past, stopped_clock):
    later = date(2026, 3, 9)
    stopped_clock(later)
    past.propose("money", to=past.waiting)
    past.hand_over(past.waiting, on=later)
    db.session.commit()
    measured = advice.measure(past.congress.id, on=later)
    assert (measured.asked, measured.advised, measured.first_right, measured.among_right) == (5, 1, 1, 1)
    assert advice.last_measure(past.congress.id) is measured


def test_without_anything_handed_over_there_is_nothing_to_measure(office):
    assert advice.measure(office.congress.id, on=DAY_0) is None


def test_the_night_advises_what_waits_and_measures_once_more(past, session):
    assert advise_bodies(DAY_0) == {"rows": 1, "measured": 4}
    [kept] = session.scalars(sa.select(Advice)).all()
    assert (kept.suggestion_id, kept.place, kept.body_id) == (past.waiting.id, 1, past.bodies["money"].id)
    assert advise_bodies(DAY_0)["rows"] == 0
    assert session.scalar(sa.select(sa.func.count()).select_from(AdviceMeasure)) == 2


@pytest.fixture
def clerk(past, reader):
    return reader.signed_in_as(past.users["clerk"])


def test_one_press_takes_the_advice_into_the_form_and_notes_nothing(past, clerk, session):
    page = clerk.read("dispatch.propose", suggestion_id=past.waiting.id)
    assert "3 like it went there" in page.text
    taken = clerk.read(page.links()["Take as lead 市财政局"])
    assert {option.text for option in taken.all("option") if "selected" in option.attributes} == {"市财政局"}
    assert session.scalar(sa.select(sa.func.count()).where(Proposal.suggestion_id == past.waiting.id)) == 0
    both = clerk.read(f"/suggestions/{past.waiting.id}/proposal?lead=99999&also=x")
    assert {option.text for option in both.all("option") if "selected" in option.attributes} <= {"choose"}


def test_the_hand_over_page_shows_the_first_advice_and_how_good_it_was(past, clerk):
    where = {"meeting_id": past.meeting.id}
    before = clerk.read("dispatch.hand_over", **where)
    assert "the first advice was right in" not in before.text
    page = clerk.send("dispatch.advise", **where)
    assert "Advice was found for 1 of 2 suggestions." in page.text
    assert "市财政局 3 like it went there" in page.text
    assert "Take as lead" in page.text
    advice.measure(past.congress.id, on=DAY_0)
    assert (
        "Of the last 4 suggestions handed over, the first advice was right in 0"
        in clerk.read("dispatch.hand_over", **where).text
    )


def test_only_the_office_asks_for_advice(past, reader):
    other = reader.signed_in_as(past.users["roads"])
    other.send("dispatch.advise", meeting_id=past.meeting.id, expect=403)
    leader = reader.signed_in_as(makers.a_user(past.congress, Role.LEADER))
    leader.send("dispatch.advise", meeting_id=past.meeting.id, expect=403)


@pytest.mark.engines("sqlite")
def test_the_hand_over_page_asks_as_often_for_many_as_for_few(past, clerk, app):
    where = {"meeting_id": past.meeting.id}
    few = statements(app, lambda: clerk.read("dispatch.hand_over", **where))
    for n in range(6):
        written(past, f"{LIFTS[3]}之{n}", LIFT_TEXT)
    advise_bodies(DAY_0)
    many = statements(app, lambda: clerk.read("dispatch.hand_over", **where))
    assert len(many) == len(few), "\n".join(many)
    assert len(many) <= 16
    assert len(statements(app, lambda: clerk.read("dispatch.propose", suggestion_id=past.waiting.id))) <= 16


def _first_lift() -> Suggestion:
    return db.session.scalars(sa.select(Suggestion).where(Suggestion.title == LIFTS[0])).one()
