"""A body says that an item is not its own: the office decides, and the right body gets its own full time."""

from __future__ import annotations

import pytest

from tests.journeys import office
from tests.journeys.town import Town, as_it_stands, link_about
from tests.reader import Page
from tracker.schedule import ring

DRAIN = "关于疏通城北排水沟的建议"
REASON = "排水设施由水务部门管理,不属于我局职责。"


@pytest.fixture
def town_with_a_drain(town: Town, tmp_path) -> Town:
    """Handed over to the transport bureau on 2 March, though drains are the water bureau's."""
    rows = [("001", DRAIN, "赵甲一", "钱乙", "市交通局", "", "雨天积水。")]
    office.import_ledger(town.clerk(), office.a_ledger(tmp_path, "交办表", rows), town)
    town.on("2026-03-02")
    office.hand_over(town.clerk(), town, "2026-03-02")
    town.carry()
    return town


def ask_return(town: Town, link: str, proposed: str = "water") -> Page:
    body = town.by_mail()
    body.read(f"{link}/return")
    facts = {"acting_name": "林承办", "reason": REASON, "proposed_id": str(town.bodies[proposed].id)}
    return body.send(f"{link}/return", facts)


def decide(town: Town, decision: str, note: str = "") -> Page:
    """The clerk finds the return on his page and decides it."""
    clerk = town.clerk()
    [path] = [url for url in clerk.read("/hand-overs").links().values() if "/returns/" in url]
    page = clerk.read(path)
    assert REASON in page.text
    return clerk.send(path, {**as_it_stands(page, path), "decision": decision, "note": note})


def test_a_granted_return_gives_the_new_body_its_own_full_time(town_with_a_drain: Town):
    town = town_with_a_drain
    link = office.link_for(town, "林承办", DRAIN)
    office.sign_for(link, town.by_mail(), "林承办")
    town.on("2026-03-05")
    assert "The return is asked" in ask_return(town, link).text
    assert DRAIN in town.clerk().read("/").text
    town.on("2026-03-10")
    town.nothing_unread()
    assert "Decided" in decide(town, "grant", "同意改办。").text
    assert town.carry() == 2
    [old] = town.new_letters("林承办")
    assert "your return was granted" in old
    assert "/links/" not in old
    [new] = town.new_letters("许承办")
    assert DRAIN in new
    assert "answer due on 2026-06-10" in new
    town.by_mail().read(link, expect=404)
    water = town.by_mail()
    page = water.read(link_about(new, DRAIN))
    assert "The clock starts on 2026-03-10" in page.text
    assert "The reply is submitted" in office.answer(link_about(new, DRAIN), water, "许承办", "2026-03-10").text
    story = the_story(town)
    for words in ("Return asked", "Return granted", "市水务局"):
        assert words in story
    ring.run("reckon-held")
    assert any("市交通局 市水务局 1 8 6 8" in row for row in town.clerk().read("/figures/passing").rows())


def test_a_refused_return_stays_with_its_last_day(town_with_a_drain: Town):
    town = town_with_a_drain
    link = office.link_for(town, "林承办", DRAIN)
    ask_return(town, link)
    town.nothing_unread()
    assert "Decided" in decide(town, "refuse", "道路排水由你局负责。").text
    town.carry()
    [letter] = town.new_letters("林承办")
    assert "It stays with you" in letter
    assert "道路排水由你局负责" not in letter  # reasons stay in the building; the page has them
    again = link_about(letter, "Open the suggestion")
    page = town.by_mail().read(again)
    assert "2026-06-02" in page.text
    assert "道路排水由你局负责" in page.text
    assert town.new_letters("许承办") == []


def test_a_late_return_is_refused_by_rule_and_the_text_is_kept(town_with_a_drain: Town):
    town = town_with_a_drain
    link = office.link_for(town, "林承办", DRAIN)
    office.sign_for(link, town.by_mail(), "林承办")
    town.on("2026-03-10")  # five working days after signing on 2 March ended on the 9th
    page = ask_return(town, link)
    assert "2026-03-09" in page.text
    assert REASON in page.html
    assert DRAIN not in town.clerk().read("/hand-overs").text
    assert "its days ended on 2026-03-09" in the_story(town)
    ring.run("look-again")
    rows = town.clerk().read("/signals").rows()
    assert any("Wanted to return it too late" in row and "2026-03-10" in row for row in rows)


def the_story(town: Town) -> str:
    clerk = town.clerk()
    [path] = [url for text, url in clerk.read("/suggestions").links().items() if DRAIN in text]
    return clerk.read(path).text
