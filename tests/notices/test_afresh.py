"""The pages of notices in a process that has read nothing before; what was overtaken says so and keeps the text."""

from __future__ import annotations

from datetime import date

import pytest
import sqlalchemy as sa

from tests.escalation.city import assigned, build, clock_of, owed
from tests.makers import a_user
from tests.notices.notice_city import BODY, FIFTH, THIRD, an_issued, climb, drafts, late
from tracker import clock
from tracker.notices import actions, climbed, queries
from tracker.notices.decided import decisions
from tracker.notices.models import Ended, Measure, MeetingDecision, Notice, NoticeAnswer
from tracker.people.actions import make_link
from tracker.people.models import Purpose
from tracker.people.office_code import make_code
from tracker.roles import Role
from tracker.signing import actions as signing
from tracker.signing.models import ToSign

SAID = {"text": "人手不足。", "measures": "已成立专班。", "until_on": "2026-07-20"}
NAME = {"acting_name": "吴经办"}


@pytest.fixture
def city(session, stopped_clock):
    stopped_clock(THIRD)
    return build()


@pytest.fixture
def afresh(session):
    """Commit, and forget all that was read."""

    def forget():
        session.commit()
        session.expunge_all()

    return forget


def a_link(city, notice, holder="roads handler", purpose=Purpose.NOTICE):
    facts = {"at": clock.now(), "days": 7, "congress_id": city.congress.id, "holder_name": holder, "language": "en"}
    return f"/links/{make_link(purpose, notice_id=notice.id, **facts)}/supervision"


def test_a_mailbox_of_several_people_asks_the_offices_code_for_a_notice_too(city, reader, session, afresh):
    notice, clerk = an_issued(city)
    city.officers["roads handler"].shared = True
    link = a_link(city, notice)
    code = make_code(city.body("roads"), by=clerk.actor(), at=clock.now())
    afresh()
    assert "Code of your office" in reader.read(link).text
    page = reader.send(f"{link}/answer", {**SAID, **NAME})
    assert "give the code of your office" in page.text
    assert SAID["measures"] in page.html
    assert session.scalar(sa.select(sa.func.count(NoticeAnswer.id))) == 0
    reader.send(f"{link}/answer", {**SAID, **NAME, "office_code": code})
    assert session.scalars(sa.select(NoticeAnswer.by_name)).one() == NAME["acting_name"]


def test_who_answers_after_another_is_told_so_and_keeps_his_text(city, reader, afresh):
    notice, _clerk = an_issued(city)
    link, number = a_link(city, notice), notice.id
    afresh()
    reader.read(link)
    said = ("别人的答复。", "已办。", date(2026, 7, 1))
    actions.answer(queries.of_id(number), *said, by=BODY, on=THIRD)
    afresh()
    page = reader.send(f"{link}/answer", {**SAID, **NAME})
    assert "not to be answered any more" in page.text
    assert "别人的答复" in page.text
    assert SAID["measures"] in page.html


@pytest.mark.engines("sqlite")
def test_a_link_that_has_ended_keeps_the_answer(city, reader, afresh, stopped_clock):
    notice, _clerk = an_issued(city)
    link = a_link(city, notice)
    afresh()
    reader.read(link)
    stopped_clock(FIFTH)
    assert SAID["measures"] in reader.send(f"{link}/answer", {**SAID, **NAME}, expect=401).html


def test_drafted_issued_judged_and_withdrawn_by_a_process_that_read_nothing(city, reader, session, afresh):
    clerk = reader.signed_in_as(late(city, times=2))
    afresh()
    [group] = {one["value"] for one in clerk.read("/notices/new").all("button") if one["name"] == "group"}
    afresh()
    clerk.send("/notices/new", {"group": group})
    afresh()
    facts = {"text": "请书面说明。", "answer_by_on": "2026-06-24", "copies_to": "", "act": "issue"}
    number = session.scalars(sa.select(Notice.id)).one()
    afresh()
    assert "督办〔2026〕1号" in clerk.send(f"/notices/{number}/draft", facts).text
    afresh()
    judged = clerk.send(f"/notices/{number}/finding", {"finding": "not_enough", "note": "缺时限"})
    assert "The notice that asks again is drafted" in judged.text
    again = session.scalars(sa.select(Notice.id).where(Notice.before_id == number)).one()
    afresh()
    assert "It is withdrawn" in clerk.send(f"/notices/{again}/withdrawal", {"reason": "已另行处理"}).text


def test_what_a_meeting_chose_is_decided_whole_or_not_at_all(city, reader, session, afresh, stopped_clock):
    stopped_clock(FIFTH)
    who = late(city, FIFTH, times=2)
    clerk, chosen = reader.signed_in_as(who), [alarm.id for alarm, _body in climbed.to_decide(who)]
    afresh()
    form = {"on": str(FIFTH), "meeting": "第31次主任会议", "measure": "hearing", "until_on": "", "note": ""}
    assert "no longer listed" in clerk.send("/listed", {**form, "chosen": [*chosen, 99_999]}).text
    assert session.scalar(sa.select(sa.func.count(MeetingDecision.id))) == 0
    afresh()
    assert "The decision is recorded" in clerk.send("/listed", {**form, "chosen": chosen}).text


def test_a_case_marked_as_pending_drops_its_draft_and_is_drafted_again_when_it_has_ended(city):
    clerk = late(city, times=2)
    [made] = drafts(clerk)
    case = made.items[0].assignment
    case.pending_case = True
    actions.issue(made, by=clerk.actor(), on=THIRD)
    assert [one.ended_why for one in queries.of_id(made.id).items] == [Ended.PENDING, None]
    case.pending_case = False
    [again] = drafts(clerk)
    assert [one.assignment_id for one in again.items] == [case.id]


def test_a_draft_that_came_back_from_the_folder_goes_with_its_notice(city, session):
    clerk, head = late(city), a_user(city.congress, Role.OFFICE_LEADER)
    signing.choose_mode(city.congress.id, True, by=head.actor(), on=THIRD, at=clock.now())
    [made] = drafts(clerk)
    facts = {"text": "请说明。", "answer_by_on": "2026-06-24", "copies_to": ""}
    paper = signing.draw_up(queries.SIGNED_AS, made.id, facts, clerk, by=clerk.actor(), on=THIRD)
    signing.give_back(paper, "语气再缓和", by=head.actor(), on=THIRD)
    actions.withdraw(queries.of_id(made.id), "已答复", by=clerk.actor(), on=THIRD)
    session.flush()
    assert session.scalars(sa.select(ToSign.ended_on)).one() == THIRD


@pytest.mark.engines("sqlite")
def test_a_draft_counts_nothing_and_calls_nothing_late_that_is_not(city):
    clerk = late(city, times=2)
    third_round = assigned(city, "schools", round=3)
    clock_of(city, third_round, "rehandle", on=date(2026, 6, 8))
    climb(city, THIRD)
    texts = {one.body.name: one.text for one in drafts(clerk)}
    assert "已超过规定期限" in texts["市交通局"]
    assert "2件" not in texts["市交通局"]
    assert "仍不满意" in texts["市教育局"]
    assert "超过" not in texts["市教育局"]


@pytest.mark.engines("sqlite")
def test_of_what_was_decided_together_an_auditor_reads_no_internal_number(city, session, stopped_clock):
    stopped_clock(FIFTH)
    owed(city, internal=True)
    clerk = late(city, FIFTH)
    facts = {"meeting": "第31次主任会议", "by": clerk.actor(), "on": FIFTH}
    actions.decide_listed(climbed.to_decide(clerk), Measure.HEARING, **facts)
    auditor = a_user(city.congress, Role.AUDITOR)
    counts = []
    for who in (clerk, auditor):
        session.flush()
        session.expunge_all()
        counts += [len(one.items) for one in decisions(who)]
    assert counts == [2, 1]


@pytest.mark.engines("sqlite")
def test_what_was_met_between_draft_and_signature_is_not_signed_for(city, session):
    clerk, head = late(city, times=2), a_user(city.congress, Role.OFFICE_LEADER)
    signing.choose_mode(city.congress.id, True, by=head.actor(), on=THIRD, at=clock.now())
    [made] = drafts(clerk)
    facts = {"text": "请说明。", "answer_by_on": "2026-06-24", "copies_to": ""}
    paper = signing.draw_up(queries.SIGNED_AS, made.id, facts, clerk, by=clerk.actor(), on=THIRD)
    queries.of_id(made.id).items[0].alarm.clock.met_on = THIRD
    session.flush()
    signing.sign(paper, head, by=head.actor(), on=THIRD)
    issued = queries.of_id(made.id)
    assert [one.ended_why for one in issued.items] == [Ended.MET, None]
    assert (issued.number, issued.issued_by, len(queries.live_items(issued))) == (1, head.name, 1)
