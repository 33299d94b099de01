"""The page on which the days of a year are written: a preview before anything moves, kept only as it was shown."""

from datetime import date
from html import unescape
from io import BytesIO

import pytest
import sqlalchemy as sa

from tests.makers import a_body, a_congress, a_deputy, a_meeting, a_suggestion, a_user, an_assignment
from tests.reader import Reader
from tracker.deadlines import actions, queries
from tracker.deadlines.models import Deadline
from tracker.roles import Role
from tracker.structure.models import Body
from tracker.workdays.queries import loaded_years
from tracker.workdays.seed import days_of
from tracker.workdays.written import read_lines

TODAY = date(2026, 3, 2)
LOCAL = {"source": "市政府通知", "days": "2026-06-02 off 台风停工", "local": "y"}


@pytest.fixture
def leader(session, reader, stopped_clock, congress):
    return reader.signed_in_as(a_user(congress, Role.OFFICE_LEADER))


@pytest.fixture
def congress(session, stopped_clock):
    stopped_clock(TODAY)
    made = a_congress()
    session.commit()
    return made


@pytest.fixture
def due_in_june(congress):
    """A reply due on 2 June 2026."""
    [assignment] = an_assignment(a_suggestion(a_meeting(congress), a_deputy(congress)), a_body(congress))
    [clock] = queries.open_for(kind="reply", assignment_id=assignment.id)
    assert clock.due_on == date(2026, 6, 2)
    return clock.id


def look_and_keep(leader, sent, year=2026, **changes):
    """As a person does it: looks at what would move, then keeps what the page shows."""
    page = leader.send("deadlines.year", {**sent, "act": "look"}, year=year)
    days = next(area.text for area in page.all("textarea"))
    kept = {**sent, "days": days, "seen": page.values()["seen"], "act": "keep", **changes}
    return leader.send("deadlines.year", {name: value for name, value in kept.items() if name != "file"}, year=year)


def test_the_preview_shows_whose_clocks_would_move_and_keeps_nothing(leader, session, due_in_june):
    leader.read("deadlines.year", year=2026, local=1)
    page = leader.send("deadlines.year", {**LOCAL, "act": "look"}, year=2026)
    alike, each = (row for row in page.rows() if "2026-06-02" in row and "2026-06-03" in row)
    assert alike.endswith(" 1")
    assert session.scalar(sa.select(Body.name)) in each
    session.expire_all()
    assert session.get(Deadline, due_in_june).due_on == date(2026, 6, 2)


def test_kept_days_move_open_clocks_and_the_old_day_stays(leader, session, due_in_june):
    leader.read("deadlines.year", year=2026, local=1)
    page = look_and_keep(leader, LOCAL)
    assert any("台风停工" in row for row in page.rows())
    session.expire_all()
    clock = session.get(Deadline, due_in_june)
    assert (clock.due_on, clock.original_due_on) == (date(2026, 6, 3), date(2026, 6, 2))
    assert clock.explanation[-1]["values"]["reason"] == {"kind": "calendar"}


@pytest.mark.parametrize("changes", [{"seen": ""}, {"days": "2026-06-03 off 台风停工"}])
def test_only_what_was_looked_at_is_kept(leader, session, due_in_june, changes):
    leader.read("deadlines.year", year=2026, local=1)
    page = look_and_keep(leader, LOCAL, **changes)
    assert "not the days that were shown" in page.text
    assert "台风停工" in page.html
    session.expire_all()
    assert session.get(Deadline, due_in_june).due_on == date(2026, 6, 2)


def test_a_met_clock_never_moves(leader, session, due_in_june):
    actions.meet(session.get(Deadline, due_in_june), on=TODAY)
    leader.read("deadlines.year", year=2026, local=1)
    assert "2026-06-03" not in leader.send("deadlines.year", {**LOCAL, "act": "look"}, year=2026).text
    look_and_keep(leader, LOCAL)
    session.expire_all()
    assert session.get(Deadline, due_in_june).due_on == date(2026, 6, 2)


def test_a_line_that_cannot_be_read_is_named_and_all_are_kept(leader):
    leader.read("deadlines.year", year=2027)
    page = leader.send(
        "deadlines.year", {"source": "x", "days": "2027-01-01 off New Year's Day\nsoon", "act": "look"}, year=2027
    )
    assert page.text.count("Line 2 begins with no day") == 1
    assert "soon" in page.html


def test_a_year_of_the_country_without_a_day_off_is_no_year(leader, session):
    leader.read("deadlines.year", year=2027)
    page = leader.send("deadlines.year", {"source": "x", "days": "", "act": "look"}, year=2027)
    assert "without a single day off" in page.text
    assert 2027 not in loaded_years()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_file_is_shown_as_lines_before_it_is_kept(leader, encoding):
    leader.read("deadlines.year", year=2027)
    content = BytesIO("day,working,name\n2027-02-06,0,春节\n".encode(encoding))
    sent = {"source": "国办发明电", "file": (content, "2027.csv"), "act": "look"}
    page = leader.send("deadlines.year", sent, year=2027)
    assert "2027-02-06 off Spring Festival" in page.html


def test_a_long_source_fits_both_databases(leader, session, congress):
    leader.read("deadlines.year", year=2027)
    look_and_keep(leader, {"source": "办" * 120, "days": "2027-01-01 off New Year's Day"}, year=2027)
    assert 2027 in loaded_years()


def test_a_year_that_is_loaded_is_no_longer_provisional(leader, session, congress):
    """Neither is a day that a person decided."""
    rules = queries.rule_set_in_force("default", TODAY)
    suggestion = a_suggestion(a_meeting(congress), a_deputy(congress))
    facts = {"rules": rules, "congress_id": congress.id, "holder": "body", "suggestion_id": suggestion.id}
    clock, extended = (actions.start("reply", on=date(2026, 11, 10), **facts) for _ in range(2))
    session.flush()
    actions.move(extended, date(2027, 3, 10), on=date(2026, 11, 20), reason={"kind": "extension"})
    session.commit()
    assert clock.provisional
    assert extended.provisional
    leader.read("deadlines.year", year=2027)
    look_and_keep(leader, {"source": "x", "days": "2027-01-01 off New Year's Day"}, year=2027)
    session.expire_all()
    for one in (session.get(Deadline, clock.id), session.get(Deadline, extended.id)):
        assert not one.provisional
        assert "provisional" not in [step["kind"] for step in one.explanation]
    assert session.get(Deadline, extended.id).due_on == date(2027, 3, 10)


def test_a_clerk_reads_and_writes_the_days_in_his_language(app, session, congress):
    zh = Reader(app, "zh").signed_in_as(a_user(congress, Role.OFFICE_LEADER))
    page = zh.read("deadlines.year", year=2026)
    days = unescape(page.html.partition("<textarea")[2].partition(">")[2].partition("</textarea>")[0])
    assert "2026-01-01 放假 元旦" in days
    assert "2026-01-04 上班 元旦" in days
    assert read_lines(days) == days_of(2026)
