"""The whole job once: a ledger comes in, bodies answer or do not, and on Monday everybody reads what is late."""

from __future__ import annotations

import pytest

from tests.journeys import office
from tests.journeys.town import Town, link_about
from tracker.care.doctor import examine

ROAD, PUPILS, GATE = "关于拓宽江滨路的建议", "关于增加小学学位的建议", "关于校门口交通安全的建议"
ROWS = (
    ("001", ROAD, "赵甲一", "", "市交通局", "", "江滨路狭窄,请予拓宽。"),
    ("002", PUPILS, "钱乙", "", "市教育局", "", "学位不足,请予增加。"),
    ("003", GATE, "赵甲一", "钱乙", "市教育局", "市交通局", "上学放学时车辆拥堵。"),
)


@pytest.fixture
def handed_over(town: Town, tmp_path) -> Town:
    """The ledger is read in on 25 February and handed over on 2 March; the letters have arrived."""
    clerk = town.clerk()
    report = office.import_ledger(clerk, office.a_ledger(tmp_path, "临江市人大代表建议交办表", ROWS), town)
    assert "3 new" in report.text
    town.on("2026-03-02")
    page = office.hand_over(town.clerk(), town, "2026-03-02")
    assert "Handed over" in page.text
    assert town.carry() == 4  # two handlers, two deputies
    return town


def test_bodies_and_deputies_are_told_once_each_of_all_that_is_theirs(handed_over: Town):
    assert handed_over.who_got() == {"林承办": 1, "郑承办": 1, "赵甲一": 1, "钱乙": 1}
    [letter] = handed_over.new_letters("郑承办")
    assert PUPILS in letter
    assert GATE in letter
    assert ROAD not in letter
    assert "answer due on 2026-06-02" in letter
    [letter] = handed_over.new_letters("林承办")
    assert "(co-handler) · answer due on 2026-04-02" in letter
    assert "临人办〔2026〕5号" in letter
    [letter] = handed_over.new_letters("钱乙")
    assert PUPILS in letter
    assert GATE in letter


def test_from_the_ledger_to_the_weekly_mail(handed_over: Town):
    town = handed_over
    the_road_is_answered(town)
    the_schools_stay_silent(town)
    town.on("2026-06-08")
    assert town.ring("weekly-bulletin").ran
    letters = town.carry()
    got = town.who_got()
    assert set(got.values()) == {1}
    assert len(got) == letters
    assert {"郑承办", "吴局长", "秦督查", "韩委员", "冯副市长", "孙办", "蒋主任", "钱乙", "赵甲一"} <= set(got)
    [bulletin] = town.new_letters("蒋主任")
    assert bulletin.startswith("Weekly bulletin no. 1 (2026-W24): 2 replies overdue")
    assert "This year: 3 suggestions, 3 item-bodies; answered 1, still owed 2." in bulletin
    assert "市教育局: 2 of 2" in bulletin
    assert PUPILS in bulletin
    assert "4 working days over · last day 2026-06-02" in bulletin
    assert ROAD not in bulletin
    [own] = town.new_letters("吴局长")
    assert own.startswith("Weekly bulletin no. 1 (2026-W24): 2 replies overdue")
    the_page_says_the_same(town, bulletin)
    assert not town.ring("weekly-bulletin").ran
    assert town.carry() == 0
    for bell in ("raise-alarms", "send-digests"):  # what the story left out of this morning
        town.ring(bell)
    with town.app.app_context():
        assert examine() == []


def the_road_is_answered(town: Town) -> None:
    """Its body opens the link from the letter, signs, speaks with the deputy, answers; the deputy is content."""
    [letter] = town.new_letters("林承办")
    link, body = link_about(letter, ROAD), town.by_mail()
    assert ROAD in body.read(link).text
    town.on("2026-03-04")
    assert "Signed for" in office.sign_for(link, body, "林承办").text
    office.give_opinion(link_about(letter, GATE), town.by_mail(), "林承办", "建议设置护学岗。")
    town.on("2026-03-20")
    assert "The contact is noted" in office.speak_with(link, body, "林承办", "赵甲一", "2026-03-20").text
    town.on("2026-05-06")
    assert "The reply is submitted" in office.answer(link, body, "林承办", "2026-05-06").text
    town.nothing_unread()
    town.on("2026-05-08")
    assert "Delivered" in office.deliver(town.clerk(), ROAD).text
    assert town.carry() == 1
    link = office.link_for(town, "赵甲一", "Read and rate the reply")
    deputy = town.by_mail()
    assert "江滨路已经拓宽" in deputy.read(link).text
    assert "The rating is recorded" in office.rate(link, deputy, "satisfied", "mostly").text
    assert "The publication is noted" in office.publish(town.clerk(), ROAD, "2026-05-08").text


def the_schools_stay_silent(town: Town) -> None:
    """Their last day passes; the head and the government's office read of it the day after, once."""
    town.nothing_unread()
    town.on("2026-06-03")
    assert town.ring("raise-alarms").rows > 0
    assert town.ring("send-digests").ran
    letters = town.carry()
    got = town.who_got()
    assert letters == len(got)
    assert set(got.values()) == {1}
    [digest] = town.new_letters("吴局长")
    assert PUPILS in digest
    assert GATE in digest
    assert "1 working day over · last day 2026-06-02" in digest
    [hub] = town.new_letters("秦督查")
    assert "Overdue" in hub
    assert "林承办" not in got
    assert not town.ring("raise-alarms").ran
    assert not town.ring("send-digests").ran
    assert town.carry() == 0
    town.nothing_unread()


def the_page_says_the_same(town: Town, letter: str) -> None:
    """The issue, the register, the desk and the item's own page tell what the letter told."""
    clerk = town.clerk()
    issue = clerk.read("/bulletins/2026-W24")
    assert PUPILS in issue.text
    assert "4 working days over" in issue.text
    assert len(clerk.read("/suggestions?light=red").rows()) == 2
    desk = clerk.read("/")
    assert PUPILS in desk.text
    [path] = [url for text, url in clerk.read("/suggestions").links().items() if PUPILS in text]
    page = clerk.read(path)
    assert "2026-06-02" in page.text
    assert "overdue by 4 working days" in page.text
