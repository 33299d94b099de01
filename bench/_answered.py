"""What bodies and deputies did in the measured city: replies of the demo city's words, contacts, promises, ratings.

Written in bulk over `_city`; what is weak comes round by number, so that every kind of signal has something to find.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from bench import _load
from bench._city import DEPUTIES, _flush
from tracker import clock
from tracker.database import Base, db
from tracker.deadlines.models import Deadline
from tracker.demo.city import city
from tracker.demo.items import reply_text, suggestions
from tracker.dispatch.models import Assignment
from tracker.suggestion.models import Suggestion

AT_ONCE = 2_000
DRAWN = 380  # suggestions of the demo city whose words go round
CLASSES = ("A",) * 5 + ("B",) * 3 + ("C", "D")
OUTCOMES = {"A": "solved", "B": "in_progress_this_year", "C": "planned", "D": "reference_only"}
EMPTY = "您提出的建议收悉，现答复如下：我局高度重视，认真研究，切实抓好落实。感谢您的关心和支持。"
Rows = dict[str, list[dict[str, Any]]]
TABLES = (
    *("reply", "reply_version", "contact", "co_opinion", "promise", "deadline", "promise_report", "reply_point"),
    *("sending_back", "class_change", "delivery", "rating", "same_matter", "reply_likeness", "entry"),
)


def answer(today: date, *, drawn: int = DRAWN) -> None:
    """Every assignment that `_city` calls delivered gets its reply, every opinion its text."""
    words = Words(drawn)
    _ask(words)
    for some in _assignments():
        rows: Rows = {name: [] for name in TABLES}
        for one in some:
            _one(one, rows, today, words)
        _flush(rows)
    db.session.commit()
    _load.loaded()


class Words:
    """The texts of some suggestions of the demo city, and the letters to them."""

    def __init__(self, drawn: int) -> None:
        self.drawn = suggestions(city(7), 7, drawn)
        self.letters: dict[tuple[int, str], str] = {}

    def text(self, number: int) -> str:
        return self.drawn[number % len(self.drawn)].text

    def letter(self, number: int, outcome: str) -> str:
        key = (number % len(self.drawn), outcome)
        if key not in self.letters:
            self.letters[key] = reply_text(self.drawn[key[0]], outcome, random.Random(number))
        return self.letters[key]


def _ask(words: Words) -> None:
    """The suggestions say something, each fiftieth comes back later."""
    table = Base.metadata.tables["suggestion"]
    names = ("text", "contact_wanted", "recorded_on")
    written = sa.update(table).where(table.c.id == sa.bindparam("its_id"))
    written = written.values({name: sa.bindparam(name) for name in names})
    ids = db.session.execute(sa.select(Suggestion.id, Suggestion.recorded_on).order_by(Suggestion.id)).all()
    for start in range(0, len(ids), AT_ONCE):
        told = [
            {
                "its_id": one,
                "text": words.text(one),
                "contact_wanted": one % 2 == 0,
                "recorded_on": on + timedelta(days=85 if one % 50 == 0 else 0),
            }
            for one, on in ids[start : start + AT_ONCE]
        ]
        db.session.execute(written, told)
        db.session.commit()


def _assignments() -> Iterator[list[Any]]:
    wanted = (
        sa.select(Assignment.id, Assignment.suggestion_id, Assignment.body_id, Assignment.part, Assignment.standing)
        .add_columns(Assignment.congress_id, Assignment.assigned_on, Deadline.due_on, Deadline.rule_set_id)
        .join(Deadline, Deadline.assignment_id == Assignment.id)
        .order_by(Assignment.id)
    )
    last = 0
    while some := list(db.session.execute(wanted.where(Assignment.id > last).limit(AT_ONCE))):
        yield some
        last = some[-1].id


def _one(one: Any, rows: Rows, today: date, words: Words) -> None:
    at = clock.now()
    line = {"suggestion_id": one.suggestion_id, "assignment_id": one.id, "actor_kind": "user", "actor_name": "某人"}
    line |= {"at": at, "body_id": one.body_id, "facts": {}}
    rows["entry"] += [{**line, "move": move, "on": one.assigned_on} for move in ("assign", "sign_for")]
    if one.id % 7 == 0 and one.standing != "delivered":
        tried = {"facts": {"last_on": one.assigned_on.isoformat()}, "on": one.assigned_on + timedelta(days=9)}
        rows["entry"].append({**line, "move": "try_return", **tried})
    if one.standing == "opinion_given":
        opinion = {"assignment_id": one.id, "on": one.assigned_on, "text": "同意。", "by_name": "某人"}
        rows["co_opinion"].append(opinion)
        rows["entry"].append({**line, "move": "give_opinion", "on": one.assigned_on})
    if one.standing == "delivered":
        on = min(one.due_on - timedelta(days=1 if one.id % 13 == 0 else 20), today - timedelta(days=1))
        rows["entry"] += [{**line, "move": move, "on": on} for move in ("contact", "submit", "deliver")]
        _reply(one, on, rows, words)
        _around(one, on, rows)


def _reply(one: Any, on: date, rows: Rows, words: Words) -> None:
    label = CLASSES[one.id % 10]
    said = "planned" if one.id % 35 == 0 else OUTCOMES[label]
    reply = {
        "id": one.id,
        "assignment_id": one.id,
        "class_label": label,
        "outcome": OUTCOMES[label],
        "text": EMPTY if one.id % 40 == 3 else words.letter(one.suggestion_id, said),
        "letter_on": on - timedelta(days=150 if one.id % 43 == 0 else one.id % 20),
        "submitted_on": on,
        "saved_at": clock.now(),
        "version": 1,
    }
    rows["reply"].append(reply)
    kept = {"reply_id": one.id, "number": 1, "kind": "submitted", "text": "", "class_label": label, "facts": {}}
    rows["reply_version"].append({**kept, "on": on, "by_name": "某人"})
    if one.id % 3 == 0:
        answered = {"reply_id": one.id, "request": "增设停车位", "in_letter": False}
        rows["reply_point"] += [
            {**answered, "place": place, "answer": "" if one.id % 45 == 0 else "已增设"} for place in (1, 2)
        ]
    if one.id % 20 == 0 and rows["reply"][0]["id"] != one.id:
        how = "last_year" if one.id % 40 == 0 else "copied"
        pair = {"reply_id": one.id, "other_id": rows["reply"][0]["id"], "percent": 70}
        rows["reply_likeness"].append({**pair, "how": how, "found_on": on})
    if label in "BC" and one.id % 4:
        _promise(one, on, rows)


def _promise(one: Any, on: date, rows: Rows) -> None:
    due_on = on + timedelta(days=one.id % 90)
    told = {"congress_id": one.congress_id, "reply_id": one.id, "assignment_id": one.id}
    rows["promise"].append({**told, "id": one.id, "what": "改造停车场", "owner": "某人", "due_on": due_on})
    days = dict.fromkeys(("fixed_on", "original_due_on", "due_on", "unrolled_on"), due_on)
    running = {"congress_id": one.congress_id, "kind": "promise", "rule_set_id": one.rule_set_id, "holder": "body"}
    running |= {"clause": {}, "explanation": [], "provisional": False, "moved_count": 0, "assignment_id": None}
    running |= {"met_on": due_on if one.id % 7 else None}
    rows["deadline"].append({**running, **days, "promise_id": one.id, "holder_body_id": 1, "started_on": on})
    moved = {"promise_id": one.id, "fate": "moved", "note": "延期", "new_due_on": due_on, "by_name": "某人"}
    rows["promise_report"] += [{**moved, "on": on}] * (2 if one.id % 7 == 0 else 0)


def _around(one: Any, on: date, rows: Rows) -> None:
    """Contacts, the office's reading, the way to the deputy, and his rating."""
    if one.id % 10:
        manner = "letter" if one.id % 10 == 2 else "phone"
        when = on + timedelta(days=2 if one.id % 10 == 1 else -5)
        rows["contact"].append(
            {"assignment_id": one.id, "on": when, "manner": manner, "person": "代表", "noted_by": "某人"}
        )
    if one.id % 25 == 0:
        rows["sending_back"].append({"reply_id": one.id, "on": on, "reasons": ["form"], "by_name": "某人"})
    if one.id % 9 == 0 and CLASSES[one.id % 10] == "B":
        changed = {"was_label": "A", "was_outcome": "solved", "label": "B", "outcome": "in_progress_this_year"}
        rows["class_change"].append({"reply_id": one.id, **changed, "reason": "尚未完工", "on": on, "by_name": "某人"})
    deputy_id = one.suggestion_id % DEPUTIES + 1
    reached = {"reply_id": one.id, "deputy_id": deputy_id, "released_on": on, "way": "system", "by_name": "某人"}
    rows["delivery"].append({**reached, "on": on if one.id % 50 else None})
    if one.id % 4:
        told = {
            "version": 1,
            "result": "satisfied",
            "attitude": "satisfied",
            "channel": "account",
            "entered_by": "某人",
        }
        rows["rating"].append({"reply_id": one.id, "deputy_id": deputy_id, "on": on, **told})
    if one.suggestion_id % 50 == 1:
        linked = {"reason": "同一事项", "on": on, "by_name": "某人"}
        pair = {"one_id": max(one.suggestion_id - 1, 1), "other_id": one.suggestion_id}
        rows["same_matter"] += [] if one.suggestion_id == 1 or one.part == "co" else [{**pair, **linked}]
