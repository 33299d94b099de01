"""`raise-alarms` over N open clocks of which a tenth is due, against F3; its memory, and a second run of the same day.

python3 start.py bench alarms [--size N] [--engine sqlite|postgresql]
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date, timedelta
from statistics import median
from typing import Any

import psutil
import sqlalchemy as sa

from bench import _city, _load
from bench._both import an_application, asked, kinds
from bench._measure import show
from bench.floor import F3, f3_steps
from tests.escalation.city import OFFICERS
from tracker import clock
from tracker.database import Base, db
from tracker.deadlines.queries import find_rule_set
from tracker.escalation import jobs
from tracker.escalation.actions import raise_alarms
from tracker.escalation.models import Alarm
from tracker.schedule import ring
from tracker.structure.models import Congress, Officer, Rank

TODAY = date(2026, 6, 8)
SIZES = (1_000, 10_000, 100_000)
ROUNDS, DUE_EACH = {1_000: 41, 10_000: 15}, 10
LEAST_ROUNDS = 7
NOT_DUE_DAYS = 90


def measured(kind: str, n: int) -> dict[str, object]:
    with an_application(kind) as (app, _given, _sink), clock.at(TODAY), app.app_context():
        _fill(n)
        congress = db.session.scalars(sa.select(Congress)).one()
        times: dict[str, list[float]] = {"F3": [], "raise": []}
        alarms = 0
        memory = _Memory()
        for _round in range(ROUNDS.get(n, LEAST_ROUNDS)):
            times["F3"].append(_undone(lambda: db.session.execute(sa.text(F3), {"today": TODAY})))
            db.session.refresh(congress)  # the job has it at hand
            begun = time.perf_counter()
            alarms = raise_alarms(congress, TODAY, at=clock.now()).alarms
            times["raise"].append(time.perf_counter() - begun)
            db.session.rollback()
            memory.look()
        first = _timed(lambda: ring.run("raise-alarms"))
        again, nothing = _answered(lambda: jobs.raise_alarms(TODAY))
        found = db.session.scalar(sa.select(sa.func.count(Alarm.id)))
    floor, ours = median(times["F3"]), median(times["raise"])
    return {
        "engine": kind,
        "open clocks": n,
        "alarms": found,
        "F3 ms": round(floor * 1000, 1),
        "raise ms": round(ours * 1000, 1),
        "ratio": round(ours / floor, 1),
        "least ratio": round(min(times["raise"]) / min(times["F3"]), 1),
        "job with commit s": round(first, 2),
        "again s": round(again, 2),
        "rows again": nothing["rows"],
        "memory MB": memory.grown(),
        "per alarm µs": round(ours / max(alarms, 1) * 1e6),
    }


class _Memory:
    """How much larger the process became."""

    def __init__(self) -> None:
        self.process = psutil.Process()
        self.before = self.most = self.process.memory_info().rss

    def look(self) -> None:
        self.most = max(self.most, self.process.memory_info().rss)

    def grown(self) -> int:
        self.look()
        return round((self.most - self.before) / 2**20)


def _fill(n: int) -> None:
    """A city whose clocks are all open replies, a tenth of them two working days over; and the floor's own table."""
    _city.build(100, today=TODAY)
    for table in ("alarm", "told"):
        db.session.execute(sa.delete(Base.metadata.tables[table]))
    db.session.execute(sa.update(Base.metadata.tables["deadline"]).values(met_on=TODAY))
    bodies = range(1, _city.BODIES + 1)
    officers = [(body, rank) for body in bodies for rank in (Rank.HANDLER, Rank.HEAD)]
    officers += [(1, rank) for ranks in OFFICERS.values() for rank in ranks if rank not in (Rank.HANDLER, Rank.HEAD)]
    db.session.add_all(
        Officer(congress_id=1, body_id=body, name=f"{rank}{body}", rank=rank, email=f"{rank}{body}@b.example")
        for body, rank in officers
    )
    rules = find_rule_set("default", TODAY)
    assert rules is not None
    last = db.session.scalar(sa.text("select max(id) from assignment")) or 0
    due_on, not_due_on = TODAY - timedelta(days=4), TODAY + timedelta(days=NOT_DUE_DAYS)
    for first in range(0, n, 5_000):
        numbers = range(first, min(first + 5_000, n))
        _load.insert("suggestion", [_suggestion(last + number + 1, rules.id) for number in numbers])
        _load.insert("assignment", [_assignment(last + number + 1) for number in numbers])
        _load.insert(
            "deadline",
            [_clock(last + number + 1, rules.id, not_due_on if number % DUE_EACH else due_on) for number in numbers],
        )
        db.session.commit()
    _load.loaded()
    raise_alarms(db.session.get_one(Congress, 1), TODAY, at=clock.now())  # prepares what is prepared once
    steps = db.session.execute(sa.select(Alarm.step, Alarm.due_on, Alarm.reached_on, Alarm.form).distinct()).all()
    db.session.rollback()
    f3_steps(db.session.connection(), [dict(row._mapping) for row in steps])
    db.session.commit()


def _suggestion(number: int, rules_id: int) -> dict[str, Any]:
    handed_over_on = TODAY - timedelta(days=90)
    named = {"number": f"B{number}", "number_key": f"B{number}", "title": f"关于第{number}小区停车难问题的建议"}
    facts = {"recorded_on": handed_over_on, "handed_over_on": handed_over_on, "rule_set_id": rules_id}
    own = {"id": number, "congress_id": 1, "lead_deputy_id": 1, "key": False, "stage": "handed_over"}
    return {**_city.SUGGESTION, **named, **facts, **own, "text": ""}


def _assignment(number: int) -> dict[str, Any]:
    handed_over_on = TODAY - timedelta(days=90)
    days = {"handed_over_on": handed_over_on, "assigned_on": handed_over_on}
    facts = {"part": "sole", "round": 1, "standing": "received", "pending_case": False, "version": 1, "hand_over_id": 1}
    body_id = number % _city.BODIES + 1
    return {"id": number, "suggestion_id": number, "congress_id": 1, "body_id": body_id, **facts, **days}


def _clock(number: int, rules_id: int, due_on: date) -> dict[str, Any]:
    days = {
        "started_on": TODAY - timedelta(days=90),
        "due_on": due_on,
        "original_due_on": due_on,
        "unrolled_on": due_on,
    }
    clause = {"kind": "reply", "amount": 3, "unit": "m", "start": "hand_over"}
    told = {"provisional": False, "clause": clause, "explanation": [], "moved_count": 0, "rule_set_id": rules_id}
    holder = {"holder": "body", "holder_body_id": number % _city.BODIES + 1}
    return {"congress_id": 1, "kind": "reply", "assignment_id": number, "met_on": None, **holder, **days, **told}


def _undone(act: Callable[[], Any]) -> float:
    took = _timed(act)
    db.session.rollback()
    return took


def _timed(act: Callable[[], Any]) -> float:
    return _answered(act)[0]


def _answered(act: Callable[[], Any]) -> tuple[float, Any]:
    begun = time.perf_counter()
    found = act()
    return time.perf_counter() - begun, found


def main() -> None:
    sizes = (asked("size", 0),) if asked("size", 0) else SIZES
    show("raise-alarms against F3", [measured(kind, n) for kind in kinds() for n in sizes])


if __name__ == "__main__":
    main()
