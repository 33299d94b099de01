"""A clerk filters the register, keeps the list under a name, opens it again, prints it and takes it as a ledger."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.journeys.test_in_a_browser import SUBMIT, TELEPHONE, is_well, somebodys_page
from tests.outside import LiveServer
from tests.register.city import City, build
from tracker import clock
from tracker.database import db
from tracker.people.actions import set_password
from tracker.roles import Role

PASSWORD = "plum river lantern oak"
TODAY = date(2026, 3, 12)


@pytest.fixture
def city(session, stopped_clock, live: LiveServer) -> City:
    stopped_clock(TODAY)
    made = build()
    made.handed_over("关于养老服务的建议")
    made.record("关于公交线路的建议")
    clerk = made.user(Role.OFFICE_CLERK)
    set_password(clerk, PASSWORD, at=clock.now())
    made.clerk_email = clerk.email  # type: ignore[attr-defined]
    db.session.commit()
    live.stand_at(TODAY)
    return made


def signs_in(page: Any, city: Any) -> None:
    page.goto("/sign-in")
    page.fill("[name=email]", city.clerk_email)
    page.fill("[name=password]", PASSWORD)
    page.click(SUBMIT)
    page.wait_for_url("**/")


@pytest.mark.parametrize("screen", [{}, TELEPHONE], ids=["desk", "telephone"])
@pytest.mark.parametrize("language", ["zh_Hans_CN", "en"])
@pytest.mark.engines("sqlite")
def test_a_list_is_kept_opened_printed_and_taken(city, browser, live, tmp_path: Path, language, screen):
    with somebodys_page(browser, live, language, **screen) as page:
        signs_in(page, city)
        page.goto("/suggestions")
        page.select_option("[name=stage]", "handed_over")
        page.click(".filters-actions button")
        page.click("#views > summary")
        is_well(page, language)
        page.click("#views a[href*='/views/new']")
        is_well(page, language)
        page.fill("[name=name]", "办理中")
        page.check("[name=start]")
        page.click(SUBMIT)
        page.goto("/suggestions")
        page.click("#views > summary")
        page.click("#views a:text-is('办理中')")
        page.wait_for_url("**/suggestions?*stage=handed_over")
        assert page.locator(".cell-main a").all_inner_texts() == ["关于养老服务的建议"]
        page.click("#downloads > summary")
        is_well(page, language)
        with page.expect_download() as taken:
            page.click("#downloads a[href*='layout=hand-over']")
        taken.value.save_as(tmp_path / "taken.xlsx")
        page.goto("/views")
        is_well(page, language)
        page.goto("/suggestions/print?stage=handed_over")
        is_well(page, language)
    cells = openpyxl.load_workbook(tmp_path / "taken.xlsx").worksheets[0]
    assert (cells["A1"].value, cells["B3"].value) == (f"{city.meeting.name}代表建议交办表", "关于养老服务的建议")
