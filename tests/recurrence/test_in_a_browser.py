"""While a suggestion is typed its look-alikes appear beside it, and the button opens them on a page of their own."""

from __future__ import annotations

from datetime import date

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.recurrence.conftest import AGAIN, TITLE
from tracker.clock import now
from tracker.database import db
from tracker.people.actions import set_password

PASSWORD = "Kf7-grün-Linde-42"


@pytest.mark.engines("sqlite")
def test_look_alikes_come_while_typing(town, page, live):
    user = town.user()
    set_password(user, PASSWORD, at=now())
    email = user.email
    db.session.commit()  # the server writes from now on
    live.stand_at(date(2026, 3, 2))
    page.goto("/sign-in")
    page.fill("[name=email]", email)
    page.fill("[name=password]", PASSWORD)
    page.click("main form button[type=submit]")
    page.wait_for_url("**/")
    page.goto("/suggestions/new?secrecy=no")
    page.fill("[name=title]", AGAIN)
    beside = page.locator("[data-alike]")
    beside.get_by_text(TITLE).wait_for()
    assert beside.locator("mark").count() >= 1
    assert Axe().run(page).violations_count == 0
    with page.context.expect_page() as opened:
        page.click("button[formtarget]")
    opened.value.get_by_text(TITLE).wait_for()
    assert page.locator("[name=title]").input_value() == AGAIN
    assert page.locator("form:has([name=title]) button[type=submit]").first.is_enabled()
