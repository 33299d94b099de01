"""From the third step on a person writes: drafted with the record, numbered, frozen, answered, judged."""

from __future__ import annotations

from datetime import date

import pytest
import sqlalchemy as sa

from tests.escalation.city import assigned, build, owed
from tests.notices.notice_city import ANSWER_BY, BODY, FIFTH, FOURTH, THIRD, an_issued, clerk_of, climb, drafts, late
from tracker.care.doctor import examine
from tracker.database import db
from tracker.deadlines import actions as clocks
from tracker.errors import RuleBroken
from tracker.mail.models import Letter
from tracker.notices import actions, climbed, queries
from tracker.notices.models import Ended, Finding, Measure, Notice
from tracker.notices.queries import number_of
from tracker.notices.rules import State
from tracker.people.models import Link, Purpose
from tracker.structure.models import Branch
from tracker.suggestion.models import Entry

ANSWERED_ON = date(2026, 6, 12)


@pytest.fixture
def city(session, stopped_clock):
    stopped_clock(FIFTH)
    return build()


def moves(session, name):
    return session.scalars(sa.select(Entry.facts).where(Entry.move == name)).all()


def letters(session, kind):
    return list(session.scalars(sa.select(Letter).where(Letter.kind == kind).order_by(Letter.id)))


def answered(notice):
    said = ("人手不足，调查迟缓。", "已成立专班，逐路段勘察。", date(2026, 7, 20))
    return actions.answer(notice, *said, by=BODY, on=ANSWERED_ON)


def test_items_of_one_body_and_step_are_one_notice(city, session):
    clerk = late(city, times=3)
    late(city, body="schools")
    made = drafts(clerk)
    assert sorted((one.body.name, len(one.items)) for one in made) == [("市交通局", 3), ("市教育局", 1)]
    assert climbed.groups(clerk) == []
    assert all("督办" in one.text and one.issued_on is None for one in made)
    assert letters(session, "notice_issued") == []


def test_what_is_internal_is_gathered_apart(city):
    owed(city, internal=True)
    assert [len(one.items) for one in drafts(late(city))] == [1, 1]


def test_before_the_third_step_there_is_nothing_to_draft(city):
    assert climbed.groups(late(city, date(2026, 6, 8))) == []


def test_an_issued_notice_has_its_number_its_record_and_its_digest(city):
    notice, _clerk = an_issued(city)
    [item] = notice.items
    assert number_of(notice) == "督办〔2026〕1号"
    assert item.record["days_over"] == 5
    assert [step["step"] for step in item.record["chased"]] == [2]
    assert item.record["handed_over_on"] == "2026-03-02"
    assert queries.digest_of(notice) == notice.digest


def test_numbers_have_no_gap_whatever_is_withdrawn(city):
    _one, clerk = an_issued(city)
    for body in ("schools", "roads"):
        owed(city, body)
        climb(city, THIRD)
        [made] = drafts(clerk)
        if body == "schools":
            actions.withdraw(made, "不再需要", by=clerk.actor(), on=THIRD)
        else:
            actions.issue(made, by=clerk.actor(), on=THIRD)
    assert sorted(db.session.scalars(sa.select(Notice.number).where(Notice.number.is_not(None)))) == [1, 2]
    assert not [one for one in examine() if one.kind.startswith("notice")]


def test_the_doctor_sees_that_an_issued_notice_was_changed(city, session):
    notice, _clerk = an_issued(city)
    session.execute(sa.update(Notice).where(Notice.id == notice.id).values(text="别的"))
    session.expire_all()
    assert "notice_changed" in {one.kind for one in examine()}


def test_the_body_gets_a_link_to_answer_and_the_others_a_copy(city, session):
    an_issued(city)
    names = {city.names()[letter.person_key]: letter for letter in letters(session, "notice_issued")}
    answering = {"roads handler", "roads deputy_head", "roads head"}
    assert set(names) == {*answering, "hub hub_office", "committee committee"}
    links = session.scalars(sa.select(Link).where(Link.notice_id.is_not(None))).all()
    assert sorted(str(one.purpose) for one in links) == ["copy"] * 2 + ["notice"] * 3
    assert {one.purpose for one in links if one.holder_name in answering} == {Purpose.NOTICE}
    assert all(one.body_id is None and one.assignment_id is None for one in links)


def test_the_lead_deputy_learns_that_it_was_issued_and_nothing_of_what_it_says(city, session):
    notice, _clerk = an_issued(city)
    [told] = letters(session, "notice_told")
    assert city.names()[told.person_key] == "deputy"
    assert "roads" in told.body_text or "市交通局" in told.body_text
    assert "/links/" not in told.body_text
    assert notice.text not in told.body_text


def test_a_clock_met_before_anybody_signed_drops_the_draft_with_its_record(city, session):
    clerk = late(city)
    [made] = drafts(clerk)
    [item] = made.items
    clocks.meet(item.alarm.deadline, on=THIRD)
    session.flush()
    assert actions.drop_met(city.congress.id, on=FOURTH) == 1
    assert actions.drop_met(city.congress.id, on=FOURTH) == 0
    dropped = queries.of_id(made.id)
    assert (dropped.ended_on, dropped.ended_why) == (FOURTH, Ended.MET)
    assert queries.state_of(dropped, FOURTH) is State.DROPPED
    assert len(moves(session, "drop_notice")) == 1


def test_a_last_day_moved_drops_the_item_and_leaves_the_rest(city, session):
    clerk = late(city, times=2)
    [made] = drafts(clerk)
    clocks.move(made.items[0].alarm.deadline, date(2026, 8, 3), on=THIRD, reason={"kind": "extension"})
    session.flush()
    actions.issue(made, by=clerk.actor(), on=THIRD)
    assert [one.ended_why for one in queries.of_id(made.id).items] == [Ended.MOVED, None]
    assert len(moves(session, "issue_notice")) == 1


def test_a_higher_step_takes_the_place_of_an_unsigned_draft(city):
    clerk = late(city)
    [lower] = drafts(clerk)
    climb(city, FOURTH)
    [higher] = drafts(clerk, FOURTH)
    assert (queries.of_id(lower.id).ended_why, higher.step) == (Ended.OVERTAKEN, 4)


def test_an_answer_is_closed_when_it_is_enough(city, session):
    notice, clerk = an_issued(city)
    answered(notice)
    assert queries.state_of(notice, FIFTH) is State.ANSWERED
    assert actions.judge(notice, Finding.SATISFIED, "", answer_by_on=FIFTH, by=clerk.actor(), on=FOURTH) is None
    assert queries.state_of(notice, FIFTH) is State.SATISFIED
    assert len(moves(session, "answer_notice")) == len(moves(session, "find_notice")) == 1


def test_not_enough_asks_again_with_what_is_missing(city):
    notice, clerk = an_issued(city)
    answered(notice)
    missing = "请说明完成时限。"
    again = actions.judge(notice, Finding.NOT_ENOUGH, missing, answer_by_on=FIFTH, by=clerk.actor(), on=FOURTH)
    assert again is not None
    assert again.before_id == notice.id
    assert missing in again.text
    assert "督办〔2026〕1号" in again.text
    actions.issue(again, by=clerk.actor(), on=FOURTH)
    [item] = queries.of_id(again.id).items
    assert [one["number"] for one in item.record["asked_before"]] == ["督办〔2026〕1号"]


def test_what_was_met_meanwhile_is_not_asked_again(city, session):
    notice, clerk = an_issued(city)
    clocks.meet(notice.items[0].alarm.deadline, on=FOURTH)
    session.flush()
    facts = {"answer_by_on": FIFTH, "by": clerk.actor(), "on": FOURTH}
    assert actions.judge(notice, Finding.NOT_ENOUGH, "缺说明", **facts) is None


def test_a_notice_is_answered_once_and_not_after_it_is_withdrawn(city, session):
    notice, clerk = an_issued(city)
    answered(notice)
    with pytest.raises(RuleBroken):
        answered(notice)
    actions.withdraw(notice, "已另行处理", by=clerk.actor(), on=FOURTH)
    session.flush()
    assert len(letters(session, "notice_withdrawn")) == 5
    with pytest.raises(RuleBroken):
        actions.withdraw(notice, "再次", by=clerk.actor(), on=FOURTH)


def test_party_organs_are_asked_by_a_letter_of_request(city):
    city.body("schools").branch = Branch.PARTY
    clerk = late(city, body="schools")
    [made] = drafts(clerk)
    assert "商请" in made.text
    actions.issue(made, by=clerk.actor(), on=THIRD)
    assert number_of(made) == "商请〔2026〕1号"


def test_what_is_listed_is_decided_once_by_the_meeting(city, session):
    clerk = late(city, FIFTH, times=2)
    listed = climbed.to_decide(clerk)
    assert len(listed) == 2
    facts = {"meeting": "第31次主任会议", "by": clerk.actor(), "on": FIFTH}
    made = actions.decide_listed(listed, Measure.INQUIRY, note="城市道路", **facts)
    assert climbed.to_decide(clerk) == []
    assert len(moves(session, "decide_listed")) == 2
    assert made.note == "城市道路"
    with pytest.raises(RuleBroken):
        actions.decide_listed(listed, Measure.NONE, note="重复", **facts)


def test_a_party_organ_is_never_heard_or_questioned(city):
    clerk = late(city, FIFTH)
    listed = climbed.to_decide(clerk)
    city.body("roads").branch = Branch.PARTY
    with pytest.raises(RuleBroken):
        actions.decide_listed(listed, Measure.HEARING, meeting="主任会议", by=clerk.actor(), on=FIFTH)


def test_a_pending_case_is_never_written_about(city):
    assigned(city, pending_case=True)
    owed(city, "court", pending_case=True)
    climb(city, FIFTH)
    clerk = clerk_of(city)
    assert climbed.groups(clerk) == climbed.to_decide(clerk) == []


def test_the_answer_by_day_lies_after_the_day_of_issue(city):
    [made] = drafts(late(city), answer_by_on=ANSWER_BY)
    with pytest.raises(RuleBroken):
        actions.issue(made, by=BODY, on=ANSWER_BY)
