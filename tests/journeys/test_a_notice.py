"""A bureau is late: the office drafts a notice, the leader signs, the bureau answers by its link, the office judges."""

from __future__ import annotations

import io
import re

import pytest

from tests.journeys import office
from tests.journeys.town import Town, link_about
from tests.makers import a_user
from tests.paper.read_back import docx_text, pdf_text
from tests.reader import Reader
from tracker.people.models import User
from tracker.roles import Role

TITLE = "关于增加小学学位的建议"
CODE = re.compile(r"[A-Z]{2}-\d{4}-\d{4}")
TEXT = "请吴局长亲自过问，书面说明原因和办结时限。"
SAID = {"acting_name": "郑承办", "text": "学位统计迟缓。", "measures": "已成立专班。", "until_on": "2026-07-20"}


@pytest.fixture
def late_town(town: Town, tmp_path) -> Town:
    """One item with the schools bureau since 2 March; on 9 June it is five working days late."""
    row = ("001", TITLE, "赵甲一", "", "市教育局", "", "请研究。")
    office.import_ledger(town.clerk(), office.a_ledger(tmp_path, "交办表", [row]), town)
    town.on("2026-03-02")
    office.hand_over(town.clerk(), town, "2026-03-02")
    town.carry()
    office.sign_for(link_about(town.new_letters("郑承办")[0], TITLE), town.by_mail(), "郑承办")
    town.on("2026-06-09")
    assert town.ring("raise-alarms").ran
    town.carry()
    town.nothing_unread()
    return town


def drafted(clerk: Reader) -> str:
    """From the desk to the draft; answers its path."""
    [door] = {url for url in clerk.read("/").links().values() if url == "/notices/new"}
    page = clerk.read(door)
    assert TITLE in page.text
    [group] = {one["value"] for one in page.all("button") if one["name"] == "group"}
    page = clerk.send("/notices/new", {"group": group})
    assert "The notice is drafted" in page.text
    return page.response.request.path.removesuffix("/draft")


def issued(clerk: Reader, path: str) -> str:
    facts = {"text": TEXT, "answer_by_on": "2026-06-24", "copies_to": "市政府办公室", "act": "issue"}
    clerk.read(f"{path}/draft")
    return clerk.send(f"{path}/draft", facts).text


def test_from_the_desk_to_the_answer_that_is_enough(late_town: Town):
    town, clerk = late_town, late_town.clerk()
    path = drafted(clerk)
    assert town.carry() == 0  # nothing leaves before a person issues it
    page = issued(clerk, path)
    for words in ("The notice is issued", "督办〔2026〕1号", TITLE, TEXT):
        assert words in page
    town.carry()
    [letter] = town.new_letters("郑承办")
    [link] = re.findall(r"/links/\S+/supervision", letter)
    [told] = town.new_letters("赵甲一")
    assert "supervision notice" in told
    assert TEXT not in told
    body = town.by_mail()
    assert TEXT in body.read(link).text
    kept = body.send(f"{link}/answer", {**SAID, "until_on": ""})
    assert SAID["text"] in kept.text  # what was typed is kept
    assert "Your answer is with the office" in body.send(f"{link}/answer", SAID).text
    assert "Answers to notices to be judged" in clerk.read("/").text
    assert SAID["measures"] in clerk.read(path).text
    closed = clerk.send(f"{path}/finding", {"finding": "satisfied"})
    assert "closed, satisfied" in closed.text
    assert "督办〔2026〕1号" in clerk.read("/suggestions/1").text


def test_who_lets_the_day_pass_is_reminded_once_and_answers_by_the_new_link(late_town: Town):
    town, clerk = late_town, late_town.clerk()
    path = drafted(clerk)
    for kind, read in (("pdf", pdf_text), ("docx", docx_text)):
        clerk.send(f"{path}/paper", {"format": kind})
        assert "草稿" in read(clerk.read(f"{path}/paper?format={kind}").response.data)
    issued(clerk, path)
    town.carry()
    town.nothing_unread()
    town.on("2026-06-25")
    assert town.ring("remind-notices").ran
    town.carry()
    [letter] = town.new_letters("郑承办")
    assert "no answer has come" in letter
    [link] = re.findall(r"/links/\S+/supervision", letter)
    assert "Notices not answered in time" in town.clerk().read("/").text
    assert "Your answer is with the office" in town.by_mail().send(f"{link}/answer", SAID).text
    town.on("2026-06-26")
    town.ring("remind-notices")
    town.carry()
    assert town.new_letters("郑承办") == []


def test_a_copy_is_read_and_not_answered(late_town: Town):
    town, clerk = late_town, late_town.clerk()
    issued(clerk, drafted(clerk))
    town.carry()
    [letter] = town.new_letters("秦督查")
    [link] = re.findall(r"/links/\S+/supervision", letter)
    assert TEXT in town.by_mail().read(link).text
    assert "Send the answer" not in town.by_mail().read(link).text


def test_in_two_steps_it_waits_for_the_leader(late_town: Town):
    town, clerk = late_town, late_town.clerk()
    head: User = a_user(town.congress, Role.OFFICE_LEADER)
    leader = town.reader.signed_in_as(head)
    leader.read("/signing-mode")
    leader.send("/signing-mode", {"mode": "two"})
    path = drafted(clerk)
    assert "Laid into the folder" in issued(clerk, path)
    assert town.carry() == 0
    page = leader.read("/folder")
    chosen = [one["value"] for one in page.all("input") if one["name"] == "chosen"]
    assert "Signed: 1" in leader.send("/folder/signatures", {"chosen": chosen}).text
    assert "督办〔2026〕1号" in clerk.read(path).text
    assert town.carry() > 0


def test_on_paper_out_and_in_again(late_town: Town):
    clerk = late_town.clerk()
    path = drafted(clerk)
    issued(clerk, path)
    clerk.send(f"{path}/paper", {"format": "pdf"})
    pdf = pdf_text(clerk.read(f"{path}/paper?format=pdf").response.data)
    word = docx_text(clerk.read(f"{path}/paper?format=docx").response.data)
    for words in ("督办〔2026〕1号", "督办通知书", TITLE, "2026年6月2日", "2026年6月24日", "抄送"):
        assert words in pdf
        assert words in word
    [code] = set(CODE.findall(pdf))
    assert code.startswith("DB-2026-")
    page = clerk.read(f"/papers/{code}")
    taking = page.response.request.path
    assert taking == f"/papers/{code}/notice-answer"
    scan = (io.BytesIO(b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"), "回执.pdf")
    facts = {**SAID, "on": "2026-06-09", "name": "吴局长", "files": scan}
    assert "The answer is entered" in clerk.send(taking, facts).text
    assert "on behalf of 吴局长" in clerk.read(path).text
