"""How long `check` takes in a large city that has lived, and which stage's questions it spends its time on.

python3 start.py bench checking [--size N] [--engine sqlite|postgresql]

`of the processor` counts ours and, on PostgreSQL, that of the server's process that answers us.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from typing import Any

import psutil
import sqlalchemy as sa
from flask import current_app

from bench import _city
from bench._both import an_application, asked, kinds
from bench._lived import lived
from bench._measure import show
from tracker import clock
from tracker.audit.actions import seal
from tracker.care import self_check
from tracker.database import at_one_moment, db
from tracker.memory import seldom_searched
from tracker.search import keeping

TODAY = date(2026, 6, 8)
WORTH_TELLING = 0.1  # seconds


def measured(kind: str, size: int) -> list[dict[str, Any]]:
    with an_application(kind) as (app, _given, _sink), clock.at(TODAY), app.app_context():
        _city.build(size, today=TODAY, history=lived)
        keeping.mend()  # what is written in bulk is in no index yet, and bears no seal
        seal(at=clock.now())
        db.session.commit()
        questions: dict[str, Any] = {
            one.problems.__module__: one.problems for one in current_app.extensions["offers"] if one.problems
        }
        process = psutil.Process()
        before, highest = process.memory_info().rss, 0
        rows = []
        for name, ask in {**questions, "the installation": self_check.findings}.items():
            rows.append({"engine": kind, "of": name, **timed(ask)})
            highest = max(highest, process.memory_info().rss)
    whole = {name: round(sum(row[name] for row in rows), 2) for name in ("found", "seconds", "of the processor")}
    everything = {"engine": kind, "of": "everything", **whole, "megabytes more": (highest - before) // 2**20}
    return [*(row for row in rows if row["seconds"] > WORTH_TELLING), everything]


def timed(ask: Any) -> dict[str, Any]:
    """What one stage found, and how long it took: by the clock, and of the processor."""
    with at_one_moment(), seldom_searched():
        server = _server()
        begun, busy = time.perf_counter(), time.process_time() + server()
        found = len(list(ask()))
        seconds, used = time.perf_counter() - begun, time.process_time() + server() - busy
    return {"found": found, "seconds": round(seconds, 2), "of the processor": round(used, 2)}


def _server() -> Callable[[], float]:
    """The processor time of the server's process behind this connection; SQLite has none."""
    if db.engine.dialect.name == "sqlite":
        return float
    process = psutil.Process(db.session.execute(sa.text("SELECT pg_backend_pid()")).scalar_one())
    return lambda: sum(process.cpu_times()[:2])


def main() -> None:
    size = asked("size", 50_000)
    rows = [row for kind in kinds() for row in measured(kind, size)]
    show(f"check, {size} suggestions", rows)


if __name__ == "__main__":
    main()
