"""A clerk splits a body on its page: looks at what would move, says where an item goes, and finds it there."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.dispatch.office import Office, an_office
from tests.journeys.test_in_a_browser import SUBMIT, TELEPHONE, is_well, somebodys_page
from tests.makers import assignments_of
from tests.outside import LiveServer
from tracker import clock
from tracker.database import db
from tracker.people.actions import set_password

PASSWORD = "plum river lantern oak"
TODAY = date(2026, 3, 16)


@pytest.fixture
def office(session, stopped_clock, live: LiveServer) -> Office:
    stopped_clock(TODAY)
    made = an_office()
    made.given("roads")
    set_password(made.users["clerk"], PASSWORD, at=clock.now())
    db.session.commit()
    live.stand_at(TODAY)
    return made


@pytest.mark.parametrize("screen", [{}, TELEPHONE], ids=["desk", "telephone"])
@pytest.mark.parametrize("language", ["zh_Hans_CN", "en"])
@pytest.mark.engines("sqlite")
def test_a_body_is_split_and_its_work_is_found_at_the_new_one(office, browser, live, language, screen):
    address, title = office.users["clerk"].email, office.suggestion.title
    body_id, suggestion_id = office.bodies["roads"].id, office.suggestion.id
    db.session.rollback()
    with somebodys_page(browser, live, language, **screen) as page:
        _signs_in(page, address)
        page.goto(f"/structure/bodies/{body_id}")
        is_well(page, language)
        page.goto(f"/bodies/{body_id}/reform")
        page.check("[name=kind][value=split]")
        page.fill("textarea[name=new_names]", "市公路局\n市港航局")
        page.fill("[name=on]", TODAY.isoformat())
        page.click("#asked button[type=submit]")
        assert title in page.inner_text("#in-hand")
        is_well(page, language)
        page.select_option("#in-hand select", label="市港航局")
        page.click("main form[method=post] > .form-actions button")
        page.wait_for_url("**/structure/bodies/*")
        assert "市公路局" in page.inner_text("h1")
        page.goto(f"/suggestions/{suggestion_id}")
        assert "市港航局" in page.inner_text("#dispatch")
        is_well(page, language)
    [moved] = assignments_of(office.suggestion)
    assert moved.body.name == "市港航局"


def _signs_in(page: Any, address: str) -> None:
    page.goto("/sign-in")
    page.fill("[name=email]", address)
    page.fill("[name=password]", PASSWORD)
    page.click(SUBMIT)
    page.wait_for_url("**/")
