"""Point by point: a bureau without accounts answers each request, its head approves from his mail, the office asks for
the original and sends back once, the deputy reads request and answer side by side.
"""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from axe_playwright_python.sync_playwright import Axe

from tests.journeys import office
from tests.journeys.town import Town, as_it_stands, link_about
from tests.outside import LiveServer, browser_page
from tests.reader import Page, Reader
from tracker.care.doctor import examine
from tracker.database import db
from tracker.handling.models import Reply

TITLE = "关于整治江滨路的建议"
ASKED = "江滨路狭窄昏暗。为此建议：一、拓宽江滨路。二、增设路灯。三、研究建设地下通道的可行性。"
ROWS = (("001", TITLE, "赵甲一", "钱乙", "市交通局", "", ASKED),)
SCAN = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
TELEPHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
MOST_INPUTS = 12


@pytest.fixture
def handed_over(town: Town, tmp_path) -> Town:
    town.on("2026-02-25")
    office.import_ledger(town.clerk(), office.a_ledger(tmp_path, "交办表", ROWS), town)
    town.on("2026-03-02")
    office.hand_over(town.clerk(), town, "2026-03-02")
    town.carry()
    return town


def test_point_by_point(handed_over: Town) -> None:
    town = handed_over
    the_bureau_wants_its_head_to_approve(town)
    town.on("2026-03-20")
    link = office.link_for(town, "林承办", TITLE)
    the_handler_speaks_and_notes(link, town.by_mail())
    town.on("2026-04-20")
    the_handler_answers_point_by_point(link, town.by_mail())
    town.carry()
    the_head_gives_it_back_once_and_approves(town, link)
    town.on("2026-04-24")
    the_office_reads_and_sends_back(town)
    town.carry()
    town.nothing_unread()
    the_second_version_comes_in(town, link)
    town.on("2026-04-30")
    the_office_sees_what_changed_and_delivers(town)
    town.carry()
    the_deputy_reads_request_and_answer(town)
    with town.app.app_context():
        assert examine() == []


def the_bureau_wants_its_head_to_approve(town: Town) -> None:
    """It has no account; the office notes it on its word."""
    address = f"/bodies/{town.bodies['roads'].id}/approval"
    clerk = town.clerk()
    clerk.read(address)
    assert "孙办" in clerk.send(address, {"needed": "yes"}).text


def the_handler_speaks_and_notes(link: str, by_mail: Reader) -> None:
    office.sign_for(link, by_mail, "林承办")
    assert "before the handling" in office.speak_with(link, by_mail, "林承办", "赵甲一", "2026-03-20").text
    by_mail.read(f"{link}/progress")
    facts = {"on": "2026-03-20", "text": "已完成勘察,正在编制方案。", "acting_name": "林承办"}
    assert "正在编制方案" in by_mail.send(f"{link}/progress", facts).text


def written(link: str, by_mail: Reader, **changes: str) -> Page:
    filled = as_it_stands(by_mail.read(f"{link}/reply"), f"{link}/reply")
    reply = {**office.REPLY, "acting_name": "林承办", "letter_on": "2026-04-20"}
    reply.pop("paper_original")
    return by_mail.send(f"{link}/reply", {**filled, **reply, **changes})


def the_handler_answers_point_by_point(link: str, by_mail: Reader) -> None:
    """The list stands there already; he answers two, and is told what he left before he passes it on."""
    page = by_mail.read(f"{link}/reply")
    proposed = ["".join(one.parts).strip() for one in page.all("textarea") if one["name"].endswith("-request")]
    assert proposed == ["拓宽江滨路。", "增设路灯。", "研究建设地下通道的可行性。"]
    answers = {"points-0-answer": "四月开工,六月完工。", "points-1-in_letter": "y", "measures-0": "完成勘察设计"}
    assert "without an answer: 1" in written(link, by_mail, **answers, act="draft").text
    refused = {"refusal": "管线密集,不宜建设。", "legal_basis": "《城市道路管理条例》第十二条"}
    page = written(link, by_mail, **answers, **refused, **{"points-2-answer": "暂不采纳。"}, act="pass")
    assert "lies with your leader now" in page.text


def the_head_gives_it_back_once_and_approves(town: Town, link: str) -> None:
    [letter] = town.new_letters("周局长")
    head, approving = town.by_mail(), link_about(letter, "Read the reply")
    assert "暂不采纳" in head.read(approving).text
    head.send(approving, {"act": "give_back", "remark": "请写明责任科室。", "acting_name": "周局长"})
    handler = town.by_mail()
    assert "请写明责任科室" in handler.read(f"{link}/reply").text
    written(link, handler, text="江滨路四月开工。责任科室:工程科。", act="pass")
    head.read(approving)
    assert "the reply is submitted" in head.send(approving, {"act": "approve", "acting_name": "周局长"}).text


def the_office_reads_and_sends_back(town: Town) -> None:
    clerk = town.clerk()
    [path] = [url for text, url in clerk.read("/replies").links().items() if TITLE in text]
    page = clerk.read(path)
    for words in ("拓宽江滨路", "四月开工,六月完工", "《城市道路管理条例》第十二条", "no original yet"):
        assert words in page.text
    assert "signed original is not here" in clerk.send(f"{path}/delivery", {"way": "system"}).text
    clerk.send(f"{path}/sending-back", {"reasons": ["form"], "note": "请写明完工日期。"})


def the_second_version_comes_in(town: Town, link: str) -> None:
    handler = town.by_mail()
    assert "请写明完工日期" in handler.read(link).text
    written(link, handler, text="江滨路四月开工,六月三十日完工。责任科室:工程科。", act="pass")
    town.carry()
    [letter] = town.new_letters("周局长")
    approving = link_about(letter, "Read the reply")
    town.by_mail().read(approving)
    head = town.by_mail()
    head.read(approving)
    head.send(approving, {"act": "approve", "acting_name": "周局长"})


def the_office_sees_what_changed_and_delivers(town: Town) -> None:
    clerk = town.clerk()
    [path] = [url for text, url in clerk.read("/replies").links().items() if TITLE in text]
    page = clerk.read(path)
    assert [one.text for one in page.all("ins")] == ["江滨路四月开工,六月三十日完工。责任科室:工程科。"]
    clerk.send(f"{path}/original", {"scan": (io.BytesIO(SCAN), "答复函.pdf")})
    clerk.send(f"{path}/class", {"class_label": "B", "reason": "尚未完工。"})
    assert "Delivered" in clerk.send(f"{path}/delivery", {"way": "system"}).text


def the_deputy_reads_request_and_answer(town: Town) -> None:
    [letter] = [one for one in town.new_letters("赵甲一") if "/rating" in one]
    told = town.by_mail().read(link_about(letter, "")).text
    for words in ("研究建设地下通道的可行性", "暂不采纳", "完成勘察设计", "管线密集"):
        assert words in told


@pytest.mark.engines("sqlite")
def test_a_plain_reply_on_a_telephone_from_the_mail(handed_over: Town, browser: Any, live: LiveServer) -> None:
    """No account, one page, at most twelve inputs that stand open."""
    town = handed_over
    town.on("2026-04-20")
    link = office.link_for(town, "林承办", TITLE)
    live.stand_at(date(2026, 4, 20))
    db.session.commit()
    with browser_page(browser, live, **TELEPHONE) as page:
        page.goto(f"{link}/reply")
        is_well(page)
        controls = page.locator("main form :is(input, select, textarea):visible")
        assert controls.count() <= MOST_INPUTS
        page.check("[name=all_in_letter]")
        page.select_option("[name=class_label]", "A")
        page.select_option("[name=publicity]", "full")
        texts = {"document_number": "31", "letter_on": "2026-04-20", "signer": "周局长", "contact_person": "林承办"}
        for name, value in {**texts, "text": "江滨路已拓宽,路灯已装好。", "acting_name": "林承办"}.items():
            page.fill(f"[name={name}]", value)
        page.set_input_files("[name=scan]", {"name": "答复函.pdf", "mimeType": "application/pdf", "buffer": SCAN})
        page.click("button[name=act][value=submit]")
        page.wait_for_url(f"**{link}")
        assert "江滨路已拓宽" in page.inner_text("main")
        is_well(page)
    db.session.rollback()
    assert db.session.scalar(sa.select(Reply.submitted_by)) == "林承办"


def is_well(page: Any) -> None:
    """Nothing for axe to find, nothing wider than the screen."""
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
