"""The register finds, filters, sorts and counts; nobody finds what is not his to see."""

from datetime import date
from io import BytesIO

import openpyxl
import pytest
import sqlalchemy as sa

from tests.register.city import DUE_ON, build
from tracker.audit.models import Trace
from tracker.database import db
from tracker.deadlines import actions as clocks
from tracker.deadlines import queries as deadlines
from tracker.dispatch.models import Part
from tracker.roles import SEES_CONTENT, Role

OVERDUE_ON = date(2026, 6, 8)


@pytest.fixture
def city(session, stopped_clock):
    stopped_clock(date(2026, 3, 12))
    return build()


@pytest.fixture
def clerk(city, reader):
    return reader.signed_in_as(city.user(Role.OFFICE_CLERK))


def numbers(page) -> list[str]:
    return [cell.text for cell in page.all("td") if cell["data-label"] == "Number"]


def test_two_chinese_characters_are_found_in_a_title(city, clerk):
    wanted = city.record("关于增设养老服务驿站的建议")
    city.record("关于优化公交线路的建议")
    assert numbers(clerk.read("register.index", q="养老")) == [wanted.number]


@pytest.mark.parametrize("q", ["王秀", "交通运输", "2026-001", "第2026-001号", "roads"])
def test_deputy_body_and_number_are_found_too(city, clerk, q):
    wanted = city.handed_over()
    assert numbers(clerk.read("register.index", q=q)) == [wanted.number]


def test_signs_of_the_search_language_are_plain_characters(city, clerk):
    city.record("关于优化公交线路的建议")
    assert numbers(clerk.read("register.index", q="%")) == []
    assert numbers(clerk.read("register.index", q="_")) == []


def test_filters_narrow_the_list(city, clerk):
    sole = city.handed_over("甲")
    joint = city.handed_over("乙", court=Part.LEAD, schools=Part.CO)
    waiting = city.record("丙", category="交通", key=True)
    found = lambda **asked: set(numbers(clerk.read("register.index", **asked)))  # noqa: E731
    assert found() == {sole.number, joint.number, waiting.number}
    assert found(stage="recorded") == {waiting.number}
    assert found(branch="court") == {joint.number}
    assert found(body=city.bodies["schools"].id) == {joint.number}
    assert found(category="交通") == {waiting.number}
    assert found(key="y") == {waiting.number}
    assert found(again="y") == set()
    assert found(meeting=city.meeting.id, light="green") == {sole.number, joint.number}


def test_what_is_no_choice_asks_for_nothing(city, clerk):
    one = city.record()
    asked = {"stage": "lost", "body": "9" * 40, "light": "pink", "sort": "magic", "page": "999", "meeting": "x"}
    assert numbers(clerk.read("register.index", **asked)) == [one.number]


def test_a_light_is_found_by_the_most_urgent_reply(city, reader, stopped_clock):
    both = city.record("甲")
    roads, _court = city.hand_over(both, roads=Part.SEPARATE, court=Part.SEPARATE)
    late = city.handed_over("乙")
    [running] = deadlines.open_for(assignment_id=roads.id, kind="reply")
    clocks.meet(running, on=date(2026, 3, 12))
    db.session.commit()
    stopped_clock(OVERDUE_ON)
    clerk = reader.signed_in_as(city.user(Role.OFFICE_CLERK))
    assert set(numbers(clerk.read("register.index", light="red"))) == {both.number, late.number}
    assert numbers(clerk.read("register.index", light="purple")) == []
    assert set(numbers(clerk.read("register.index", light="overdue"))) == {both.number, late.number}
    text = clerk.read("register.index", light="red").text
    assert "overdue by 2 working days" in text
    assert DUE_ON.isoformat() in text


def test_a_moved_clock_shows_both_days(city, clerk):
    one = city.record()
    [assignment] = city.hand_over(one)
    [running] = deadlines.open_for(assignment_id=assignment.id, kind="reply")
    clocks.move(running, date(2026, 7, 1), on=date(2026, 3, 12), reason={"kind": "extension"})
    db.session.commit()
    text = clerk.read("register.index").text
    assert "2026-07-01" in text
    assert f"first {DUE_ON.isoformat()}" in text


def test_the_most_urgent_come_first_and_none_is_lost(city, clerk):
    silent = [city.record(f"无{n}").number for n in range(3)]
    soon = city.record("近")
    [assignment] = city.hand_over(soon)
    far = city.handed_over("远")
    [running] = deadlines.open_for(assignment_id=assignment.id, kind="reply")
    running.due_on = date(2026, 4, 1)
    db.session.commit()
    assert numbers(clerk.read("register.index", sort="due")) == [soon.number, far.number, *reversed(silent)]


def test_pages_hold_twenty_five_each_in_every_order(city, clerk):
    made = [city.record(f"建议{n}").number for n in range(30)]
    for n in range(2):
        made.append(city.handed_over(f"交办{n}").number)
    for sort in ("newest", "due", "number", "stage"):
        first, second = (numbers(clerk.read("register.index", sort=sort, page=page)) for page in (1, 2))
        assert (len(first), len(second)) == (25, 7), sort
        assert sorted(first + second) == sorted(made), sort


def test_the_page_takes_as_many_statements_for_many_rows_as_for_few(city, clerk, app):
    city.handed_over("一")
    few = statements(app, lambda: clerk.read("register.index"))
    for n in range(6):
        city.handed_over(f"更多{n}", court=Part.LEAD, schools=Part.CO)
    many = statements(app, lambda: clerk.read("register.index"))
    assert len(many) == len(few) <= 16, many


def test_the_download_is_the_filtered_list_and_leaves_a_trace(city, clerk, session):
    city.record("关于优化公交线路的建议")
    wanted = city.handed_over("关于增设养老服务驿站的建议")
    city.record("=内部养老", internal=True)
    answer = clerk.read("register.download", q="养老")
    sheet = openpyxl.load_workbook(BytesIO(answer.response.data)).active
    rows = [[cell.value or "" for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert [row[2] for row in rows] == ["internal, not exported", wanted.title]
    assert rows[1][5] == "Roads"
    assert "王秀英" not in rows[0]
    trace = session.scalar(sa.select(Trace).where(Trace.act == "export"))
    assert trace.facts == {"what": "register", "rows": 2, "filters": {"q": "养老"}}


def test_a_body_finds_its_own_only(city, reader):
    mine = city.handed_over("甲", roads=Part.SOLE)
    city.handed_over("乙", court=Part.SOLE)
    assert numbers(reader.signed_in_as(city.user(Role.BODY_HANDLER, "roads")).read("register.index")) == [mine.number]


@pytest.mark.parametrize("role", SEES_CONTENT)
def test_every_role_that_sees_content_opens_it(city, reader, role):
    city.handed_over()
    body = (
        "hub"
        if role in (Role.HUB, Role.COMMITTEE)
        else "roads"
        if role in (Role.BODY_HANDLER, Role.BODY_LEADER)
        else ""
    )
    user = city.user(role, body, city.deputy if role is Role.DEPUTY else None)
    assert reader.signed_in_as(user).read("register.index").heading == "Register"


def test_the_administrator_does_not(city, reader):
    admin = reader.signed_in_as(city.user(Role.ADMIN))
    admin.read("register.index", expect=403)
    admin.read("register.show", suggestion_id=city.record().id, expect=403)


def statements(app, act) -> list[str]:
    """What the database is asked while something is done; asked twice, so that what is kept is there already."""
    said: list[str] = []
    keep = lambda _c, _cursor, statement, *_more: said.append(statement)  # noqa: E731
    act()
    sa.event.listen(db.engine, "before_cursor_execute", keep)
    try:
        act()
    finally:
        sa.event.remove(db.engine, "before_cursor_execute", keep)
    return said


def test_a_choice_follows_its_body_from_one_page_to_the_next(city, clerk, session):
    """What is offered is kept between pages, and compared with the rows each time."""
    body = city.bodies["roads"]
    first = body.name_en
    assert first in options(clerk.read("register.index"))
    body.name_en = "Office of Roads"
    db.session.commit()
    changed = options(clerk.read("register.index", body=body.id))
    assert "Office of Roads" in changed
    assert first not in changed
    body.closed_on = date(2026, 3, 12)
    db.session.commit()
    assert "Office of Roads" not in options(clerk.read("register.index"))


def options(page) -> list[str]:
    return [option.text for option in page.all("option")]
