"""Every clause of every rule set against a second reckoning that shares no code with the tracker.

The rules are read straight from their data files, the days straight from the package, and everything is counted in
the plainest way: day after day.
"""

import csv
import io
import tomllib
from bisect import bisect_right
from datetime import date, timedelta
from pathlib import Path

import pytest
from chinese_calendar import constants

import tracker
from tracker.deadlines import library
from tracker.deadlines.clauses import Kind
from tracker.deadlines.command import due_command
from tracker.deadlines.rules import due
from tracker.workdays.seed import chinese_calendar

FOLDER = Path(tracker.__file__).parent / "deadlines" / "rulesets"
NAMES = sorted(file.stem for file in FOLDER.glob("*.toml") if file.stem != "house")
ONE = timedelta(days=1)
FIRST, LAST = date(2004, 1, 1), date(2026, 12, 31)


def every_day(first, last):
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def is_worked(day):
    if day in constants.workdays:
        return True
    return day not in constants.holidays and day.isoweekday() < 6


WORKED = [day for day in every_day(FIRST, date(2030, 12, 31)) if is_worked(day)]
# Every eleventh day, and every last day of a month with the two days beside it.
STARTS = sorted(
    {day for n, day in enumerate(every_day(FIRST, LAST)) if n % 11 == 0}
    | {day + timedelta(days=n) for day in every_day(FIRST, LAST - ONE) if (day + ONE).day == 1 for n in (-1, 0, 1)}
)


def clauses_of(name):
    """Kind and what is said of it, the house's where the rules are silent; a second try at an opinion as well."""
    said = {file: tomllib.loads((FOLDER / f"{file}.toml").read_text("utf-8")) for file in ("house", name)}
    clocks = said["house"]["clocks"] | said[name]["clocks"]
    again = {f"{kind}, again": clock["again"] for kind, clock in clocks.items() if "again" in clock}
    return {kind: clock for kind, clock in (clocks | again).items() if clock["unit"] != "named"}


def month_later(day, months):
    year, month = day.year, day.month
    for _ in range(months):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    for number in range(day.day, 27, -1):
        try:
            return date(year, month, number)
        except ValueError:
            continue
    return date(year, month, day.day)


def counted(start, amount, unit):
    """The last day before it is moved off a day on which nobody works."""
    if unit == "m":
        return month_later(start, amount)
    if unit == "d":
        day = start
        for _ in range(amount):
            day += ONE
        return day
    return WORKED[bisect_right(WORKED, start) + amount - 1]


def moved(day):
    while not is_worked(day):
        day += ONE
    return day


def crosses_an_unknown_year(start, last):
    return (start + ONE).year < 2004 or last.year > 2026


def clause_said(rules, kind):
    first, _comma, again = kind.partition(",")
    clause = rules.clause(Kind(first))
    return clause.again if again else clause


def test_there_are_enough_days_to_speak_of():
    assert len(STARTS) > 1_500
    assert {day.year for day in STARTS} == set(range(2004, 2027))


@pytest.mark.parametrize("name", NAMES)
def test_every_clause_ends_where_a_second_reckoning_ends_it(name):
    rules, calendar = library.rules(name), chinese_calendar()
    for kind, said in clauses_of(name).items():
        clause = clause_said(rules, kind)
        for start in STARTS:
            found = due(clause, start, calendar, rules.roll_over)
            unrolled = counted(start, said["amount"], said["unit"])
            last = moved(unrolled)
            assert (found.due_on, found.unrolled_on) == (last, unrolled), f"{name} {kind} {start}"
            assert found.provisional == crosses_an_unknown_year(start, last), f"{name} {kind} {start}"


def off_days_told(found):
    told = next((step["values"] for step in found.steps if step["kind"] == "skipped"), {"days": [], "weekend_days": 0})
    return {date.fromisoformat(day["on"]) for day in told["days"]}, told["weekend_days"]


@pytest.mark.parametrize("name", NAMES)
def test_what_the_explanation_says_was_skipped_was_skipped(name):
    rules, calendar = library.rules(name), chinese_calendar()
    for kind, said in clauses_of(name).items():
        if said["unit"] != "wd":
            continue
        for start in STARTS[::3]:
            found = due(clause_said(rules, kind), start, calendar, rules.roll_over)
            passed = every_day(start + ONE, found.due_on)
            holidays = {day for day in passed if day in constants.holidays}
            weekends = [day for day in passed if day.isoweekday() > 5 and not is_worked(day) and day not in holidays]
            assert off_days_told(found) == (holidays, len(weekends)), f"{name} {kind} {start}"
            worked = next((step["values"]["days"] for step in found.steps if step["kind"] == "make_up_days"), [])
            made_up = [day.isoformat() for day in passed if day in constants.workdays]
            assert [day["on"] for day in worked] == made_up, f"{name} {kind} {start}"


def test_the_command_says_the_same(app, tmp_path):
    """Line by line through the command, a different day for every clause."""
    rows = [
        (name, kind, STARTS[(number * 97) % len(STARTS)], said)
        for name in NAMES
        for number, (kind, said) in enumerate(clauses_of(name).items())
    ]
    file = tmp_path / "starts.csv"
    told = ((name, kind.partition(", "), start) for name, kind, start, _said in rows)
    lines = [
        "rules,kind,from,again",
        *(f"{name},{kind},{start},{bool(again)}" for name, (kind, _, again), start in told),
    ]
    file.write_text("\n".join(lines), "utf-8")
    answer = app.test_cli_runner().invoke(due_command, ["--batch", str(file)])
    assert answer.exit_code == 0, answer.stderr
    found = [row["due"] for row in csv.DictReader(io.StringIO(answer.stdout))]
    wanted = [moved(counted(start, said["amount"], said["unit"])).isoformat() for *_rest, start, said in rows]
    assert found == wanted
