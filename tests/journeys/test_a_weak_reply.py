"""A weak reply: what it hides is seen within the minute, and goes with what is mended."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from tests.journeys import office
from tests.journeys.town import Town
from tracker.database import db
from tracker.signals.models import Signal

TITLE = "关于整治青云路的建议"
ASKS = "青云路夜间很暗。为此建议：一、在青云路增设路灯30盏；二、修复破损的人行道地砖；三、在校门口划设斑马线。"
WEAK = "您提出的建议收悉，现答复如下：我局高度重视，青云路的改造工作将尽快组织实施。感谢您的关心。"
SOUND = (
    "您提出的建议收悉，现答复如下：经与市水务局研究，青云路30盏路灯已于2026年5月4日点亮，"
    "人行道破损地砖120平方米已修复，校门口斑马线已划设。感谢您的关心。"
)


@pytest.fixture
def handled(town: Town, tmp_path) -> Town:
    """Transport leads; water has given its opinion in time."""
    rows = [("001", TITLE, "赵甲一", "", "市交通局", "市水务局", ASKS)]
    office.import_ledger(town.clerk(), office.a_ledger(tmp_path, "交办表", rows), town)
    town.on("2026-03-02")
    office.hand_over(town.clerk(), town, "2026-03-02")
    town.carry()
    office.give_opinion(office.link_for(town, "许承办", TITLE), town.by_mail(), "许承办", "同意同步改造雨水管。")
    return town


def seen(town: Town) -> set[str]:
    """The kinds of signal that are open, once the minute has been rung."""
    town.ring("look-again")
    return set(db.session.scalars(sa.select(Signal.kind).where(Signal.cleared_on.is_(None))))


def the_reply(town: Town) -> str:
    [path] = [url for text, url in town.clerk().read("/replies").links().items() if TITLE in text]
    return path


def test_what_a_weak_reply_hides_is_seen_and_goes_with_what_is_mended(handled: Town):
    town = handled
    link = office.link_for(town, "林承办", TITLE)
    assert seen(town) == set()
    # Nobody was spoken with; a letter of February comes in on the last day but one, and says solved.
    town.on("2026-06-01")
    office.answer(link, town.by_mail(), "林承办", "2026-02-27", text=WEAK)
    of_the_letter = {"solved_ahead", "request_unanswered", "co_handler_unnamed", "nothing_to_check"}
    of_its_day = {"written_before_given", "dated_before_sent"}
    assert seen(town) == {*of_the_letter, *of_its_day, "no_contact_before", "filed_at_the_last"}
    # The office sends it back; what the body does then takes the signals away, one after the other.
    town.on("2026-06-02")
    path = the_reply(town)
    clerk = town.clerk()
    clerk.read(path)
    clerk.send(f"{path}/sending-back", {"reasons": ["requests_unanswered", "no_contact"], "note": ""})
    assert seen(town) == {"sent_back"}
    town.on("2026-06-05")
    office.speak_with(link, town.by_mail(), "林承办", "赵甲一", "2026-06-05")
    town.on("2026-06-08")
    office.answer(link, town.by_mail(), "林承办", "2026-06-08", text=SOUND)
    assert seen(town) == {"sent_back", "filed_at_the_last"}
    # Nothing that was seen is forgotten.
    assert db.session.scalar(sa.select(sa.func.count(Signal.id)).where(Signal.cleared_on.is_not(None))) >= 7
