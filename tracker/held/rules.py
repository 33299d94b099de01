"""The arithmetic of time held: what stays come of turns, what a body passed on, and when so many have gone on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from tracker.suggestion.ball import runs
from tracker.suggestion.journey import LIVE, MOVES, Standing
from tracker.suggestion.spans import Part, Span, Task

FEWEST = 5  # stays below which no median is told
ANSWERED = (*LIVE, Standing.DELIVERED, Standing.RATED, Standing.PASSED_ON)
Counts = Callable[[date, date], int]


@dataclass(frozen=True)
class Stay:
    """All the time one suggestion lay with one holder, for one task or (`is_whole`) for all of them together.

    `days` and `working_days` are those that are over; since `since_on` it has been there again (None: it is not).
    """

    holder: str
    body_id: Any
    task: str
    is_whole: bool
    days: int
    working_days: int
    since_on: date | None


def stays(spans: Iterable[Span], working_days: Counts) -> list[Stay]:
    """What comes of the turns of one suggestion: a stay for each holder and task, and one for all tasks of a holder.

    What a holder did twice at once counts once; a holder with a single task has a single stay, which is both.
    """
    by_holder: dict[tuple[str, Any], dict[Task, list[Span]]] = {}
    for one in spans:
        by_holder.setdefault((one.holder, one.name), {}).setdefault(one.task, []).append(one)
    found = []
    for (holder, body_id), by_task in by_holder.items():
        for task, turns in by_task.items():
            found.append(_stay(holder, body_id, task, len(by_task) == 1, turns, working_days))
        if len(by_task) > 1:
            every = [one for turns in by_task.values() for one in turns]
            found.append(_stay(holder, body_id, "", True, every, working_days))
    return found


def _stay(holder: str, body_id: Any, task: str, is_whole: bool, turns: list[Span], working_days: Counts) -> Stay:
    lasted = runs(turns)
    over = [(on, end) for on, end in lasted if end is not None]
    days = sum((end - on).days for on, end in over)
    worked = sum(working_days(on, end) for on, end in over)
    since_on = lasted[-1][0] if lasted[-1][1] is None else None
    return Stay(holder, body_id or None, str(task), is_whole, days, worked, since_on)


class Way(StrEnum):
    """How a suggestion came from one body to another."""

    RETURNED = "returned"
    LEAD_CHANGED = "lead_changed"
    RECALLED = "recalled"


WAYS = {"grant_return": Way.RETURNED, "change_lead": Way.LEAD_CHANGED, "recall": Way.RECALLED}


@dataclass(frozen=True)
class Pass:
    """From one body to another: the first had it from `came_on` to `on`, those days are lost for the second."""

    way: Way
    from_id: int
    to_id: int
    from_body: Any
    to_body: Any
    came_on: date
    on: date
    round: int

    @property
    def days(self) -> int:
        """Calendar days that passed before it was where it was answered, the decision's own days among them."""
        return (self.on - self.came_on).days


def passes(
    entries: Iterable[Any],
    parts: Mapping[int, Part],
    *,
    answering: Callable[[int], bool],
    called: Callable[[str], Any] = lambda name: name,
) -> list[Pass]:
    """Every time a suggestion went from one body to another without being answered, in order.

    A return that was granted and a change of the lead name the body in the next line that assigns it. What the office
    recalled goes to the body assigned next in the same round, once nobody is left who answers. A reform is no pass.
    `answering`: whether an assignment has to answer, which a co-handler's has not.
    """
    told = [one for one in entries if one.assignment_id in parts and one.move in MOVES]
    came, standings, found = dict[int, date](), dict[int, Any](), list[Pass]()
    left: tuple[Way, int] | None = None
    for place, line in enumerate(told):
        number, to = line.assignment_id, MOVES[line.move].to
        if line.move == "assign":
            came[number] = line.on
            if left is not None and _follows(left, number, parts, standings, answering):
                bodies = (_body(left[1], told[place:], parts, called), _body(number, told[place:], parts, called))
                since = came.get(left[1], line.on)
                found.append(Pass(*left, number, *bodies, since, max(line.on, since), parts[number].round))
                left = None
        elif line.move in WAYS and (answering(number) or line.move == "grant_return"):
            left = (WAYS[line.move], number)
        standings[number] = standings.get(number) if to is None else to
    return found


def _follows(
    left: tuple[Way, int],
    number: int,
    parts: Mapping[int, Part],
    standings: Mapping[int, Any],
    answering: Callable[[int], bool],
) -> bool:
    """Whether the assignment takes the place of the one that was left."""
    if left[0] is not Way.RECALLED:
        return True
    if parts[number].round != parts[left[1]].round or not answering(number):
        return False
    return not any(
        standing in ANSWERED and answering(one) and parts[one].round == parts[number].round
        for one, standing in standings.items()
    )


def _body(number: int, later: list[Any], parts: Mapping[int, Part], called: Callable[[str], Any]) -> Any:
    """Whose the assignment was then: a later reform tells from whom it took it."""
    for line in later:
        if line.assignment_id == number and line.move == "succeed":
            return called(str(line.facts.get("from", "")))
    return parts[number].name


def lost_days(found: Iterable[Pass]) -> dict[int, int]:
    """Calendar days lost before each round came to its last body, by the round."""
    lost: Counter[int] = Counter()
    for one in found:
        lost[one.round] += one.days
    return dict(lost)


def waited_days(leads: Iterable[Span], helps: Iterable[Span], due: Mapping[int, date], today: date) -> dict[int, int]:
    """The co-handlers' share: calendar days in which the lead had it while a co-handler's last day had passed and its
    opinion was not there, by the co-handler's assignment.
    """
    shares: Counter[int] = Counter()
    for help_ in helps:
        last_on = due.get(help_.assignment_id or 0)
        if last_on is None:
            continue
        first, end = max(help_.from_on, last_on), help_.until(today)
        shares[help_.assignment_id or 0] += len(
            {
                first + timedelta(days=n)
                for lead in leads
                if lead.round == help_.round
                for n in range((end - first).days)
                if lead.from_on <= first + timedelta(days=n) < lead.until(today)
            }
        )
    return {number: days for number, days in shares.items() if days}


def within(counted: Mapping[int, int], share: float) -> int | None:
    """The number of days by whose end so large a share had gone on; None for fewer than five, of which none is told.

    Those that still wait stand among them with the days they have waited so far: they can only be more.
    """
    many = sum(counted.values())
    if many < FEWEST:
        return None
    wanted, so_far = share * many, 0
    for days in sorted(counted):
        so_far += counted[days]
        if so_far >= wanted - 1e-9:
            return days
    return None
