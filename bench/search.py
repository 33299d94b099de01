"""The register's search for two Chinese characters that one suggestion in a hundred holds: its first page.

    python3 start.py bench search [--size N …] [--engine sqlite --engine postgresql] [--postgres URL] [--keep FOLDER]

Against the floor F2 + F4 of the same engine: F2 is the page without an application (floor.py), F4 the raw question put
to the index by the driver, all its hits read. Page and F2 stand behind waitress in processes of their own, as in
bench/pages.py. Further questions show what they cost: a name in pinyin, three words, a word that every text holds, one
that none holds. The last columns say what the index takes where it was built now: milliseconds to record one more
suggestion with it, seconds to build it anew.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from typing import Any
from urllib.parse import quote

import psycopg
import sqlalchemy as sa
from flask import Flask

from bench._cities import City, cities
from bench._measure import Times, interleaved, show
from bench._served import Client, served
from bench.floor import floor_app
from tracker.database import db, reading, take_stock
from tracker.search import keeping, kept
from tracker.search.queries import found as found_ids
from tracker.search.rules import Kind, sought

SIZES = (1_000, 10_000, 100_000)
ONE_PERCENT, ASKED = "1 %", "养老"
QUESTIONS = {
    ONE_PERCENT: ASKED,
    "pinyin": "daibiao",
    "three words": "养老 服务 建议",
    "everywhere": "停车",
    "nowhere": "磁悬浮",
}
BUDGET, MOST = 6, 16
ADDED = 20


def measure(found: list[City]) -> list[dict[str, object]]:
    costs = {city.name: _indexed(city) for city in found}
    asked: dict[str, Callable[[], object]] = {}
    with ExitStack() as stack:
        for city in found:
            floor = Client(stack.enter_context(served(partial(_floor, city))))
            clerk = Client(stack.enter_context(served(city.serve)), city.cookie("clerk"))
            asked |= {f"{city.name} F2": partial(floor.get, "/f2"), f"{city.name} F4": _raw(city.app, stack)}
            asked |= {f"{city.name} {name}": partial(clerk.get, _path(q)) for name, q in QUESTIONS.items()}
        times = interleaved(asked)
    return [_row(name, city, times, found, costs[city.name]) for city in found for name in QUESTIONS]


def _floor(city: City, _port: int) -> object:
    return floor_app(city.folder, city.n, city.url)


def _path(q: str) -> str:
    return f"/suggestions?q={quote(q)}"


def _indexed(city: City) -> dict[str, float]:
    """The index built, if it is not there yet, and what that costs."""
    with city.app.app_context():
        cost = {}
        if not db.session.scalar(sa.select(sa.true()).select_from(kept.table()).limit(1)):
            cost = {"rebuild s": round(_timed(_rebuild) / 1000, 1), "add ms": round(_timed(_add) / ADDED, 1)}
            db.session.remove()
            take_stock()
            if db.engine.dialect.name == "postgresql":
                with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                    connection.exec_driver_sql("vacuum analyze")
        db.session.remove()
    city.let_go()
    return cost


def _raw(app: Flask, stack: ExitStack) -> Callable[[], object]:
    """The same question put to the index by the driver, on a connection of its own; on PostgreSQL prepared."""
    with app.app_context(), reading():
        [word] = sought(ASKED)
        asked = sa.bindparam("asked", kept.question(word, 1), sa.Text)
        compiled = found_ids(asked, Kind.NUMBER, 1, last=Kind.TEXT).compile(db.engine)
        raw: Any = db.engine.raw_connection()
    said, values, driver = str(compiled), compiled.params, raw.dbapi_connection
    stack.callback(raw.invalidate)
    if isinstance(driver, psycopg.Connection):
        driver.autocommit = True
        return lambda: driver.execute(said, values, prepare=True).fetchall()
    places = tuple(values[name] for name in compiled.positiontup)
    return lambda: driver.execute(said, places).fetchall()


def _timed(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return (time.perf_counter() - began) * 1000


def _rebuild() -> None:
    keeping.mend()
    db.session.commit()


def _add() -> None:
    """More suggestions, each in a transaction of its own."""
    from tracker.suggestion.models import Suggestion  # its rows name others, which the application has loaded by now

    like = db.session.get_one(Suggestion, 1)
    facts = {
        one.name: getattr(like, one.name) for one in Suggestion.__table__.columns if one.name not in ("id", "version")
    }
    for n in range(ADDED):
        db.session.add(Suggestion(**{**facts, "number": f"x{n}", "number_key": f"X{n}"}))
        db.session.commit()


def _row(name: str, city: City, times: Times, among: list[City], cost: dict[str, float]) -> dict[str, object]:
    statements, _answer = city.counted("clerk", _path(QUESTIONS[name]))
    smallest = next(one for one in among if one.engine == city.engine)
    this, small, f2, f4 = f"{city.name} {name}", f"{smallest.name} {name}", f"{city.name} F2", f"{city.name} F4"
    return {
        "search": name,
        "n": city.n,
        "engine": city.engine,
        "F2 ms": round(times[f2], 2),
        "F4 ms": round(times[f4], 2),
        "ms": round(times[this], 2),
        "x (F2+F4)": round(times[this] / (times[f2] + times[f4]), 1),
        "least x": round(times.least[this] / (times.least[f2] + times.least[f4]), 1),
        "budget": BUDGET if name == ONE_PERCENT else "",
        "growth": round(times[this] / times[small], 2),
        "least growth": round(times.least[this] / times.least[small], 2),
        "statements": statements,
        "most": MOST,
        **cost,
    }


def main() -> None:
    with cities(*SIZES) as found:
        show("search against the floor", measure(found))


if __name__ == "__main__":
    main()
