"""The command `due`."""

import json

import pytest

from tracker.deadlines.command import due_command


@pytest.fixture
def due(app):
    return lambda *words: app.test_cli_runner().invoke(due_command, words)


def test_the_first_line_is_the_last_day_and_the_rest_is_how_it_was_made(due):
    said = due("--rules", "default", "--kind", "reply", "--from", "2026-07-01")
    assert said.exit_code == 0
    first, *how = said.stdout.splitlines()
    assert first == "2026-10-08"
    assert "National Day" in how[-1]


def test_json_says_the_same_for_programs(due):
    said = due("--rules", "township-shandong-2015", "--kind", "reply", "--from", "2026-11-15", "--json")
    found = json.loads(said.stdout)
    assert (found["due"], found["unrolled"], found["provisional"]) == ("2027-01-15", "2027-01-15", True)
    assert found["steps"][0]["kind"] == "start"


def test_an_earlier_common_day_holds(due):
    said = due("--rules", "default", "--kind", "reply", "--from", "2026-07-01", "--fixed", "2026-08-31")
    assert said.stdout.splitlines()[0] == "2026-08-31"


def test_a_total_with_extension_is_counted_from_the_hand_over(due):
    said = due("--rules", "shanghai-2015", "--kind", "reply_extended", "--from", "2026-01-31")
    assert said.stdout.splitlines()[0] == "2026-07-31"


def test_an_opinion_asked_again_has_its_own_clock(due):
    words = ("--kind", "co_opinion", "--from", "2026-03-02", "--again")
    assert due("--rules", "chongqing-2017", *words).stdout.splitlines()[0] == "2026-03-09"
    assert due("--rules", "shanghai-2015", *words).exit_code == 1


@pytest.mark.parametrize(("rules", "kind"), [("atlantis", "reply"), ("national-2025", "evaluate")])
def test_what_no_rule_says_is_an_error_on_stderr(due, rules, kind):
    said = due("--rules", rules, "--kind", kind, "--from", "2026-07-01")
    assert said.exit_code == 1
    assert said.stdout == ""
    assert rules in said.stderr


def test_a_day_beyond_every_calendar_is_said_no_to(due):
    assert due("--rules", "default", "--kind", "reply", "--from", "9999-12-01").exit_code == 1
    assert due("--rules", "default", "--kind", "hand_over", "--from", "9999-12-31").exit_code == 1


@pytest.mark.parametrize(
    "words",
    [(), ("--rules", "default"), ("--rules", "default", "--kind", "lunch", "--from", "2026-07-01")],
)
def test_a_wrong_call_exits_with_2(due, words):
    assert due(*words).exit_code == 2


def test_a_batch_comes_back_with_one_column_more(due, tmp_path):
    file = tmp_path / "starts.csv"
    file.write_text("rules,kind,from,note\ndefault,reply,2026-07-01,路灯\nhenan-2017,return,2026-09-21,\n", "utf-8-sig")
    said = due("--batch", str(file))
    assert said.exit_code == 0
    assert said.stdout.splitlines() == [
        "rules,kind,from,note,due",
        "default,reply,2026-07-01,路灯,2026-10-08",
        "henan-2017,return,2026-09-21,,2026-10-12",
    ]


def test_a_wrong_row_of_a_batch_is_named_and_the_others_are_counted(due, tmp_path):
    file = tmp_path / "starts.csv"
    file.write_text(
        "rules,kind,from\ndefault,reply,soon\ndefault,lunch,2026-07-01\ndefault,reply,2026-07-01\n", "utf-8"
    )
    said = due("--batch", str(file))
    assert said.exit_code == 1
    assert said.stdout.splitlines()[1:] == [
        "default,reply,soon,",
        "default,lunch,2026-07-01,",
        "default,reply,2026-07-01,2026-10-08",
    ]
    assert "starts.csv:2" in said.stderr
    assert "starts.csv:3" in said.stderr


def test_a_batch_without_its_columns_is_refused(due, tmp_path):
    file = tmp_path / "starts.csv"
    file.write_text("rules,from\n", "utf-8")
    said = due("--batch", str(file))
    assert said.exit_code == 1
    assert "kind" in said.stderr
