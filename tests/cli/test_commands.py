"""What an operator types: init, export, print-procedure, link, and the doctor by both his names."""

import csv
import json
import re
from urllib.parse import urlsplit

import openpyxl
import pytest
import sqlalchemy as sa

from tests import makers
from tracker.audit.models import Trace
from tracker.cli.words import procedure_text
from tracker.dispatch import actions as dispatch
from tracker.people.models import User
from tracker.structure.models import Congress, Officer
from tracker.suggestion import journey
from tracker.workdays.queries import loaded_years


@pytest.fixture
def run(app, session):
    """A command, in a transaction of its own."""

    def call(*arguments):
        session.commit()
        done = app.test_cli_runner().invoke(args=list(arguments))
        session.expire_all()
        return done

    return call


@pytest.fixture
def case(session, stopped_clock):
    stopped_clock(makers.HANDED_OVER_ON)
    return makers.a_case()


def test_init_prepares_everything_and_prints_the_first_link(run, session, reader):
    done = run("init", "--congress", "临江市人大", "--level", "county", "--admin", "admin@city.example", "--json")
    said = json.loads(done.stdout)
    assert done.exit_code == 0
    congress = session.scalars(sa.select(Congress)).one()
    assert (congress.name, congress.level, congress.rules_name) == ("临江市人大", "county", "default")
    assert session.scalars(sa.select(User.role)).all() == ["admin"]
    assert 2026 in set(loaded_years())
    assert "@" not in said["database"]
    assert reader.read(urlsplit(said["link"]).path).heading == "Set your password"


def test_init_again_adds_nothing(run, session):
    for _time in range(2):
        done = run("init", "--congress", "临江市人大")
        assert (done.exit_code, done.stdout) == (0, "The database is ready.\n")
    assert session.scalar(sa.select(sa.func.count()).select_from(Congress)) == 1


def test_an_administrator_is_added_once(run):
    asked = ["init", "--congress", "临江市人大", "--admin", "admin@city.example"]
    first = run(*asked)
    assert (first.exit_code, "One-time link for admin@city.example: http" in first.stdout) == (0, True)
    again = run(*asked)
    assert (again.exit_code, "already an account" in again.stderr) == (1, True)


def test_init_knows_its_levels_and_rules(run, session):
    assert run("init", "--congress", "临江市人大", "--level", "planet").exit_code == 2
    wrong = run("init", "--congress", "临江市人大", "--rules", "nowhere-1900")
    assert (wrong.exit_code, "nowhere-1900" in wrong.stderr) == (1, True)
    assert session.scalar(sa.select(sa.func.count()).select_from(Congress)) == 0


def table(file) -> list[list[str]]:
    if file.suffix == ".csv":
        with file.open(encoding="utf-8-sig", newline="") as said:
            return list(csv.reader(said))
    sheet = openpyxl.load_workbook(file).worksheets[0]
    return [["" if value is None else value for value in row] for row in sheet.iter_rows(values_only=True)]


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_the_register_goes_out_as_the_screen_shows_it(case, run, session, tmp_path, ending):
    file = tmp_path / f"register.{ending}"
    done = run("export", "register", str(file), "--language", "en")
    assert (done.exit_code, done.stdout) == (0, f"1 rows written to {file}.\n")
    headers, row = table(file)
    shown = dict(zip(headers, row, strict=True))
    assert shown["Number"] == case.suggestion.number
    assert (shown["Title"], shown["Lead deputy"]) == ("关于拓宽道路的建议", "赵代表")
    assert (shown["Answering body"], shown["Co-handlers"]) == ("市交通局", "市财政局")
    assert (shown["Reply due on"], shown["Stage"]) == ("2026-06-02", "Being handled")
    assert session.scalars(sa.select(Trace.facts).where(Trace.act == "export")).one() == {"what": "register", "rows": 1}


def test_without_asking_it_speaks_chinese(case, run, tmp_path):
    run("export", "register", str(tmp_path / "r.csv"))
    assert re.search("[一-鿿]", table(tmp_path / "r.csv")[0][2])


DANGEROUS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =HYPERLINK(1)", "＝1+1"]


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@pytest.mark.parametrize("title", DANGEROUS)
def test_no_title_becomes_a_formula(case, run, session, tmp_path, ending, title):
    case.suggestion.title = title
    file = tmp_path / f"register.{ending}"
    assert run("export", "register", str(file), "--language", "en").exit_code == 0
    place = table(file)[0].index("Title")
    if ending == "csv":
        text = table(file)[1][place]
        assert (text[0], text.replace("'", "")) == ("'", title)
    else:
        cell = openpyxl.load_workbook(file).worksheets[0].cell(2, place + 1)
        assert (cell.data_type, str(cell.value).strip()) == ("s", title.strip())


def test_of_an_internal_matter_no_title_leaves(case, run, tmp_path):
    case.suggestion.internal = True
    run("export", "register", str(tmp_path / "r.csv"))
    assert "拓宽道路" not in (tmp_path / "r.csv").read_text(encoding="utf-8-sig")


def test_there_is_no_bulletin_before_the_first(case, run, tmp_path):
    done = run("export", "bulletin", str(tmp_path / "b.xlsx"))
    assert (done.exit_code, done.stderr) == (1, "There is nothing to export yet.\n")
    assert not (tmp_path / "b.xlsx").exists()


@pytest.mark.parametrize("asked", [["register", "r.pdf"], ["weather", "r.csv"], ["register"]])
def test_a_wrong_call_leaves_with_two(case, run, asked):
    assert run("export", *asked).exit_code == 2


def test_the_procedure_in_print_names_every_move(run):
    done = run("print-procedure")
    assert (done.exit_code, done.stdout.strip()) == (0, procedure_text().strip())
    for name in journey.MOVES:
        assert f"| {name} |" in done.stdout


def email(session, body_id: int) -> str:
    return session.scalars(sa.select(Officer.email).where(Officer.body_id == body_id)).one()


def test_a_link_is_printed_instead_of_mailed(case, run, session, reader):
    done = run("link", f"/assignments/{case.lead.id}", "--for", email(session, case.lead.body_id))
    assert (done.exit_code, done.stdout.startswith("http://127.0.0.1:8000/links/")) == (0, True)
    assert "关于拓宽道路的建议" in reader.read(urlsplit(done.stdout.strip()).path).text
    [facts] = session.scalars(sa.select(Trace.facts).where(Trace.act == "link_printed"))
    assert facts["assignment"] == case.lead.id
    assert "links" not in str(facts)


def test_nobody_gets_a_link_to_what_is_not_his(case, run, session):
    other = email(session, case.co.body_id)
    for path, person in (
        (f"/assignments/{case.lead.id}", other),
        (f"/assignments/{case.lead.id}", "nobody@city.example"),
        ("/assignments/999999", other),
        ("/assignments/", other),
        ("/nowhere", other),
    ):
        done = run("link", path, "--for", person)
        assert (done.exit_code, done.stdout) == (1, "")
    assert run("link", f"/assignments/{case.lead.id}").exit_code == 2


def test_what_was_taken_back_has_no_link(case, run, session):
    [lead, _co] = makers.assignments_of(case.suggestion)
    dispatch.recall(lead, "误交办", by=makers.CLERK, on=makers.HANDED_OVER_ON)
    assert run("link", f"/assignments/{lead.id}", "--for", email(session, lead.body_id)).exit_code == 1


@pytest.mark.engines("sqlite")  # the tests' PostgreSQL waits for no disk, and the doctor says so
@pytest.mark.parametrize("name", ["check", "doctor"])
def test_the_doctor_leaves_with_nought_where_everything_holds(case, run, name):
    assert (run(name).exit_code, run(name).stdout) == (0, "Everything holds.\n")
    told = json.loads(run(name, "--json").stdout)
    assert (told["ok"], told["problems"]) == (True, [])
    assert [one["kind"] for one in told["warnings"]] == ["timetable"]  # nobody rings it in a test


@pytest.mark.parametrize("name", ["check", "doctor"])
def test_the_doctor_leaves_with_one_and_says_why(case, run, session, name):
    session.execute(sa.text("update suggestion set stage = 'closed' where id = :id"), {"id": case.suggestion.id})
    done = run(name, "--json")
    said = json.loads(done.stdout)
    assert (done.exit_code, said["ok"]) == (1, False)
    assert "stands at closed, its history says handed_over" in str(said["problems"])
    plain = run(name)
    assert plain.exit_code == 1
    assert plain.stdout.endswith(f"{len(said['problems'])} problems.\n")


def test_the_doctor_of_an_empty_database_says_what_to_do(app, run, session):
    session.execute(sa.text("update alembic_version set version_num = '0001'"))
    done = run("check")
    assert (done.exit_code, done.stdout.splitlines()[-1]) == (1, "1 problems.")
    assert "run “init” first" in done.stdout


def test_every_command_explains_itself(app):
    runner = app.test_cli_runner()
    for name in ("init", "serve", "export", "print-procedure", "link", "backup", "restore", "check", "doctor"):
        done = runner.invoke(args=[name, "--help"])
        assert (done.exit_code, "Usage:" in done.stdout) == (0, True)
