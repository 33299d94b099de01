"""One question tells which lists hold anything; who would read an empty one is spared it."""

from datetime import date

import pytest
import sqlalchemy as sa

from tests.register.city import build
from tests.register.test_list import statements
from tracker.dispatch.models import Part
from tracker.roles import Role
from tracker.suggestion.at_all import is_empty, known_empty
from tracker.suggestion.front import looked_at_once
from tracker.suggestion.models import Suggestion

TODAY = date(2026, 3, 12)
ASKED_OF_ALL = 3  # the session, the rule sets with the calendar, and what there is at all
BESIDE = 2  # the next last days, and the busiest bodies


def of_that_title(_who):
    return sa.select(Suggestion.id).where(Suggestion.title == sa.bindparam("title", type_=sa.String))


def recorded(_who):
    return {"now": Suggestion.recorded_on == sa.bindparam("today", type_=sa.Date)}


@pytest.fixture
def city(session, stopped_clock):
    stopped_clock(TODAY)
    return build()


def test_what_is_empty_is_known_inside_and_only_there(city):
    city.record("停车难")
    clerk = city.user(Role.OFFICE_CLERK)
    lists = {of_that_title: {"title": "养老"}, recorded: {"today": date(2020, 1, 1)}}
    with looked_at_once(lists, clerk):
        assert is_empty(of_that_title)
        assert is_empty(of_that_title, title="养老")
        assert not is_empty(of_that_title, title="停车难"), "known of another title"
        assert is_empty(recorded)
    assert not is_empty(of_that_title)
    with looked_at_once({of_that_title: {"title": "停车难"}}, clerk):
        assert not is_empty(of_that_title)
        assert not is_empty(recorded), "nobody asked"


def test_conditions_of_suggestions_are_asked_within_what_one_may_see(city):
    city.record("停车难")
    with looked_at_once({recorded: {"today": date(2026, 3, 2)}}, city.user(Role.OFFICE_CLERK)):
        assert not is_empty(recorded)
    with looked_at_once({recorded: {"today": date(2026, 3, 2)}}, city.user(Role.BODY_HANDLER, "roads")):
        assert is_empty(recorded)


def test_one_name_means_one_thing(city):
    lists = {of_that_title: {"title": "甲"}, recorded: {"today": TODAY, "title": "乙"}}
    with pytest.raises(ValueError, match="one name, two values"):
        looked_at_once(lists, city.user(Role.OFFICE_CLERK))


def test_nothing_is_known_where_nothing_was_asked():
    assert not is_empty(recorded)
    with known_empty({}):
        assert not is_empty(recorded)


@pytest.mark.engines("sqlite")
def test_a_desk_on_which_nothing_waits_asks_for_no_list(city, reader, app):
    asking = reader.signed_in_as(city.user(Role.OFFICE_CLERK))
    asked = statements(app, lambda: asking.read("desk.index"))
    assert len(asked) == ASKED_OF_ALL + BESIDE, "\n".join(asked)


@pytest.mark.engines("sqlite")
def test_a_suggestion_of_which_nothing_is_told_costs_its_page_little(city, reader, app):
    number = city.handed_over(roads=Part.SOLE).id
    asking = reader.signed_in_as(city.user(Role.OFFICE_CLERK))
    asked = statements(app, lambda: asking.read("register.show", suggestion_id=number))
    assert len(asked) <= 11, "\n".join(asked)
