"""A reply is for every deputy who signed: by mail, on paper, recorded one by one; what comes back is work again."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from tests.feedback.law import with_law
from tests.journeys import office
from tests.journeys.town import Town
from tests.makers import entered
from tracker.database import db
from tracker.mail.models import Letter, LetterState
from tracker.structure import actions as structure

LAMPS = "关于安装路灯的建议"


@pytest.fixture
def answered(town: Town, tmp_path) -> Town:
    """Three deputies signed; one of them reads no mail. The transport bureau has answered."""
    structure.add_deputy(town.congress.id, "孙丙", card_number="77", **entered())
    db.session.commit()
    rows = [("001", LAMPS, "赵甲一", "钱乙、孙丙", "市交通局", "", "夜间昏暗。")]
    office.import_ledger(town.clerk(), office.a_ledger(tmp_path, "交办表", rows), town)
    town.on("2026-03-02")
    office.hand_over(town.clerk(), town, "2026-03-02")
    town.carry()
    link = office.link_for(town, "林承办", LAMPS)
    town.on("2026-05-06")
    office.answer(link, town.by_mail(), "林承办", "2026-05-06")
    town.nothing_unread()
    return town


def delivering(town: Town) -> str:
    """The page on which the one reply's deliveries are recorded."""
    page = town.clerk().read("/deliveries?show=all")
    return next(url for url in page.links().values() if url.startswith("/replies/") and url.endswith("/deliveries"))


def record(town: Town, name: str, on: str, way: str = "handed_over"):
    path = delivering(town)
    clerk = town.clerk()
    page = clerk.read(path)
    labels = {label["for"]: "".join(label.parts).strip() for label in page.all("label")}
    ids = [one["value"] for one in page.all("input") if one["name"] == "deputies" and labels[one["id"]] == name]
    return clerk.send(path, {"deputies": ids, "way": way, "on": on})


def test_mail_reaches_two_and_the_third_is_handed_his_copy(answered: Town):
    town = answered
    town.on("2026-05-08")
    page = office.deliver(town.clerk(), LAMPS)
    assert "Delivered" in page.text
    assert "Who has the reply" in page.text  # not all have it, so the office is led to those who do not
    town.carry()
    assert set(town.who_got()) >= {"赵甲一", "钱乙"}
    desk = town.clerk().read("/")
    assert "Replies to deliver" in desk.text
    assert "孙丙" in town.clerk().read("/deliveries").text
    assert "lies in the future" in record(town, "孙丙", "2026-05-20").text
    town.on("2026-05-11")
    assert "Recorded." in record(town, "孙丙", "2026-05-10").text
    assert town.clerk().read("/deliveries").rows() == []
    assert "Replies to deliver" not in town.clerk().read("/").text


def test_a_letter_that_cannot_be_mailed_makes_the_lead_deputys_time_begin_anew(answered: Town):
    town = answered
    town.on("2026-05-08")
    office.deliver(town.clerk(), LAMPS)
    record(town, "孙丙", "2026-05-08")
    mailed = sa.select(Letter).where(Letter.kind == "reply_delivered", Letter.to_name == "赵甲一")
    db.session.scalars(mailed).one().state = LetterState.FAILED
    town.ring("follow-letters")
    page = town.clerk().read("/deliveries")
    assert "赵甲一" in page.text
    assert "could not be mailed" in page.text
    assert town.clerk().read("/ratings").rows() == []  # nobody may wait for a rating of what he does not have
    town.on("2026-05-15")
    record(town, "赵甲一", "2026-05-14", way="paper")
    [row] = town.clerk().read("/ratings").rows()
    assert "2026-06-04" in str(row)  # 15 working days after the 14th
    assert "Reply did not reach 赵甲一" in town.clerk().read(page_of(town)).text


def page_of(town: Town) -> str:
    return next(url for text, url in town.clerk().read("/suggestions").links().items() if LAMPS in text)


def test_where_the_rules_let_him_the_lead_deputy_passes_it_on(answered: Town):
    town = answered
    with_law(town.congress, reply_to="lead_relays")
    town.on("2026-05-08")
    office.deliver(town.clerk(), LAMPS)
    town.carry()
    assert town.who_got() == {"赵甲一": 1}
    assert "passes it on" in town.clerk().read("/deliveries?show=relayed").text
    link = office.link_for(town, "赵甲一", "Read and rate the reply")
    deputy = town.by_mail()
    page = deputy.read(link)
    assert "Your co-signers wait" in page.text
    relay = link.replace("/rating", "/relay")
    deputy.read(relay)
    assert "your co-signers have the reply" in deputy.send(relay, {}).text
    assert town.clerk().read("/deliveries?show=relayed").rows() == []
