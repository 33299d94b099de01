"""A promise is followed until it is kept: reported, disputed, done after all, and asked about once a year."""

from __future__ import annotations

import io

import pytest

from tests.journeys import office
from tests.journeys.town import Town, links_in

LAMPS = "关于安装路灯的建议"
PROMISE = {
    "class_label": "B",
    "text": "路灯安装已列入计划。",
    "promises-0-what": "安装路灯四十盏",
    "promises-0-owner": "林承办",
    "promises-0-due_on": "2026-09-01",
}
PICTURE = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@pytest.fixture
def promised(town: Town, tmp_path) -> Town:
    """The transport bureau promised forty lamps for 1 September, and the deputy has the letter in his hand."""
    rows = [("001", LAMPS, "赵甲一", "钱乙", "市交通局", "", "夜间昏暗。")]
    office.import_ledger(town.clerk(), office.a_ledger(tmp_path, "交办表", rows), town)
    town.on("2026-03-02")
    office.hand_over(town.clerk(), town, "2026-03-02")
    town.carry()
    link = office.link_for(town, "林承办", LAMPS)
    town.on("2026-05-06")
    office.answer(link, town.by_mail(), "林承办", "2026-05-06", **PROMISE)
    town.on("2026-05-08")
    office.deliver(town.clerk(), LAMPS)
    town.nothing_unread()
    town.carry()
    town.nothing_unread()
    return town


def the_promise(town: Town) -> str:
    """Where the promise is, from the ledger."""
    [path] = [url for text, url in town.clerk().read("/promises?show=all").links().items() if "安装路灯" in text]
    return path


def promise_in(letter: str) -> str:
    """The link of the one promise a letter speaks of."""
    [link] = [link for link in links_in(letter).values() if "/promises/" in link]
    return link


def test_reported_kept_it_is_the_deputy_who_says_so(promised: Town):
    town = promised
    path = the_promise(town)
    town.on("2026-08-20")
    handler = town.signed_in("roads")
    handler.read(path)
    evidence = (io.BytesIO(PICTURE), "现场照片.pdf")
    handler.send(f"{path}/report", {"fate": "kept", "note": "四十盏已亮灯", "new_due_on": "", "evidence": evidence})
    assert "reported kept, not confirmed" in town.clerk().read("/promises?show=all").text
    # The next morning the deputy is asked, in one letter; he went and looked.
    town.on("2026-08-21")
    town.ring("follow-promises")
    town.carry()
    [letter] = town.new_letters("赵甲一")
    assert "四十盏已亮灯" in letter
    deputy, link = town.by_mail(), promise_in(letter)
    deputy.read(link)
    deputy.send(f"{link}/judgement", {"agrees": "no", "comment": "只亮了十二盏"})
    # Not silently kept: the office has it on its desk, and decides that the body has to do it.
    clerk = town.clerk()
    assert "Promises disputed by the deputy" in clerk.read("/").text
    clerk.read(path)
    clerk.send(f"{path}/decision", {"kept": "no", "note": "现场核实，差二十八盏"})
    town.on("2026-09-10")
    assert "安装路灯" in town.clerk().read("/promises?show=overdue").text
    # Done after all; now he agrees.
    handler = town.signed_in("roads")
    handler.read(path)
    handler.send(f"{path}/report", {"fate": "kept", "note": "其余二十八盏已补装", "new_due_on": ""})
    town.on("2026-09-11")
    town.ring("follow-promises")
    town.carry()
    link, deputy = promise_in(town.new_letters("赵甲一")[-1]), town.by_mail()
    deputy.read(link)
    assert "kept, confirmed" in deputy.send(f"{link}/judgement", {"agrees": "yes", "comment": ""}).text
    page = town.clerk().read(path)
    assert "只亮了十二盏" in page.text
    assert "其余二十八盏已补装" in page.text


def test_in_the_fourth_quarter_everybody_is_asked_once(promised: Town):
    town = promised
    path = the_promise(town)
    town.on("2026-08-28")
    handler = town.signed_in("roads")
    handler.read(path)
    handler.send(f"{path}/report", {"fate": "moved", "note": "招标延后", "new_due_on": "2027-03-01"})
    page = town.clerk().read("/promises")
    assert "first 2026-09-01" in page.text
    town.on("2026-10-09")
    assert town.ring("ask-yearly").letters == 1
    town.on("2026-10-10")
    assert town.ring("ask-yearly").letters == 0
    town.carry()
    letter = next(one for one in town.new_letters("林承办") if "Yearly question" in one)
    link = promise_in(letter)
    body = town.by_mail()
    assert "Yearly question 2026" in body.read(link).text
    body.send(f"{link}/report", {"fate": "on_course", "note": "已完成招标", "acting_name": "林承办"})
    town.on("2026-10-12")
    town.ring("follow-promises")
    town.carry()
    [letter] = town.new_letters("赵甲一")
    link, deputy = promise_in(letter), town.by_mail()
    deputy.read(link)
    deputy.send(f"{link}/judgement", {"agrees": "yes", "result": "mostly", "comment": ""})
    assert "mostly satisfied" in town.clerk().read(path).text
