"""Somebody types two characters at the top of the page, presses the button and goes on from what is marked."""

from axe_playwright_python.sync_playwright import Axe

from tests.register.city import build
from tracker import clock
from tracker.people.actions import set_password
from tracker.roles import Role

PASSWORD = "plum river lantern oak"


def test_a_clerk_finds_what_stands_in_a_text(session, live, page):
    city = build()
    city.record("关于增设驿站的建议", text="老旧小区的老年人就餐困难，请予解决。")
    city.record("关于优化公交线路的建议", text="班次太少。")
    clerk = city.user(Role.OFFICE_CLERK)
    set_password(clerk, PASSWORD, at=clock.now())
    address = clerk.email
    session.commit()
    live.stand_at(clock.today())
    page.goto(f"{live}/sign-in")
    page.fill("#email", address)
    page.fill("#password", PASSWORD)
    page.click("main form button[type=submit]")
    page.fill("#masthead-q", "就餐")
    page.click(".masthead-search button")
    page.wait_for_url("**/suggestions?q=*")
    assert page.locator("#suggestions tbody tr").count() == 1
    assert page.locator("mark").all_inner_texts() == ["就餐"]
    assert page.input_value("[name=q] >> nth=1") == "就餐"
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    page.click("#suggestions tbody a")
    assert page.locator("h1").inner_text() == "关于增设驿站的建议"
