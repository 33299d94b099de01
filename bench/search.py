"""The register's search for two Chinese characters that one suggestion in a hundred holds: its first page.

    python3 start.py bench search [--size N] [--postgres URL]

Against the floor F2 + F4: F2 is the page without an application (floor.py), F4 the raw question put to the index by the
driver, all its hits read. Page and F2 stand behind waitress in processes of their own, as in bench/pages.py. Further
questions show what they cost: a name in pinyin, three words, a word that every text holds, one that none holds. The
last columns say what the index takes: milliseconds to record one more suggestion with it, seconds to build it anew.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from urllib.parse import quote

import sqlalchemy as sa
from flask import Flask

from bench import _city
from bench._measure import Times, interleaved, show
from bench._served import Client, served
from bench.floor import floor_app
from bench.pages import TODAY, _get, _signed_in, _standing
from tracker import clock, create_app
from tracker.care.upgrade import upgrade_database
from tracker.database import db, reading
from tracker.search import keeping
from tracker.search.queries import found
from tracker.search.rules import Kind, sought

SIZES = (1_000, 10_000, 100_000)
ASKED = "养老"
FURTHER = {"pinyin": "daibiao", "three words": "养老 服务 建议", "everywhere": "停车", "nowhere": "磁悬浮"}
BUDGET, MOST = 6, 16
ADDED = 20


@dataclass
class Index:
    """What the index costs."""

    rebuilt_ms: float
    added_ms: float


def measure(n: int, folder: Path, url: str | None) -> list[dict[str, object]]:
    settings = {"INSTANCE_PATH": str(folder), "SCHEDULER": False, "TESTING": True, "SESSION_HOURS": 9_999}
    settings |= {"DATABASE_URL": url} if url else {}
    app = create_app(settings)
    with clock.at(TODAY):
        with app.app_context():
            upgrade_database(app)
            ids = _city.build(n, today=TODAY)
            index = Index(_timed(_rebuild), _timed(_add) / ADDED)
            engine = db.engine
        client = _signed_in(app, ids["clerk"])
        cookie = f"session={client.get_cookie('session').value}"
        engine.dispose()  # the other process opens its own
        with (
            served(lambda port: _standing(settings, port)) as ours,
            served(lambda _port: floor_app(folder, n)) as theirs,
        ):
            asked = _asked(app, Client(theirs), Client(ours, cookie))
            times = interleaved(asked)
            _close(app)
        return [_row(name, q, times, n, engine, client, index) for name, q in {"1 %": ASKED, **FURTHER}.items()]


def _asked(app: Flask, floor: Client, clerk: Client) -> dict[str, Callable[[], object]]:
    pages = {name: partial(clerk.get, _path(q)) for name, q in {"1 %": ASKED, **FURTHER}.items()}
    return {"F2": partial(floor.get, "/f2"), "F4": _raw(app), **pages}


def _path(q: str) -> str:
    return f"/suggestions?q={quote(q)}"


def _raw(app: Flask) -> Callable[[], object]:
    """The same question put to the index by the driver, on a connection of its own."""
    with app.app_context(), reading():
        [word] = sought(ASKED)
        statement = found(word, Kind.NUMBER, 1, last=Kind.TEXT)
        compiled = statement.compile(db.engine, compile_kwargs={"literal_binds": True})
        said = str(compiled).replace("%%", "%")
        raw = db.engine.raw_connection()

    def ask() -> object:
        cursor = raw.cursor()
        cursor.execute(said)
        return cursor.fetchall()

    app.extensions["bench"] = raw
    return ask


def _close(app: Flask) -> None:
    app.extensions.pop("bench").close()


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


def _row(name: str, q: str, times: Times, n: int, engine: sa.Engine, client: object, index: Index) -> dict[str, object]:
    counted = 0

    def count(*_rest: object) -> None:
        nonlocal counted
        counted += 1

    sa.event.listen(engine, "before_cursor_execute", count)
    _get(client, _path(q))  # type: ignore[arg-type]
    sa.event.remove(engine, "before_cursor_execute", count)
    floor = times["F2"] + times["F4"]
    return {
        "search": name,
        "n": n,
        "engine": engine.dialect.name,
        "F2 ms": round(times["F2"], 2),
        "F4 ms": round(times["F4"], 2),
        "ms": round(times[name], 2),
        "x (F2+F4)": round(times[name] / floor, 1),
        "least x": round(times.least[name] / (times.least["F2"] + times.least["F4"]), 1),
        "budget": BUDGET,
        "statements": counted,
        "most": MOST,
        "add ms": round(index.added_ms, 1),
        "rebuild s": round(index.rebuilt_ms / 1000, 1),
    }


def main() -> None:
    sizes = (int(sys.argv[sys.argv.index("--size") + 1]),) if "--size" in sys.argv else SIZES
    url = sys.argv[sys.argv.index("--postgres") + 1] if "--postgres" in sys.argv else None
    rows: list[dict[str, object]] = []
    for n in sizes:
        with tempfile.TemporaryDirectory() as folder:
            rows += measure(n, Path(folder), url)
    show("search against the floor", rows)


if __name__ == "__main__":
    main()
