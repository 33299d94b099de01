"""Numbers guessed one after the other: everybody asks every page that takes a number for every number."""

from __future__ import annotations

import re
from typing import Any

from tests.house_rules.who_may_open import WHO_MAY_OPEN
from tests.reader import Reader
from tests.security.city import City
from tests.security.crawl import SEES, ask, leaks

ONE_NUMBER = re.compile(r"^(?:[^<]*)<int:(\w+)>[^<]*$")


def pages(app: Any) -> list[tuple[str, str, str]]:
    """Endpoint, address and the name of its one number, for every page that is looked at."""
    found = []
    for rule in app.url_map.iter_rules():
        named = ONE_NUMBER.match(rule.rule)
        if named and "GET" in rule.methods and rule.endpoint in WHO_MAY_OPEN:
            found.append((rule.endpoint, rule.rule, named[1]))
    return found


def guess(app: Any, city: City, name: str, most: int) -> dict[str, Any]:
    """One person's guesses: how many were asked, how many opened, and what crossed."""
    visitor, role = Reader(app).signed_in_as(city.users[name]), city.users[name].role
    told: dict[str, Any] = {"who": name, "asked": 0, "opened": 0, "refused": 0, "mistakes": 0, "crossed": []}
    for endpoint, rule, number_name in pages(app):
        if role not in WHO_MAY_OPEN[endpoint].roles:
            continue
        foreign = _foreign(city, name, number_name)
        for number in range(1, most + 1):
            path = re.sub(r"<int:\w+>", str(number), rule)
            answer, text = ask(visitor, path)
            told["asked"] += 1
            told["opened" if answer.status_code < 300 else "refused"] += 1
            told["mistakes"] += answer.status_code >= 500
            told["crossed"] += leaks(name, text, path)
            if number in foreign and answer.status_code < 400:
                told["crossed"].append(f"{name} opens {path}")
    return told


def _foreign(city: City, name: str, number_name: str) -> set[int]:
    """The numbers of this kind that belong to items this person does not see."""
    return {number for item, ids in city.ids.items() if item not in SEES[name] for number in ids.get(number_name, ())}
