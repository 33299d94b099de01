"""Before the hand-over meeting the proposed bodies say what is theirs; what is agreed goes with one act."""

from __future__ import annotations

import re

import pytest

from tests.journeys import office
from tests.journeys.town import Town, as_it_stands, links_in
from tests.makers import a_user
from tests.reader import Page, Reader
from tracker.roles import Role

ROAD, DRAIN, SCHOOL = "关于拓宽江滨路的建议", "关于疏通城北排水沟的建议", "关于增加学位的建议"
NOT_OURS = "排水设施由水务部门管理。"


@pytest.fixture
def town_before_the_meeting(town: Town, tmp_path) -> Town:
    """Three suggestions with proposed bodies; the drain is meant for the transport bureau, though it is the water's."""
    rows = [
        ("001", ROAD, "赵甲一", "", "市交通局", "市教育局", "道路狭窄。"),
        ("002", DRAIN, "赵甲一", "", "市交通局", "", "雨天积水。"),
        ("003", SCHOOL, "钱乙", "", "市教育局", "", "学位不足。"),
    ]
    office.import_ledger(town.clerk(), office.a_ledger(tmp_path, "交办表", rows), town)
    return town


def circulate(town: Town) -> Page:
    """The clerk sends the whole list round; three working days are the usual time."""
    clerk, path = town.clerk(), f"/meetings/{town.meeting.id}/circulation"
    page = clerk.read(path)
    assert page.values()["days"] == "3"
    chosen = [one["value"] for one in page.all("input") if one["name"] == "chosen" and "checked" in one.attributes]
    assert len(chosen) == 3
    return clerk.send(path, {"days": "3", "chosen": chosen})


def the_list(town: Town, name: str) -> str:
    """The one address in the one letter a body got."""
    [letter] = town.new_letters(name)
    [path] = set(links_in(letter).values())
    return path


def agree(reader: Reader, link: str, name: str, title: str) -> Page:
    page = reader.read(link)
    boxes = {one["id"]: one["value"] for one in page.all("input") if one["name"] == "chosen"}
    return reader.send(link, {"acting_name": name, "chosen": [boxes[f"agree-{number_of(page, title)}"]]})


def number_of(page: Page, title: str) -> str:
    """The number of the proposal under whose heading the title stands."""
    [number] = [
        re.search(r'id="proposal-(\d+)"', part)[0] for part in re.split(r"(?=<section)", page.html) if title in part
    ][:1]
    return re.sub(r"\D", "", number)


def object_to(town: Town, reader: Reader, link: str, title: str) -> Page:
    page = reader.read(link)
    path = f"{link}/{number_of(page, title)}/objection"
    reader.read(path)
    facts = {"acting_name": "林承办", "reason": NOT_OURS, "wished_id": str(town.bodies["water"].id)}
    return reader.send(path, facts)


def test_what_is_agreed_becomes_the_hand_over_with_one_act(town_before_the_meeting: Town):
    town = town_before_the_meeting
    assert "On their round" in circulate(town).text
    assert town.carry() == 2  # one letter for each of two bodies
    assert town.who_got() == {"林承办": 1, "郑承办": 1}
    link = the_list(town, "林承办")
    roads = town.by_mail()
    page = roads.read(link)
    assert ROAD in page.text
    assert DRAIN in page.text
    assert SCHOOL not in page.text
    assert "雨天积水" in page.text
    assert "Noted" in agree(roads, link, "林承办", ROAD).text
    assert "objection is noted" in object_to(town, roads, link, DRAIN).text
    hand_over = town.clerk().read(f"/meetings/{town.meeting.id}/hand-over")
    assert "Nothing is ready to be handed over." in hand_over.text
    assert NOT_OURS in hand_over.text
    settle(town)
    assert town.carry() == 2  # the transport bureau is told, the water bureau is asked
    assert "another body is proposed" in town.new_letters("林承办")[0]
    assert DRAIN not in roads.read(link).text
    assert DRAIN in town.by_mail().read(the_list(town, "许承办")).text
    town.on("2026-03-03")  # the schools' and the water bureau's days are over: silence counts as agreed
    assert "Handed over" in office.hand_over(town.clerk(), town, "2026-03-03").text
    town.carry()
    assert DRAIN in town.new_letters("许承办")[0]
    assert "Nothing is on its round" in roads.read(link).text
    assert "Returns to decide" not in town.clerk().read("/").text


def settle(town: Town) -> None:
    """The clerk finds the objection on his desk and follows it."""
    clerk = town.clerk()
    [path] = {link["href"] for link in clerk.read("/").all("a") if "/objections/" in link["href"]}
    page = clerk.read(path)
    assert NOT_OURS in page.text
    filled = as_it_stands(page, path)
    assert filled["to_id"] == str(town.bodies["water"].id)
    assert "Settled" in clerk.send(path, {**filled, "decision": "other"}).text


def test_a_body_with_an_account_finds_it_on_its_desk_and_the_hub_settles_for_its_branch(town_before_the_meeting: Town):
    town = town_before_the_meeting
    circulate(town)
    handler = town.reader.signed_in_as(a_user(town.congress, Role.BODY_HANDLER, body_id=town.bodies["roads"].id))
    assert "Proposed for us" in handler.read("/").text
    page = handler.read("/proposals")
    path = f"/proposals/{number_of(page, DRAIN)}/objection"
    handler.read(path)
    handler.send(path, {"reason": NOT_OURS, "wished_id": str(town.bodies["water"].id)})
    hub = town.reader.signed_in_as(a_user(town.congress, Role.HUB, body_id=town.bodies["hub"].id))
    [path] = {url for url in hub.read("/dispatch").links().values() if "/objections/" in url}
    hub.read(path)
    page = hub.send(path, {"decision": "keep", "to_id": "0", "note": "道路排水由交通局负责。"})
    assert "Settled" in page.text
    assert "道路排水由交通局负责" in handler.read("/proposals").text


def test_the_story_stays_in_the_building(town_before_the_meeting: Town):
    town = town_before_the_meeting
    circulate(town)
    town.carry()
    roads = town.by_mail()
    object_to(town, roads, the_list(town, "林承办"), DRAIN)
    clerk = town.clerk()
    [path] = [url for text, url in clerk.read("/suggestions").links().items() if DRAIN in text]
    assert NOT_OURS in clerk.read(path).text
    deputy = town.reader.signed_in_as(a_user(town.congress, Role.DEPUTY, deputy_id=the_deputy(town)))
    page = deputy.read(path)
    assert NOT_OURS not in page.text
    assert "Proposal sent round" not in page.text


def the_deputy(town: Town) -> int:
    import sqlalchemy as sa

    from tracker.database import db
    from tracker.structure.models import Deputy

    return db.session.scalars(sa.select(Deputy.id).where(Deputy.name == "赵甲一")).one()
