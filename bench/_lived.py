"""The measured city as it has lived: history that leads where things stand, answers, and no text like another."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import timedelta
from functools import cache
from typing import Any

from bench._city import DEPUTIES, Place
from tracker import clock
from tracker.demo.city import city
from tracker.demo.items import reply_text, suggestions

DRAWN, LONG = 380, 600
Line = tuple[str, int | None, dict[str, Any]]


def lived(i: int, place: Place) -> None:
    """What became of the suggestion written last."""
    suggestion, tables = place.tables["suggestion"][-1], place.tables
    suggestion["text"] = _text("asked", i)
    own = list(enumerate(tables["assignment"][-2:], place.assignments - len(tables["assignment"][-2:]) + 1))
    own = [(number, one) for number, one in own if one["suggestion_id"] == i]
    line = {"suggestion_id": i, "on": place.day0, "actor_kind": "user", "actor_id": 1, "actor_name": "某人"}
    for n, (move, number, facts) in enumerate(_lines(i, suggestion["stage"] == "answered", own)):
        at = clock.now() + timedelta(seconds=n, microseconds=i)
        tables["entry"].append({**line, "move": move, "assignment_id": number, "at": at, "facts": facts})
    for number, one in own:
        if one["standing"] == "delivered":
            _answer(number, i, place)


def _lines(i: int, is_answered: bool, own: list[tuple[int, dict[str, Any]]]) -> Iterator[Line]:
    yield "record", None, {}
    yield "amend", None, {"fields": ["title"]}
    yield "hand_over", None, {"document_number": f"测人办〔2026〕{i}号"}
    for number, one in own:
        yield "assign", number, {"body": f"测量单位{one['body_id']}", "part": one["part"]}
        yield "sign_for", number, {}
        if one["standing"] == "opinion_given":
            yield "give_opinion", number, {"note": f"同意第{i}号建议的答复"}
        if one["standing"] == "delivered":
            yield "submit", number, {"class_label": "A"}
            yield "deliver", number, {"deputy": f"代表{i % DEPUTIES}", "reply_id": number}
    if is_answered:
        yield "answer", None, {}


def _answer(number: int, i: int, place: Place) -> None:
    on, text = place.day0 + timedelta(days=60), _text("answered", number)
    said = {"id": number, "text": text, "class_label": "A"}
    dated = {"letter_on": on, "submitted_on": on, "saved_at": clock.now(), "version": 1, "outcome": "solved"}
    version = {"reply_id": number, "number": 1, "kind": "submitted", "facts": {}, "on": on, "by_name": "某人"}
    reached = {"reply_id": number, "deputy_id": i % DEPUTIES + 1, "released_on": on, "way": "system", "on": on}
    place.tables["reply"].append({**said, **dated, "assignment_id": number})
    for name, row in (
        ("reply_version", {**version, "text": text, "class_label": "A"}),
        ("delivery", {**reached, "by_name": "某人"}),
    ):
        place.tables.setdefault(name, []).append(row)


def _text(what: str, number: int) -> str:
    """Some 600 characters, of sentences of the demo city in an order of its own."""
    chance, said, length = random.Random(f"{what} {number}"), [], 0
    while length < LONG:
        said.append(chance.choice(_sentences()[what]))
        length += len(said[-1])
    return "".join(said)


@cache
def _sentences() -> dict[str, list[str]]:
    drawn = suggestions(city(7), 7, DRAWN)
    letters = [reply_text(one, "solved", random.Random(7)) for one in drawn]
    texts = {"asked": [one.text for one in drawn], "answered": letters}
    return {what: [f"{one}。" for text in some for one in text.split("。") if one] for what, some in texts.items()}
