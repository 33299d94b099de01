"""The command `import`."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.ledgers.sheets_made import HEADER, xlsx
from tests.small_city import MEETING, small_city
from tracker.ledgers.commands import import_command
from tracker.suggestion.models import Suggestion

ROWS = [
    HEADER,
    ("1", "赵甲一", "修路", "城建局", "3月15日", ""),
    ("2", "孙丙", "架桥", "", "", ""),
    ("合计", "2") + ("",) * 4,
]


@pytest.fixture
def run(app, session, stopped_clock, tmp_path: Path):
    stopped_clock(date(2026, 11, 22))
    small_city()
    path = xlsx(tmp_path / "台账.xlsx", ROWS)

    def say(*words: str, file: Path = path):
        session.rollback()
        return app.test_cli_runner().invoke(import_command, [str(file), *words])

    return say


def stored(session) -> int:
    session.rollback()
    return session.scalar(sa.select(sa.func.count()).select_from(Suggestion))


def test_json_says_what_programs_rely_on(run, session) -> None:
    said = run("--json", "--meeting", "2026")
    found = json.loads(said.stdout)
    assert said.exit_code == 0
    assert (found["rows"], found["imported"], found["updated"], found["meeting"]) == (2, 2, 0, MEETING)
    assert found["skipped"] == [{"row": 4, "reason": "A row of totals."}]
    assert {"row": 2, "column": "交办日期", "value": "3月15日", "why": "The date has no year."} in found["questions"]
    assert "孙丙" in [question["value"] for question in found["questions"]]
    assert found["mapping"]["建议标题"] == "title"
    assert "rows 2/2" in said.stderr
    assert stored(session) == 2


def test_a_dry_run_stores_nothing(run, session) -> None:
    assert json.loads(run("--dry-run", "--json").stdout)["imported"] == 2
    assert stored(session) == 0


def test_names_are_created_on_request(run) -> None:
    found = json.loads(run("--create", "bodies,deputies", "--json").stdout)
    assert found["created"] == {"deputies": ["孙丙"]}


def test_without_json_a_person_reads_lines(run) -> None:
    lines = run("--dry-run").stdout.splitlines()
    assert "imported 2" in lines[0]
    assert "row 2 交办日期 “3月15日”: The date has no year." in lines
    assert lines[-1].startswith("dry run")


def test_a_layout_file_names_what_is_not_recognised(run, tmp_path: Path) -> None:
    path = xlsx(tmp_path / "b.xlsx", [("编号", "要点", "谁"), ("1", "修路", "赵甲一")])
    (tmp_path / "map.toml").write_text('[columns]\n"要点" = "title"\n"谁" = "lead_deputy"\n', encoding="utf-8")
    found = json.loads(run("--map", str(tmp_path / "map.toml"), "--json", file=path).stdout)
    assert found["mapping"] == {"编号": "number", "要点": "title", "谁": "lead_deputy"}


def test_what_the_data_says_no_to_exits_with_1_and_leaves_nothing(run, session, tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"")
    assert run("--meeting", "1999").exit_code == 1
    refused = run(file=tmp_path / "a.xlsx")
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert "empty" in refused.stderr
    assert stored(session) == 0


@pytest.mark.parametrize("words", [("--create", "elephants"), ("--no-such-option",)])
def test_a_wrong_call_exits_with_2(run, words: tuple[str, ...]) -> None:
    assert run(*words).exit_code == 2
