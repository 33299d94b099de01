"""Bodies hear what a meeting decided, and are reminded of what they did not answer; two clerks at one draft."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from tests.escalation.city import build
from tests.makers import a_user
from tests.notices.notice_city import ANSWER_BY, BODY, FIFTH, THIRD, an_issued, drafts, late
from tests.paper.read_back import docx_text, pdf_text
from tracker.mail.models import Letter
from tracker.notices import actions, climbed, queries
from tracker.notices.models import Measure
from tracker.paper.models import Paper
from tracker.people.models import Link, Purpose
from tracker.roles import Role
from tracker.suggestion.models import Entry

THE_DAY_AFTER = ANSWER_BY + timedelta(days=1)
MEETING = {"meeting": "第31次主任会议", "until_on": date(2026, 7, 31), "note": "逐月报告。"}


@pytest.fixture
def city(session, stopped_clock):
    stopped_clock(THIRD)
    return build()


def letters(session, kind):
    """Who got such a letter, and its text."""
    wanted = sa.select(Letter).where(Letter.kind == kind).order_by(Letter.id)
    return {one.to_name: one for one in session.scalars(wanted)}


@pytest.fixture
def at_the_meeting(stopped_clock):
    stopped_clock(FIFTH)


@pytest.fixture
def weeks_later(stopped_clock):
    """Notices are issued on their day, the rest happens when its day has come."""
    return lambda: stopped_clock(date(2026, 9, 1))


def decided(city, measure, **facts):
    clerk = late(city, FIFTH, times=2, **facts)
    actions.decide_listed(climbed.to_decide(clerk), measure, by=clerk.actor(), on=FIFTH, **MEETING)


def test_the_body_is_told_what_the_meeting_decided_and_by_when(city, session, at_the_meeting):
    decided(city, Measure.CORRECTION)
    told = letters(session, "meeting_decided")
    assert set(told) == {"roads handler", "roads deputy_head", "roads head"}
    said = told["roads head"]
    for word in ("第31次主任会议", "2026-07-31", "逐月报告。", "report to the office in writing"):
        assert word in said.body_text, word
    assert "2 suggestions" in said.subject


def test_of_what_is_internal_the_letter_names_neither_title_nor_reason(city, session, at_the_meeting):
    decided(city, Measure.HEARING, internal=True)
    said = letters(session, "meeting_decided")["roads head"]
    assert "路灯" not in said.body_text
    assert "逐月报告" not in said.body_text
    assert "will hear the people in charge" in said.body_text


def test_where_nothing_is_ordered_nobody_is_written_to(city, session, at_the_meeting):
    decided(city, Measure.NONE)
    assert letters(session, "meeting_decided") == {}


def test_the_office_hears_which_body_no_letter_reaches(city, reader, session, stopped_clock):
    stopped_clock(FIFTH)
    who = late(city, FIFTH)
    for place in ("handler", "deputy_head", "head"):
        city.officers[f"roads {place}"].active = False
    chosen = [alarm.id for alarm, _body in climbed.to_decide(who)]
    session.commit()
    form = {"on": str(FIFTH), "meeting": "第31次主任会议", "measure": "inquiry", "until_on": "", "note": ""}
    page = reader.signed_in_as(who).send("/listed", {**form, "chosen": chosen})
    assert "No officer is known at roads" in page.text


def test_who_did_not_answer_by_the_day_is_reminded_once_with_a_new_link(city, session, weeks_later):
    notice, _clerk = an_issued(city)
    weeks_later()
    assert actions.remind(city.congress.id, on=ANSWER_BY) == 0, "the day itself is his"
    assert actions.remind(city.congress.id, on=THE_DAY_AFTER) == 1
    for later in (1, 6, 60):
        assert actions.remind(city.congress.id, on=THE_DAY_AFTER + timedelta(days=later)) == 0
    told = letters(session, "notice_overdue")
    assert set(told) == {"roads handler", "roads deputy_head", "roads head"}
    assert "no answer has come" in told["roads head"].body_text
    links = session.scalars(sa.select(Link.purpose).where(Link.notice_id == notice.id)).all()
    assert links.count(Purpose.NOTICE) == 6, "three with the notice, three with the reminder"
    line = session.scalars(sa.select(Entry).where(Entry.move == "remind_notice")).one()
    assert (line.actor_kind, line.facts["number"]) == ("system", queries.number_of(notice))


def test_a_weekend_reminds_nobody_and_a_week_without_a_run_loses_nothing(city, weeks_later):
    an_issued(city)
    weeks_later()
    assert actions.remind(city.congress.id, on=date(2026, 6, 27)) == 0, "a Saturday"
    assert actions.remind(city.congress.id, on=date(2026, 7, 8)) == 1


def test_who_answered_or_whose_notice_was_withdrawn_is_not_reminded(city, session, weeks_later):
    notice, clerk = an_issued(city)
    weeks_later()
    actions.answer(notice, "人手不足。", "已办。", date(2026, 7, 20), by=BODY, on=THIRD)
    session.flush()
    assert actions.remind(city.congress.id, on=THE_DAY_AFTER) == 0
    actions.withdraw(queries.of_id(notice.id), "另行处理。", by=clerk.actor(), on=THIRD)
    session.flush()
    assert actions.remind(city.congress.id, on=THE_DAY_AFTER) == 0


def test_the_page_says_that_the_body_was_reminded(city, reader, session, stopped_clock):
    notice, clerk = an_issued(city)
    stopped_clock(THE_DAY_AFTER)
    actions.remind(city.congress.id, on=THE_DAY_AFTER)
    session.commit()
    page = reader.signed_in_as(clerk).read(f"/notices/{notice.id}")
    assert f"Reminded, not answered in time {THE_DAY_AFTER}" in page.text


def test_the_second_of_two_clerks_at_one_draft_is_told_and_keeps_his_text(city, reader, session):
    clerk = late(city)
    [draft] = drafts(clerk)
    where, other = f"/notices/{draft.id}/draft", a_user(city.congress, Role.OFFICE_CLERK)
    session.commit()
    second = reader.signed_in_as(clerk)
    second.read(where)
    seen = second.page.hidden(where)
    actions.rewrite(queries.of_id(draft.id), "别人写的。", ANSWER_BY, "市政府办公室")
    session.commit()
    said = {"text": "我写的。", "answer_by_on": str(ANSWER_BY), "copies_to": ""}
    for act in ("save", "issue"):
        page = second.send(where, {**said, **seen, "act": act})
        assert "Somebody else changed this draft" in page.text, act
        assert "我写的。" in page.html
        assert "别人写的。" in page.text
    session.expire_all()
    assert (queries.of_id(draft.id).text, queries.of_id(draft.id).issued_on) == ("别人写的。", None)
    assert "Saved" in second.send(where, {**said, "act": "save"}).text, "he has seen it now, and goes on"
    session.expire_all()
    assert queries.of_id(draft.id).text == "我写的。"
    assert other.id != clerk.id


def test_a_draft_is_printed_as_a_draft_and_gets_no_number(city, reader, session):
    clerk = late(city)
    [draft] = drafts(clerk)
    session.commit()
    office, where = reader.signed_in_as(clerk), f"/notices/{draft.id}/paper"
    assert "Print the draft" in office.read(f"/notices/{draft.id}").text
    for kind, read in (("pdf", pdf_text), ("docx", docx_text)):
        text = read(office.send(where, {"format": kind}).response.data)
        assert "草稿" in text, kind
        assert "市交通局：" in text, kind
        assert "督办〔" not in text, kind
        assert "DB-" not in text, kind
    assert session.scalar(sa.select(sa.func.count(Paper.id))) == 0
    body = reader.signed_in_as(a_user(city.congress, Role.BODY_LEADER, body_id=city.body("roads").id))
    body.read(where, expect=404)
