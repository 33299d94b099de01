"""A committee looks: the chairpersons name a key item, the committee inspects it, and speaks with the office."""

from __future__ import annotations

import pytest

from tests.journeys import office
from tests.journeys.town import Town

SCHOOL = "关于改善学校门口交通的建议"
POND = "关于治理黑臭水塘的建议"


@pytest.fixture
def handed_over(town: Town, tmp_path) -> Town:
    rows = [
        ("001", SCHOOL, "赵甲一", "", "市交通局", "市教育局", "上学拥堵。"),
        ("002", POND, "钱乙", "", "市水务局", "", "夏天很臭。"),
    ]
    office.import_ledger(town.clerk(), office.a_ledger(tmp_path, "交办表", rows), town)
    town.on("2026-03-02")
    office.hand_over(town.clerk(), town, "2026-03-02")
    town.carry()
    town.nothing_unread()
    return town


def item(reader, title: str) -> str:
    return next(url for text, url in reader.read("/suggestions").links().items() if title in text)


def test_from_the_decision_to_what_was_found(handed_over: Town):
    town = handed_over
    clerk = town.clerk()
    path = item(clerk, POND)
    clerk.read(f"{path}/key")
    committee_id = str(town.bodies["committee"].id)
    form = {"on": "2026-03-02", "meeting": "第三十一次主任会议", "committee_id": committee_id}
    page = clerk.send(f"{path}/key", form)
    assert "Named a key item at “第三十一次主任会议”, supervised by 财政经济委员会" in page.text
    # The committee finds it on its board, and goes there.
    town.on("2026-04-14")
    committee = town.signed_in("committee")
    assert POND in committee.read("/board").text
    committee.read(f"{path}/inspections/new")
    seen = {
        "on": "2026-04-14",
        "kind": "visit",
        "people": "韩委员、钱乙代表",
        "place": "东塘",
        "findings": "清淤未开工",
    }
    assert "清淤未开工" in committee.send(f"{path}/inspections/new", seen).text
    # It says so to the bureau; nobody gets a mail, the bureau finds it on its desk.
    committee.send(f"{path}/remarks", {"text": "请说明何时开工", "audience": "all", "to": str(town.bodies["water"].id)})
    assert town.carry() == 0
    bureau = town.signed_in("water")
    assert "Remarks addressed to us" in bureau.read("/").text
    text = bureau.read(path).text
    assert "清淤未开工" in text
    assert "请说明何时开工" in text
    bureau.send(f"{path}/remarks", {"text": "四月二十日开工", "audience": "office", "to": "office"})
    clerk = town.clerk()
    assert "四月二十日开工" in clerk.read(path).text
    assert "四月二十日开工" not in town.signed_in("committee").read(path).text


def test_what_is_late_stands_on_the_board_and_who_has_the_ball_at_its_head(handed_over: Town):
    town = handed_over
    town.on("2026-06-10")
    committee = town.signed_in("committee")
    assert SCHOOL in committee.read("/board").text
    text = committee.read(item(committee, SCHOOL)).text
    assert "Now with:" in text
    assert "市交通局 100" in text
    assert "市教育局 100" in text
