"""Time held over N suggestions: all of it reckoned anew, a day of it followed, and the pages that read it.

python3 start.py bench held [--size N] [--engine sqlite|postgresql]

1.4 assignments each, ten lines of history, one in twelve passed on by its first body, a fifth not answered yet, all of
one meeting. On a machine that others use too the least of the rounds and the time of our own processor say most.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any

import psutil
import sqlalchemy as sa

from bench import _city, _load
from bench._both import an_application, asked, kinds
from bench._measure import show
from tests.reader import Reader
from tracker import clock
from tracker.database import db, take_stock
from tracker.held import jobs
from tracker.held.models import Passed, Stay, Tally
from tracker.people.models import User

TODAY = date(2026, 6, 8)
SIZES = (10_000, 100_000)
A_DAY, ROUNDS = 400, 5
PAGES = ("/figures/held", "/figures/held/bodies", "/figures/held/items?holder=body&gone=1", "/figures/passing")


def measured(kind: str, n: int) -> dict[str, object]:
    with an_application(kind) as (app, _given, _sink), clock.at(TODAY), app.app_context():
        ids = _city.build(100, today=TODAY)
        lines = _fill(n)
        process = psutil.Process()
        before = process.memory_info().rss
        cpu = time.process_time()
        anew = _timed(jobs.reckon_all)
        cpu = time.process_time() - cpu
        grown = process.memory_info().rss - before
        _settle()
        _write_lines(A_DAY)
        follow = _timed(lambda: jobs.reckon_held(TODAY))
        again = _timed(jobs.has_work)
        rows = {
            one.__tablename__: db.session.scalar(sa.select(sa.func.count()).select_from(one))
            for one in (Stay, Tally, Passed)
        }
        path = f"/suggestions/{db.session.scalar(sa.select(sa.func.max(Passed.suggestion_id)))}/path"
        reader = Reader(app).signed_in_as(db.session.get_one(User, ids["clerk"]))
        reader.read("/")
        db.session.rollback()
        pages = {one: _page(partial(_read, reader, one)) for one in (*PAGES, path)}
    return {
        "engine": kind,
        "suggestions": n,
        "lines": lines,
        "anew s": round(anew, 1),
        "own cpu s": round(cpu, 1),
        "anew µs each": round(anew / n * 1e6),
        "memory MB": round(grown / 2**20),
        f"follow {A_DAY} s": round(follow, 2),
        "idle ms": round(again * 1000, 1),
        **rows,
        **{("path" if one is path else one.split("?")[0][8:]) + " ms": took for one, took in pages.items()},
    }


def _read(reader: Reader, path: str) -> None:
    """Without the test's own look at the page."""
    with reader.app.app_context():
        answer = reader.client.get(path, base_url=reader.app.config["BASE_URL"])
    assert answer.status_code == 200, (path, answer.status_code)


def _page(read: Callable[[], Any]) -> str:
    """The quickest answer, and our own processor's time for one, in milliseconds."""
    read()
    cpu = time.process_time()
    least = min(_timed(read) for _ in range(ROUNDS))
    return f"{least * 1000:.0f} ({(time.process_time() - cpu) / ROUNDS * 1000:.0f})"


def _timed(act: Callable[[], Any]) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def _settle() -> None:
    if db.engine.dialect.name == "postgresql":
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("vacuum analyze")
    take_stock()


def _fill(n: int) -> int:
    """Suggestions with their histories, after those of the city."""
    chance = random.Random(7)
    first = db.session.scalar(sa.text("select max(id) from suggestion")) + 1
    number = db.session.scalar(sa.text("select max(id) from assignment")) + 1
    rules_id = db.session.scalar(sa.text("select max(rule_set_id) from suggestion"))
    lines = 0
    for start in range(first, first + n, 2_000):
        rows: dict[str, list[dict[str, Any]]] = {"suggestion": [], "assignment": [], "entry": []}
        for suggestion_id in range(start, min(start + 2_000, first + n)):
            number = _one(suggestion_id, number, rules_id, rows, chance)
        for name, some in rows.items():
            _load.insert(name, some)
        lines += len(rows["entry"])
        db.session.commit()
    _settle()
    return lines


def _one(suggestion_id: int, number: int, rules_id: int, rows: dict[str, list[Any]], chance: random.Random) -> int:
    """Recorded, handed over, perhaps passed on, answered, rated and closed; answers the next assignment's number."""
    begun = TODAY - timedelta(days=chance.randrange(200, 240))
    over = begun + timedelta(days=chance.randrange(5, 12))
    stops = chance.random()
    told = _Told(suggestion_id, rows["entry"])
    told("record", begun)
    told("hand_over", over)
    parts = [("lead", number), ("co", number + 1)] if chance.random() < 0.4 else [("sole", number)]
    lead, bodies = number, [chance.randrange(1, _city.BODIES + 1) for _ in range(3)]
    number += len(parts)
    for _part, one in parts:
        told("assign", over, one)
        told("sign_for", over + timedelta(days=2), one)
    standings = {one: "received" for _part, one in parts}
    on = over
    if chance.random() < 1 / 12:
        on = over + timedelta(days=chance.randrange(5, 15))
        told("ask_return", on - timedelta(days=3), lead)
        told("grant_return", on, lead)
        told("assign", on, number)
        standings[lead], standings[number] = "returned", "received"
        parts.append((parts[0][0], number))
        lead, number = number, number + 1
    for part, one in parts:
        if part == "co":
            told("give_opinion", over + timedelta(days=chance.randrange(10, 40)), one)
            standings[one] = "opinion_given"
    stage = _answered(told, standings, lead, on, chance) if stops < 0.8 else "handed_over"
    rows["suggestion"].append(_suggestion(suggestion_id, rules_id, begun, over, stage))
    for place, (part, one) in enumerate(parts):
        rows["assignment"].append(_assignment(one, suggestion_id, part, bodies[place], standings[one], over))
    return number


def _answered(told: _Told, standings: dict[int, str], lead: int, on: date, chance: random.Random) -> str:
    day = on + timedelta(days=chance.randrange(30, 100))
    told("contact", day - timedelta(days=9), lead)
    told("submit", day, lead)
    told("deliver", day + timedelta(days=4), lead)
    told("answer", day + timedelta(days=4))
    standings[lead] = "delivered"
    if chance.random() < 0.2:
        return "answered"
    told("rate_reply", day + timedelta(days=18), lead)
    told("rate", day + timedelta(days=18))
    told("close", day + timedelta(days=25))
    standings[lead] = "rated"
    return "closed"


class _Told:
    """Writes lines of one history."""

    def __init__(self, suggestion_id: int, rows: list[dict[str, Any]]) -> None:
        self.suggestion_id, self.rows, self.at = suggestion_id, rows, clock.now()

    def __call__(self, move: str, on: date, assignment_id: int | None = None) -> None:
        whose = {"suggestion_id": self.suggestion_id, "assignment_id": assignment_id}
        who = {"actor_kind": "user", "actor_id": 1, "actor_name": "clerk", "facts": {}}
        self.rows.append({**whose, "move": move, "on": on, "at": self.at, **who})


def _suggestion(number: int, rules_id: int, begun: date, over: date, stage: str) -> dict[str, Any]:
    named = {"number": f"H{number}", "number_key": f"H{number}", "title": f"关于第{number}小区停车难问题的建议"}
    facts = {"recorded_on": begun, "handed_over_on": over, "rule_set_id": rules_id, "stage": stage}
    own = {"id": number, "congress_id": 1, "lead_deputy_id": 1, "key": False, "text": ""}
    return {**_city.SUGGESTION, **named, **facts, **own}


def _assignment(number: int, suggestion_id: int, part: str, body_id: int, standing: str, on: date) -> dict[str, Any]:
    days = {"handed_over_on": on, "assigned_on": on, "round": 1, "pending_case": False, "version": 1, "hand_over_id": 1}
    whose = {"id": number, "suggestion_id": suggestion_id, "congress_id": 1, "body_id": body_id}
    return {**whose, "part": part, "standing": standing, **days}


def _write_lines(n: int) -> None:
    """One more line for so many suggestions, as on a busy day."""
    ids = list(db.session.scalars(sa.text("select id from suggestion where stage = 'handed_over' order by id desc")))[
        :n
    ]
    rows: list[dict[str, Any]] = []
    for number in ids:
        _Told(number, rows)("ask_withdrawal", TODAY)
    _load.insert("entry", rows)
    db.session.commit()


def main() -> None:
    sizes = (asked("size", 0),) if asked("size", 0) else SIZES
    show("time held", [measured(kind, n) for kind in kinds() for n in sizes])


if __name__ == "__main__":
    main()
