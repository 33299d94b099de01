"""A changed calendar counts every open clock again: the preview, the recount, and the same once more.

    python3 start.py bench recount [--size N]

N open reply clocks, all of one hand-over day as in life; a day off is put where they end, so that every one moves.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from datetime import date

import sqlalchemy as sa

from bench import _city
from bench._measure import show
from tracker import clock, create_app
from tracker.actor import SYSTEM
from tracker.care.upgrade import upgrade_database
from tracker.database import db
from tracker.deadlines import actions, queries
from tracker.deadlines.clauses import Kind
from tracker.deadlines.models import Deadline
from tracker.deadlines.queries import rule_set_in_force
from tracker.structure.queries import the_congress
from tracker.workdays.actions import load_days

TODAY = date(2026, 3, 2)
SIZE = 10_000


def measure(n: int, folder: str) -> dict[str, object]:
    app = create_app({"INSTANCE_PATH": folder, "SCHEDULER": False, "TESTING": True})
    with clock.at(TODAY), app.app_context():
        upgrade_database(app)
        _city.build(100, today=TODAY)
        _clocks(n)
        last_on = db.session.scalar(sa.select(Deadline.due_on).order_by(Deadline.id.desc()).limit(1))
        assert last_on is not None
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        load_days(last_on.year, [(last_on, False, "bench")], source="bench", by=SYSTEM, on=TODAY, congress_id=1)
        db.session.flush()
        preview, moved = _timed(lambda: sum(1 for _shift in queries.would_move(1)))
        recount, counted = _timed(lambda: actions.recount(on=TODAY, congress_id=1))
        _written, _nothing = _timed(db.session.commit)
        again, nothing = _timed(lambda: actions.recount(on=TODAY, congress_id=1))
        grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    assert moved == counted >= n
    assert nothing == 0
    return {
        "open clocks": n,
        "moved": counted,
        "preview s": round(preview, 2),
        "recount s": round(recount, 2),
        "commit s": round(_written, 2),
        "again s": round(again, 2),
        "memory MB": round(grown),
    }


def _clocks(n: int) -> None:
    rules, congress = rule_set_in_force("default", TODAY), the_congress()
    for _one in range(n):
        actions.start(Kind.REPLY, on=TODAY, rules=rules, congress_id=congress.id, holder="body", suggestion_id=1)
    db.session.commit()


def _timed(act):  # type: ignore[no-untyped-def]
    began = time.perf_counter()
    found = act()
    return time.perf_counter() - began, found


def main() -> None:
    n = int(sys.argv[sys.argv.index("--size") + 1]) if "--size" in sys.argv else SIZE
    with tempfile.TemporaryDirectory() as folder:
        show("a changed calendar", [measure(n, folder)])


if __name__ == "__main__":
    main()
