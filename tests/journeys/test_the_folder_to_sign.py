"""A clerk draws it up, the leader signs: nothing is done before, and the day of the act is that of the signature."""

from __future__ import annotations

import pytest

from tests.journeys import office
from tests.journeys.town import Town, as_it_stands
from tests.makers import a_user
from tests.reader import Page, Reader
from tracker.people.models import User
from tracker.roles import Role

ROAD, DRAIN = "关于拓宽江滨路的建议", "关于疏通城北排水沟的建议"
NOT_OURS = "不属于我局职责。"


@pytest.fixture
def head(town: Town) -> User:
    return a_user(town.congress, Role.OFFICE_LEADER)


@pytest.fixture
def town_with_two_steps(town: Town, head: User, tmp_path) -> Town:
    """The leader has chosen that clerks draw up and he signs."""
    leader = town.reader.signed_in_as(head)
    leader.read("/signing-mode")
    assert "Saved" in leader.send("/signing-mode", {"mode": "two"}).text
    rows = [
        ("001", ROAD, "赵甲一", "", "市交通局", "", "道路狭窄。"),
        ("002", DRAIN, "钱乙", "", "市交通局", "", "雨天积水。"),
    ]
    office.import_ledger(town.clerk(), office.a_ledger(tmp_path, "交办表", rows), town)
    return town


def folder_of(town: Town, head: User) -> Reader:
    return town.reader.signed_in_as(head)


def sign_all(leader: Reader) -> Page:
    """Everything that lies there, at once."""
    page = leader.read("/folder")
    chosen = [one["value"] for one in page.all("input") if one["name"] == "chosen"]
    assert chosen
    return leader.send("/folder/signatures", {"chosen": chosen})


def test_the_hand_over_waits_for_the_leader(town_with_two_steps: Town, head: User):
    town = town_with_two_steps
    town.on("2026-03-02")
    assert "Laid into the folder" in office.hand_over(town.clerk(), town, "2026-03-02").text
    assert town.carry() == 0  # nobody was told anything
    assert "Handed over" not in town.clerk().read("/suggestions").text
    town.on("2026-03-04")
    leader = folder_of(town, head)
    [path] = {url for url in leader.read("/").links().values() if url.startswith("/folder/")}
    page = leader.read(path)
    for words in (ROAD, DRAIN, "市交通局", "临人办〔2026〕5号"):
        assert words in page.text
    assert "Signed: 1" in sign_all(leader).text
    town.carry()
    [letter] = town.new_letters("林承办")
    assert "On 2026-03-04 these were handed over" in letter


def returned(town: Town, head: User) -> str:
    """Handed over and signed; the transport bureau says of the drain that it is not its own."""
    town.on("2026-03-02")
    office.hand_over(town.clerk(), town, "2026-03-02")
    sign_all(folder_of(town, head))
    town.carry()
    link = office.link_for(town, "林承办", DRAIN)
    body = town.by_mail()
    body.read(f"{link}/return")
    facts = {"acting_name": "林承办", "reason": NOT_OURS, "proposed_id": str(town.bodies["water"].id)}
    body.send(f"{link}/return", facts)
    town.nothing_unread()
    [path] = [url for url in town.clerk().read("/hand-overs").links().values() if "/returns/" in url]
    return path


def decide(town: Town, path: str, note: str) -> Page:
    clerk = town.clerk()
    filled = as_it_stands(clerk.read(path), path)
    return clerk.send(path, {**filled, "decision": "grant", "note": note})


def test_a_draft_given_back_is_on_the_clerks_desk_with_the_remark_and_his_words(town_with_two_steps: Town, head: User):
    town = town_with_two_steps
    path = returned(town, head)
    assert "Laid into the folder" in decide(town, path, "同意改办。").text
    assert "A draft about this lies in the folder" in town.clerk().read(path).text
    assert town.carry() == 0
    leader = folder_of(town, head)
    [paper] = {url for url in leader.read("/folder").links().values() if url.startswith("/folder/")}
    assert NOT_OURS in leader.read(paper).text
    assert "Given back" in leader.send(f"{paper}/remark", {"remark": "请写明依据。"}).text
    clerk = town.clerk()
    assert "Given back by the leader" in clerk.read("/").text
    page = clerk.read(path)
    assert "请写明依据。" in page.text
    assert "同意改办。" in page.html
    assert "Laid into the folder" in decide(town, path, "依据三定方案,同意改办。").text
    town.on("2026-03-06")
    assert "Signed: 1" in sign_all(folder_of(town, head)).text
    town.carry()
    [letter] = town.new_letters("许承办")
    assert "answer due on 2026-06-08" in letter  # from the day the leader signed; the 6th of June is a Saturday


def test_a_case_that_moved_on_meanwhile_is_told_plainly_and_stays_in_the_folder(town_with_two_steps: Town, head: User):
    town = town_with_two_steps
    path = returned(town, head)
    decide(town, path, "同意改办。")
    leader = folder_of(town, head)
    filled = as_it_stands(leader.read(path), path)
    leader.send(path, {**filled, "decision": "refuse", "note": "由你局负责。"})  # he decides it himself
    page = sign_all(leader)
    assert "Not signed: Decision on a return" in page.text
    assert "This return was decided already" in page.text
    assert "Signed: 1" not in page.text
