"""Weeks, the order of harm, and the seal of an issue. Pure."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import islice
from typing import Any, TypeVar

from tracker.errors import N_, RuleBroken
from tracker.workdays.rules import Calendar, is_working_day

T = TypeVar("T")
WEEK = re.compile(r"(\d{4})-W(\d{2})")
SILENT_DAYS = 30
SOON_WORKING_DAYS = 5
MOST_QUIET_WEEKS = 12
MASS_EXTENSION = 5  # so many granted by one person on one day are reported themselves
SMALL = 10  # of so few a share in percent would say more than is known
# The sections of an issue, the most harmful first; what stood in the last one and no longer stands comes last.
SECTIONS = (
    "overdue",
    "promise_overdue",
    "instruction_overdue",
    "notice_overdue",
    "dissatisfied",
    "past_original",
    "silent",
    "no_receipt",
    "no_due_date",
    "sign",
    "due_soon",
    "promise_due",
    "instruction_open",
    "notice_open",
    "returned",
    "extended",
    "weakest",
    "gone",
    "instruction_gone",
)
HARMFUL = frozenset((*SECTIONS[:10], "weakest"))
# What stands until something is done about it: its weeks are counted, and that it is gone is told with the reason.
STANDING = (
    "overdue", "promise_overdue", "instruction_overdue", "notice_overdue", "silent", "no_receipt", "no_due_date",
)  # fmt: skip
OF_INSTRUCTIONS = frozenset({"instruction_overdue", "instruction_open", "instruction_gone"})
OF_GONE = frozenset({"gone", "instruction_gone"})
# What a deputy reads of his own suggestions: not what bodies and offices owe each other.
FOR_DEPUTIES = frozenset({"overdue", "past_original", "due_soon", "promise_overdue", "promise_due", "extended"})
# What is done about an item, as moves of the journey; an alarm comes by itself and is nobody's act.
DONE = (
    "chase",
    "issue_notice",
    "answer_notice",
    "answer_signal",
    "decide_listed",
    "instruct",
    "instruct_office",
    "body_followed",
    "office_followed",
    "inspect",
    "contact",
    "note_progress",
    "grant_extension",
    "refuse_extension",
    "grant_return",
    "refuse_return",
    "submit",
    "send_back",
    "deliver",
    "promise_kept",
    "promise_moved",
    "sign_for",
)


def week_of(day: date) -> str:
    """The ISO week of a day, e.g. 2026-W48."""
    year, week, _day = day.isocalendar()
    return f"{year}-W{week:02d}"


def monday_of(week: str) -> date:
    """The Monday of an ISO week.

    :raises RuleBroken: there is no such week.
    """
    parts = WEEK.fullmatch(week)
    try:
        if parts is None:
            raise ValueError(week)
        return date.fromisocalendar(int(parts[1]), int(parts[2]), 1)
    except ValueError as wrong:
        raise RuleBroken(N_("“%(week)s” is not a week; write it like 2026-W48."), week=week[:20]) from wrong


def issue_day(week: str, calendar: Calendar, working_day: int = 1) -> date | None:
    """The working day of the week on which its issue is made, the last one where there are not so many.

    None in a week that is all holiday.

    :raises RuleBroken: there is no such week.
    """
    monday = monday_of(week)
    days = (monday + timedelta(days=number) for number in range(7))
    worked = [day for day in days if is_working_day(day, calendar)]
    return worked[min(working_day, len(worked)) - 1] if worked else None


def first_working_day(week: str, calendar: Calendar) -> date | None:
    """:raises RuleBroken: there is no such week."""
    return issue_day(week, calendar)


def week_after(week: str, count: int = 1) -> str:
    """:raises RuleBroken: there is no such week."""
    return week_of(monday_of(week) + timedelta(weeks=count))


def weeks_between(first: str, last: str) -> list[str]:
    """The weeks after one and before another.

    :raises RuleBroken: one of them is no week.
    """
    after, before = monday_of(first) + timedelta(weeks=1), monday_of(last)
    return [week_of(after + timedelta(weeks=number)) for number in range(max(0, (before - after).days // 7))]


def must_be_quiet_weeks(from_week: str, until_week: str, reason: str) -> None:
    """:raises RuleBroken: one is no week, they stand in the wrong order or are too many, or nobody says why."""
    weeks = (monday_of(until_week) - monday_of(from_week)).days // 7
    if weeks < 0:
        raise RuleBroken(N_("The last week lies before the first."))
    if weeks >= MOST_QUIET_WEEKS:
        raise RuleBroken(N_("Not more than %(weeks)s weeks at once."), weeks=MOST_QUIET_WEEKS)
    if not reason.strip():
        raise RuleBroken(N_("Say why: the next issue tells its readers."))


def seal(content: Mapping[str, Any]) -> str:
    """The fingerprint of what an issue says, the same for the same content."""
    return seal_of([content])


def seal_of(lines: Iterable[Mapping[str, Any]]) -> str:
    """The fingerprint of many lines, none of which has to be kept to make it."""
    made = hashlib.sha256()
    for number, line in enumerate(lines):
        text = json.dumps(line, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        made.update(f"\n{text}".encode() if number else text.encode())
    return made.hexdigest()


def share(part: int, whole: int) -> int:
    """The part in percent, rounded; 0 of nothing."""
    return round(100 * part / whole) if whole else 0


def is_small(whole: int) -> bool:
    """Whether of so many no share in percent is told: the counts alone say it."""
    return whole < SMALL


def some_at_a_time(of: Iterable[T], number: int) -> Iterator[list[T]]:
    """All of it, so many at a time; never more of it at once."""
    waiting = iter(of)
    while some := list(islice(waiting, number)):
        yield some


def months_changes(before: set[int], now: set[int]) -> dict[str, int]:
    """What became overdue, stayed so, or is no longer so since the issue with which the month began."""
    return {"new": len(now - before), "still": len(now & before), "gone": len(before - now)}
