"""A clerk asks co-signers, merges, numbers and takes back with the mouse; a co-signer answers on his telephone."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import sqlalchemy as sa
from axe_playwright_python.sync_playwright import Axe

from tests import makers
from tests.intake.made import ON, Made, letters, link_in
from tests.outside import LiveServer, browser_page
from tracker import clock
from tracker.database import db
from tracker.intake import actions
from tracker.people.actions import set_password
from tracker.structure.models import Deputy

PASSWORD = "plum river lantern oak"
TELEPHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
DESK = {"viewport": {"width": 1366, "height": 768}}
SHOTS = os.environ.get("SHOTS", "")


@pytest.fixture(params=["en-GB", "zh-CN"])
def locale(request) -> str:
    return request.param


@contextmanager
def opened(browser: Any, live: LiveServer, locale: str, **screen: Any) -> Iterator[Any]:
    with browser_page(browser, live, locale=locale, **screen) as page:
        page.on("dialog", lambda dialog: dialog.accept())
        yield page


def is_well(page: Any, name: str) -> None:
    """Nothing for axe to find, nothing wider than the screen."""
    if SHOTS:
        language, width = page.locator("html").get_attribute("lang"), page.viewport_size["width"]
        page.screenshot(path=f"{SHOTS}/{name}-{language}-{width}.png", full_page=True)
    found = Axe().run(page)
    assert found.violations_count == 0, f"{page.url}\n{found.generate_report()}"
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


def sends(page: Any, path: str) -> None:
    page.click(f'form[action="{path}"] .form-actions button:not([name])')
    page.wait_for_load_state()


@pytest.mark.engines("sqlite")
def test_it_is_all_clicked(office: Made, browser, live: LiveServer, locale: str) -> None:
    suggestion = office.suggestion(office.second, office.third)
    other = office.suggestion(lead=office.other, title="关于加宽道路的建议")
    joint = office.suggestion(office.second, title="关于路灯的建议")
    actions.withdraw(joint, "问题已经解决", by=makers.CLERK, on=ON)
    handed = office.suggestion(title="关于公园的建议")
    [assignment] = makers.an_assignment(handed, makers.a_body(office.congress))
    db.session.execute(sa.update(Deputy).values(language="en" if locale == "en-GB" else "zh_Hans_CN"))
    set_password(office.clerk, PASSWORD, at=clock.now())
    db.session.commit()
    ids = suggestion.id, other.id, joint.id, handed.id, assignment.id, office.meeting.id, suggestion.number
    email = office.clerk.email
    live.stand_at(ON)
    db.session.commit()
    with opened(browser, live, locale, **DESK) as desk:
        desk.goto("/sign-in")
        desk.fill("#email", email)
        desk.fill("#password", PASSWORD)
        desk.click("main form button[type=submit]")
        asks(desk, ids[0])
        merges(desk, ids[1], ids[6])
        numbers(desk, ids[5])
        desk.goto(f"/suggestions/{ids[2]}/agreements")
        is_well(desk, "agreements")
        desk.goto(f"/suggestions/{ids[0]}/withdrawal")
        is_well(desk, "withdrawal")
        takes_back(desk, ids[3], ids[4])
    link = link_in(letters("asked_to_sign")[0])
    agreement = link_in(letters("asked_to_withdraw")[-1])
    db.session.commit()
    with opened(browser, live, locale, **TELEPHONE) as telephone:
        for path, name in ((link, "co-sign"), (agreement, "agree")):
            telephone.goto(path)
            is_well(telephone, name)
            telephone.check("input[name=answer][value=yes]")
            sends(telephone, path)
            is_well(telephone, f"{name}-done")


def asks(desk: Any, suggestion_id: int) -> None:
    page = f"/suggestions/{suggestion_id}"
    desk.goto(page)
    is_well(desk, "suggestion")
    desk.click(f'a[href="{page}/co-signers"]')
    is_well(desk, "co-signers")
    sends(desk, f"{page}/co-signers/asking")
    assert desk.locator(".tag-warn").count() == 2


def merges(desk: Any, suggestion_id: int, number: str) -> None:
    path = f"/suggestions/{suggestion_id}/merger"
    desk.goto(path)
    desk.fill("#into", number)
    sends(desk, path)
    is_well(desk, "merge")
    desk.fill("#reason", "内容相同")
    desk.click(f'form[action="{path}"][method=post] button[type=submit]')
    desk.wait_for_load_state()
    is_well(desk, "merged")


def numbers(desk: Any, meeting_id: int) -> None:
    desk.goto(f"/meetings/{meeting_id}/numbering")
    desk.fill("#pattern", "闭{n:02d}")
    desk.wait_for_selector("#example strong:has-text('闭05')")
    is_well(desk, "numbering")
    desk.fill("#pattern", "闭{m}")
    desk.wait_for_selector("#example .field-errors")


def takes_back(desk: Any, suggestion_id: int, assignment_id: int) -> None:
    desk.goto(f"/suggestions/{suggestion_id}")
    desk.click(f'a[href="/assignments/{assignment_id}/recall"]')
    is_well(desk, "recall")
    desk.fill("#reason", "误交办")
    sends(desk, f"/assignments/{assignment_id}/recall")
    is_well(desk, "assign-again")
