"""No number on a page differs from a straight count or from the list it opens; nobody counts what he may not see."""

from datetime import timedelta

import pytest

from tests.pictures.city import MONDAY, a_city, straight
from tracker.deadlines.lamps import lamps
from tracker.pictures import queries
from tracker.pictures.queries import LATE, Asked
from tracker.pictures.rules import LIGHTS, OVER, SINCE
from tracker.roles import Role
from tracker.structure.models import Branch

WHO = [
    (Role.OFFICE_CLERK, None, 6),
    (Role.LEADER, None, 5),
    (Role.AUDITOR, None, 5),
    (Role.HUB, "hub", 5),
    (Role.COMMITTEE, "committee", 3),
    (Role.BODY_HANDLER, "schools", 2),
    (Role.BODY_LEADER, "court", 1),
]


@pytest.fixture
def city(session, stopped_clock):
    stopped_clock(MONDAY)
    return a_city()


@pytest.fixture
def office(city, app):
    return city.user(Role.OFFICE_CLERK)


def shining():
    return lamps(1, MONDAY)


def listed(visitor, **asked):
    rows = list(queries.listed(visitor, Asked(**asked), shining()))
    assert len(rows) == queries.count(visitor, Asked(**asked), shining())
    return rows


@pytest.mark.parametrize(("role", "body", "count"), WHO)
def test_each_counts_what_is_his_and_the_list_is_as_long(city, app, role, body, count):
    asking = city.user(role, body)
    rows = queries.lights(asking, shining())
    assert sum(row.count for row in rows) == sum(row.count for row in queries.ages(asking, MONDAY)) == count
    assert len(listed(asking)) == count


def test_every_light_opens_a_list_as_long_as_its_number(office):
    counted = dict.fromkeys(map(str, LIGHTS), 0)
    for row in queries.lights(office, shining()):
        counted[row.light] += row.count
    assert counted == {str(light): len(listed(office, light=light)) for light in LIGHTS}
    assert sum(counted.values()) == straight("s.congress_id = 1")


def test_what_is_overdue_is_counted_against_both_days_as_plain_sql_counts_it(office):
    late = {"now": 0, "first_only": 0}
    for _branch, _light, _count, now, first_only in queries.lights(office, shining()):
        late["now"] += now
        late["first_only"] += first_only
    assert late["now"] == straight("d.due_on < :today", today=MONDAY) == len(listed(office, late="now")) == 4
    only = straight("d.original_due_on < :today AND d.due_on >= :today", today=MONDAY)
    assert late["first_only"] == only == len(listed(office, late="first_only")) == 1
    assert len(listed(office, late="either")) == 5


def test_an_extension_does_not_take_an_item_out_of_the_bands_over_its_first_day(office):
    in_bands = {row.over: 0 for row in queries.ages(office, MONDAY)}
    for row in queries.ages(office, MONDAY):
        in_bands[row.over] += row.count
    assert in_bands == {0: 1, 1: 3, 2: 1, 3: 1}
    for place, count in in_bands.items():
        assert len(listed(office, over=place)) == count
    band = OVER[1]
    days = {"first": MONDAY - timedelta(days=band.last), "last": MONDAY - timedelta(days=band.first)}
    assert straight("d.original_due_on BETWEEN :first AND :last", **days) == in_bands[2]


def test_the_bands_since_hand_over_open_their_lists(office):
    counted = dict.fromkeys(range(len(SINCE)), 0)
    for row in queries.ages(office, MONDAY):
        counted[row.since] += row.count
    assert counted == {place: len(listed(office, since=place)) for place in range(len(SINCE))}
    assert counted[3] == 6, "105 days"


def test_a_list_is_narrowed_by_branch_and_body(office, city):
    assert len(listed(office, branch=Branch.COURT)) == 1
    assert len(listed(office, body_id=city.city.body("roads").id)) == 3
    assert [row.title for row in listed(office, late=LATE[0])][0] == "路灯太暗", "the longest over first"


def test_a_deputy_and_an_administrator_count_nothing(city, app):
    for role in (Role.DEPUTY, Role.ADMIN):
        assert queries.count(city.user(role), Asked(), shining()) == 0
