"""What an address asks for is carried on to other addresses of the page; it never says how those are put together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.html import parsed
from tests.security.city import ON, City, built
from tests.security.crawl import ask

pytestmark = pytest.mark.engines("sqlite")
TRICKS = {
    "endpoint": "x",
    "_scheme": "javascript",
    "_external": "1",
    "_anchor": "trick",
    "_method": "POST",
    "layout": "x",
}
ELSEWHERE = ("javascript:", "http", "//")


@pytest.fixture
def city(session, stopped_clock) -> City:
    stopped_clock(ON)
    return built()


def lists(app: Any) -> Iterator[str]:
    """The pages whose addresses need no number."""
    for rule in app.url_map.iter_rules():
        if "GET" in rule.methods and not rule.arguments and rule.endpoint not in ("people.sign_out", "static"):
            yield rule.rule


@pytest.mark.parametrize("name", ["clerk", "admin"])
def test_a_name_that_means_something_to_us_alone_means_nothing_in_an_address(app, city, reader, name) -> None:
    visitor = reader.signed_in_as(city.users[name])
    for path in lists(app):
        answer, text = ask(visitor, path, query_string={**TRICKS, "page": "1", "q": "路"})
        assert answer.status_code < 500, path
        tricked = [
            one["href"] for one in parsed(text).all("a") if one["href"].startswith(ELSEWHERE) or "#trick" in one["href"]
        ]
        assert tricked == [], path


def test_an_address_without_an_end_is_refused_before_anything_is_read(city, reader) -> None:
    answer, text = ask(reader.signed_in_as(city.users["clerk"]), "/suggestions", query_string={"q": "国" * 10_000})
    assert answer.status_code == 414
    assert 'href="/"' in text
