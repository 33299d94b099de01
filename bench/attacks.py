"""Attacks that take longer than a check may: every hostile file at every door, every field, a thousand letters.

python3 start.py bench attacks [--letters N] [--engine sqlite|postgresql]
"""

from __future__ import annotations

import multiprocessing
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from bench._both import an_application, asked, kinds
from bench._measure import show
from tests.reader import Reader
from tests.security import letters
from tests.security.city import ON, built
from tests.security.corpus import CORPUS, REFUSED
from tests.security.doors import ON as LATER
from tests.security.doors import House
from tests.security.lengths import faults_of, fields_with_limits
from tests.security.test_corpus import refusals
from tracker import clock
from tracker.files import rules, secrecy
from tracker.files.zips import Refused

Told = dict[str, Any]
HEAVY_AT = 6  # what takes seconds is tried at every sixth door


@contextmanager
def timed(what: str, kind: str) -> Iterator[Told]:
    begun, told = time.monotonic(), {"engine": kind, "attack": what}
    yield told
    told["seconds"] = round(time.monotonic() - begun)
    print(told, flush=True)


def every_file(kind: str) -> Told:
    with an_application(kind) as (app, _given, _sink), app.app_context(), clock.at(LATER), timed("files", kind) as told:
        house, wrong, slowest = House(app, Reader(app)), [], 0.0
        tried = [(sample, door) for sample in REFUSED for door in house.doors[:: HEAVY_AT if sample.is_heavy else 1]]
        for sample, door in tried:
            begun = time.monotonic()
            wrong += refusals(house, door, sample)
            slowest = max(slowest, time.monotonic() - begun)
        told |= {"tried": len(tried), "wrong": len(wrong), "slowest": round(slowest, 1)}
        print(*wrong, sep="\n")
    return told


def weighed() -> Told:
    """What looking at each file of the corpus adds to a process that only looks, megabytes above where it began."""
    with tempfile.TemporaryDirectory() as folder, timed("memory", "-") as told:
        for place, sample in enumerate(CORPUS):
            (Path(folder) / str(place)).write_bytes(sample.make())
        context = multiprocessing.get_context("spawn")
        said = context.Queue()
        looking = context.Process(target=_look_at_all, args=(folder, [one.name for one in CORPUS], said))
        looking.start()
        grown, slowest = said.get(timeout=600)
        looking.join()
        told |= {"tried": len(CORPUS), "MB more": round(grown), "slowest": round(slowest, 1)}
    return told


def _look_at_all(folder: str, names: list[str], said: Any) -> None:
    began, slowest = _most_memory(), 0.0
    for place, raw in enumerate(names):
        path, name, begun = Path(folder) / str(place), rules.tidy_name(raw), time.monotonic()
        with suppress(Refused):
            secrecy.must_carry_no_mark(path, rules.accept(path, name), name)
        slowest = max(slowest, time.monotonic() - begun)
    said.put((_most_memory() - began, slowest))


def _most_memory() -> float:
    """Megabytes this process held at most; what rusage says begins with what its parent held."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def every_field(kind: str) -> Told:
    with an_application(kind) as (app, _given, _sink), app.app_context(), clock.at(ON), timed("fields", kind) as told:
        city = built()
        visitors = {name: Reader(app).signed_in_as(user) for name, user in city.users.items()}
        fields = list(fields_with_limits(app, city, visitors))
        wrong = [one for who, *about in fields for one in faults_of(visitors[who], *about)]
        told |= {"tried": len(fields), "wrong": len(wrong)}
        print(*wrong, sep="\n")
    return told


def many_letters(kind: str, count: int) -> Told:
    with an_application(kind) as (app, _given, sink), timed("letters", kind) as told:
        with app.app_context():
            expected = letters.write(app, count)
            wrong = letters.faults(app, sink, expected, ON)
        told |= {"tried": count, "arrived": len(expected), "wrong": len(wrong)}
        print(*wrong, sep="\n")
    return told


def main() -> None:
    rows = [weighed()]
    for kind in kinds():
        rows += [every_field(kind), many_letters(kind, asked("letters", 1_000)), every_file(kind)]
    show("attacks", rows)


if __name__ == "__main__":
    main()
