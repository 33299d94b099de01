"""In which order things wait."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from tracker.stage import Waiting, WaitingGroup

LONGEST = 25


def most_harmful(groups: Iterable[WaitingGroup], limit: int = LONGEST) -> list[Waiting]:
    """The first things of all groups in one order, each thing of the same address, kind and body once."""
    seen: dict[tuple[str, str, str], Waiting] = {}
    for group in groups:
        for one in group.first:
            seen.setdefault((one.url, one.kind, one.body_name), one)
    return sorted(seen.values(), key=_order)[:limit]


def in_order(groups: Iterable[WaitingGroup]) -> list[WaitingGroup]:
    """The groups in which something waits, that with the most harmful thing first."""
    return sorted((group for group in groups if group.count), key=lambda group: (-harm_of(group), -group.count))


def harm_of(group: WaitingGroup) -> int:
    """The harm of the most harmful thing in a group."""
    return max((one.harm for one in group.first), default=0)


def _order(one: Waiting) -> tuple[int, date, date, str]:
    return (-one.harm, one.due_on or date.max, one.since_on or date.max, one.number)
