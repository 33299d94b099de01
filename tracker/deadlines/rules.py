"""The end of a period and every step of its reckoning (民法典 200-204 by analogy), and the light it shows."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from tracker.deadlines.clauses import Clause, Kind, Rules, RuleSetWrong, Start, Step, Thresholds, Unit, load_rule_set
from tracker.workdays.rules import (
    ONE_DAY,
    Calendar,
    RollOver,
    add_working_days,
    days_from,
    is_working_day,
    roll_forward,
    working_days_between,
)

__all__ = [
    "Clause",
    "Due",
    "Kind",
    "Light",
    "RuleSetWrong",
    "Rules",
    "Span",
    "Start",
    "Step",
    "Thresholds",
    "Unit",
    "add_months",
    "due",
    "light",
    "load_rule_set",
    "spans",
    "step_on",
]

Record = dict[str, Any]


class Light(StrEnum):
    GREEN = "green"
    BLUE = "blue"
    YELLOW = "yellow"
    ORANGE = "orange"
    RED = "red"
    PURPLE = "purple"


@dataclass(frozen=True)
class Span:
    """Days from the first to the last, both counted; None where there is no end."""

    first: date | None
    last: date | None

    def holds(self, day: date) -> bool:
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


@dataclass(frozen=True)
class Due:
    """The last day, the day before any rolling, whether a calendar is still missing, and how it was made."""

    due_on: date
    unrolled_on: date
    provisional: bool
    steps: list[Record]


def due(
    clause: Clause,
    start: date,
    calendar: Calendar,
    roll_over: RollOver | str,
    fixed_on: date | None = None,
    *,
    deemed: bool = False,
    event: Start | None = None,
) -> Due:
    """The last day of a clause's period that starts on `start`.

    The first day is not counted (民法典 201); a month ends on the corresponding day or the last of the month (202);
    an end that is not a working day moves forward as `roll_over` says (203 by analogy). `fixed_on` is a common last
    day: the earlier of both holds. `deemed`: the start is a receipt nobody signed, reckoned from the hand-over.
    `event`: what `start` really is, where the event the clause names did not happen.
    """
    steps = [
        _record("start", on=start, event=str(event or clause.start)),
        *([_record("counted_instead", event=str(clause.start))] if event and event is not clause.start else []),
        *([_record("deemed_received", on=start)] if deemed else []),
    ]
    steps.append(_record("clause", **_said(clause)))
    if clause.unit is Unit.NAMED_DAY:
        named = fixed_on or start
        steps.append(_record("named_day", on=named))
        return Due(named, named, False, steps)  # no calendar moves it
    steps.append(_record("first_day_not_counted", on=start))
    unrolled = _period_end(clause, start, calendar, steps)
    ended = _rolled(unrolled, calendar, RollOver(roll_over), steps)
    if fixed_on is not None:
        kind = "fixed_day_first" if fixed_on < ended else "rule_day_first"
        steps.append(_record(kind, fixed_on=fixed_on, rule_on=ended))
        ended = min(ended, fixed_on)
    return _with_calendar_known(Due(ended, min(unrolled, ended), False, steps), start, calendar)


def add_months(day: date, months: int) -> date:
    """The corresponding day so many months later, or the last day of that month when it has none (民法典 202)."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def light(
    *,
    due_on: date,
    today: date,
    calendar: Calendar,
    thresholds: Thresholds,
    answered: bool = False,
    dissatisfied: int = 0,
) -> Light:
    """The light of one clock. The due day itself is not overdue; overdue is counted in working days."""
    left = working_days_between(today, due_on, calendar)
    if dissatisfied >= thresholds.dissatisfied:
        return Light.PURPLE
    if answered:
        return Light.BLUE
    if today > due_on:
        return Light.PURPLE if -left > thresholds.purple else Light.RED
    if left <= thresholds.orange:
        return Light.ORANGE
    return Light.YELLOW if left <= thresholds.yellow else Light.GREEN


def spans(today: date, calendar: Calendar, thresholds: Thresholds) -> dict[Light, Span]:
    """For a clock that still runs: the last days at which each light shines today.

    The same lines as `light` draws, turned round, so that a list is filtered by comparing days and nobody counts
    working days row by row.
    """
    orange = _last_with(thresholds.orange, today, calendar)
    yellow = _last_with(thresholds.yellow, today, calendar)
    red = add_working_days(today + ONE_DAY, -(thresholds.purple + 1), calendar)
    return {
        Light.PURPLE: Span(None, red - ONE_DAY),
        Light.RED: Span(red, today - ONE_DAY),
        Light.ORANGE: Span(today, orange),
        Light.YELLOW: Span(orange + ONE_DAY, yellow),
        Light.GREEN: Span(yellow + ONE_DAY, None),
    }


def _last_with(left: int, today: date, calendar: Calendar) -> date:
    """The latest day before which no more than so many working days are left."""
    return add_working_days(today, left + 1, calendar) - ONE_DAY


def step_on(step: Step, due_on: date, calendar: Calendar) -> date:
    """The day a rung of the ladder is reached: so many working days from the due day."""
    return add_working_days(due_on, step.offset, calendar)


def moved(from_on: date, to: date, on: date, reason: Record) -> Record:
    """The record of a due day that a person's decision moved."""
    return _record("moved", from_on=from_on, to_on=to, on=on, reason=reason)


def _record(kind: str, **values: Any) -> Record:
    plain = {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}
    return {"kind": kind, "values": plain}


def _said(clause: Clause) -> Record:
    return {
        "clock": str(clause.kind),
        "amount": clause.amount,
        "unit": str(clause.unit),
        "article": clause.article,
        "ours": clause.ours,
    }


def _period_end(clause: Clause, start: date, calendar: Calendar, steps: list[Record]) -> date:
    if clause.unit is Unit.MONTHS:
        end = add_months(start, clause.amount)
        kind = "corresponding_day" if end.day == start.day else "last_day_of_month"
        steps.append(_record(kind, on=end, day=start.day))
        return end
    if clause.unit is Unit.DAYS:
        end = start + timedelta(days=clause.amount)
        steps.append(_record("calendar_days_counted", on=end, amount=clause.amount))
        return end
    end = add_working_days(start, clause.amount, calendar)
    steps.extend(_passed_over(start, end, calendar))
    steps.append(_record("working_days_counted", on=end, amount=clause.amount))
    return end


def _passed_over(start: date, end: date, calendar: Calendar) -> list[Record]:
    """What was not counted as a plain week would have it: days off with their names, and working weekends."""
    days = days_from(start, end)
    off = [day for day in days if not is_working_day(day, calendar)]
    named = [day for day in off if day in calendar.off]
    worked = [day for day in days if day in calendar.worked]
    found = []
    if off:
        found.append(_record("skipped", days=_named(named, calendar), weekend_days=len(off) - len(named)))
    if worked:
        found.append(_record("make_up_days", days=_named(worked, calendar)))
    return found


def _named(days: list[date], calendar: Calendar) -> list[Record]:
    return [{"on": day.isoformat(), "name": calendar.names.get(day, "")} for day in days]


def _rolled(end: date, calendar: Calendar, mode: RollOver, steps: list[Record]) -> date:
    to = roll_forward(end, calendar, mode)
    if to != end:
        passed = [end, *days_from(end, to)[:-1]]
        names = list(dict.fromkeys(calendar.names[day] for day in passed if day in calendar.names))
        steps.append(_record("rolled", from_on=end, to_on=to, names=names))
    elif end in calendar.worked:
        steps.append(_record("stays_on_make_up_day", on=end, name=calendar.names.get(end, "")))
    elif not is_working_day(end, calendar):
        steps.append(_record("not_rolled", on=end, mode=str(mode)))
    return to


def _with_calendar_known(found: Due, start: date, calendar: Calendar) -> Due:
    """The same, flagged when it crosses into a year whose arrangement nobody has loaded."""
    first = (start + timedelta(days=1)).year
    unknown = [year for year in range(first, found.due_on.year + 1) if year not in calendar.known_years]
    if not unknown:
        return found
    return replace(found, provisional=True, steps=[*found.steps, _record("provisional", years=unknown)])
