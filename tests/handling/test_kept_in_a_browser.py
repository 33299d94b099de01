"""What was typed into a reply and never saved comes back in the same browser, also the rows that were added."""

from __future__ import annotations

import pytest

from tests.handling.papers import ON
from tests.makers import a_handling_link
from tests.outside import browser_page


@pytest.mark.engines("sqlite")
def test_unsaved_answers_and_added_rows_come_back(case, session, browser, live):
    link = a_handling_link(case.lead)
    session.commit()
    live.stand_at(ON)
    with browser_page(browser, live) as page:
        page.goto(f"{link}/reply")
        page.click("#points summary")
        page.click("button[name=act][value=point]")
        page.wait_for_load_state()
        page.fill("[name='points-0-answer']", "已经拓宽。")
        page.fill("[name='points-1-request']", "增设路灯")
        page.fill("[name=text]", "写了很久的答复")
        page.goto(link)
        page.goto(f"{link}/reply")
        assert page.input_value("[name=text]") == "写了很久的答复"
        assert page.input_value("[name='points-0-answer']") == "已经拓宽。"
        assert "增设路灯" in page.inner_text("[data-kept-notice]")
