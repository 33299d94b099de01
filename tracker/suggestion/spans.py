"""Whose turn it was, from when to when, and for what: told from the history alone. Pure.

The parts run beside each other: each is followed by its own lines, so that a line of one body never lengthens the time
of another. One entered late counts from the day it tells of, but never before the line of the same part before it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from tracker.suggestion.journey import HANDLED, Stage, Standing
from tracker.suggestion.tracks import Track, followed

OFFICE, HUB, BODY, DEPUTY = "office", "hub", "body", "deputy"


class Task(StrEnum):
    """What it lies there for."""

    INTAKE = "intake"
    CORRECTION = "correction"
    NAMING = "naming"
    DISPATCH = "dispatch"
    HANDLING = "handling"
    OPINION = "opinion"
    RETURN = "return"
    EXTENSION = "extension"
    READING = "reading"
    ORIGINAL = "original"
    RATING = "rating"
    WITHDRAWAL = "withdrawal"
    CONCLUDING = "concluding"


BY_STAGE = {
    Stage.DRAFT: (OFFICE, Task.INTAKE),
    Stage.RECORDED: (OFFICE, Task.INTAKE),
    Stage.RETURNED_TO_DEPUTY: (DEPUTY, Task.CORRECTION),
    Stage.ANSWERED: (DEPUTY, Task.RATING),
    Stage.RATED: (OFFICE, Task.CONCLUDING),
}


@dataclass(frozen=True)
class Part:
    """One body's part of a suggestion: the body (a number or a name), whether it is a hub, and who decides what it
    asks and reads what it writes: the office, its hub, or nobody but the body itself, whose original is awaited.
    """

    name: Any
    is_hub: bool = False
    decided_by: str = OFFICE
    read_by: str = OFFICE
    hub: Any = ""
    is_co: bool = False
    round: int = 1


@dataclass(frozen=True)
class Span:
    """Somebody's turn, from one day to another (None: still), for a task; days before `to_on` are his."""

    holder: str
    name: Any
    task: Task
    from_on: date
    to_on: date | None
    assignment_id: int | None = None
    round: int = 1

    def until(self, today: date) -> date:
        """The day it ended, or today; never before it began."""
        return max(self.from_on, self.to_on or today)


def spans(
    entries: Iterable[Any],
    parts: Mapping[int, Part],
    *,
    called: Callable[[str], Any] = lambda name: name,
    whole: bool = True,
) -> list[Span]:
    """Every turn there was and is, in the order they began; turns without a day are left out unless they last.

    `entries` are lines of history with move, on, assignment_id and facts, oldest first. `called` finds a body that gave
    its part to a successor by its name. `whole`: no line is hidden from the reader, so that where nobody has it the
    office must name somebody.
    """
    stage, rounds, tracks = followed(entries)
    handled = [(on, end) for on, end, where in stage.periods() if where is Stage.HANDED_OVER]
    found = []
    for on, end, where in stage.periods():
        if where in BY_STAGE:
            holder, task = BY_STAGE[where]
            found.append(Span(holder, "", task, on, end, round=_round(rounds, on)))
    for number, track in tracks.items():
        if (part := parts.get(number)) is not None:
            for one in _of_part(number, track, part, called):
                found += _within(one, handled)
    if whole:
        found += _nobodys(found, handled, rounds)
    found += [Span(DEPUTY, "", Task.WITHDRAWAL, on, end, round=_round(rounds, on)) for on, end in stage.asking()]
    lasting = [one for one in found if one.to_on is None or one.to_on > one.from_on]
    return _joined(sorted(lasting, key=lambda one: (one.from_on, one.round, one.assignment_id or 0)))


def _of_part(number: int, track: Track, part: Part, called: Callable[[str], Any]) -> list[Span]:
    found = []
    for on, end, standing in track.periods():
        for first, last, name in _bodies(track, part, on, end, called):
            if (turn := _turn(standing, part, name)) is not None:
                found.append(Span(*turn, first, last, number, part.round))
    decider = part.hub if part.decided_by == HUB else ""
    for on, end in track.asking():
        found.append(Span(part.decided_by, decider, Task.EXTENSION, on, end, number, part.round))
    return found


def _turn(standing: Any, part: Part, name: Any) -> tuple[str, Any, Task] | None:
    if standing in HANDLED:
        working = Task.DISPATCH if part.is_hub else Task.OPINION if part.is_co else Task.HANDLING
        return HUB if part.is_hub else BODY, name, working
    if standing is Standing.RETURN_ASKED:
        return part.decided_by, part.hub if part.decided_by == HUB else "", Task.RETURN
    if standing is Standing.SUBMITTED:
        if part.read_by == BODY:
            return BODY, name, Task.ORIGINAL
        return part.read_by, part.hub if part.read_by == HUB else "", Task.READING
    return (DEPUTY, "", Task.RATING) if standing is Standing.DELIVERED else None


def _bodies(
    track: Track, part: Part, on: date, end: date | None, called: Callable[[str], Any]
) -> list[tuple[date, date | None, Any]]:
    """The bodies whose it was in a period: a reform may hand it on in the middle."""
    found: list[tuple[date, date | None, Any]] = []
    for until, name in track.bodies:
        if until > on and (end is None or until < end):
            found.append((on, until, called(name)))
            on = until
        elif end is not None and until >= end:
            return [*found, (on, end, called(name))]
    return [*found, (on, end, part.name)]


def _within(one: Span, handled: list[tuple[date, date | None]]) -> list[Span]:
    """The part of a turn in which the suggestion was being handled at all."""
    found = []
    for on, end in handled:
        first = max(one.from_on, on)
        last = one.to_on if end is None else end if one.to_on is None else min(one.to_on, end)
        if last is None or first < last:
            found.append(Span(one.holder, one.name, one.task, first, last, one.assignment_id, one.round))
    return found


def _nobodys(found: list[Span], handled: list[tuple[date, date | None]], rounds: list[date]) -> list[Span]:
    """While it is being handled and nobody's turn it is, the office must name somebody."""
    made: list[Span] = []
    theirs = [one for one in found if one.assignment_id is not None and one.task is not Task.EXTENSION]
    theirs.sort(key=lambda one: one.from_on)
    for on, end in handled:
        free: date | None = on
        for one in theirs:
            if free is not None:
                made += _within(Span(OFFICE, "", Task.NAMING, free, one.from_on), [(on, end)])
                free = None if one.to_on is None else max(free, one.to_on)
        if free is not None:
            made += _within(Span(OFFICE, "", Task.NAMING, free, end), [(on, end)])
    return [replace(one, round=_round(rounds, one.from_on)) for one in made]


def _joined(found: list[Span]) -> list[Span]:
    """A body that signs for what it has goes on having it: one turn, not two."""
    joined: list[Span] = []
    last: dict[Span, int] = {}  # where the turn stands that ends where another may begin
    for one in found:
        if (place := last.pop(replace(one, to_on=one.from_on), None)) is not None:
            one = replace(one, from_on=joined[place].from_on)
            joined[place] = one
        else:
            place = len(joined)
            joined.append(one)
        if one.to_on is not None:
            last[replace(one, from_on=one.to_on)] = place
    return joined


def _round(rounds: list[date], on: date) -> int:
    return 1 + sum(1 for begun in rounds if begun <= on)
