"""The leader of the office makes the ladder stricter; a silent bureau is rung up; a case of the court is left alone."""

from __future__ import annotations

import re

import pytest

from tests.deadlines.test_ladder_pages import filled_in
from tests.journeys import office
from tests.journeys.town import Town
from tests.makers import entered
from tracker.people.actions import add_user
from tracker.roles import Role

LADDER = "/rules/default/ladder?kind=reply&branch=government"
LAMPS = "关于安装路灯的建议"


@pytest.fixture
def handed_over(town: Town, tmp_path) -> Town:
    town.on("2026-03-01")
    head = add_user("head@city.example", "吴主任", Role.OFFICE_LEADER, congress_id=town.congress.id, **entered())
    leader = town.reader.signed_in_as(head)
    page = leader.read(LADDER)
    leader.send(LADDER, filled_in(page, **{"rungs-step1-offset": "-10", "rungs-step1-third": "our_clerk"}))
    rows = [("001", LAMPS, "赵甲一", "", "市交通局", "", "夜间昏暗。")]
    office.import_ledger(town.clerk(), office.a_ledger(tmp_path, "交办表", rows), town)
    town.on("2026-03-02")
    office.hand_over(town.clerk(), town, "2026-03-02")
    return town


def test_the_new_step_is_told_on_its_day_and_a_call_is_seen_by_all_who_work_on_it(handed_over: Town):
    town = handed_over
    town.on("2026-05-19")  # ten working days before 2 June
    town.ring("raise-alarms")
    clerk = town.clerk()
    assert "our clerk" in clerk.read("/ladder?step=1").text
    [chase] = [url for url in clerk.read("/ladder?step=1").links().values() if url.endswith("/chases/new")]
    clerk.read(chase)
    said = {"on": "2026-05-19", "manner": "phone", "whom": "交通局林科长", "said": "请按期答复", "promised": "月底前"}
    page = clerk.send(chase, {**said, "promised_on": "2026-05-29"})
    assert "Chased by hand (phone): 交通局林科长" in page.text
    bureau = town.signed_in("roads")
    path = next(url for text, url in bureau.read("/suggestions").links().items() if LAMPS in text)
    assert "请按期答复" in bureau.read(path).text
    assert re.search(r"chased by hand on 2026-05-19", bureau.read("/ladder").text)
