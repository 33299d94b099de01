"""The commands `calendar` and `rules` read what the pages read, and say what would move."""

from datetime import date

import pytest

from tests.makers import a_body, a_congress, a_deputy, a_meeting, a_suggestion, an_assignment
from tracker.actor import SYSTEM
from tracker.deadlines import library, versions
from tracker.deadlines.command import due_command
from tracker.deadlines.models import Deadline
from tracker.deadlines.queries import open_for, rule_set_in_force, rules_of
from tracker.deadlines.rules_command import calendar, rules
from tracker.deadlines.writing import STARTS
from tracker.workdays import queries as workdays
from tracker.workdays.actions import load_days
from tracker.workdays.seed import days_of

TODAY = date(2026, 3, 2)


@pytest.fixture
def congress(session, stopped_clock):
    stopped_clock(TODAY)
    made = a_congress()
    session.commit()
    return made


@pytest.fixture
def due_in_june(session, congress):
    """A reply due on 2 June 2026, of suggestion and body."""
    [one] = an_assignment(a_suggestion(a_meeting(congress), a_deputy(congress)), a_body(congress))
    [clock] = open_for(kind="reply", assignment_id=one.id)
    session.commit()
    return clock.id


def days_file(tmp_path, encoding="utf-8", word="放假"):
    """The year as it stands, with a day off more, in the words a person uses."""
    lines = [f"{day},{'上班' if worked else '放假'},{name}" for day, worked, name in days_of(2026)]
    file = tmp_path / "2026.csv"
    file.write_bytes("\n".join(["day,working,name", *lines, f"2026-06-02,{word},防汛"]).encode(encoding))
    return str(file)


def run(app, command, *words):
    return app.test_cli_runner().invoke(command, words)


def test_a_preview_says_whose_clock_would_move_and_keeps_nothing(app, session, due_in_june, tmp_path):
    said = run(app, calendar, "preview", days_file(tmp_path))
    assert said.exit_code == 0, said.stderr
    assert "市交通局 (reply" in said.stdout
    assert "2026-06-02 -> 2026-06-03" in said.stdout
    session.expire_all()
    assert session.get(Deadline, due_in_june).due_on == date(2026, 6, 2)
    assert date(2026, 6, 2) not in workdays.calendar().off


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_load_reads_the_words_of_the_page(app, session, due_in_june, tmp_path, encoding):
    said = run(app, calendar, "load", days_file(tmp_path, encoding))
    assert said.exit_code == 0, said.stderr
    session.expire_all()
    assert session.get(Deadline, due_in_june).due_on == date(2026, 6, 3)
    assert date(2026, 2, 14) in workdays.calendar().worked, "“上班” is no day off"


def test_a_word_that_says_neither_is_refused_and_nothing_is_kept(app, session, due_in_june, tmp_path):
    said = run(app, calendar, "load", days_file(tmp_path, word="perhaps"))
    assert said.exit_code == 1
    assert "2026.csv" in said.stderr
    session.expire_all()
    assert session.get(Deadline, due_in_june).due_on == date(2026, 6, 2)


def test_due_counts_the_days_of_our_congress_as_the_pages_do(app, session, congress):
    words = ("--rules", "default", "--kind", "reply", "--from", "2026-03-02")
    assert run(app, due_command, *words).stdout.splitlines()[0] == "2026-06-02"
    facts = {"source": "通知", "by": SYSTEM, "on": TODAY, "congress_id": congress.id}
    load_days(2026, [(date(2026, 6, 2), False, "台风停工")], **facts)
    session.commit()
    assert run(app, due_command, *words).stdout.splitlines()[0] == "2026-06-03"


def test_rules_show_says_all_the_page_says(app, congress):
    told = run(app, rules, "show", "chongqing-2017").stdout
    assert "asked again by the lead: 5 working days" in told
    assert "addressed to: our office" in told
    assert sum(line.startswith("  ") for line in told.splitlines()) >= len(STARTS) - 3


def test_a_file_that_says_something_else_is_loaded_as_the_next_version_from_a_day_on(app, session, congress, tmp_path):
    file = tmp_path / "default.toml"
    shipped = (library.FOLDER / "default.toml").read_text(encoding="utf-8")
    file.write_text(shipped.replace("[clocks.reply]\namount = 3", "[clocks.reply]\namount = 2", 1), encoding="utf-8")
    before = versions.newest("default").version
    refused = run(app, rules, "load", str(file))
    assert refused.exit_code == 1
    assert f"Version {before} of the rule set default" in refused.stderr
    assert "rules load FILE --as-new-version --from DAY" in refused.stderr
    past = run(app, rules, "load", str(file), "--as-new-version", "--from", "2026-02-01")
    assert "at the earliest" in past.stderr
    said = run(app, rules, "load", str(file), "--as-new-version", "--from", "2026-04-01")
    assert said.stdout == f"default version {before + 1}: loaded, in force from 2026-04-01.\n"
    again = run(app, rules, "load", str(file), "--as-new-version", "--from", "2026-04-02")
    assert f"Version {before + 1} says the same already" in again.stderr
    session.expire_all()
    held = [rules_of(rule_set_in_force("default", day)).clause("reply").amount for day in (TODAY, date(2026, 4, 1))]
    assert held == [3, 2]
