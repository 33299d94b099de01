"""What happens by itself is data in one place; days of the week go by name, and nothing else keeps a bell."""

from __future__ import annotations

import ast

from tests.house_rules.source import parsed, python_files, shown
from tests.house_rules.test_translations import catalogue
from tracker.schedule.timetable import DAYS, TIMETABLE, called

THE_BELL = "tracker/schedule/scheduler.py"


def test_days_of_the_week_stand_by_name_wherever_they_stand():
    """APScheduler takes 1 for Tuesday, cron for Monday; a name cannot be misread."""
    wrong = []
    for file in python_files("tracker"):
        for node in ast.walk(parsed(file)):
            if isinstance(node, ast.Dict):
                pairs = [
                    (getattr(key, "value", None), value) for key, value in zip(node.keys, node.values, strict=True)
                ]
            elif isinstance(node, ast.Call):
                pairs = [(keyword.arg, keyword.value) for keyword in node.keywords]
            else:
                continue
            numbers = [value for name, value in pairs if name == "day_of_week" and has_digits(value)]
            wrong += [f"{shown(file)}:{value.lineno}" for value in numbers]
    assert wrong == []
    assert all(set(job.cron.get("day_of_week", "mon").split(",")) <= set(DAYS) for job in TIMETABLE)


def has_digits(value: ast.expr) -> bool:
    constants = [node.value for node in ast.walk(value) if isinstance(node, ast.Constant)]
    return any(isinstance(one, int) or any(sign.isdigit() for sign in str(one)) for one in constants)


def test_every_line_names_a_job_that_can_be_called():
    for job in TIMETABLE:
        assert callable(called(job.does)), job.name
        assert job.does.split(":")[0].endswith(".jobs"), job.name
        for further in filter(None, (job.preview, job.has_work)):
            assert callable(called(further)), job.name


def test_every_line_says_in_both_languages_what_it_does():
    assert [job.name for job in TIMETABLE if not (said := catalogue().get(job.meaning)) or not said.string] == []


def test_one_place_keeps_the_bell():
    users = [
        shown(file)
        for file in python_files("tracker")
        if any(
            isinstance(node, ast.ImportFrom) and (node.module or "").startswith("apscheduler")
            for node in ast.walk(parsed(file))
        )
    ]
    assert users == [THE_BELL]
