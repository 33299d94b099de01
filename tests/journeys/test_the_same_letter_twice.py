"""The same letter twice: the night finds it, the office lays both side by side, and a letter of its own is none."""

from __future__ import annotations

import re

from tests.journeys import office
from tests.journeys.town import Town, link_about

LANES, BRIDGE = "关于拓宽江滨路的建议", "关于拓宽北门路的建议"
ASKED = "道路狭窄，高峰拥堵。"
LETTER = (
    "您提出的建议收悉，现答复如下：\n{road}全长1.8公里，现有车道宽度仅6米，早晚高峰通行缓慢，两侧还有3处电线杆侵入路面。"
    "我局已完成测量和杆线迁移协商，供电公司同意迁杆，拓宽至9米的施工图经专家评审通过，由市政工程公司承建，工期六个月。\n"
    "感谢您对交通工作的关心。"
)
OWN = (
    "北门路拥堵的原因不在路窄，而在校门口接送车辆停留。我局与交警在北门路划定即停即走区42米，单向组织上学时段交通，"
    "并把公交站后移80米，5月实测高峰车速由11公里每小时提高到19公里。"
)


def test_the_same_letter_twice(town: Town, tmp_path) -> None:
    rows = [("001", LANES, "赵甲一", "钱乙", "市交通局", "", ASKED), ("002", BRIDGE, "钱乙", "", "市交通局", "", ASKED)]
    office.import_ledger(town.clerk(), office.a_ledger(tmp_path, "交办表", rows), town)
    town.on("2026-03-02")
    office.hand_over(town.clerk(), town, "2026-03-02")
    town.carry()
    [letter] = town.new_letters("林承办")
    for title, road, day in ((LANES, "江滨路", "2026-04-20"), (BRIDGE, "北门路", "2026-05-06")):
        town.on(day)
        said = LETTER.format(road=road)
        office.answer(link_about(letter, title), town.by_mail(), "林承办", day, text=said)
    assert town.ring("compare-replies").outcome["rows"] == 1
    the_office_lays_them_side_by_side_and_sends_one_back(town)
    town.on("2026-05-12")
    office.answer(link_about(letter, BRIDGE), town.by_mail(), "林承办", "2026-05-12", text=OWN)
    assert town.ring("compare-replies").outcome["rows"] == 0
    reply = reply_to(town, BRIDGE)
    assert "was found to be like it" in town.clerk().read(f"{reply}/likenesses").text


def reply_to(town: Town, title: str) -> str:
    [path] = [url for text, url in town.clerk().read("/replies").links().items() if title in text]
    return path


def the_office_lays_them_side_by_side_and_sends_one_back(town: Town) -> None:
    path, clerk = reply_to(town, BRIDGE), town.clerk()
    assert clerk.read(path).links()["Replies like it"] == f"{path}/likenesses"
    listed = clerk.read(f"{path}/likenesses")
    assert "mostly the same text" in listed.text
    [beside] = {url for url in listed.links().values() if "/beside/" in url}
    page = clerk.read(beside)
    marked = "".join(re.findall("<mark>(.*?)</mark>", page.html))
    assert "拓宽至9米的施工图" in marked
    assert "江滨" not in marked
    assert "北门" not in marked
    assert "感谢" not in marked
    clerk.read(path)
    clerk.send(f"{path}/sending-back", {"reasons": ["other"], "note": "与江滨路的答复雷同，请据实答复。"})
    town.carry()
