"""What lies with us, who is silent beside the lead, and how a rating came about: each hint comes by night and goes by
what people do on their pages.
"""

from __future__ import annotations

import pytest

from tests.journeys import office
from tests.journeys.town import Town, link_about
from tests.signals.looking import gone, signs
from tracker.database import db

LAMPS, BRIDGE = "关于安装路灯的建议", "关于修缮江桥的建议"
ROWS = [
    ("001", LAMPS, "赵甲一", "钱乙", "市交通局", "市教育局", "夜间昏暗。"),
    ("002", BRIDGE, "赵甲一", "", "市水务局", "", "桥面破损。"),
]


@pytest.fixture
def handed_over(town: Town, tmp_path) -> Town:
    """Two suggestions: the transport bureau leads one with the schools' bureau beside it, the water bureau has one."""
    office.import_ledger(town.clerk(), office.a_ledger(tmp_path, "交办表", ROWS), town)
    town.on("2026-03-02")
    office.hand_over(town.clerk(), town, "2026-03-02")
    town.carry()
    return town


def by_night(town: Town, day: str) -> set[str]:
    """The morning after: which hints there are, of those this journey is about."""
    town.on(day)
    town.ring("find-signals")
    return told()


def a_minute_later(town: Town) -> set[str]:
    town.ring("look-again")
    return told()


def told() -> set[str]:
    db.session.expire_all()
    ours = ("held_return", "co_handler_silent", "rating_in_minutes", "turned_satisfied")
    return {kind for kind in ours if signs(kind)}


def test_what_lies_with_us_is_told_of_us_and_goes_when_we_decide(handed_over: Town):
    town = handed_over
    link = link_about(town.new_letters("许承办")[-1], BRIDGE)
    town.on("2026-03-10")
    water = town.by_mail()
    water.read(f"{link}/return")
    roads = str(town.bodies["roads"].id)
    asked = {"acting_name": "许承办", "reason": "不属我局职责", "proposed_id": roads}
    assert "The return is asked" in water.send(f"{link}/return", asked).text
    assert by_night(town, "2026-03-17") == set()
    assert by_night(town, "2026-03-18") == {"held_return"}
    [sign] = signs("held_return")
    assert (sign.body_id, sign.facts["holder"]) == (None, "office")
    clerk, where = town.clerk(), f"/returns/{sign.thing_id}/decision"
    clerk.read(where)
    assert "Decided." in clerk.send(where, {"decision": "refuse", "to_id": roads, "note": "属其职责"}).text
    assert a_minute_later(town) == set()
    assert [one.cleared_on.isoformat() for one in gone("held_return")] == ["2026-03-18"]


def test_a_silent_co_handler_is_told_until_it_speaks(handed_over: Town):
    town = handed_over
    link = link_about(town.new_letters("郑承办")[-1], LAMPS)
    assert by_night(town, "2026-04-02") == set()
    assert by_night(town, "2026-04-03") == {"co_handler_silent"}
    [sign] = signs("co_handler_silent")
    assert sign.body_id == town.bodies["schools"].id
    office.give_opinion(link, town.by_mail(), "郑承办", "学校门口须装双灯。")
    assert a_minute_later(town) == set()


def test_how_a_rating_came_about_is_told_until_it_is_explained(handed_over: Town):
    town = handed_over
    roads = link_about(town.new_letters("林承办")[-1], LAMPS)
    town.on("2026-03-20")
    office.answer(roads, town.by_mail(), "林承办", "2026-03-20")
    office.deliver(town.clerk(), LAMPS)
    town.nothing_unread()
    town.carry()
    link, deputy = office.link_for(town, "赵甲一", "Read and rate the reply"), town.by_mail()
    office.rate(link, deputy, "satisfied", "satisfied")
    assert a_minute_later(town) == {"rating_in_minutes"}
    town.on("2026-03-23")
    changed(link, deputy, "dissatisfied", "没有装灯。")
    assert a_minute_later(town) == set()
    town.on("2026-03-25")
    changed(link, deputy, "satisfied", "再想想。")
    assert a_minute_later(town) == {"turned_satisfied"}
    town.on("2026-03-26")
    office.speak_with(roads, town.by_mail(), "林承办", "赵甲一", "2026-03-24")
    assert a_minute_later(town) == set()


def changed(link: str, deputy, result: str, why: str) -> None:
    deputy.read(link)
    said = {"attitude": "satisfied", "result": result, "comment": why, "reason": why}
    assert "The rating is recorded" in deputy.send(link, said).text
