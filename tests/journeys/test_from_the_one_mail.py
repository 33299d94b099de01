"""A handler with only a mailed link reads the leader's instruction on his page, answers it, and says something."""

from __future__ import annotations

from tests.journeys import office
from tests.journeys.town import Town

LAMPS = "关于安装路灯的建议"
WORDS = "请交通局专题研究，四月底前报方案。"
ASKED = "请说明资金来源。"


def test_a_handler_without_an_account_reads_and_answers_from_the_one_page(town: Town, tmp_path):
    rows = [("001", LAMPS, "赵甲一", "", "市交通局", "", "夜间昏暗。")]
    office.import_ledger(town.clerk(), office.a_ledger(tmp_path, "交办表", rows), town)
    town.on("2026-03-02")
    office.hand_over(town.clerk(), town, "2026-03-02")
    town.carry()
    link = office.link_for(town, "林承办", LAMPS)
    town.on("2026-04-02")
    clerk = town.clerk()
    [path] = [url for text, url in clerk.read("/suggestions").links().items() if LAMPS in text]
    number = clerk.read("/suggestions").rows()[0].split()[0]
    clerk.read("/instructions/new")
    paper = {"leader": "冯副市长", "on": "2026-04-01", "text": WORDS, "numbers": number}
    clerk.send("/instructions/new", {**paper, "to": ["answering"], "due_on": "2026-04-30", "bulletin": ""})
    said = {"text": ASKED, "audience": "all", "to": str(town.bodies["roads"].id)}
    clerk.read(f"{path}/remarks")
    clerk.send(f"{path}/remarks", said)

    by_mail = town.by_mail()
    page = by_mail.read(link)
    assert WORDS in page.text
    assert ASKED in page.text
    [answer] = [url for text, url in page.links().items() if text.startswith("Answer it")]
    assert answer.startswith(link)
    by_mail.read(answer)
    assert "Please fill in: Your name" in by_mail.send(answer, {"answer": "方案已报市政府。", "acting_name": ""}).text
    by_mail.send(answer, {"answer": "方案已报市政府。", "acting_name": "林承办"})
    assert "方案已报市政府。" in by_mail.read(link).text
    by_mail.read(f"{link}/remarks")
    by_mail.send(
        f"{link}/remarks", {"text": "市财政列支。", "audience": "office", "to": "office", "acting_name": "林承办"}
    )
    assert "市财政列支。" in by_mail.read(link).text
    page = town.clerk().read(path)
    assert "市财政列支。" in page.text
    assert "seen by 林承办" in page.text
    assert "市财政列支。" not in town.signed_in("water").read(path, expect=404).text
