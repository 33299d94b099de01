"""The whole job once in a real browser, in both languages: at the clerk's desk and on two telephones.

Nothing may complain in the console (browser_page sees to it), stick out of a telephone, or be found by axe.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from axe_playwright_python.sync_playwright import Axe

from tests.journeys import office
from tests.journeys.town import Town
from tests.outside import LiveServer, browser_page
from tracker import clock
from tracker.database import db
from tracker.people.actions import set_password
from tracker.structure.models import Deputy, Officer

PASSWORD = "plum river lantern oak"
ROAD, PUPILS = "关于拓宽江滨路的建议", "关于增加小学学位的建议"
ROWS = (
    ("001", ROAD, "赵甲一", "", "市交通局", "", "江滨路狭窄,请予拓宽。"),
    ("002", PUPILS, "钱乙", "赵甲一", "市教育局", "市交通局", "学位不足,请予增加。"),
)
TELEPHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True, "device_scale_factor": 2}
LANGUAGES = {"zh_Hans_CN": "zh-CN", "en": "en-GB"}
SUBMIT = "main form button[type=submit]"


@pytest.fixture(params=LANGUAGES)
def language(request) -> str:
    return request.param


@pytest.fixture
def living_town(town: Town, live: LiveServer, language: str) -> Town:
    """The town on a real port; its people read one language, and the clerk has a password."""
    for kind in (Officer, Deputy):
        db.session.execute(sa.update(kind).values(language=language))
    set_password(db.session.merge(town.clerk_user), PASSWORD, at=clock.now())
    db.session.commit()
    live.stand_at(clock.today())
    return town


@contextmanager
def somebodys_page(browser: Any, live: LiveServer, language: str, **screen: Any) -> Iterator[Any]:
    with browser_page(browser, live, locale=LANGUAGES[language], **screen) as page:
        page.on("dialog", lambda dialog: dialog.accept())
        yield page


def is_well(page: Any, language: str) -> None:
    """The language asked for, one heading, nothing for axe to find, nothing wider than the screen."""
    assert page.locator("html").get_attribute("lang") == language.replace("_", "-")
    assert page.locator("h1").count() == 1
    found = Axe().run(page)
    assert found.violations_count == 0, f"{page.url}\n{found.generate_report()}"
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{page.url} is {wide} pixels too wide"


@pytest.mark.engines("sqlite")
def test_the_whole_job_at_the_screen(living_town: Town, browser, live: LiveServer, tmp_path, language: str):
    town, meeting = living_town, str(living_town.meeting.id)
    db.session.commit()  # the server writes from now on
    with somebodys_page(browser, live, language) as desk:
        signs_in(desk, language)
        reads_a_ledger_in(desk, language, meeting, office.a_ledger(tmp_path, "交办表", ROWS))
        comes(town, live, "2026-03-02")
        hands_over(desk, language, meeting)
        town.carry()
        with somebodys_page(browser, live, language, **TELEPHONE) as telephone:
            comes(town, live, "2026-05-06")
            answers_by_telephone(telephone, language, letter_link(town, "林承办", ROAD))
        town.nothing_unread()
        comes(town, live, "2026-05-08")
        signs_in(desk, language)
        delivers(desk, language)
    town.carry()
    with somebodys_page(browser, live, language, **TELEPHONE) as telephone:
        rates(telephone, language, letter_link(town, "赵甲一", "/rating"))


def comes(town: Town, live: LiveServer, day: str) -> None:
    """That day comes, in the test and in the server."""
    town.on(day)
    live.stand_at(date.fromisoformat(day))


def letter_link(town: Town, name: str, words: str) -> str:
    """The mailed address in the newest letter, by what stands beside or in it."""
    [letter] = town.new_letters(name)
    before = ""
    for line in letter.splitlines():
        if "http://" in line and words in before + line:
            return "http://" + line.partition("http://")[2].strip()
        before = line
    raise AssertionError(f"no link about {words} in {letter}")


def signs_in(page: Any, language: str) -> None:
    page.goto("/")
    is_well(page, language)
    page.fill("[name=email]", "sun@city.example")
    page.fill("[name=password]", PASSWORD)
    page.click(SUBMIT)
    page.wait_for_url("**/")
    is_well(page, language)


def reads_a_ledger_in(page: Any, language: str, meeting: str, file: Any) -> None:
    page.goto("/ledgers")
    is_well(page, language)
    page.set_input_files("[name=file]", file)
    page.click(SUBMIT)
    page.wait_for_url("**/ledgers/uploads/*")
    is_well(page, language)
    page.select_option("[name=meeting_id]", meeting)
    page.click("button[name=act][value=import]")
    page.wait_for_url("**/ledgers/*")
    is_well(page, language)


def hands_over(page: Any, language: str, meeting: str) -> None:
    """The session of February is over: the clerk signs in again, hands over, and looks at what has become of it."""
    page.context.clear_cookies()
    signs_in(page, language)
    page.goto(f"/meetings/{meeting}/hand-over")
    is_well(page, language)
    page.fill("[name=document_number]", "临人办〔2026〕5号")
    page.check("[name=confirmed]")
    page.click(SUBMIT)
    page.wait_for_url("**/hand-overs")
    page.goto("/suggestions")
    is_well(page, language)
    page.click(f"main a:has-text('{ROAD}')")
    page.wait_for_url("**/suggestions/*")
    assert "2026-06-02" in page.inner_text("main")
    is_well(page, language)


def answers_by_telephone(page: Any, language: str, link: str) -> None:
    """Nothing but the letter in his hand: he reads, opens the form, writes, and submits."""
    page.goto(link)
    assert ROAD in page.inner_text("main")
    is_well(page, language)
    page.click("main a[href$='/reply']")
    page.wait_for_url("**/reply")
    is_well(page, language)
    page.select_option("[name=class_label]", "A")
    page.select_option("[name=publicity]", "full")
    texts = {"document_number": "临交〔2026〕31号", "letter_on": "2026-05-06", "signer": "周局长"}
    texts |= {"contact_person": "林承办", "text": "江滨路已经拓宽。", "acting_name": "林承办"}
    for name, value in texts.items():
        page.fill(f"[name={name}]", value)
    page.click("button[name=act][value=submit]")
    page.wait_for_url(link)
    assert page.locator(".banner, .alert, [role=status]").count() > 0
    assert "江滨路已经拓宽" in page.inner_text("main")
    is_well(page, language)


def delivers(page: Any, language: str) -> None:
    page.goto("/replies")
    is_well(page, language)
    page.click(f"main a:has-text('{ROAD}')")
    page.wait_for_url("**/replies/*")
    is_well(page, language)
    page.fill("form[action$='/original'] [name=came_on]", "2026-05-07")
    page.click("form[action$='/original'] button[type=submit]")
    page.wait_for_load_state()
    is_well(page, language)
    page.click("form[action$='/delivery'] button[type=submit]")
    page.wait_for_url("**/replies")


def rates(page: Any, language: str, link: str) -> None:
    """Nothing is chosen for him; he chooses twice."""
    page.goto(link)
    assert "江滨路已经拓宽" in page.inner_text("main")
    assert page.locator("input[type=radio]:checked").count() == 0
    is_well(page, language)
    page.check("[name=attitude][value=satisfied]")
    page.check("[name=result][value=mostly]")
    page.click(SUBMIT)
    page.wait_for_load_state()
    assert page.locator("input[type=radio]:visible").count() == 0  # folded away, for a change of mind with its reason
    assert page.locator("input[type=radio]:checked").count() == 0
    is_well(page, language)
