"""Desk, register, inbox and the suggestion's page against the floor, at 1,000 and 10,000 suggestions.

    python3 start.py bench pages [--size N] [--postgres URL]

The application and the floor each run behind waitress in a process of their own, as they do in life, and the same
client asks both over one kept connection, in turn: what the server class and the socket cost stands in both numbers.
"least" is the ratio of the quickest answers, which nothing else interrupted, where "x F2" is that of the medians.
The columns "bare" say what the same requests take without a server (WSGI called directly), where the floor is lower
and every ratio therefore higher.
"""

from __future__ import annotations

import gzip
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from bench import _city
from bench._measure import Times, interleaved, show
from bench._served import Client, served
from bench.floor import floor_app
from tracker import clock, create_app
from tracker.care.upgrade import upgrade_database
from tracker.database import db
from tracker.people.actions import begin_session
from tracker.people.models import User
from tracker.web.plumbing import settle

SIZES = (1_000, 10_000)
BUDGETS = {"desk": (6, 16), "register": (6, 16), "inbox": (6, 16), "suggestion": (8, 26)}
PAGES = {
    "desk": ("clerk", "/"),
    "register": ("clerk", "/suggestions"),
    "inbox": ("handler", "/inbox"),
    "suggestion": ("clerk", "/suggestions/1"),
}
TODAY = date(2026, 9, 15)


def measure(n: int, folder: Path, url: str | None) -> list[dict[str, object]]:
    settings = {"INSTANCE_PATH": str(folder), "SCHEDULER": False, "TESTING": True, "SESSION_HOURS": 9_999}
    settings |= {"DATABASE_URL": url} if url else {}
    app = create_app(settings)
    with clock.at(TODAY):
        with app.app_context():
            upgrade_database(app)
            ids = _city.build(n, today=TODAY)
            engine = db.engine
        clients = {who: _signed_in(app, ids[who]) for who in ("clerk", "handler")}
        cookies = {who: f"session={client.get_cookie('session').value}" for who, client in clients.items()}
        engine.dispose()  # the other process opens its own
        with (
            served(lambda port: _standing(settings, port)) as ours,
            served(lambda _port: floor_app(folder, n)) as theirs,
        ):
            times = interleaved(_served(ours, theirs, cookies))
        bare = interleaved(_bare(clients, floor_app(folder, n).test_client()))
        return [_row(name, times, bare, n, engine, clients) for name in PAGES]


def _standing(settings: dict[str, object], port: int) -> Any:
    """The application whose clock stands at the day of the data, in whatever thread it is asked."""
    app = create_app(settings)
    app.extensions["hosts"] |= {f"127.0.0.1:{port}"}
    settle()

    def answer(environ: Any, start_response: Any) -> Any:
        with clock.at(TODAY):
            return app(environ, start_response)

    return answer


def _served(ours: int, theirs: int, cookies: dict[str, str]) -> dict[str, Callable[[], object]]:
    floor, by = Client(theirs), {who: Client(ours, cookie) for who, cookie in cookies.items()}
    pages = {name: partial(by[who].get, path) for name, (who, path) in PAGES.items()}
    return {"F1": partial(floor.get, "/f1"), "F2": partial(floor.get, "/f2"), **pages}


def _bare(clients: dict[str, FlaskClient], floor: FlaskClient) -> dict[str, Callable[[], object]]:
    """The same without a server: WSGI called directly."""
    pages = {name: partial(_get, clients[who], path) for name, (who, path) in PAGES.items()}
    return {"F2": partial(_get, floor, "/f2"), **pages}


def _signed_in(app: Flask, user_id: int) -> FlaskClient:
    client = app.test_client()
    with app.app_context():
        user = db.session.get_one(User, user_id)
        secret = begin_session(user, source="127.0.0.1", agent="bench", at=clock.now())
        db.session.commit()
    with client.session_transaction() as session:
        session["_user_id"] = secret
        session["_fresh"] = True
    return client


def _get(client: FlaskClient, path: str) -> TestResponse:
    answer = client.get(path)
    if answer.status_code != 200:
        raise SystemExit(f"{path} answered {answer.status_code}")
    return answer


def _row(
    name: str,
    times: Times,
    bare: Times,
    n: int,
    engine: sa.Engine,
    clients: dict[str, FlaskClient],
) -> dict[str, object]:
    who, path = PAGES[name]
    counted = 0

    def count(*_rest: object) -> None:
        nonlocal counted
        counted += 1

    sa.event.listen(engine, "before_cursor_execute", count)
    answer = _get(clients[who], path)
    sa.event.remove(engine, "before_cursor_execute", count)
    budget, most = BUDGETS[name]
    return {
        "page": name,
        "n": n,
        "engine": engine.dialect.name,
        "F1 ms": round(times["F1"], 2),
        "F2 ms": round(times["F2"], 2),
        "ms": round(times[name], 2),
        "x F2": round(times[name] / times["F2"], 1),
        "least x F2": round(times.least[name] / times.least["F2"], 1),
        "budget": budget,
        "bare F2 ms": round(bare["F2"], 2),
        "bare ms": round(bare[name], 2),
        "statements": counted,
        "most": most,
        "gzip kB": round(len(gzip.compress(answer.data)) / 1024, 1),
    }


def main() -> None:
    sizes = (int(sys.argv[sys.argv.index("--size") + 1]),) if "--size" in sys.argv else SIZES
    url = sys.argv[sys.argv.index("--postgres") + 1] if "--postgres" in sys.argv else None
    rows: list[dict[str, object]] = []
    for n in sizes:
        with tempfile.TemporaryDirectory() as folder:
            rows += measure(n, Path(folder), url)
    show("pages against the floor", rows)


if __name__ == "__main__":
    main()
