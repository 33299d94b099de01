"""The desk: what waits for whoever opens it."""

from datetime import date

import pytest

from tests.register.city import build
from tests.register.test_list import statements
from tracker.database import db
from tracker.deadlines import queries as deadlines
from tracker.dispatch.models import Part
from tracker.roles import Role


@pytest.fixture
def city(session, stopped_clock):
    stopped_clock(date(2026, 3, 12))
    return build()


def test_the_office_sees_overdue_replies_the_longest_first(city, reader, stopped_clock):
    later, longest = city.handed_over("后到"), city.record("最久")
    [assignment] = city.hand_over(longest, court=Part.SOLE)
    [running] = deadlines.open_for(assignment_id=assignment.id, kind="reply")
    running.due_on = date(2026, 4, 1)
    db.session.commit()
    stopped_clock(date(2026, 6, 8))
    page = reader.signed_in_as(city.user(Role.OFFICE_CLERK)).read("desk.index")
    rows = [row for row in page.rows() if "Reply overdue" in row]
    assert [title in row for title, row in zip((longest.title, later.title), rows, strict=True)] == [True, True]
    assert "overdue by 2 working days" in rows[1]
    assert "Court" in page.text


@pytest.mark.parametrize(
    ("today", "told"),
    [
        (date(2026, 3, 12), "Thursday, March 12, 2026 · working day"),
        (date(2026, 3, 14), "Saturday, March 14, 2026 · no working day"),
        (date(2026, 2, 17), "no working day (Spring Festival)"),
        (date(2026, 2, 28), "make-up working day (Spring Festival)"),
    ],
)
@pytest.mark.engines("sqlite")
def test_it_says_what_day_it_is(city, reader, stopped_clock, today, told):
    stopped_clock(today)
    assert told in reader.signed_in_as(city.user(Role.OFFICE_CLERK)).read("desk.index").text


def test_a_body_sees_its_own_numbers_and_nobody_elses(city, reader):
    city.handed_over("甲", roads=Part.SOLE)
    city.handed_over("乙", court=Part.SOLE)
    text = reader.signed_in_as(city.user(Role.BODY_HANDLER, "roads")).read("desk.index").text
    assert "Our own numbers" in text
    assert "乙" not in text
    assert "1 reply due" in text


def test_a_deputy_sees_his_suggestions_with_their_stage(city, reader):
    one = city.handed_over()
    text = reader.signed_in_as(city.user(Role.DEPUTY, deputy=city.deputy)).read("desk.index").text
    assert one.title in text
    assert "Being handled" in text


def test_the_administrator_sees_how_the_system_runs_and_no_title(city, reader, stopped_clock):
    one = city.handed_over()
    admin = reader.signed_in_as(city.user(Role.ADMIN))
    text = admin.read("desk.index").text
    assert one.title not in text
    assert "Letters that failed" in text
    assert "are not loaded" not in text
    stopped_clock(date(2031, 5, 6))
    later = reader.signed_in_as(city.user(Role.ADMIN)).read("desk.index").text
    assert "The days off and make-up working days of 2031 are not loaded" in later


def test_from_november_on_the_administrator_is_told_of_the_next_year(city, reader, stopped_clock):
    for today, is_told in ((date(2026, 10, 31), False), (date(2026, 11, 1), True)):
        stopped_clock(today)
        page = reader.signed_in_as(city.user(Role.ADMIN)).read("desk.index")
        assert ("working days of 2027 are not loaded" in page.text) is is_told
    assert page.links()["Load the days"] == "/calendar/2027"


@pytest.mark.parametrize("role", Role)
def test_it_opens_for_every_role_in_an_empty_city(city, reader, role):
    body = "roads" if role in (Role.BODY_HANDLER, Role.BODY_LEADER, Role.HUB, Role.COMMITTEE) else ""
    user = city.user(role, body, city.deputy if role is Role.DEPUTY else None)
    assert reader.signed_in_as(user).read("desk.index").heading == "My desk"


def test_more_work_takes_no_more_statements(city, reader, app, stopped_clock):
    city.handed_over("一")
    city.record("二")
    clerk = city.user(Role.OFFICE_CLERK)
    stopped_clock(date(2026, 6, 8))
    asking = reader.signed_in_as(clerk)
    few = statements(app, lambda: asking.read("desk.index"))
    stopped_clock(date(2026, 3, 12))
    for n in range(6):
        city.handed_over(f"更多{n}", court=Part.LEAD, schools=Part.CO)
    stopped_clock(date(2026, 6, 8))
    many = statements(app, lambda: asking.read("desk.index"))
    assert len(many) == len(few)
    assert len(many) <= 16, many
