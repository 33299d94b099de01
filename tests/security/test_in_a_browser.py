"""In a real browser without a network: nothing is asked of anybody else, and no file that was handed in ever runs."""

from __future__ import annotations

import io
from typing import Any
from urllib.parse import urlsplit

import pytest
from werkzeug.datastructures import FileStorage

from tests import makers
from tests.outside import LiveServer, browser_page
from tests.security.city import ON, City, built
from tests.security.corpus import BOTH_KINDS, INERT
from tracker import clock
from tracker.files import store
from tracker.intake import actions as intake
from tracker.people.actions import set_password

pytestmark = pytest.mark.engines("sqlite")
EMAIL, PASSWORD = "clerk@city.example", "plum river lantern oak"
PAGES = ("/", "/suggestions", "/suggestions/1", "/figures", "/structure", "/documents", "/outbox")


@pytest.fixture
def city(session, stopped_clock) -> City:
    stopped_clock(ON)
    made = built()
    made.users["clerk"].email = EMAIL
    set_password(made.users["clerk"], PASSWORD, at=clock.now())
    session.commit()
    return made


def sign_in(page: Any) -> None:
    page.goto("/sign-in")
    page.fill("input[name=email]", EMAIL)
    page.fill("input[name=password]", PASSWORD)
    page.click("main form button[type=submit]")
    page.wait_for_load_state()


@pytest.fixture
def strange(city: City, session) -> dict[str, str]:
    """Files that are two things at once, or that begin to act when opened: name → where each is handed out."""
    tried = [one for one in INERT if one in BOTH_KINDS or one.name.startswith(("脚本", "启动"))]
    found = {}
    for sample in tried:
        upload = FileStorage(io.BytesIO(sample.make()), filename=sample.name)
        kept = intake.attach(city.suggestions["roads"], store.keep(upload, by=makers.CLERK, at=clock.now()))
        session.flush()
        found[sample.name] = f"/attachments/{kept.id}"
    session.commit()
    return found


def test_nothing_is_asked_of_others_and_no_file_runs(strange: dict[str, str], browser, live: LiveServer) -> None:
    live.stand_at(ON)
    asked: list[str] = []
    with browser_page(browser, live) as page:
        page.on("request", lambda request: asked.append(request.url))
        sign_in(page)
        for path in PAGES:
            page.goto(path)
        here = page.title()
        for name, path in strange.items():
            with page.expect_download() as waiting:
                page.evaluate("path => { location.href = path }", path)
            assert waiting.value.suggested_filename == name
            assert page.title() == here
    own = urlsplit(str(live)).netloc
    assert len(asked) > 100
    assert {url for url in asked if urlsplit(url).scheme != "data" and urlsplit(url).netloc != own} == set()
