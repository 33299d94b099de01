"""A meeting writes its numbers by a pattern of its own: proven by dice, and on its page with an example."""

from __future__ import annotations

from datetime import date

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as some

from tests import makers
from tests.intake.made import ON, Made
from tests.reader import Reader
from tracker import clock
from tracker.audit.models import Trace
from tracker.database import db
from tracker.errors import RuleBroken
from tracker.intake import actions
from tracker.intake.actions import numbering
from tracker.intake.rules import LONGEST_NUMBER, number_key, written_number
from tracker.roles import Role
from tracker.structure.models import Meeting, Term

WORDS = some.text(alphabet=some.characters(exclude_characters="{}", exclude_categories=["Cs", "Cc"]), max_size=5)
RUNNING = some.sampled_from(["{n}", "{n:02d}", "{n:03d}", "{n:06d}"])
NAMED = some.sampled_from(["", "{year}", "{term}", "{session}", "{year}{session}"])
PATTERNS = some.builds("".join, some.tuples(WORDS, NAMED, WORDS, RUNNING, WORDS))
COUNT = some.integers(1, 99_999)


def written(pattern: str, n: int) -> str:
    return written_number(pattern, 2026, n, term=14, session=3)


@given(PATTERNS, COUNT, COUNT)
def test_two_numbers_are_never_taken_for_one(pattern: str, one: int, other: int) -> None:
    assert (number_key(written(pattern, one)) == number_key(written(pattern, other))) == (one == other)


@given(PATTERNS, COUNT)
def test_a_number_is_short_and_carries_its_place(pattern: str, n: int) -> None:
    number = written(pattern, n)
    assert str(n) in number
    assert len(number) <= LONGEST_NUMBER


@given(some.text(max_size=30))
def test_whatever_is_typed_is_a_pattern_or_a_sentence(typed: str) -> None:
    try:
        number = written(typed, 7)
    except RuleBroken:
        return
    assert "7" in number


@pytest.mark.parametrize(
    "pattern", ["", "2026", "{n}{n}", "{n:03d}-{n}", "{m}", "{n!r}", "{n.real}", "{n:9999d}", "{n", "n}", "{{n}}", "{}"]
)
def test_what_is_no_pattern_is_refused(pattern: str) -> None:
    with pytest.raises(RuleBroken, match="cannot be used"):
        written(pattern, 1)


def test_a_pattern_too_long_for_a_number_is_refused() -> None:
    with pytest.raises(RuleBroken, match="longer than 40"):
        written("一" * 40 + "{n}", 1)


def test_what_the_meeting_does_not_have_cannot_stand_in_it() -> None:
    with pytest.raises(RuleBroken, match="no term or no ordinal"):
        written_number("{term}-{n}", 2026, 1)
    assert written_number("{term}{session}-{n}", 2026, 1, term=14, session=3) == "143-1"


def test_the_next_number_follows_the_new_pattern_and_the_old_ones_stay(office: Made) -> None:
    first = office.suggestion()
    term = Term(congress_id=office.congress.id, ordinal=15, opened_on=date(2026, 1, 1))
    db.session.add(term)
    db.session.flush()
    office.meeting.term_id, office.meeting.ordinal = term.id, 3
    actions.set_pattern(office.meeting, "第{term}-{session}-{n:02d}号", by=makers.CLERK, at=clock.now())
    assert (first.number, office.suggestion().number) == ("2026-001", "第15-3-02号")
    assert actions.next_numbers(office.meeting, "{n}") == ["3", "4", "5"]
    trace = db.session.scalars(sa.select(Trace).where(Trace.act == "numbering_changed")).one()
    assert trace.facts["before"] == "{year}-{n:03d}"


def test_the_page_shows_an_example_and_saves(office: Made, reader) -> None:
    clerk = reader.signed_in_as(office.clerk)
    path = f"/meetings/{office.meeting.id}/numbering"
    assert path in clerk.read("/numbering").html
    assert "2026-001" in clerk.read(path).text
    page = clerk.send(path, {"pattern": "闭{n:02d}", "act": "example"})
    assert "闭01" in page.text
    db.session.expire_all()
    assert office.meeting.number_pattern == "{year}-{n:03d}"
    assert "闭01" in typed(clerk, f"{path}/example", "闭{n:02d}")
    assert "cannot be used" in clerk.send(path, {"pattern": "闭{m}"}).text
    assert "written like this" in clerk.send(path, {"pattern": "闭{n:02d}"}).text
    db.session.expire_all()
    assert office.suggestion().number == "闭01"


def test_the_pages_are_the_offices_and_the_administrators(office: Made, reader) -> None:
    path = f"/meetings/{office.meeting.id}/numbering"
    reader.signed_in_as(makers.a_user(office.congress, Role.ADMIN)).read(path)
    reader.signed_in_as(office.user(office.lead)).read(path, expect=403)


def test_an_example_passes_over_numbers_typed_by_hand(office: Made, stopped_clock) -> None:
    stopped_clock(ON)
    office.suggestion().number_key = "2026-2"
    db.session.flush()
    assert actions.next_numbers(office.meeting, "{year}-{n:03d}", 2) == ["2026-003", "2026-004"]


def test_numbers_a_ledger_brought_in_are_passed_over_at_one_look(office: Made, stopped_clock) -> None:
    """One by one, the first suggestion after a ledger of ten thousand took half a minute."""
    stopped_clock(ON)
    office.meeting.number_pattern = "{n}"
    for number in ("1", "2", "3", "4", "6", "7"):
        office.suggestion().number_key = number
    db.session.execute(sa.update(Meeting).values(last_number=0))
    db.session.commit()
    said: list[str] = []
    hear = lambda _c, _cursor, statement, *_more: said.append(statement)  # noqa: E731
    sa.event.listen(db.engine, "before_cursor_execute", hear)
    try:
        assert [numbering.numbered(office.meeting, None, None)[0] for _time in range(3)] == ["5", "8", "9"]
    finally:
        sa.event.remove(db.engine, "before_cursor_execute", hear)
    db.session.expire_all()
    assert office.meeting.last_number == 9
    assert sum("UPDATE meeting" in one for one in said) == 5


def typed(clerk: Reader, path: str, pattern: str) -> str:
    """The example as the page's script asks for it: a piece of a page."""
    data = {"csrf_token": clerk.token(), "pattern": pattern}
    db.session.commit()
    with clerk.app.app_context():
        return clerk.client.post(path, base_url=clerk.app.config["BASE_URL"], data=data).get_data(as_text=True)
