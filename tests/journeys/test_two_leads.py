"""Two leads agree first and give one answer; and another body becomes the lead when the first was the wrong one."""

from __future__ import annotations

import pytest

from tests.journeys import office
from tests.journeys.town import Town, as_it_stands, link_about, links_in
from tests.reader import Page, Reader

ROAD = "关于江滨路通学路段改造的建议"


@pytest.fixture
def town_with_two_leads(town: Town, tmp_path) -> Town:
    """The transport and the education bureau are to answer together."""
    rows = [("001", ROAD, "赵甲一", "", "市交通局", "", "上学路段人车混行。")]
    office.import_ledger(town.clerk(), office.a_ledger(tmp_path, "交办表", rows), town)
    clerk = town.clerk()
    [suggestion] = [url for text, url in clerk.read("/suggestions").links().items() if ROAD in text]
    path = f"{suggestion}/proposal"
    filled = as_it_stands(clerk.read(path), path)
    leads = {"manner": "joint", "lead_id": str(town.bodies["roads"].id), "second_id": str(town.bodies["schools"].id)}
    assert "noted for the hand-over" in clerk.send(path, {**filled, **leads, "other_ids": []}).text
    town.on("2026-03-02")
    office.hand_over(town.clerk(), town, "2026-03-02")
    town.carry()
    return town


def draft(link: str, reader: Reader, text: str) -> Page:
    page = reader.read(f"{link}/reply")
    filled = as_it_stands(page, f"{link}/reply")
    facts = {**office.REPLY, "text": text, "acting_name": "林承办", "letter_on": "2026-03-10", "act": "draft"}
    return reader.send(f"{link}/reply", {**filled, **facts})


def agreement_link(town: Town) -> str:
    [letter] = town.new_letters("郑承办")
    [path] = set(links_in(letter).values())
    return path


def agree(reader: Reader, path: str) -> Page:
    reader.read(path)
    return reader.send(path, {"acting_name": "郑承办"})


def test_one_writes_the_other_agrees_and_the_deputy_gets_one_answer(town_with_two_leads: Town):
    town = town_with_two_leads
    roads, schools = town.by_mail(), town.by_mail()
    link, other = office.link_for(town, "林承办", ROAD), office.link_for(town, "郑承办", ROAD)
    assert "Two leads, one answer" in schools.read(other).text
    town.on("2026-03-10")
    draft(link, roads, "通学路段五月动工。")
    refused = office.answer(link, roads, "林承办", "2026-03-10", text="通学路段五月动工。")
    assert "has not agreed to this text yet" in refused.text
    roads.read(f"{link}/joint-reply")
    assert "asked and told" in roads.send(f"{link}/joint-reply", {"acting_name": "林承办"}).text
    town.carry()
    path = agreement_link(town)
    assert "通学路段五月动工" in schools.read(path).text
    assert "agreement is noted" in agree(schools, path).text
    draft(link, roads, "通学路段六月动工。")  # changed after the agreement: it is asked anew
    town.carry()
    path = agreement_link(town)
    assert "has not agreed" in office.answer(link, roads, "林承办", "2026-03-10", text="通学路段六月动工。").text
    assert "agreement is noted" in agree(schools, path).text
    assert (
        "The reply is submitted" in office.answer(link, roads, "林承办", "2026-03-10", text="通学路段六月动工。").text
    )
    town.nothing_unread()
    office.deliver(town.clerk(), ROAD)
    town.carry()
    assert town.who_got()["赵甲一"] == 1
    [item] = [url for text, url in town.clerk().read("/suggestions").links().items() if ROAD in text]
    story = town.clerk().read(item).text
    for words in ("Agreed to the joint reply", "Agreement asked for again", "asked to agree to the reply"):
        assert words in story


def test_the_office_makes_another_body_the_lead(town_with_two_leads: Town):
    town = town_with_two_leads
    town.nothing_unread()
    town.on("2026-04-07")
    clerk = town.clerk()
    [item] = [url for text, url in clerk.read("/suggestions").links().items() if ROAD in text]
    path = clerk.read(item).links()["Change the lead 市交通局"]
    filled = as_it_stands(clerk.read(path), path)
    facts = {"to_id": str(town.bodies["water"].id), "stays": "co", "reason": "该路段属水务堤路。"}
    assert "The lead is changed" in clerk.send(path, {**filled, **facts}).text
    town.carry()
    assert town.who_got() == {"林承办": 1, "许承办": 1, "赵甲一": 1}
    [new] = town.new_letters("许承办")
    assert "answer due on 2026-06-02" in new  # from the same hand-over
    page = town.by_mail().read(link_about(new, ROAD))
    assert "The clock starts on 2026-03-02" in page.text
    [old] = town.new_letters("林承办")
    assert "You go on helping" in old
    assert "市水务局 leads from now on" in clerk.read(item).text
