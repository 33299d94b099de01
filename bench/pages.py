"""Desk, register, inbox and the suggestion's page against the floor, at 1,000 and 10,000 suggestions.

    python3 start.py bench pages [--size N] [--postgres URL]
"""

from __future__ import annotations

import gzip
import sys
import tempfile
from datetime import date
from pathlib import Path

import sqlalchemy as sa
from flask import Flask

from bench import _city
from bench._measure import interleaved, show
from bench.floor import floor_app
from tracker import clock, create_app
from tracker.care.upgrade import upgrade_database
from tracker.database import db
from tracker.people.actions import begin_session
from tracker.people.models import User

SIZES = (1_000, 10_000)
BUDGETS = {"desk": (6, 16), "register": (6, 16), "inbox": (6, 16), "suggestion": (8, 26)}
PAGES = {
    "desk": ("clerk", "/"),
    "register": ("clerk", "/register"),
    "inbox": ("handler", "/inbox"),
    "suggestion": ("clerk", "/suggestions/1"),
}
TODAY = date(2026, 9, 15)


def measure(n: int, folder: Path, url: str | None) -> list[dict[str, object]]:
    settings = {"INSTANCE_PATH": str(folder), "SCHEDULER": False, "TESTING": True, "SESSION_HOURS": 9_999}
    app = create_app({**settings, **({"DATABASE_URL": url} if url else {})})
    with clock.at(TODAY):
        with app.app_context():
            upgrade_database(app)
            ids = _city.build(n, today=TODAY)
            engine = db.engine
        clients = {who: _signed_in(app, ids[who]) for who in ("clerk", "handler")}
        floor = floor_app(folder, n).test_client()
        asked = {"F1": lambda: floor.get("/f1"), "F2": lambda: floor.get("/f2")}
        for name, (who, path) in PAGES.items():
            asked[name] = lambda who=who, path=path: _get(clients[who], path)  # type: ignore[misc]
        times = interleaved(asked)
        return [_row(name, times, n, engine, clients) for name in PAGES]


def _signed_in(app: Flask, user_id: int) -> object:
    client = app.test_client()
    with app.app_context():
        user = db.session.get_one(User, user_id)
        secret = begin_session(user, source="127.0.0.1", agent="bench", at=clock.now())
        db.session.commit()
    with client.session_transaction() as session:
        session["_user_id"] = secret
        session["_fresh"] = True
    return client


def _get(client: object, path: str) -> object:
    answer = client.get(path)  # type: ignore[attr-defined]
    if answer.status_code != 200:
        raise SystemExit(f"{path} answered {answer.status_code}")
    return answer


def _row(
    name: str, times: dict[str, float], n: int, engine: sa.Engine, clients: dict[str, object]
) -> dict[str, object]:
    who, path = PAGES[name]
    counted = 0

    def count(*_rest: object) -> None:
        nonlocal counted
        counted += 1

    sa.event.listen(engine, "before_cursor_execute", count)
    answer = _get(clients[who], path)
    sa.event.remove(engine, "before_cursor_execute", count)
    ratio, statements = times[name] / times["F2"], BUDGETS[name]
    return {
        "page": name,
        "n": n,
        "engine": engine.dialect.name,
        "F1 ms": round(times["F1"], 2),
        "F2 ms": round(times["F2"], 2),
        "ms": round(times[name], 2),
        "x F2": round(ratio, 1),
        "budget": statements[0],
        "statements": counted,
        "most": statements[1],
        "gzip kB": round(len(gzip.compress(answer.data)) / 1024, 1),  # type: ignore[attr-defined]
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
