"""Who has the ball, and for how many days each has had it: told from the history alone. Pure.

Days are calendar days: a deputy waits on Sundays too. Where several hold at once, each holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from tracker.suggestion.journey import MOVES, Stage, Standing

OFFICE, HUB, BODY, DEPUTY = "office", "hub", "body", "deputy"
WORKING = (Standing.ASSIGNED, Standing.RECEIVED)
BY_STAGE = {
    Stage.DRAFT: OFFICE,
    Stage.RECORDED: OFFICE,
    Stage.RETURNED_TO_DEPUTY: DEPUTY,
    Stage.ANSWERED: DEPUTY,
    Stage.RATED: OFFICE,
}


@dataclass(frozen=True)
class Part:
    """One body's part of a suggestion: its name, whether it is a hub, and who decides what it asks and reads what it
    writes: the office, or its hub.
    """

    name: str
    is_hub: bool = False
    by_hub: bool = False


@dataclass(frozen=True, order=True)
class Holder:
    """Who holds: the office, a hub or a body by its name, or the deputy."""

    kind: str
    name: str = ""


@dataclass(frozen=True)
class Held:
    """So many calendar days somebody has held it in all, and since when he holds it now (None: no longer)."""

    holder: Holder
    days: int
    since_on: date | None


def held(entries: Iterable[Any], parts: Mapping[int, Part], today: date) -> list[Held]:
    """Everybody who ever held it, those who hold it now first, then the longest.

    `entries` are lines of history with move, on and assignment_id, oldest first; one entered late counts from the day
    it tells of, but never before the line before it.
    """
    days: dict[Holder, int] = {}
    since: dict[Holder, date] = {}
    stage: Any = None
    standings: dict[int, Any] = {}
    at: date | None = None
    for entry in entries:
        on = max(at, entry.on) if at else entry.on
        if at is not None:
            _count(days, since, (on - at).days)
        at = on
        if (move := MOVES.get(entry.move)) is None or move.to is None:
            continue  # nobody else holds it after a line that moves nothing
        stage = _moved(entry, move.to, stage, standings)
        since = {one: since.get(one, on) for one in holders(stage, standings, parts)}
    if at is not None:
        _count(days, since, max(0, (today - at).days))
    found = [Held(one, days.get(one, 0), since.get(one)) for one in {**since, **days}]
    return sorted(found, key=lambda one: (one.since_on is None, -one.days, one.holder))


def holders(stage: Any, standings: Mapping[int, Any], parts: Mapping[int, Part]) -> list[Holder]:
    """Whose turn it is where things stand so; while it is being handled, of every part somebody's."""
    if stage is not Stage.HANDED_OVER:
        return [Holder(BY_STAGE[stage])] if stage in BY_STAGE else []
    turns = [_turn(standing, parts[number]) for number, standing in standings.items() if number in parts]
    return list(dict.fromkeys(turn for turn in turns if turn is not None))


def _turn(standing: Any, part: Part) -> Holder | None:
    if standing in WORKING:
        return Holder(HUB if part.is_hub else BODY, part.name)
    if standing in (Standing.RETURN_ASKED, Standing.SUBMITTED):
        return Holder(HUB) if part.by_hub else Holder(OFFICE)
    return Holder(DEPUTY) if standing is Standing.DELIVERED else None


def _moved(entry: Any, to: Any, stage: Any, standings: dict[int, Any]) -> Any:
    """Where the suggestion stands after a line; a reader who may not see every line still gets the last place."""
    if entry.assignment_id is None:
        return to
    standings[entry.assignment_id] = to
    return stage


def _count(days: dict[Holder, int], since: Mapping[Holder, date], passed: int) -> None:
    for one in since:
        days[one] = days.get(one, 0) + passed
