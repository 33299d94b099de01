"""Weeks, the order of harm, and the seal of an issue. Pure."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from tracker.errors import N_, RuleBroken
from tracker.workdays.rules import Calendar, is_working_day

WEEK = re.compile(r"(\d{4})-W(\d{2})")
SILENT_DAYS = 30
SOON_WORKING_DAYS = 5
MASS_EXTENSION = 5  # so many granted by one person on one day are reported themselves
# The sections of an issue, the most harmful first; "unseen" ones are what we cannot see.
SECTIONS = (
    "overdue",
    "promise_overdue",
    "dissatisfied",
    "past_original",
    "silent",
    "no_receipt",
    "no_due_date",
    "due_soon",
    "promise_due",
    "returned",
    "extended",
)
HARMFUL = frozenset(SECTIONS[:7])
# What a deputy reads of his own suggestions: not what bodies and offices owe each other.
FOR_DEPUTIES = frozenset({"overdue", "past_original", "due_soon", "promise_overdue", "promise_due", "extended"})


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


def first_working_day(week: str, calendar: Calendar) -> date | None:
    """The day on which the week's issue is made; None in a week that is all holiday.

    :raises RuleBroken: there is no such week.
    """
    monday = monday_of(week)
    days = (monday + timedelta(days=number) for number in range(7))
    return next((day for day in days if is_working_day(day, calendar)), None)


def harm(item: Mapping[str, Any]) -> tuple[Any, ...]:
    """Sorts items, the most harmful first: the section, then key items, then the longer overdue."""
    return (SECTIONS.index(item["section"]), not item["key"], -(item["days"] or 0), item["number"] or "", item["body"])


def seal(content: Mapping[str, Any]) -> str:
    """The fingerprint of what an issue says, the same for the same content."""
    canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def share(part: int, whole: int) -> int:
    """The part in percent, rounded; 0 of nothing."""
    return round(100 * part / whole) if whole else 0
