"""Who reads a number opens what is behind it; who is meant by it says what the number does not show."""

from tests.journeys import office
from tests.journeys.town import Town

LAMPS, SCHOOL = "关于安装路灯的建议", "关于改善午餐的建议"


def test_a_number_is_looked_into_and_the_body_speaks(town: Town, tmp_path):
    rows = [
        ("001", LAMPS, "赵甲一", "钱乙", "市交通局", "", "夜间昏暗。"),
        ("002", SCHOOL, "赵甲一", "", "市教育局", "", "午餐单一。"),
    ]
    office.import_ledger(town.clerk(), office.a_ledger(tmp_path, "交办表", rows), town)
    town.on("2026-03-02")
    office.hand_over(town.clerk(), town, "2026-03-02")
    town.carry()
    link = office.link_for(town, "郑承办", SCHOOL)
    town.on("2026-05-06")
    office.speak_with(link, town.by_mail(), "郑承办", "赵甲一", "2026-05-06")
    office.answer(link, town.by_mail(), "郑承办", "2026-05-06")

    town.on("2026-06-09")  # a week after the last day
    assert town.ring("count-figures").outcome["counts"] == 1
    clerk = town.clerk()
    page = clerk.read("figures.index")
    assert "Figures frozen at 2026-06-09" in page.text
    [late] = [row for row in page.rows() if row.startswith("市交通局")]
    assert "of 1" in late
    assert "%" not in late  # one case is no share

    behind = clerk.read(next(url for text, url in page.links().items() if "市交通局, Late, first day" in text))
    [row] = behind.rows()
    assert LAMPS in row
    assert "2026-06-02" in row
    assert clerk.read(next(url for url in behind.links().values() if url.startswith("/suggestions/"))).status == 200

    roads = town.signed_in("roads")
    own = roads.read("figures.index")
    assert [row for row in own.rows() if "市教育局" in row] == []
    said = roads.read(next(url for text, url in own.links().items() if text == "市交通局"))
    page = roads.send(said.links()["Say what the figures do not show"], {"text": "灯杆招标延期，七月安装。"})
    assert "灯杆招标延期，七月安装。" in page.text

    link = office.link_for(town, "林承办", LAMPS)
    office.answer(link, town.by_mail(), "林承办", "2026-06-09")
    page = clerk.send("/figures/counts", {})
    [late] = [row for row in page.rows() if row.startswith("市交通局")]
    assert "灯杆招标延期，七月安装。" in late  # it stands beside the number, which an answer does not make better
    assert len(clerk.read("figures.items", measure="late_original", by="whole").rows()) == 1
    assert clerk.read("figures.items", measure="open_late_original", by="whole").rows() == []
