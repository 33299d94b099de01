"""The issues on the page, as a file, and at the command line."""

import json
import re
from datetime import timedelta
from io import BytesIO

import openpyxl
import pytest
import sqlalchemy as sa

from tests.bulletin.test_issue import MONDAY, WEEK
from tests.escalation.city import add, build, owed
from tests.escalation.test_ladder import NOON
from tracker import clock
from tracker.bulletin import jobs
from tracker.bulletin.command import bulletin_command
from tracker.bulletin.models import Issue
from tracker.bulletin.rules import week_of
from tracker.cli.export import export
from tracker.people.models import User
from tracker.roles import Role


@pytest.fixture
def city(session, stopped_clock):
    stopped_clock(MONDAY)
    made = build()
    owed(made, "roads", title="路灯太暗")
    owed(made, "court", title="执行太慢")
    owed(made, "schools", title="内部事项", internal=True)
    jobs.weekly_bulletin(MONDAY)
    return made


def user(city, role, body=None):
    return add(
        User(
            email=f"{role}@city.example",
            name=str(role),
            role=role,
            congress_id=city.congress.id,
            body_id=city.body(body).id if body else None,
            deputy_id=city.deputy.id if role is Role.DEPUTY else None,
            created_at=NOON,
        )
    )


def items(page):
    return [link for link in page.all("a") if re.fullmatch(r"/suggestions/\d+", link["href"])]


SEEN = [
    (Role.OFFICE_LEADER, None, 6, {"路灯太暗", "执行太慢"}),
    (Role.LEADER, None, 4, {"路灯太暗", "执行太慢"}),
    (Role.AUDITOR, None, 4, {"路灯太暗", "执行太慢"}),
    (Role.HUB, "hub", 4, {"路灯太暗"}),
    (Role.COMMITTEE, "committee", 2, {"路灯太暗"}),
    (Role.BODY_LEADER, "court", 2, {"执行太慢"}),
    (Role.DEPUTY, None, 3, {"路灯太暗", "执行太慢"}),
]


@pytest.mark.parametrize(("role", "body", "count", "titles"), SEEN)
def test_each_reads_his_own_part(city, reader, role, body, count, titles):
    asking = reader.signed_in_as(user(city, role, body))
    assert WEEK in asking.read("bulletin.index").text
    page = asking.read("bulletin.show", week=WEEK)
    assert {title for title in ("路灯太暗", "执行太慢", "内部事项") if title in page.text} == titles
    assert len(items(page)) == count


def test_only_who_sees_all_sees_the_figures_of_all(city, reader):
    body = reader.signed_in_as(user(city, Role.BODY_LEADER, "court")).read("bulletin.show", week=WEEK)
    assert "roads" not in body.text
    assert "What we cannot see" not in body.text
    office = reader.signed_in_as(user(city, Role.OFFICE_CLERK)).read("bulletin.show", week=WEEK)
    assert "What we cannot see" in office.text
    assert "office directors_meeting" in office.text


def test_a_week_without_an_issue_is_not_found(city, reader):
    clerk = reader.signed_in_as(user(city, Role.OFFICE_CLERK))
    clerk.read("/bulletins/2026-W01", expect=404)
    clerk.read("/bulletins/2026-W241", expect=404)
    clerk.read("/bulletins/x", expect=404)


def test_the_administrator_reads_no_bulletin(city, reader):
    reader.signed_in_as(user(city, Role.ADMIN)).read("/bulletins", expect=403)


def test_the_list_can_be_narrowed_to_a_section_and_taken_away(city, reader):
    clerk = reader.signed_in_as(user(city, Role.OFFICE_CLERK))
    page = clerk.read("bulletin.show", week=WEEK, section="silent")
    assert len(items(page)) == 3
    assert clerk.read("bulletin.download", week=WEEK).response.data.startswith(b"PK")
    for kind, start in (("pdf", b"%PDF"), ("page", b"%PDF"), ("docx", b"PK")):
        assert clerk.read("bulletin.download", week=WEEK, format=kind).response.data.startswith(start)
    clerk.read("bulletin.download", week=WEEK, format="exe", expect=404)


def test_a_leader_writes_on_the_issue_and_it_stands_there(city, reader):
    leader = reader.signed_in_as(user(city, Role.LEADER))
    assert "Record an instruction" in leader.read("bulletin.show", week=WEEK).text
    form = leader.read("supervision.instruct", bulletin=WEEK)
    assert form.values()["bulletin"] == WEEK
    page = leader.send(
        "/instructions/new?bulletin=" + WEEK, {"text": "月底前全部答复", "bulletin": WEEK, "to": ["office"]}
    )
    assert "月底前全部答复" in page.text
    assert "Leaders' instructions on this issue" in page.text
    assert (
        "月底前全部答复"
        not in reader.signed_in_as(user(city, Role.COMMITTEE, "committee")).read("bulletin.show", week=WEEK).text
    )


def test_a_correction_is_added_with_its_day(city, reader):
    clerk = reader.signed_in_as(user(city, Role.OFFICE_CLERK))
    clerk.read("bulletin.correct", week=WEEK)
    assert "What was wrong" in clerk.send("bulletin.correct", {"text": " "}, week=WEEK).text
    page = clerk.send("bulletin.correct", {"text": "第1条5月30日已答复"}, week=WEEK)
    assert "第1条5月30日已答复" in page.text
    assert "Correction of 2026-06-08" in page.text
    assert "第1条5月30日已答复" in reader.signed_in_as(user(city, Role.DEPUTY)).read("bulletin.show", week=WEEK).text


def test_the_page_needs_few_statements(city, reader, app):
    clerk = reader.signed_in_as(user(city, Role.OFFICE_CLERK))
    clerk.read("bulletin.show", week=WEEK)
    said = []
    with app.app_context():
        from tracker.database import db

        sa.event.listen(db.engine, "before_cursor_execute", lambda *args: said.append(args[2]))
    clerk.read("bulletin.show", week=WEEK)
    assert len(said) <= 16


def run(app, *arguments):
    return app.test_cli_runner().invoke(bulletin_command, arguments)


def test_the_command_shows_an_issue(city, app):
    said = json.loads(run(app, "show", WEEK, "--json").stdout)
    assert {"number", "week", "frozen_at", "items", "readers"} <= set(said)
    assert (said["number"], said["week"], len(said["items"])) == (1, WEEK, 6)
    assert "6 items" in run(app, "show", WEEK).stdout


def test_the_latest_issue_is_written_to_a_file_of_each_kind(city, app, tmp_path):
    for ending, start in ((".pdf", b"%PDF"), (".docx", b"PK"), (".xlsx", b"PK"), (".csv", b"\xef\xbb\xbf")):
        done = app.test_cli_runner().invoke(export, ["bulletin", str(tmp_path / f"b{ending}")])
        assert (done.exit_code, done.stdout[:15]) == (0, "6 rows written ")
        assert (tmp_path / f"b{ending}").read_bytes().startswith(start)
    assert app.test_cli_runner().invoke(export, ["bulletin", str(tmp_path / "b.exe")]).exit_code == 2


@pytest.mark.parametrize("week", ["2026-W01", "nonsense"])
def test_the_command_says_no_to_a_week_without_an_issue(city, app, week):
    done = run(app, "show", week)
    assert (done.exit_code, done.stdout) == (1, "")
    assert week in done.stderr


def test_a_rehearsal_keeps_nothing(city, app, session):
    next_week = "2026-W25"
    said = json.loads(run(app, "freeze", next_week, "--dry-run", "--json").stdout)
    assert (said["number"], said["issued_on"]) == (2, "2026-06-15")
    assert len(said["readers"]) > 10
    session.expire_all()
    assert session.scalar(sa.select(sa.func.count(Issue.id))) == 1


def test_a_week_to_come_is_not_frozen_and_a_frozen_one_stays(city, app):
    done = run(app, "freeze", "2026-W25")
    assert done.exit_code == 1
    assert "has not begun" in done.stderr
    assert json.loads(run(app, "freeze", WEEK, "--json").stdout)["number"] == 1
    assert clock.today() == MONDAY


def test_a_missed_week_can_be_frozen_afterwards(city, app):
    said = json.loads(run(app, "freeze", "2026-W23", "--json").stdout)
    assert said["issued_on"] == "2026-06-01"
    assert {item["section"] for item in said["items"]} == {"due_soon", "silent"}


def test_weeks_without_an_issue_are_told_once(city, reader, session):
    issue = session.scalars(sa.select(Issue)).one()
    skipped = {"kind": "quiet", "from": "2026-W22", "until": "2026-W22", "reason": "闭会"}
    issue.figures = {**issue.figures, "no_issue": [skipped]}
    session.commit()
    page = reader.signed_in_as(user(city, Role.OFFICE_CLERK)).read("bulletin.show", week=WEEK)
    assert page.text.count("No issue in 2026-W22: 闭会.") == 1


@pytest.mark.engines("sqlite")
def test_the_workbook_of_an_issue_draws_its_bodies_and_the_weeks_before(city, reader, stopped_clock):
    stopped_clock(MONDAY + timedelta(days=7))
    jobs.weekly_bulletin(MONDAY + timedelta(days=7))
    asking = reader.signed_in_as(user(city, Role.HUB, "hub"))
    week = week_of(MONDAY + timedelta(days=7))
    book = openpyxl.load_workbook(BytesIO(asking.read("bulletin.download", week=week, format="xlsx").response.data))
    drawn = {sheet.title: [type(chart).__name__ for chart in sheet._charts] for sheet in book if sheet._charts}
    assert drawn == {"Owed, by body": ["BarChart"], "Week by week": ["LineChart"]}
    assert [[cell.value for cell in row] for row in book["Owed, by body"].iter_rows(min_row=2)] == [
        ["roads", 1, 0, 0, 1], ["schools", 1, 0, 0, 1]
    ]  # fmt: skip
    assert [row[0].value for row in book["Week by week"].iter_rows(min_row=2)] == [WEEK, week]
