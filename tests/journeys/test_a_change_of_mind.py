"""A deputy changes his mind: the first word stays beside the second, with the reason, and everybody sees it turned."""

from __future__ import annotations

import pytest

from tests.feedback.papers import a_scan
from tests.journeys import office
from tests.journeys.town import Town, link_about, told

LAMPS = "关于安装路灯的建议"
DARK, LIT = "只装了一条街。", "局长带我看了现场,其余两条街已经动工。"


@pytest.fixture
def answered(town: Town, tmp_path) -> Town:
    rows = [("001", LAMPS, "赵甲一", "", "市交通局", "", "夜间昏暗。")]
    office.import_ledger(town.clerk(), office.a_ledger(tmp_path, "交办表", rows), town)
    town.on("2026-03-02")
    office.hand_over(town.clerk(), town, "2026-03-02")
    town.carry()
    link = office.link_for(town, "林承办", LAMPS)
    town.on("2026-05-06")
    office.answer(link, town.by_mail(), "林承办", "2026-05-06")
    town.on("2026-05-08")
    office.deliver(town.clerk(), LAMPS)
    town.nothing_unread()
    town.carry()
    return town


def test_by_his_link_he_says_why_and_the_office_sees_the_turn(answered: Town):
    town = answered
    link = office.link_for(town, "赵甲一", "Read and rate the reply")
    office.rate(link, town.by_mail(), "satisfied", "dissatisfied", DARK)
    town.on("2026-05-13")
    deputy = town.by_mail()
    deputy.read(link)
    changed = {"attitude": "satisfied", "result": "mostly", "comment": ""}
    assert "say why" in deputy.send(link, changed).text
    page = deputy.send(link, {**changed, "reason": LIT})
    assert "The rating is recorded" in page.text
    assert DARK in page.text  # what he said first is kept
    clerk = town.clerk()
    assert clerk.read("/ratings?show=study").rows() == []
    assert LIT in clerk.read("/ratings?show=changed").text
    story = clerk.read(page_of(town)).text
    assert "was dissatisfied before" in story
    assert "Rating changed" in story
    body = town.by_mail().read(office_link(town))
    assert LIT not in body.text


def test_on_paper_the_clerk_enters_it_with_its_scan(answered: Town):
    town = answered
    link = office.link_for(town, "赵甲一", "Read and rate the reply")
    office.rate(link, town.by_mail(), "satisfied", "mostly")
    clerk = town.clerk()
    path = rating(town)
    form = {"attitude": "satisfied", "result": "satisfied", "comment": "", "reason": LIT, "on": "2026-05-08"}
    page = clerk.read(path)
    [who] = [one["value"] for one in page.all("option") if one["value"].isdigit()]
    assert "Attach the scan" in clerk.send(path, {**form, "deputy_id": who}).text
    page = clerk.send(path, {**form, "deputy_id": who, "scan": a_scan()})
    assert "entered by 孙办" in page.text
    assert "signed paper" in page.text
    assert "mostly satisfied" in page.text


def rating(town: Town) -> str:
    reply = next(url for url in town.clerk().read(page_of(town)).links().values() if url.startswith("/replies/"))
    return f"{reply}/rating"


def page_of(town: Town) -> str:
    return next(url for text, url in town.clerk().read("/suggestions").links().items() if LAMPS in text)


def office_link(town: Town) -> str:
    """The body's own first link still opens what it may read."""
    return link_about(told(town.letters("林承办")[0]), LAMPS)
