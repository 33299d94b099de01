"""Which rungs of the ladder a clock has reached, and who hears of them daily or weekly. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from tracker.deadlines import ladders
from tracker.deadlines.rules import Rules, Step, step_on
from tracker.errors import N_, RuleBroken
from tracker.workdays.rules import Calendar

FIRST_CHASE = 2
FIRST_SIGNED = ladders.FIRST_SIGNED
# Whose individual cases are nobody's to press while they are pending.
WITH_CASES = frozenset({"court", "procuratorate", "supervisory_commission"})
# Leaders read one page a week by their own channel, and nothing daily (the ladder's last paragraph).
WEEKLY_WORDS = frozenset({"vice_mayor", "mayor", "president", "directors_meeting"})


@dataclass(frozen=True)
class Rung:
    """A step that clocks of one kind, branch and last day have reached, and since when."""

    rule_set_id: int
    kind: str
    branch: str
    due_on: date
    step: int
    reached_on: date
    form: str


def rungs(
    steps: Iterable[Step], *, rule_set_id: int, kind: str, branch: str, due_on: date, today: date, calendar: Calendar
) -> Iterator[Rung]:
    """The rungs that clocks with this last day have reached by today."""
    for step in steps:
        reached_on = step_on(step, due_on, calendar)
        if reached_on <= today:
            yield Rung(rule_set_id, kind, branch, due_on, step.step, reached_on, str(step.form))


def horizon(rule_sets: Iterable[Rules], today: date) -> date:
    """No clock with a later last day can have reached a rung: the earliest rung, in working days, made long enough.

    Three calendar days for a working day and a month more cover every run of holidays.
    """
    earliest = min((rules.earliest_rung for rules in rule_sets), default=0)
    return today + timedelta(days=3 * max(0, -earliest) + 31)


def harm(step: int, days_over: int) -> int:
    """How harmful a rung is, for sorting: the higher step first, then the longer overdue."""
    return step * 1000 + max(0, days_over)


def section(form: str, days_over: int) -> str:
    """The part of the digest a line belongs to; what is overdue is never told as due soon, whatever rung it is on."""
    if days_over > 0 or form not in ("urgent_line", "digest_line"):
        return "chase"
    return "urgent" if form == "urgent_line" else "soon"


def must_be_a_chase(whom: str, said: str, *, on: date, promised: str, promised_on: date | None) -> None:
    """:raises RuleBroken: nobody is named, nothing was said, or a day stands without its promise."""
    if not whom.strip() or not said.strip():
        raise RuleBroken(N_("Say whom you reached and what was said."))
    if promised_on is not None and not promised.strip():
        raise RuleBroken(N_("Say what was promised for that day."))
    if promised_on is not None and promised_on < on:
        raise RuleBroken(N_("The day promised lies before the day it was promised."))


def must_be_markable(branch: str, reason: str) -> None:
    """:raises RuleBroken: the body handles no cases, or no reason is given."""
    if branch not in WITH_CASES:
        raise RuleBroken(N_("Only courts, procuratorates and supervisory commissions have pending cases."))
    if not reason.strip():
        raise RuleBroken(N_("Give the reason."))
