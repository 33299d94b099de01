"""Every field of every form with as many rare characters as it says it takes, and with one more."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from tests.house_rules.who_may_open import WHO_MAY_OPEN
from tests.html import Element, parsed
from tests.security.city import City
from tests.security.crawl import addresses, ask
from tests.security.forms import filled_in, forms_of
from tests.security.payloads import RARE

LINES = ("text", "email", "tel", "search", "url", "password", "")


def fields_with_limits(app: Any, city: City, visitors: dict[str, Any]) -> Iterator[tuple[str, str, str, str, int]]:
    """Who, the page, where its form is sent, the field, and how many characters it takes."""
    seen: set[tuple[str, str]] = set()
    for endpoint, path, item in addresses(app, city):
        who = next((name for name in visitors if city.users[name].role in WHO_MAY_OPEN[endpoint].roles), None)
        if who is None or (item is None and re.search(r"\d{4}", path)):
            continue
        page = parsed(ask(visitors[who], path)[1])
        for form in forms_of(page):
            if form["method"].lower() == "post":
                for one in _texts(page, form):
                    goal = form["action"] or path
                    known = (re.sub(r"\d+", "N", urlsplit(goal).path), re.sub(r"\d+", "N", one["name"]))
                    if known not in seen:
                        seen.add(known)
                        yield who, path, goal, one["name"], int(one["maxlength"] or 0)


def _texts(page: Any, form: Element) -> list[Element]:
    every = page.all("input", "textarea")
    return [
        one for one in every if one.form is form and one["name"] and (one.tag == "textarea" or one["type"] in LINES)
    ]


def faults_of(visitor: Any, path: str, goal: str, name: str, most: int) -> list[str]:
    """One more is refused with a sentence; as many as it takes, or thousands where it names no limit, break nothing."""
    found = []
    for count in (most + 1, most) if most else (3_000,):
        page = parsed(ask(visitor, path)[1])
        form = next((form for form in forms_of(page) if (form["action"] or path) == goal), None)
        if form is None:
            return found
        data = {**filled_in(page, form), name: RARE * count, "csrf_token": visitor.token()}
        answer, text = ask(visitor, goal, "POST", data=data)
        if answer.status_code >= 500:
            found.append(f"{goal} {name}: {count} characters answer {answer.status_code}")
        if count == most + 1 and answer.status_code in (302, 303) and RARE in ask(visitor, path)[1]:
            found.append(f"{goal} {name}: {count} characters are taken, although it takes {most}")
    return found
