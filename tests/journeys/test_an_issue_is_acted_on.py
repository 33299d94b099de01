"""The Monday page is acted on: the director writes on it, the office follows, the next issue tells what came of it."""

from __future__ import annotations

import pytest

from tests.journeys import office
from tests.journeys.town import Town

LAMPS = "关于安装路灯的建议"
WORDS = "请代表工委当面催办，一周内报结果。"


@pytest.fixture
def overdue(town: Town, tmp_path) -> Town:
    rows = [("001", LAMPS, "赵甲一", "", "市教育局", "", "夜间昏暗。")]
    office.import_ledger(town.clerk(), office.a_ledger(tmp_path, "交办表", rows), town)
    town.on("2026-03-02")
    office.hand_over(town.clerk(), town, "2026-03-02")
    town.on("2026-06-08")
    assert town.ring("weekly-bulletin").ran
    return town


def test_from_one_issue_to_the_next(overdue: Town):
    town = overdue
    clerk = town.clerk()
    assert "This is the first issue." in clerk.read("/bulletins/2026-W24").text
    clerk.read("/instructions/new?bulletin=2026-W24")
    paper = {"leader": "蒋主任", "on": "2026-06-08", "text": WORDS, "to": ["office"], "due_on": "2026-06-12"}
    page = clerk.send("/instructions/new?bulletin=2026-W24", paper)
    assert WORDS in page.text
    assert page.heading == "Weekly bulletin no. 1"
    town.on("2026-06-15")
    assert town.ring("weekly-bulletin").ran
    page = town.clerk().read("/bulletins/2026-W25")
    for said in (
        "Leader's instruction overdue",
        "listed 2 times running",
        "nobody did anything",
        "0 newly overdue, 1 still",
    ):
        assert said in page.text
    [duty] = [
        one["href"] for one in page.all("a") if one["href"].startswith("/instructions/") and one["href"][14:].isdigit()
    ]
    clerk = town.clerk()
    clerk.read(duty)
    clerk.send(duty, {"answer": "已当面催办，市教育局承诺本周答复。"})
    town.on("2026-06-22")
    assert town.ring("weekly-bulletin").ran
    page = town.clerk().read("/bulletins/2026-W26")
    assert "Leader's instruction overdue: the instruction was answered" in page.text
    assert "listed 3 times running" in page.text
