"""An issue after its week: what was made internal since, what was frozen late, and what is not made at all."""

from __future__ import annotations

import io
from datetime import datetime, time
from zoneinfo import ZoneInfo

import openpyxl
import pytest
import sqlalchemy as sa

from tests.bulletin.test_issue import MONDAY, WEEK
from tests.bulletin.test_letters import letters, ring
from tests.bulletin.test_pages import run, user
from tests.bulletin.test_reaching import HEAD, NEXT_MONDAY
from tests.escalation.city import build, owed
from tests.paper.read_back import docx_text, pdf_text
from tracker import clock
from tracker.bulletin import arranging, enclosing, jobs
from tracker.bulletin.desk import problems
from tracker.bulletin.models import Hold, HoldEnd, Issue
from tracker.bulletin.sealing import is_unaltered
from tracker.database import db
from tracker.mail.models import Enclosure, Letter
from tracker.roles import Role
from tracker.suggestion.models import Suggestion

MISSED = "2026-W23"


@pytest.fixture
def city(session, stopped_clock):
    stopped_clock(MONDAY)
    return build()


@pytest.fixture
def made_internal(city, session):
    """An issue with two titles, of which one became internal after it was frozen."""
    owed(city, "roads", title="路灯太暗")
    owed(city, "court", title="执行太慢")
    ring(MONDAY)
    session.execute(sa.update(Suggestion).where(Suggestion.title == "路灯太暗").values(internal=True))
    session.commit()
    return session.scalars(sa.select(Issue)).one()


def test_what_was_made_internal_since_is_only_its_number_on_page_print_and_table(city, reader, made_internal, session):
    clerk = reader.signed_in_as(user(city, Role.OFFICE_CLERK))
    page = clerk.read("bulletin.show", week=WEEK)
    assert "执行太慢" in page.text
    assert "路灯太暗" not in page.html
    assert "made internal since, the title is no longer shown" in page.text
    for kind, text in (("pdf", pdf_text), ("page", pdf_text), ("docx", docx_text)):
        said = text(clerk.read("bulletin.download", week=WEEK, format=kind).response.data)
        assert "执行太慢" in said, kind
        assert "路灯太暗" not in said, kind
    book = openpyxl.load_workbook(io.BytesIO(clerk.read("bulletin.download", week=WEEK).response.data))
    cells = {str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row}
    assert "执行太慢" in cells
    assert "路灯太暗" not in cells
    assert "made internal since, the title is no longer shown" in cells
    session.expire_all()
    assert is_unaltered(made_internal), "what is sealed stays as it was"


def test_neither_a_deputy_nor_the_command_line_reads_the_title_any_more(city, reader, made_internal, app):
    deputy = reader.signed_in_as(user(city, Role.DEPUTY))
    assert "路灯太暗" not in deputy.read("bulletin.show", week=WEEK).html
    for options in ((), ("--json",)):
        said = run(app, "show", WEEK, *options).stdout
        assert "执行太慢" in said
        assert "路灯太暗" not in said


def test_letters_released_later_do_not_name_it_either(city, session):
    owed(city, "roads", title="路灯太暗")
    held = arranging.hold(city.congress.id, WEEK, "数字待核", by=HEAD, at=clock.now())
    session.commit()
    ring(MONDAY)
    session.execute(sa.update(Suggestion).values(internal=True))
    arranging.end_hold(held, HoldEnd.RELEASED, by=HEAD, at=clock.now())
    session.commit()
    assert jobs.post_bulletins(MONDAY)["letters"] > 0
    assert not [one for one in letters(city, session).values() if "路灯太暗" in one.body_text + one.body_html]


def test_the_letters_of_a_week_frozen_afterwards_wait_for_the_office(city, reader, session, app):
    owed(city, "roads")
    session.commit()
    run(app, "freeze", MISSED)
    assert session.scalar(sa.select(sa.func.count(Letter.id))) == 0
    assert [problem.kind for problem in problems()] == ["bulletin_held"]
    leader = reader.signed_in_as(user(city, Role.OFFICE_LEADER))
    assert "Nobody has a letter" in leader.read("bulletin.show", week=MISSED).text
    assert "Letters of a bulletin held back" in leader.read("desk.index").text
    assert "made after its week" in leader.read("bulletin.arrangements").text
    hold_id = session.scalars(sa.select(Hold.id)).one()
    leader.send("bulletin.end_hold", {"ended": "released"}, hold_id=hold_id)
    assert jobs.post_bulletins(MONDAY)["letters"] > 0
    assert "Nobody has a letter" not in leader.read("bulletin.show", week=MISSED).text
    assert list(problems()) == []


def test_once_the_next_issue_is_out_a_week_frozen_afterwards_goes_to_nobody_and_says_so(city, reader, session, app):
    owed(city, "roads")
    session.commit()
    written = ring(MONDAY)["letters"]
    run(app, "freeze", MISSED)
    assert jobs.post_bulletins(MONDAY)["letters"] == 0
    assert session.scalar(sa.select(sa.func.count(Letter.id))) == written
    assert list(problems()) == []
    clerk = reader.signed_in_as(user(city, Role.OFFICE_CLERK))
    for page in ("bulletin.show", "bulletin.readers"):
        assert "nobody got a letter" in clerk.read(page, week=MISSED).text
    assert "nobody got a letter" not in clerk.read("bulletin.show", week=WEEK).text


def test_a_week_frozen_in_its_own_time_has_its_letters_from_the_weekly_job(city, session, app):
    owed(city, "roads")
    session.commit()
    run(app, "freeze", WEEK)
    assert session.scalar(sa.select(sa.func.count(Hold.id))) == 0
    assert ring(MONDAY)["letters"] > 0


def test_an_issue_not_made_hours_after_its_time_waits_on_both_desks(city, reader, session):
    owed(city, "roads")
    arranging.set_habit(city.congress.id, 2, time(9, 0), by=HEAD, on=MONDAY)
    who = [user(city, role) for role in (Role.OFFICE_CLERK, Role.ADMIN, Role.LEADER)]
    session.commit()
    for hour, seen in ((12, 0), (13, 2)):
        with clock.at(datetime(2026, 6, 9, hour, tzinfo=ZoneInfo("Asia/Shanghai"))):
            said = [reader.signed_in_as(one).read("desk.index").text for one in who]
            assert ["Bulletins not made in time" in one for one in said] == [seen > 0, seen > 0, False]
    assert f"The issue {WEEK} is not made" in said[0]
    with clock.at(datetime(2026, 6, 9, 14, tzinfo=ZoneInfo("Asia/Shanghai"))):
        jobs.post_bulletins(clock.today())
        assert "Bulletins not made in time" not in reader.signed_in_as(who[0]).read("desk.index").text


@pytest.mark.engines("sqlite")
def test_while_the_files_of_leaders_are_made_others_write(city, session, app, mail_sink, monkeypatch):
    """The maker of the PDF is one that saves a page of somebody else meanwhile, by a connection of his own."""
    owed(city)
    app.config["SMTP_URL"] = mail_sink.url
    session.commit()
    saved = []

    def somebody_saves(*_part, **_detail):
        engine = sa.create_engine(db.engine.url, connect_args={"timeout": 0})
        with engine.begin() as connection:
            connection.execute(sa.update(Suggestion).values(remark=f"{len(saved)}"))
        saved.append(engine)
        engine.dispose()
        return b"%PDF"

    monkeypatch.setitem(enclosing.FILES, "pdf", ("application/pdf", somebody_saves))
    ring(MONDAY)
    assert len(saved) == 3, "all, a vice-mayor's and the mayor's part"
    assert session.scalar(sa.select(sa.func.count(Enclosure.id))) == 6
    ring(NEXT_MONDAY)
    assert len(saved) == 6
