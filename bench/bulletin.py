"""The weekly bulletin of a city and of a province, frozen and with its letters in the outbox; two issues, a week apart.

    python3 start.py bench bulletin [--only city|province] [--open N --bodies N --officers N]
                                   [--engine sqlite|postgresql]

Every open assignment is received and silent, two in five are overdue: an issue has more lines than there are open
assignments. `start MB` is the process with the application loaded and one letter written; `peak MB` while it works.
"""

from __future__ import annotations

import random
import resource
import sys
import tempfile
import time
from datetime import date, timedelta
from multiprocessing import get_context
from typing import Any

from bench import _load
from bench._both import kinds, server_of
from bench._city import SUGGESTION
from bench._measure import show
from tracker import clock, create_app
from tracker.actor import SYSTEM
from tracker.bulletin import jobs
from tracker.bulletin.rules import week_of
from tracker.care.upgrade import upgrade_database
from tracker.database import db
from tracker.deadlines.actions import load_rule_sets
from tracker.deadlines.queries import find_rule_set
from tracker.structure.models import Congress, Level
from tracker.workdays.actions import seed_calendar

MONDAY = date(2026, 6, 8)
SIZES = {"city": (850, 90, 6), "province": (110_000, 12_000, 1)}  # open assignments, bodies, officers of each body
AT_ONCE = 2_000
RANKS = ("handler", "deputy_head", "head", "hub_office", "vice_president", "president")


def main() -> None:
    sizes = dict(SIZES)
    if "--only" in sys.argv:
        only = sys.argv[sys.argv.index("--only") + 1]
        sizes = {only: SIZES[only]}
    if "--open" in sys.argv:
        asked = [int(sys.argv[sys.argv.index(name) + 1]) for name in ("--open", "--bodies", "--officers")]
        sizes = {"asked": (asked[0], asked[1], asked[2])}
    rows = []
    for name, size in sizes.items():
        for engine in kinds():
            with (
                tempfile.TemporaryDirectory() as folder,
                server_of(engine) as url,
                get_context("spawn").Pool(1, maxtasksperchild=1) as apart,
            ):
                given = _settings(folder, url)
                apart.apply(built, (given, *size))
                rows += [{"what": name, "engine": engine, **row} for row in apart.apply(measured, (given,))]
    show("weekly bulletin", rows)


def _settings(folder: str, url: str) -> dict[str, Any]:
    settings: dict[str, Any] = {"INSTANCE_PATH": folder, "SCHEDULER": False, "TESTING": True}
    return settings | ({"DATABASE_URL": url} if url else {})


def built(settings: dict[str, Any], open_: int, bodies: int, officers: int) -> None:
    """A congress whose assignments are all open; those of a tenth have a key item, none has been heard of."""
    app = create_app(settings)
    with clock.at(MONDAY), app.app_context():
        upgrade_database(app)
        load_rule_sets()
        seed_calendar(by=SYSTEM, on=MONDAY)
        for name in ("测量人大", "另一人大"):
            db.session.add(Congress(name=name, level=Level.CITY, rules_name="default"))
            db.session.flush()
        rules = find_rule_set("default", MONDAY)
        assert rules is not None
        _people(bodies, officers)
        _work(open_, bodies, rules.id)
        db.session.commit()
        _load.loaded()


def measured(settings: dict[str, Any]) -> list[dict[str, Any]]:
    """The first issue and the one a week later: seconds, lines, letters, and megabytes."""
    app = create_app(settings)
    rows: list[dict[str, Any]] = []
    with app.app_context():
        start = _warm()
        for week in range(2):
            on = MONDAY + timedelta(weeks=week)
            with clock.at(on):
                began, used = time.perf_counter(), time.process_time()
                issue = jobs.freeze_week(1, week_of(on), on=on)
                frozen = time.perf_counter() - began
                letters = jobs.write_letters(issue)
                whole = time.perf_counter() - began
            rows.append(
                {
                    "issue": issue.number,
                    "lines": len(issue.items),
                    "letters": letters,
                    "frozen s": round(frozen, 1),
                    "in the outbox s": round(whole, 1),
                    "of them CPU s": round(time.process_time() - used, 1),
                    "start MB": start,
                    "peak MB": peak(),
                }
            )
            db.session.remove()
    return rows


def _warm() -> int:
    """The process as it is when it begins: one issue of another congress is made, with its one letter."""
    with clock.at(MONDAY):
        assert jobs.write_letters(jobs.freeze_week(2, week_of(MONDAY), on=MONDAY)) == 1
    db.session.remove()
    return peak()


def _people(bodies: int, officers: int) -> None:
    _load.insert("delegation", [{"congress_id": 1, "name": "第一代表团"}])
    _load.insert("meeting", [{"congress_id": 1, "name": "测量会议", "year": 2026, "ordinal": 1}])
    _load.insert("deputy", [{"congress_id": 1, "name": f"代表{n}", "delegation_id": 1} for n in range(60)])
    rows: list[dict[str, Any]] = []
    for n in range(1, bodies + 1):
        rows.append({"id": n, "congress_id": 1, "name": f"测量单位{n}", "branch": "government", "sort_key": n})
    _load.insert("body", rows)
    people = [
        {"congress_id": 1, "body_id": n, "name": f"人{n}-{k}", "rank": RANKS[k], "email": f"o{n}.{k}@bench.example"}
        for n in range(1, bodies + 1)
        for k in range(officers)
    ]
    meeting = {"body_id": None, "name": "主任会议", "rank": "directors_meeting", "email": "d@bench.example"}
    people += [{**meeting, "congress_id": congress_id} for congress_id in (1, 2)]
    _load.insert("officer", people)


def _work(open_: int, bodies: int, rule_set_id: int) -> None:
    chance = random.Random(7)
    day0 = MONDAY - timedelta(days=90)
    hand_over = {"id": 1, "congress_id": 1, "meeting_id": 1, "on": day0, "document_number": "1", "by_name": "clerk"}
    _load.insert("hand_over", [hand_over])
    for first in range(1, open_ + 1, AT_ONCE):
        tables: dict[str, list[dict[str, Any]]] = {"suggestion": [], "assignment": [], "deadline": []}
        for n in range(first, min(first + AT_ONCE, open_ + 1)):
            body_id, due_on = chance.randrange(1, bodies + 1), MONDAY + timedelta(days=chance.randrange(-40, 60))
            tables["suggestion"].append(
                {
                    **SUGGESTION, "text": "短", "id": n, "congress_id": 1, "number": f"2026-{n}",
                    "number_key": f"{n:09}",
                    "title": f"关于解决第{n}小区停车难问题的建议", "lead_deputy_id": n % 60 + 1, "key": n % 10 == 0,
                    "recorded_on": day0, "handed_over_on": day0, "rule_set_id": rule_set_id, "stage": "handed_over",
                }
            )  # fmt: skip
            tables["assignment"].append(
                {
                    "id": n, "congress_id": 1, "suggestion_id": n, "body_id": body_id, "part": "sole", "round": 1,
                    "hand_over_id": 1, "handed_over_on": day0, "assigned_on": day0, "standing": "received",
                    "pending_case": False, "version": 1,
                }
            )  # fmt: skip
            tables["deadline"].append(
                {
                    "congress_id": 1, "kind": "reply", "rule_set_id": rule_set_id, "assignment_id": n, "holder": "body",
                    "holder_body_id": body_id, "started_on": day0, "original_due_on": due_on, "due_on": due_on,
                    "unrolled_on": due_on, "provisional": False, "explanation": [], "met_on": None, "moved_count": 0,
                    "clause": {"kind": "reply", "amount": 3, "unit": "m", "start": "hand_over"},
                }
            )  # fmt: skip
        for name, rows in tables.items():
            _load.insert(name, rows)
    db.session.commit()


def peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    main()
