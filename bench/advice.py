"""How often the first advice on bodies is right, on held-back past data of the demo city.

    python3 start.py bench advice [--size N]

The city is played up to today's day of the demo; then every suggestion handed over is advised on from what was known
the day before its hand-over, and compared with the body that answers it now. N suggestions, the last
ones (default all). Beside it stands what one would get by always naming the body that had most of them.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections import Counter
from datetime import date

import sqlalchemy as sa

from bench._measure import show
from tracker import clock, create_app
from tracker.actor import SYSTEM
from tracker.care.upgrade import upgrade_database
from tracker.database import db
from tracker.deadlines.actions import load_rule_sets
from tracker.demo.play import play
from tracker.dispatch.advice import NO_ANSWER, measure
from tracker.dispatch.models import ANSWERING, Assignment
from tracker.structure.queries import the_congress
from tracker.workdays.actions import seed_calendar

ON = date(2026, 11, 22)


def main() -> None:
    last = int(sys.argv[sys.argv.index("--size") + 1]) if "--size" in sys.argv else 10_000
    with tempfile.TemporaryDirectory() as folder:
        app = create_app({"INSTANCE_PATH": folder, "SCHEDULER": False, "TESTING": True})
        with app.app_context(), clock.at(ON):
            upgrade_database(app)
            load_rule_sets()
            seed_calendar(by=SYSTEM, on=ON)
            db.session.commit()
            play(on=ON)
            db.session.commit()
            rows = [_measured(last, only_with_past=part) for part in (False, True)]
    show("advice on bodies, demo city", rows)


def _measured(last: int, *, only_with_past: bool) -> dict[str, object]:
    """All suggestions, or those of the later meetings only, before which there was something to learn from."""
    congress_id = the_congress().id
    if only_with_past:
        last = min(last, _later(congress_id))
    began = time.perf_counter()
    found = measure(congress_id, on=ON, last=last)
    if found is None:
        raise SystemExit("nothing was handed over")
    took = time.perf_counter() - began
    return {
        "which": "after the first hand-over" if only_with_past else "all",
        "asked": found.asked,
        "advised": found.advised,
        "first right": found.first_right,
        "among three right": found.among_right,
        "first right %": round(100 * found.first_right / found.asked, 1),
        "always the same body %": round(100 * _most_of_all(congress_id), 1),
        "ms each": round(1000 * took / found.asked, 1),
    }


def _later(congress_id: int) -> int:
    first = sa.select(sa.func.min(Assignment.handed_over_on)).where(Assignment.congress_id == congress_id)
    wanted = sa.select(sa.func.count(sa.distinct(Assignment.suggestion_id))).where(
        Assignment.congress_id == congress_id, Assignment.handed_over_on > first.scalar_subquery()
    )
    return db.session.scalar(wanted) or 0


def _most_of_all(congress_id: int) -> float:
    wanted = sa.select(Assignment.body_id).where(
        Assignment.congress_id == congress_id,
        Assignment.part.in_(ANSWERING),
        Assignment.standing.not_in(NO_ANSWER),
        Assignment.round == 1,
    )
    counts = Counter(db.session.scalars(wanted))
    return counts.most_common(1)[0][1] / max(1, counts.total())


if __name__ == "__main__":
    main()
