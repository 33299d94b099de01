"""Who has the ball, and for how many days each has had it: told from the history alone. Pure.

Days are calendar days: a deputy waits on Sundays too. Where several hold at once, each holds; nobody holds twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from tracker.suggestion.spans import BODY, DEPUTY, HUB, OFFICE, Part, Span, spans

__all__ = ["BODY", "DEPUTY", "HUB", "OFFICE", "Held", "Holder", "Part", "held", "runs"]


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


def held(entries: Iterable[Any], parts: Mapping[int, Part], today: date, *, whole: bool = True) -> list[Held]:
    """Everybody who ever held it, those who hold it now first, then the longest.

    `entries` are lines of history with move, on and assignment_id, oldest first. `whole`: none is hidden from the
    reader.
    """
    theirs: dict[Holder, list[Span]] = {}
    for one in spans(entries, parts, whole=whole):
        theirs.setdefault(Holder(one.holder, one.name), []).append(one)
    found = []
    for holder, turns in theirs.items():
        lasted = runs(turns)
        days = sum((max(on, end or today) - on).days for on, end in lasted)
        found.append(Held(holder, days, lasted[-1][0] if lasted[-1][1] is None else None))
    return sorted(found, key=lambda one: (one.since_on is None, -one.days, one.holder))


def runs(turns: Iterable[Span]) -> list[tuple[date, date | None]]:
    """The time from which to which one holder had it without a break; what he did twice at once counts once."""
    found: list[tuple[date, date | None]] = []
    for one in sorted(turns, key=lambda span: span.from_on):
        if found and (found[-1][1] is None or one.from_on <= found[-1][1]):
            first, last = found[-1]
            found[-1] = (first, None if last is None or one.to_on is None else max(last, one.to_on))
        else:
            found.append((one.from_on, one.to_on))
    return found
