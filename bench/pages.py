"""Desk, register, inbox and the suggestion's page against the floor of the same engine.

    python3 start.py bench pages [--size N …] [--engine sqlite --engine postgresql] [--postgres URL] [--keep FOLDER]

Every application and every floor runs behind waitress in a process of its own, as they do in life, and the same client
asks them all over one kept connection each, in turn: what the server class and the socket cost stands in all numbers.
"least" is the ratio of the quickest answers, which nothing else interrupted, where "x F2" is that of the medians.
"growth" is the page against the same page of the same engine at the smallest size.
"""

from __future__ import annotations

import gzip
from contextlib import ExitStack
from functools import partial

from bench._cities import City, cities
from bench._measure import Times, interleaved, show
from bench._served import Client, served
from bench.floor import floor_app

SIZES = (1_000, 10_000)
BUDGETS = {"desk": (6, 16), "register": (6, 16), "inbox": (6, 16), "suggestion": (8, 26)}
PAGES = {
    "desk": ("clerk", "/"),
    "register": ("clerk", "/suggestions"),
    "inbox": ("handler", "/inbox"),
    "suggestion": ("clerk", "/suggestions/1"),
}


def measure(found: list[City]) -> list[dict[str, object]]:
    asked = {}
    with ExitStack() as stack:
        for city in found:
            floor = Client(stack.enter_context(served(partial(_floor, city))))
            ours = stack.enter_context(served(city.serve))
            by = {who: Client(ours, city.cookie(who)) for who in city.clients}
            asked |= {f"{city.name} {floored}": partial(floor.get, f"/{floored.lower()}") for floored in ("F1", "F2")}
            asked |= {f"{city.name} {page}": partial(by[who].get, path) for page, (who, path) in PAGES.items()}
        times = interleaved(asked)
    return [_row(page, city, times, found) for city in found for page in PAGES]


def _floor(city: City, _port: int) -> object:
    return floor_app(city.folder, city.n, city.url)


def _row(page: str, city: City, times: Times, among: list[City]) -> dict[str, object]:
    statements, answer = city.counted(*PAGES[page])
    budget, most = BUDGETS[page]
    smallest = next(one for one in among if one.engine == city.engine)
    this, floor, small = f"{city.name} {page}", f"{city.name} F2", f"{smallest.name} {page}"
    return {
        "page": page,
        "n": city.n,
        "engine": city.engine,
        "F1 ms": round(times[f"{city.name} F1"], 2),
        "F2 ms": round(times[floor], 2),
        "ms": round(times[this], 2),
        "x F2": round(times[this] / times[floor], 1),
        "least x F2": round(times.least[this] / times.least[floor], 1),
        "budget": budget,
        "growth": round(times[this] / times[small], 2),
        "least growth": round(times.least[this] / times.least[small], 2),
        "statements": statements,
        "most": most,
        "gzip kB": round(len(gzip.compress(answer.data)) / 1024, 1),
    }


def main() -> None:
    with cities(*SIZES) as found:
        show("what they take", [{"n": city.n, "engine": city.engine, "MB": city.megabytes} for city in found])
        show("pages against the floor", measure(found))


if __name__ == "__main__":
    main()
