"""Typing into the form in a real browser while the server goes away and comes back: no word is lost."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from werkzeug.serving import make_server

from tests.outside import LiveServer
from tests.small_city import SmallCity, small_city
from tracker import clock
from tracker.database import db
from tracker.intake.models import Draft
from tracker.people.actions import set_password
from tracker.suggestion.models import Suggestion

PASSWORD = "plum river lantern oak"
STATUS = "document.querySelector('[data-draft-status]')"
RECORD = "main form[data-draft] button[type=submit]:not([name])"
FORM = "/suggestions/new?secrecy=no"
ON = date(2026, 1, 12)
WORDS = "江滨路拥堵，学生出行不便，建议尽快拓宽路面。"


@pytest.fixture
def city(session, stopped_clock, live: LiveServer) -> SmallCity:
    stopped_clock(ON)
    made = small_city()
    set_password(db.session.merge(made.clerk), PASSWORD, at=clock.now())
    db.session.commit()
    live.stand_at(ON)
    return made


@pytest.fixture
def window(city: SmallCity, browser, live: LiveServer) -> Iterator[Any]:
    """A browser in which the clerk is signed in; a lost connection may complain in its console."""
    email = city.clerk.email
    db.session.rollback()  # the server writes from now on
    opened = browser.new_context(base_url=str(live), locale="zh-CN")
    page = opened.new_page()
    page.goto("/sign-in")
    page.fill("#email", email)
    page.fill("#password", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_selector("form[data-forget-kept]", state="attached")  # to close a page on its way may never end
    page.close()
    yield opened
    opened.close()


@contextmanager
def gone(live: LiveServer) -> Iterator[None]:
    """The server is down meanwhile, and comes back at the same address."""
    port = live.server.server_port
    live.server.shutdown()
    live.server.server_close()
    yield
    live.server = make_server("127.0.0.1", port, live.answer, threaded=True)
    threading.Thread(target=live.server.serve_forever, daemon=True).start()


def drafts() -> list[Draft]:
    found = list(db.session.scalars(sa.select(Draft).options(sa.orm.undefer(Draft.said))))
    db.session.expunge_all()
    db.session.rollback()
    return found


def saved(title: str, text: str = "") -> Draft:
    """The one draft, once it holds these words."""
    for _ in range(150):
        found = drafts()
        if len(found) == 1 and found[0].title == title and found[0].said.get("text", [""])[0] == text:
            return found[0]
        time.sleep(0.1)
    raise AssertionError([(one.title, one.said) for one in drafts()])


def becomes_true(page: Any, said: str) -> None:
    """The page's policy forbids the waiting that evaluates words inside the page."""
    for _ in range(150):
        if page.evaluate(said):
            return
        time.sleep(0.1)
    raise AssertionError(said)


@pytest.mark.engines("sqlite")
def test_what_is_typed_while_the_server_is_gone_is_sent_when_it_is_back(window: Any, live: LiveServer) -> None:
    page = window.new_page()
    page.goto(FORM)
    page.type("#title", "关于拓宽江滨路的建议")
    first = saved("关于拓宽江滨路的建议").id
    with gone(live):
        page.type("#text", WORDS)
        becomes_true(page, f"{STATUS}.textContent === {STATUS}.dataset.gone")
    assert saved("关于拓宽江滨路的建议", WORDS).id == first
    becomes_true(page, "Object.keys(localStorage).length === 0")


@pytest.mark.engines("sqlite")
def test_what_was_typed_before_the_window_was_closed_is_sent_from_the_next_page(window: Any, live: LiveServer) -> None:
    page = window.new_page()
    page.goto(FORM)
    with gone(live):
        page.type("#title", "关于路灯的建议")
        page.type("#text", WORDS)
        becomes_true(page, f"{STATUS}.textContent === {STATUS}.dataset.gone")
        page.close()
    later = window.new_page()
    later.goto("/suggestions/drafts")
    draft = saved("关于路灯的建议", WORDS)
    later.wait_for_selector("[data-draft-recovered]:not([hidden])")
    later.goto(f"/suggestions/drafts/{draft.id}")
    assert later.input_value("#text") == WORDS


@pytest.mark.engines("sqlite")
def test_hints_come_while_typing_and_recording_leaves_nothing_behind(
    city: SmallCity, window: Any, live: LiveServer
) -> None:
    page = window.new_page()
    page.goto(FORM)
    page.fill("#title", "关于路灯的建议")
    page.type("#text", "我的宅基地")
    page.wait_for_selector("[data-hints] li")
    page.fill("#text", WORDS)
    lead = str(city.deputies["赵甲一"].id)
    db.session.rollback()
    page.select_option("#lead_deputy_id", lead)
    page.click(RECORD)
    page.wait_for_selector("[data-saved]")
    assert drafts() == []
    assert db.session.scalars(sa.select(Suggestion.number)).all() == ["2026-001"]
    assert page.evaluate("Object.keys(localStorage)") == []


@pytest.mark.engines("sqlite")
def test_a_form_sent_back_with_its_faults_stays_where_it_is_and_is_a_draft(window: Any, live: LiveServer) -> None:
    page = window.new_page()
    page.goto(FORM)
    page.fill("#title", "关于路灯的建议")
    page.fill("#text", WORDS)
    page.click(RECORD)
    page.wait_for_selector("main .form-errors, main [role=alert], main .banner-bad")
    saved("关于路灯的建议", WORDS)
    becomes_true(page, "Object.keys(localStorage).length === 0")
    assert (page.url.partition("/suggestions/")[2], page.input_value("#text")) == ("new?secrecy=no", WORDS)
    page.fill("#text", WORDS + "。")
    saved("关于路灯的建议", WORDS + "。")


@pytest.mark.engines("sqlite")
def test_the_source_is_asked_only_where_the_origin_needs_one(window: Any) -> None:
    page = window.new_page()
    page.goto(FORM)
    assert not page.is_visible("#source")
    page.select_option("#origin", "from_above")
    assert page.is_visible("#source")
    assert page.locator("[data-origin]:visible").count() == 1
