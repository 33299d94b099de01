"""The mayor writes on the paper: the office records it, the bureau answers, what is late is seen."""

from __future__ import annotations

import re

import pytest

from tests.journeys import office
from tests.journeys.town import Town

LAMPS, BRIDGE = "关于安装路灯的建议", "关于修缮桥梁的建议"
WORDS = "请交通局专题研究，四月底前报方案。"


@pytest.fixture
def handed_over(town: Town, tmp_path) -> Town:
    rows = [
        ("001", LAMPS, "赵甲一", "", "市交通局", "", "夜间昏暗。"),
        ("002", BRIDGE, "钱乙", "", "市交通局", "市水务局", "桥面破损。"),
    ]
    office.import_ledger(town.clerk(), office.a_ledger(tmp_path, "交办表", rows), town)
    town.on("2026-03-02")
    office.hand_over(town.clerk(), town, "2026-03-02")
    return town


def test_on_paper_to_two_at_once_and_each_is_answered(handed_over: Town):
    town = handed_over
    town.on("2026-04-02")
    clerk = town.clerk()
    numbers = [row.split()[0] for row in clerk.read("/suggestions").rows()]
    clerk.read("/instructions/new")
    paper = {"leader": "冯副市长", "on": "2026-04-01", "text": WORDS, "numbers": " ".join(numbers)}
    page = clerk.send("/instructions/new", {**paper, "to": ["answering"], "due_on": "2026-04-30", "bulletin": ""})
    assert len(page.rows()) == 2
    bureau = town.signed_in("roads")
    assert "Instructions to answer" in bureau.read("/").text
    links = [one["href"] for one in bureau.read("/instructions").all("a")]
    [first, second] = [url for url in links if re.fullmatch(r"/instructions/\d+", url)]
    assert WORDS in bureau.read(first).text
    bureau.send(first, {"answer": "方案已报市政府。"})
    # The second one passes its day: it stands on the office's desk and on the ladder until it is answered.
    town.on("2026-05-06")
    clerk = town.clerk()
    assert "Instructions overdue" in clerk.read("/").text
    assert "Instructions overdue" in clerk.read("/ladder").text
    clerk.read(second)
    clerk.send(second, {"answer": "交通局书面报来：已列入年度计划。"})
    assert "Instructions overdue" not in clerk.read("/").text
    assert "方案已报市政府" in clerk.read(first).text
    water = town.signed_in("water")
    path = next(url for text, url in water.read("/suggestions").links().items() if BRIDGE in text)
    assert WORDS not in water.read(path).text
