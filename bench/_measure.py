"""Interleaved rounds, medians, and the printing of a table with its JSON line."""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable

ROUNDS, EACH = 7, 12


def interleaved(asked: dict[str, Callable[[], object]], *, rounds: int = ROUNDS, each: int = EACH) -> dict[str, float]:
    """Milliseconds a call takes: the median of the rounds' medians, the rounds of all taken in turn (A B A B)."""
    for act in asked.values():
        act()
    found: dict[str, list[float]] = {name: [] for name in asked}
    for _round in range(rounds):
        for name, act in asked.items():
            found[name].append(_median_of(act, each))
    return {name: statistics.median(times) for name, times in found.items()}


def _median_of(act: Callable[[], object], each: int) -> float:
    times = []
    for _ in range(each):
        began = time.perf_counter()
        act()
        times.append((time.perf_counter() - began) * 1000)
    return statistics.median(times)


def show(title: str, rows: list[dict[str, object]]) -> None:
    """The table for people, then the same as one line of JSON for programs."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    lines = [[str(row.get(name, "")) for name in names] for row in rows]
    widths = [max(len(line[place]) for line in [names, *lines]) for place in range(len(names))]
    print(f"\n{title}")
    for line in [names, *lines]:
        print("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)))
    print(json.dumps({"title": title, "rows": rows}, ensure_ascii=False))
