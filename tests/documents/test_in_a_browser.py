"""A clerk goes through a zip in a real browser: beside each document its form, on a wide screen and on a telephone."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from axe_playwright_python.sync_playwright import Axe

from tests.documents.forms_made import begun, table
from tests.documents.hostile import good, parcel
from tests.outside import LiveServer, browser_page
from tests.small_city import SmallCity
from tracker import clock
from tracker.database import db
from tracker.documents.models import Document, State
from tracker.people.actions import set_password
from tracker.suggestion.models import Suggestion

PASSWORD = "plum river lantern oak"
SCREENS = [{"viewport": {"width": 1366, "height": 768}}, {"viewport": {"width": 390, "height": 844}}]


def a_form() -> bytes:
    document = begun()
    rows = [["标题", "关于在东坡路口增设红绿灯的建议"], ["领衔代表", "赵佳一", "代表团", "北山代表团"]]
    table(document, [*rows, ["附议代表", "钱乙"], ["建议内容", "路口车流量大,学生过街危险。\n建议增设红绿灯。"]])
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def is_well(page: Any) -> None:
    found = Axe().run(page)
    assert found.violations_count == 0, f"{page.url}\n{found.generate_report()}"
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{page.url} is {wide} pixels too wide"


@pytest.mark.engines("sqlite")
@pytest.mark.parametrize("screen", SCREENS, ids=["desk", "telephone"])
def test_a_zip_is_gone_through_and_a_closed_browser_loses_nothing(
    city: SmallCity, browser, live: LiveServer, tmp_path: Path, screen: dict[str, Any]
) -> None:
    set_password(db.session.merge(city.clerk), PASSWORD, at=clock.now())
    db.session.commit()
    live.stand_at(clock.today())
    path = tmp_path / "三件.zip"
    path.write_bytes(parcel({"1.docx": a_form(), "2.docx": good(), "3.docx": b""}))
    with browser_page(browser, live, locale="en-GB", **screen) as page:
        sign_in(page)
        page.goto("/documents")
        is_well(page)
        page.set_input_files("input[type=file]", path)
        page.click("#send button[type=submit]")
        page.get_by_text("The file 3.docx is empty.").wait_for()
        is_well(page)
        page.get_by_role("link", name="Go through them").click()
        page.get_by_role("heading", name="Document 1: 1.docx").wait_for()
        is_well(page)
        beside(page)
        page.get_by_label("Who is meant by 赵佳一?").select_option(label="赵甲一")
        page.get_by_role("button", name="Later").click()
        page.get_by_role("heading", name="Document 2: 2.docx").wait_for()
    with browser_page(browser, live, locale="en-GB", **screen) as page:
        sign_in(page)
        page.goto("/documents")
        page.get_by_role("link", name="三件.zip").click()
        page.get_by_role("link", name="1.docx").click()
        assert page.get_by_label("Who is meant by 赵佳一?").locator("option:checked").inner_text() == "赵甲一"
        page.get_by_role("button", name="Record and go on").click()
        page.get_by_role("heading", name="Document 2: 2.docx").wait_for()
        page.get_by_text("Throw this document away").click()
        page.get_by_role("button", name="Throw away").click()
        page.get_by_text("All documents of this sending are done.").first.wait_for()
        is_well(page)
    db.session.expire_all()
    states = db.session.scalars(sa.select(Document.state).order_by(Document.place))
    assert list(states) == [State.SAVED, State.THROWN_AWAY]
    assert db.session.scalar(sa.select(Suggestion.lead_deputy_id)) == city.deputies["赵甲一"].id


def sign_in(page: Any) -> None:
    page.goto("/")
    page.fill("[name=email]", "clerk@city.example")
    page.fill("[name=password]", PASSWORD)
    page.click("main form button[type=submit]")
    page.wait_for_load_state()


def beside(page: Any) -> None:
    """On a wide screen the form stands at the right of the document, on a telephone below it."""
    left, right = page.locator("#read").bounding_box(), page.locator("#who").bounding_box()
    is_wide = page.viewport_size["width"] > 1000
    assert right["x"] >= left["x"] + left["width"] if is_wide else right["y"] >= left["y"] + left["height"]
    assert page.locator(".reading-mark").first.is_visible()
