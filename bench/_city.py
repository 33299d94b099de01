"""A city of N suggestions, written in bulk: 1.4 assignments each, texts of 600 characters, clocks and history."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from bench import _load
from tracker import clock
from tracker.actor import SYSTEM
from tracker.database import db
from tracker.deadlines.actions import load_rule_sets
from tracker.deadlines.queries import find_rule_set
from tracker.people.actions import add_user
from tracker.roles import Role
from tracker.structure.models import Body, Branch, Congress, Delegation, Deputy, Level, Meeting
from tracker.workdays.actions import seed_calendar

BODIES, DEPUTIES, HISTORY, LONG_HISTORY = 90, 400, 8, 40
AT_ONCE = 5_000
FULL_PAGE = 40  # so many open ones of the body that is asked, so that its inbox has 25 rows at every size
TEXT = "老旧小区停车难、出行难问题群众反映强烈，建议有关部门尽快研究解决。" * 19
SUGGESTION = {
    "meeting_id": 1,
    "text": TEXT[:600],
    "origin": "meeting",
    "category": "城建环资",
    "publicity": "full",
    "survey_method": "",
    "long_unsolved": False,
    "contact_wanted": False,
    "reference_only": False,
    "internal": False,
    "remark": "",
    "round": 1,
    "version": 1,
}


def build(n: int, *, today: date, history: Callable[[int, Place], None] | None = None) -> dict[str, int]:
    """Fill an empty database; answers the ids the pages are asked for. `history` writes what became of each."""
    load_rule_sets()
    seed_calendar(by=SYSTEM, on=today)
    congress = Congress(name="测量市人大", level=Level.CITY, rules_name="default")
    db.session.add(congress)
    db.session.flush()
    ids = _structure(congress.id, today)
    rules = find_rule_set("default", today)
    assert rules is not None
    _write(n, congress.id, rules.id, today, history or _history)
    users = {
        role: add_user(
            f"{role}@bench.example",
            str(role),
            role,
            congress_id=congress.id,
            body_id=ids["body"],
            by=SYSTEM,
            at=clock.now(),
        ).id
        for role in (Role.OFFICE_CLERK, Role.BODY_HANDLER)
    }
    db.session.commit()
    _load.loaded()
    return {"clerk": users[Role.OFFICE_CLERK], "handler": users[Role.BODY_HANDLER], "suggestion": 1}


def _structure(congress_id: int, today: date) -> dict[str, int]:
    db.session.add(Delegation(congress_id=congress_id, name="第一代表团"))
    db.session.add_all(
        Body(congress_id=congress_id, name=f"测量单位{i}", short_name=f"单位{i}", branch=Branch.GOVERNMENT, sort_key=i)
        for i in range(1, BODIES + 1)
    )
    db.session.add_all(Deputy(congress_id=congress_id, name=f"代表{i}", delegation_id=1) for i in range(DEPUTIES))
    db.session.add(
        Meeting(congress_id=congress_id, name="测量会议", year=today.year, closed_on=today - timedelta(days=120))
    )
    db.session.flush()
    return {"body": 1, "meeting": 1}


def _write(n: int, congress_id: int, rule_set_id: int, today: date, history: Callable[[int, Place], None]) -> None:
    chance = random.Random(7)
    tables: dict[str, list[dict[str, Any]]] = {
        name: [] for name in ("hand_over", "suggestion", "assignment", "receipt", "deadline", "entry", "reply")
    }
    day0 = today - timedelta(days=90)
    tables["hand_over"].append(
        {"id": 1, "congress_id": congress_id, "meeting_id": 1, "on": day0, "document_number": "1", "by_name": "clerk"}
    )
    place = Place(tables, chance, congress_id, rule_set_id, day0)
    progress = _load.Progress(n)
    for i in range(1, n + 1):
        _one(i, place, today.year)
        history(i, place)
        if i % AT_ONCE == 0:
            _flush(tables)
            progress.at(i)
    _flush(tables)


@dataclass
class Place:
    """Where the rows are written, and the ids they share."""

    tables: dict[str, list[dict[str, Any]]]
    chance: random.Random
    congress_id: int
    rule_set_id: int
    day0: date
    assignments: int = 0


def _one(i: int, place: Place, year: int) -> None:
    answered = place.chance.random() < 0.8 and i > FULL_PAGE
    place.tables["suggestion"].append(
        {
            **SUGGESTION,
            "id": i,
            "congress_id": place.congress_id,
            "number": f"{year}-{i}",
            "number_key": f"{year}-{i}",
            "title": f"关于解决第{i}小区停车难问题的建议" if i % 100 else f"关于第{i}村养老服务的建议",
            "lead_deputy_id": i % DEPUTIES + 1,
            "key": i % 40 == 0,
            "recorded_on": place.day0 - timedelta(days=10),
            "handed_over_on": place.day0,
            "rule_set_id": place.rule_set_id,
            "stage": "answered" if answered else "handed_over",
        }
    )
    for part in ("lead", "co") if place.chance.random() < 0.4 else ("sole",):
        _assignment(i, part, answered or part == "co", place)


def _assignment(i: int, part: str, done: bool, place: Place) -> None:
    place.assignments += 1
    body_id = 1 if i <= FULL_PAGE and part != "co" else place.chance.randrange(1, BODIES + 1)
    place.tables["assignment"].append(
        {
            "id": place.assignments,
            "congress_id": place.congress_id,
            "suggestion_id": i,
            "body_id": body_id,
            "part": part,
            "round": 1,
            "hand_over_id": 1,
            "handed_over_on": place.day0,
            "assigned_on": place.day0,
            "standing": ("opinion_given" if part == "co" else "delivered") if done else "received",
            "pending_case": False,
            "version": 1,
        }
    )
    place.tables["receipt"].append({"assignment_id": place.assignments, "on": place.day0, "by_name": "handler"})
    place.tables["deadline"].append(_clock(part, done, body_id, place))


def _clock(part: str, done: bool, body_id: int, place: Place) -> dict[str, Any]:
    due_on = place.day0 + timedelta(days=place.chance.randrange(70, 130))
    return {
        "congress_id": place.congress_id,
        "kind": "co_opinion" if part == "co" else "reply",
        "rule_set_id": place.rule_set_id,
        "assignment_id": place.assignments,
        "holder": "body",
        "holder_body_id": body_id,
        "started_on": place.day0,
        "original_due_on": due_on,
        "due_on": due_on,
        "unrolled_on": due_on,
        "provisional": False,
        "clause": {"kind": "reply", "amount": 3, "unit": "m", "start": "hand_over"},
        "explanation": [],
        "met_on": due_on - timedelta(days=5) if done else None,
        "moved_count": 0,
    }


def _history(i: int, place: Place) -> None:
    line = {"suggestion_id": i, "move": "amend", "on": place.day0, "at": clock.now(), "facts": {"fields": ["title"]}}
    line |= {"actor_kind": "user", "actor_id": 1, "actor_name": "clerk"}
    place.tables["entry"] += [line] * (LONG_HISTORY if i == 1 else HISTORY)


def _flush(tables: dict[str, list[dict[str, Any]]]) -> None:
    _load.trusted()
    for name, rows in tables.items():
        if rows:
            _load.insert(name, rows)
            rows.clear()
    db.session.commit()
