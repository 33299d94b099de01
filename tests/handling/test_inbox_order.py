"""The inbox of a body with much to do: page by page the order of the whole list, at the cost of one page."""

from datetime import date

import pytest
import sqlalchemy as sa

from tests.makers import a_submitted_reply, assignments_of
from tests.register.city import build
from tracker import clock
from tracker.care.doctor import examine
from tracker.database import db, reading
from tracker.deadlines.clauses import Kind
from tracker.deadlines.lamps import lamps
from tracker.deadlines.models import Deadline
from tracker.dispatch.models import Part
from tracker.handling import inbox
from tracker.handling.inbox import Show
from tracker.roles import Role
from tracker.structure.models import Succession, SuccessionKind
from tracker.web import paging

TODAY = date(2026, 6, 22)


@pytest.fixture
def box(session, stopped_clock, monkeypatch):
    """Seven open and one answered, three to a page; the last days lie apart."""
    stopped_clock(date(2026, 3, 12))
    city = build()
    made = [assignments_of(city.handed_over(roads=Part.SOLE))[0] for _number in range(8)]
    a_submitted_reply(made.pop(0), date(2026, 3, 12))
    for number, one in enumerate(made):
        running = clock_of(one)
        running.due_on = date(2026, 6, 1 + number * 5 % 7 // 2)
    city.made = made
    session.commit()
    for module in (inbox, paging):
        monkeypatch.setattr(module, "ROWS", 3)
    inbox._in_order.cache_clear()
    inbox._listed.cache_clear()
    stopped_clock(TODAY)
    yield city
    inbox._in_order.cache_clear()
    inbox._listed.cache_clear()


def clock_of(assignment) -> Deadline:
    return db.session.scalars(
        sa.select(Deadline).where(Deadline.assignment_id == assignment.id, Deadline.kind == Kind.REPLY)
    ).one()


def pages(city) -> list[list[int]]:
    handler = city.user(Role.BODY_HANDLER, "roads")
    light = lamps(handler.congress_id, clock.today())
    with reading():
        found = [inbox.page_of(handler, Show.OPEN, light, number) for number in (1, 2, 3, 4)]
        whole = [row.id for row in inbox.listed(handler, Show.OPEN, light)]
        db.session.rollback()
    assert [row.id for page in found[:3] for row in page.rows] == whole
    assert [row.id for row in found[3].rows] == whole[6:]  # beyond the last page the last one
    assert {page.total for page in found} == {len(whole)}
    return [[row.id for row in page.rows] for page in found[:3]]


def test_pages_follow_the_order_of_all(box):
    assert [len(page) for page in pages(box)] == [3, 3, 1]


def test_what_has_no_clock_comes_last(box):
    running = clock_of(box.made[0])
    running.voided_on = TODAY
    db.session.commit()
    assert pages(box)[-1] == [box.made[0].id]


def test_what_a_body_before_it_has_open_stands_in_the_same_order(box):
    running = clock_of(box.made[0])
    box.made[0].body_id = running.holder_body_id = box.bodies["schools"].id
    before, after = box.bodies["schools"].id, box.bodies["roads"].id
    merged = Succession(predecessor_id=before, successor_id=after, kind=SuccessionKind.MERGED, on=TODAY)
    db.session.add(merged)
    db.session.commit()
    assert box.made[0].id in pages(box)[0]


def test_a_clock_that_runs_for_another_body_is_found(box):
    """An inbox is put in order by the clocks its body holds."""
    clock_of(box.made[0]).holder_body_id = box.bodies["schools"].id
    db.session.commit()
    assert "runs for another body" in str([one.message for one in examine()])


def test_counting_stops_where_nobody_reads_on(box, monkeypatch):
    monkeypatch.setattr(paging, "MOST_COUNTED", 5)
    handler = box.user(Role.BODY_HANDLER, "roads")
    light = lamps(handler.congress_id, clock.today())
    first, last = (inbox.page_of(handler, Show.OPEN, light, number) for number in (1, 3))
    assert (first.count, first.or_more, len(first.rows)) == ("5+", True, 3)
    assert (last.count, last.or_more, len(last.rows)) == ("7", False, 1)


@pytest.mark.engines("sqlite")
def test_no_more_is_read_than_is_on_the_page(box):
    asked = []

    def ask(_connection, _cursor, text, given, *_more):
        asked.append((text, given))

    sa.event.listen(db.engine, "before_cursor_execute", ask)
    pages(box)
    sa.event.remove(db.engine, "before_cursor_execute", ask)
    [(text, given), *_more] = [one for one in asked if "ORDER BY deadline.due_on" in one[0]]
    steps = [row[-1] for row in db.session.connection().exec_driver_sql(f"explain query plan {text}", given)]
    assert any("ix_deadline_owed (holder_body_id=?)" in step for step in steps)
    assert not [step for step in steps if step.startswith(("SCAN assignment", "SCAN deadline", "SCAN suggestion"))]
