"""What a page says when something is wrong: a sentence and a number, and nothing of our insides."""

from __future__ import annotations

import logging
import re
from typing import Any

import pytest

from tests.makers import Case, a_case
from tests.security.crawl import ask
from tests.security.fuzzing import TOLD
from tracker.database import db
from tracker.web.gate import allow_anyone
from tracker.web.headers import ALWAYS

INSIDES = re.compile(r"select \*|secret|/srv/|\b\d+\.\d+\.\d+\b|RuntimeError|no such table", re.IGNORECASE)


@allow_anyone
def breaks() -> str:
    raise RuntimeError("select * from secret in /srv/tracker 3.11.7")


@allow_anyone
def breaks_in_the_database() -> str:
    db.session.connection().exec_driver_sql("select * from secret")
    return ""


@pytest.fixture
def clerk(app, session, reader) -> Any:
    for view in (breaks, breaks_in_the_database):
        app.add_url_rule(f"/{view.__name__}", view.__name__, view, methods=["GET", "POST"])
    case: Case = a_case()
    session.commit()
    return reader.signed_in_as(case.clerk)


def test_a_mistake_of_ours_is_told_by_a_number_that_stands_in_the_log(clerk, caplog) -> None:
    for name in ("breaks", "breaks_in_the_database"):
        with caplog.at_level(logging.ERROR, logger="tracker"):
            data = {"csrf_token": clerk.token(), "text": "写了很久的文字"}
            answer, text = ask(clerk, f"/{name}", "POST", data=data)
        assert answer.status_code == 500
        assert "写了很久的文字" in text
        [number] = re.findall(r'<strong class="num">([0-9a-f]{12})</strong>', text)
        assert number in {record.facts["id"] for record in caplog.records if hasattr(record, "facts")}
        assert not INSIDES.search(re.sub(r"[?&]v=\w+", "", text))
        assert not TOLD.search(text)


@pytest.mark.engines("sqlite")
def test_no_error_page_tells_of_our_insides_and_each_has_its_headers(clerk, reader) -> None:
    token, long = {"csrf_token": clerk.token()}, {"text": "x" * 3_000_000}
    asked = {
        400: (clerk, "/suggestions/new", {"method": "POST", "data": {"csrf_token": "x"}}),
        401: (reader, "/links/nobody", {}),
        403: (clerk, "/trail", {}),
        404: (clerk, "/suggestions/999999", {}),
        405: (clerk, "/sign-out", {}),
        413: (clerk, "/suggestions/new", {"method": "POST", "data": {**token, **long}}),
        500: (clerk, "/breaks", {}),
    }
    for code, (who, path, options) in asked.items():
        answer, text = ask(who, path, **options)
        assert answer.status_code == code, path
        assert "<h1" in text
        assert not INSIDES.search(re.sub(r"[?&]v=\w+", "", text)), path
        assert not TOLD.search(text), path
        assert {name for name in ALWAYS if name not in answer.headers} == set(), path
        assert answer.headers["Cache-Control"] == "no-store"
