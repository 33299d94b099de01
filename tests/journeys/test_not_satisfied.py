"""The deputy is not satisfied: the body handles it again, with a clock of its own, until it is well answered."""

from __future__ import annotations

import pytest

from tests.journeys import office
from tests.journeys.town import Town, link_about

LAMPS = "关于安装路灯的建议"
WORDS = "只答复了一条街,其余没有下文。"


@pytest.fixture
def answered(town: Town, tmp_path) -> Town:
    """The transport bureau answered on 6 May and the deputy has the letter in his hand."""
    rows = [("001", LAMPS, "赵甲一", "钱乙", "市交通局", "", "夜间昏暗。")]
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


def test_silence_is_never_satisfaction_and_dissatisfied_needs_words(answered: Town):
    link = office.link_for(answered, "赵甲一", "Read and rate the reply")
    deputy = answered.by_mail()
    page = deputy.read(link)
    assert [one for one in page.all("input") if one["type"] == "radio" and "checked" in one.attributes] == []
    page = deputy.send(link, {"attitude": "", "result": "", "comment": ""})
    assert "Rate the result" in page.text
    page = office.rate(link, deputy, "satisfied", "dissatisfied")
    assert "The rating is recorded" not in page.text
    assert answered.carry() == 0


def test_dissatisfied_begins_a_second_round_with_its_own_clock(answered: Town):
    town = answered
    link = office.link_for(town, "赵甲一", "Read and rate the reply")
    town.on("2026-05-12")
    assert "The rating is recorded" in office.rate(link, town.by_mail(), "satisfied", "dissatisfied", WORDS).text
    assert "Dissatisfied ratings to study" in town.clerk().read("/").text
    assert WORDS in office.study(town.clerk(), "again")
    town.carry()
    [told] = town.new_letters("赵甲一")
    assert "handles the suggestion again" in told
    [handler] = town.new_letters("林承办")
    assert "answer due on 2026-06-12" in handler
    assert WORDS not in handler  # the comment is for the office, never for the body that was rated
    [head] = town.new_letters("周局长")
    assert "dissatisfied" in head.lower()
    assert WORDS not in head
    clerk = town.clerk()
    assert WORDS in clerk.read("/ratings?show=dissatisfied").text
    [path] = [url for text, url in clerk.read("/suggestions?again=y").links().items() if LAMPS in text]
    page = clerk.read(path)
    assert "To be handled again" in page.text or "round 2" in page.text.lower()
    the_second_answer_contents(town, handler)


def the_second_answer_contents(town: Town, letter: str) -> None:
    """Answered again, delivered, rated well: the whole is rated by its last round."""
    town.on("2026-06-01")
    text = {"text": "全部道路已安装路灯。", "document_number": "临交〔2026〕58号"}
    office.answer(link_about(letter, LAMPS), town.by_mail(), "林承办", "2026-06-01", **text)
    office.deliver(town.clerk(), LAMPS)
    town.nothing_unread()
    town.carry()
    link = office.link_for(town, "赵甲一", "Read and rate the reply")
    deputy = town.by_mail()
    assert "全部道路已安装路灯" in deputy.read(link).text
    assert "The rating is recorded" in office.rate(link, deputy, "satisfied", "satisfied").text
    clerk = town.clerk()
    assert LAMPS in clerk.read("/suggestions?stage=rated").text
    page = town.by_mail().read(link)
    assert "satisfied" in page.text.lower()


def test_dissatisfied_again_after_an_explanation_goes_up_the_ladder(answered: Town):
    """The office explains, the deputy stays with it, a second round follows and does not satisfy him either."""
    town = answered
    link = office.link_for(town, "赵甲一", "Read and rate the reply")
    town.on("2026-05-12")
    office.rate(link, town.by_mail(), "satisfied", "dissatisfied", WORDS)
    office.study(town.clerk(), "explained", "其余道路列入明年计划。")
    town.carry()
    explained = office.link_for(town, "赵甲一", "Read the explanation")
    deputy = town.by_mail()
    assert "其余道路列入明年计划" in deputy.read(explained).text
    assert "The office decides again" in deputy.send(f"{explained}/confirmation", {}).text
    office.study(town.clerk(), "again")
    town.carry()
    [handler] = town.new_letters("林承办")
    town.on("2026-06-01")
    office.answer(
        link_about(handler, LAMPS), town.by_mail(), "林承办", "2026-06-01", document_number="临交〔2026〕59号"
    )
    office.deliver(town.clerk(), LAMPS)
    town.nothing_unread()
    town.carry()
    town.on("2026-06-03")
    link = office.link_for(town, "赵甲一", "Read and rate the reply")
    office.rate(link, town.by_mail(), "dissatisfied", "dissatisfied", WORDS)
    for day in ("2026-06-04", "2026-06-05"):
        town.on(day)
        town.ring("raise-alarms")
    page = town.clerk().read("/ladder?step=4")
    assert len(page.rows()) == 1
    assert "冯副市长" in page.text
    outcome = town.by_mail().read(link.replace("/rating", "/outcome"))
    assert "What became of it" in outcome.text
    assert WORDS in outcome.text


def test_who_rated_changes_nothing_without_a_reason_and_the_body_cannot_rate_at_all(answered: Town):
    link = office.link_for(answered, "赵甲一", "Read and rate the reply")
    office.rate(link, answered.by_mail(), "satisfied", "satisfied")
    again = answered.by_mail()
    again.read(link)
    page = again.send(link, {"attitude": "dissatisfied", "result": "dissatisfied", "comment": WORDS})
    assert "to change it, say why" in page.text
    assert WORDS not in answered.clerk().read("/ratings?show=dissatisfied").text
