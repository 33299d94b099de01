"""Long lists are counted only so far, and say so; what is counted so far is right."""

from datetime import date

import pytest

from tests.register.city import build
from tracker.desk import queries as desk
from tracker.dispatch.models import Assignment, Part
from tracker.handling.inbox import Show, which
from tracker.register import waiting
from tracker.roles import Role
from tracker.suggestion.journey import LIVE
from tracker.web import paging

OVERDUE_ON = date(2026, 6, 22)


@pytest.fixture
def city(session, stopped_clock):
    stopped_clock(date(2026, 3, 12))
    return build()


def test_a_list_longer_than_anybody_counts_says_so_and_still_leads_on(city, reader, monkeypatch):
    monkeypatch.setattr(paging, "MOST_COUNTED", 26)
    for _ in range(27):
        city.record()
    clerk = reader.signed_in_as(city.user(Role.OFFICE_CLERK))
    first = clerk.read("register.index")
    assert "26 or more in all" in first.text
    steps = {link.text.strip() for link in first.all("a")}
    assert "Next" in steps
    assert "Last" not in steps
    second = clerk.read("register.index", page=2).text
    assert "27 in all" in second  # counted beyond one's own page


def test_the_desk_counts_suggestions_overdue_and_says_where_it_stopped(city, app, monkeypatch):
    city.handed_over("甲", roads=Part.SEPARATE, schools=Part.SEPARATE)
    city.handed_over("乙", roads=Part.SOLE)
    clerk = city.user(Role.OFFICE_CLERK)

    def late() -> tuple[int, bool]:
        waiting._wanted.cache_clear()
        with app.test_request_context():
            [group] = waiting.waiting(clerk, OVERDUE_ON)
        return group.count, group.or_more

    assert late() == (2, False)
    with monkeypatch.context() as patched:
        patched.setattr(waiting, "MOST_COUNTED", 2)
        assert late()[1] is True
    assert late() == (2, False)


def test_open_by_body_is_all_that_is_open_or_nothing(city, monkeypatch):
    city.handed_over("甲", roads=Part.LEAD, schools=Part.CO)
    city.handed_over("乙", roads=Part.SOLE)
    clerk = city.user(Role.OFFICE_CLERK)
    assert [row.open for row in desk.open_by_body(clerk)] == [2, 1]
    monkeypatch.setattr(desk, "MOST_OPEN", 2)
    desk._busiest.cache_clear()
    assert list(desk.open_by_body(clerk)) == []
    desk._busiest.cache_clear()


def test_the_index_of_what_is_open_names_the_standings_that_are_open():
    [index] = [one for one in Assignment.__table__.indexes if one.name == "ix_assignment_live"]
    for where in ("sqlite", "postgresql"):
        assert str(index.dialect_options[where]["where"]) == (
            "standing IN (" + ", ".join(f"'{one}'" for one in sorted(LIVE)) + ")"
        )


def test_a_mailed_link_narrows_the_inbox_as_ever(city):
    handler = city.user(Role.BODY_HANDLER, "roads")
    assert "circulated" not in str(which(handler, Show.OPEN))
    handler.assignment_id = 7
    assert "assignment.id = " in str(which(handler, Show.OPEN))
