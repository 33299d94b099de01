"""Which backups are kept. Pure."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from datetime import datetime
from typing import NamedTuple


class Keep(NamedTuple):
    """Of how many days, weeks and months the last backup is kept."""

    days: int
    weeks: int
    months: int


_SPANS: tuple[Callable[[datetime], Hashable], ...] = (
    lambda local: local.date(),
    lambda local: local.isocalendar()[:2],
    lambda local: (local.year, local.month),
)


def to_keep(made: Mapping[int, datetime], keep: Keep) -> set[int]:
    """The numbers of the backups that stay: the newest always, and the last of each of the latest spans.

    Only spans with a backup count: if none is made any more, none grows too old. Times are the office's own.
    """
    newest_first = sorted(made, key=lambda number: (made[number], number), reverse=True)
    kept = set(newest_first[:1])
    for span, count in zip(_SPANS, keep, strict=True):
        last_of: dict[Hashable, int] = {}
        for number in newest_first:
            last_of.setdefault(span(made[number]), number)
        kept |= set(list(last_of.values())[:count])
    return kept
