"""How long `check` takes in a large city, and which stage's questions it spends its time on.

python3 start.py bench checking [--size N] [--engine sqlite|postgresql]
"""

from __future__ import annotations

import time
from datetime import date
from typing import Any

from flask import current_app

from bench import _city
from bench._both import an_application, asked, kinds
from bench._measure import show
from tracker import clock
from tracker.audit.actions import seal
from tracker.care import self_check
from tracker.database import db
from tracker.search import keeping

TODAY = date(2026, 6, 8)
WORTH_TELLING = 0.1  # seconds


def measured(kind: str, size: int) -> list[dict[str, Any]]:
    with an_application(kind) as (app, _given, _sink), clock.at(TODAY), app.app_context():
        _city.build(size, today=TODAY)
        keeping.mend()  # what is written in bulk is in no index yet, and bears no seal
        seal(at=clock.now())
        db.session.commit()
        questions: dict[str, Any] = {
            one.problems.__module__: one.problems for one in current_app.extensions["offers"] if one.problems
        }
        rows = [{"engine": kind, "of": name, **timed(ask)} for name, ask in questions.items()]
        rows.append({"engine": kind, "of": "the installation", **timed(self_check.findings)})
    whole = {name: round(sum(row[name] for row in rows), 2) for name in ("found", "seconds", "of the processor")}
    return [*(row for row in rows if row["seconds"] > WORTH_TELLING), {"engine": kind, "of": "everything", **whole}]


def timed(ask: Any) -> dict[str, Any]:
    """What one stage found, and how long it took: by the clock, and of this process's processor time."""
    begun, busy = time.perf_counter(), time.process_time()
    found = len(list(ask()))
    db.session.rollback()
    seconds, used = time.perf_counter() - begun, time.process_time() - busy
    return {"found": found, "seconds": round(seconds, 2), "of the processor": round(used, 2)}


def main() -> None:
    size = asked("size", 50_000)
    rows = [row for kind in kinds() for row in measured(kind, size)]
    show(f"check, {size} suggestions", rows)


if __name__ == "__main__":
    main()
