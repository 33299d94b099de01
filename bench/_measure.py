"""Interleaved rounds, medians, and the printing of a table with its JSON line."""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable

ROUNDS, EACH = 25, 4


class Times(dict[str, float]):
    """Milliseconds by name: the median of the rounds' medians; `least` is the best single call of all rounds.

    On a machine that others use too, what is interrupted is the longer the more often; the least was not interrupted.
    """

    least: dict[str, float]


def interleaved(asked: dict[str, Callable[[], object]], *, rounds: int = ROUNDS, each: int = EACH) -> Times:
    """What a call takes, the rounds of all taken in turn (A B A B), in short rounds: noise then meets all alike."""
    for act in asked.values():
        act()
    found: dict[str, list[list[float]]] = {name: [] for name in asked}
    for _round in range(rounds):
        for name, act in asked.items():
            found[name].append([_timed(act) for _ in range(each)])
    times = Times({name: statistics.median(map(statistics.median, rounds)) for name, rounds in found.items()})
    times.least = {name: min(map(min, rounds)) for name, rounds in found.items()}
    return times


def _timed(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return (time.perf_counter() - began) * 1000


def show(title: str, rows: list[dict[str, object]]) -> None:
    """The table for people, then the same as one line of JSON for programs."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    lines = [[str(row.get(name, "")) for name in names] for row in rows]
    widths = [max(len(line[place]) for line in [names, *lines]) for place in range(len(names))]
    print(f"\n{title}")
    for line in [names, *lines]:
        print("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)))
    print(json.dumps({"title": title, "rows": rows}, ensure_ascii=False))
