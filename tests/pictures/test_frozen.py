"""What the issues froze is read and never reckoned again; and the matters of which most is stated."""

from datetime import timedelta

import pytest

from tests.pictures.city import MONDAY, a_city, straight
from tracker.bulletin import frozen
from tracker.bulletin.readers import scope_of
from tracker.database import db
from tracker.dispatch.models import Assignment
from tracker.pictures import drawn, weakest
from tracker.roles import Role
from tracker.suggestion.journey import Standing
from tracker.web.drawing.measured import Row

WEEK = timedelta(weeks=1)
ALL = {"all": True, "internal": True}


@pytest.fixture
def city(session, stopped_clock):
    stopped_clock(MONDAY)
    return a_city()


def test_an_issue_freezes_its_lights_and_they_stay_when_the_clocks_move_on(city):
    issue = city.frozen()
    lights = frozen.lights_in([issue], ALL)
    assert sum(lights[0].values()) == issue.figures["whole"]["open"] == straight("s.congress_id = 1") == 6
    assert lights[0]["purple"] + lights[0]["red"] == straight("d.due_on < :on", on=MONDAY) == 4
    city.owing("roads", first=MONDAY - WEEK)
    frozen._kept.cache_clear()
    assert frozen.lights_in([issue], ALL) == lights


@pytest.mark.engines("sqlite")
def test_each_reads_the_lights_of_his_own_bodies(city):
    issue = city.frozen()
    for role, body, count in ((Role.HUB, "hub", 5), (Role.BODY_HANDLER, "court", 1), (Role.COMMITTEE, "committee", 3)):
        [lights] = frozen.lights_in([issue], scope_of(city.user(role, body)))
        assert sum(lights.values()) == count


@pytest.mark.engines("sqlite")
def test_an_issue_of_before_tells_what_was_overdue_and_no_more(city):
    issue = city.frozen()
    whole = {name: value for name, value in issue.figures["whole"].items() if name != "lights"}
    issue.figures = {**issue.figures, "whole": whole}
    db.session.commit()
    frozen._kept.cache_clear()
    assert frozen.lights_in([issue], ALL) == [{"red": 4, "untold": 2}]


@pytest.mark.engines("sqlite")
def test_a_week_without_an_issue_keeps_its_place_in_the_picture(app, city):
    issues = [city.frozen(on) for on in (MONDAY, MONDAY + 3 * WEEK)]
    with app.test_request_context():
        picture = drawn.lights_over_time(issues, frozen.lights_in(issues, ALL), Row("today", {"green": 1}))
    assert [row.name for row in picture.rows] == ["2026-W25", "2026-W26", "2026-W27", "2026-W28", "today"]
    assert [bool(row.values) for row in picture.rows] == [True, False, False, True, True]


def weak(city, issue, role=Role.OFFICE_CLERK, body=None):
    asking = city.user(role, body)
    return weakest.weakest(issue, asking, scope_of(asking))


def test_the_matter_of_which_most_is_stated_stands_first_with_all_its_facts(city):
    matters = weak(city, city.frozen())
    facts = [[line["section"] for line in matter.lines] for matter in matters]
    assert [matter.facts for matter in matters] == sorted((len(set(one)) for one in facts), reverse=True)
    assert {"overdue", "silent"} <= set(facts[0])
    assert matters[0].about.title == "道路不平", "of equal ones the key item, as in the issue"


@pytest.mark.engines("sqlite")
def test_nobody_reads_of_matters_that_are_not_in_his_part(city):
    issue = city.frozen()
    seen = {
        role: {matter.about.number for matter in weak(city, issue, role, body)}
        for role, body in ((Role.LEADER, None), (Role.HUB, "hub"), (Role.COMMITTEE, "committee"))
    }
    assert {role: len(numbers) for role, numbers in seen.items()} == {Role.LEADER: 5, Role.HUB: 5, Role.COMMITTEE: 3}
    assert weak(city, None) == []


def sign(city, clock_of, *kinds):
    of = db.session.get_one(Assignment, clock_of.assignment_id)
    for kind in kinds:
        city.signed(of, kind)
    db.session.commit()
    return of


def test_what_the_issue_names_as_handled_weakest_stands_first_with_its_signs(city):
    quiet = city.owing("schools", first=MONDAY + 9 * WEEK, title="还没到期", standing=Standing.SUBMITTED)
    of = sign(city, quiet, "no_contact_before", "undated", "copied", "sent_back")
    [first, *others] = weak(city, city.frozen())
    assert (first.about.id, first.facts, first.is_named, list(first.lines)) == (of.id, 4, True, [])
    assert [matter.is_named for matter in others] == sorted((matter.is_named for matter in others), reverse=True)


@pytest.mark.engines("sqlite")
def test_a_sign_that_says_what_a_line_says_is_no_further_fact_and_who_may_not_read_it_does_not(city):
    late = city.owing("roads", first=MONDAY - WEEK, title="两面都说")
    issue = city.frozen()
    sign(city, late, "late_by_first_day", "silent", "rating_by_proxy")
    of = {
        role: next(one for one in weak(city, issue, role, body) if one.about.title == "两面都说")
        for role, body in ((Role.OFFICE_CLERK, None), (Role.HUB, "hub"))
    }
    assert [one.kind for one in of[Role.OFFICE_CLERK].signs] == ["rating_by_proxy"]
    assert of[Role.HUB].signs == [], "how a rating came about is not the hub's to read"
