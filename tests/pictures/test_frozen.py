"""What the issues froze is read and never reckoned again; and the matters of which most is stated."""

from datetime import timedelta

import pytest

from tests.pictures.city import MONDAY, a_city, straight
from tracker.bulletin import frozen
from tracker.bulletin.readers import scope_of
from tracker.database import db
from tracker.pictures import drawn, weakest
from tracker.roles import Role
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


def test_the_matter_of_which_most_is_stated_stands_first_with_all_its_facts(city):
    issue = city.frozen()
    matters = weakest.weakest(issue, ALL)
    facts = [[line["section"] for line in matter.lines] for matter in matters]
    assert [len(set(one)) for one in facts] == sorted((len(set(one)) for one in facts), reverse=True)
    assert {"overdue", "silent"} <= set(facts[0])
    assert matters[0].first["title"] == "道路不平", "of equal ones the key item, as in the issue"


@pytest.mark.engines("sqlite")
def test_nobody_reads_of_matters_that_are_not_in_his_part(city):
    issue = city.frozen()
    seen = {
        role: {matter.first["number"] for matter in weakest.weakest(issue, scope_of(city.user(role, body)))}
        for role, body in ((Role.LEADER, None), (Role.HUB, "hub"), (Role.COMMITTEE, "committee"))
    }
    assert {role: len(numbers) for role, numbers in seen.items()} == {Role.LEADER: 5, Role.HUB: 5, Role.COMMITTEE: 3}
    assert weakest.weakest(None, ALL) == []


@pytest.mark.engines("sqlite")
def test_what_others_state_of_a_matter_stands_beside_its_facts(city, monkeypatch):
    issue = city.frozen()
    [first, *_others] = weakest.weakest(issue, ALL)
    number = first.first["assignment_id"]
    monkeypatch.setattr(weakest, "FURTHER", (lambda chosen: {one: ["stated"] for one in chosen if one == number},))
    assert [matter.further for matter in weakest.weakest(issue, ALL)][:2] == [["stated"], []]
