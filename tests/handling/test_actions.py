"""The body answers, the office reads: what becomes of the assignment, its clocks and its letters."""

from datetime import date

import pytest
import sqlalchemy as sa

from tests.handling.papers import ON
from tests.makers import HANDED_OVER_ON, a_content, a_submitted_reply, with_reading_by
from tracker import clock
from tracker.deadlines.clauses import Kind
from tracker.deadlines.queries import deadlines_of, find_deadline, open_for
from tracker.errors import RuleBroken, Stale
from tracker.handling import actions
from tracker.handling.decisions import extensions_to_decide
from tracker.handling.models import Delivery, Manner, Promise
from tracker.mail.models import Letter
from tracker.suggestion.journey import Stage, Standing
from tracker.suggestion.models import Entry

PROMISE = {"what": "安装路灯", "owner": "林承办", "due_on": "2026-09-01"}


def letters(session, kind) -> list[Letter]:
    return list(session.scalars(sa.select(Letter).where(Letter.kind == kind)))


def test_a_contact_meets_the_clock_of_the_first_contact(case):
    actions.note_contact(case.lead, Manner.PHONE, "赵代表", by=case.by_body, on=ON)
    assert find_deadline(Kind.FIRST_CONTACT, assignment_id=case.lead.id).met_on == ON


def test_a_contact_before_the_hand_over_is_none(case):
    with pytest.raises(RuleBroken, match="before the hand-over"):
        actions.note_contact(case.lead, Manner.VISIT, "赵代表", by=case.by_body, on=date(2026, 3, 1))


def test_who_answers_has_received(case):
    a_submitted_reply(case.lead, ON)
    assert case.lead.standing is Standing.SUBMITTED
    assert find_deadline(Kind.RECEIPT, assignment_id=case.lead.id).met_on == ON


def test_a_submitted_reply_meets_its_clock_and_waits_to_be_read(case):
    reply = a_submitted_reply(case.lead, ON)
    assert find_deadline(Kind.REPLY, assignment_id=case.lead.id).met_on == ON
    assert [one.holder for one in open_for(kind=Kind.CHECK, reply_id=reply.id)] == ["office"]
    assert case.suggestion.stage is Stage.HANDED_OVER


def test_without_a_hub_the_office_reads_in_its_stead(case):
    with_reading_by("hub", case.congress)
    reply = a_submitted_reply(case.lead, ON)
    assert [one.holder for one in open_for(kind=Kind.CHECK, reply_id=reply.id)] == ["office"]


def test_where_nobody_reads_first_it_goes_straight_to_the_deputies(case, session):
    with_reading_by("none", case.congress)
    reply = a_submitted_reply(case.lead, ON)
    assert case.lead.standing is Standing.DELIVERED
    reached = session.scalars(sa.select(Delivery.deputy_id).where(Delivery.reply_id == reply.id))
    assert set(reached) == {case.deputy.id, case.signer.id}


def test_delivered_is_answered_and_the_rating_is_asked_for(case, session):
    reply = a_submitted_reply(case.lead, ON, promises=[PROMISE])
    actions.deliver(reply, case.lead, by=case.by_office, on=ON)
    assert case.suggestion.stage is Stage.ANSWERED
    assert [one.holder for one in open_for(kind=Kind.EVALUATE, reply_id=reply.id)] == ["deputy"]
    promise = session.scalars(sa.select(Promise)).one()
    assert [one.due_on for one in open_for(promise_id=promise.id)] == [date(2026, 9, 1)]
    told = letters(session, "reply_delivered")
    assert {one.to_name for one in told} == {"赵代表", "钱附议"}
    assert all("/links/" in one.body_text for one in told)


def test_a_deputy_who_heads_the_body_is_not_waited_for(case):
    case.deputy.heads_body_id = case.lead.body_id
    reply = a_submitted_reply(case.lead, ON)
    actions.deliver(reply, case.lead, by=case.by_office, on=ON)
    assert open_for(kind=Kind.EVALUATE, reply_id=reply.id) == []


def test_every_clock_of_a_reply_has_an_act_that_meets_it(case):
    reply = a_submitted_reply(case.lead, ON)
    actions.deliver(reply, case.lead, by=case.by_office, on=ON)
    assert {one.kind for one in deadlines_of(reply_id=reply.id)} == {Kind.CHECK, Kind.EVALUATE, Kind.PUBLISH}


def test_sent_back_it_is_due_on_its_old_day_again(case, session):
    due_on = find_deadline(Kind.REPLY, assignment_id=case.lead.id).due_on
    reply = a_submitted_reply(case.lead, ON)
    actions.send_back(reply, case.lead, ["no_contact"], "", by=case.by_office, on=ON)
    again = find_deadline(Kind.REPLY, assignment_id=case.lead.id)
    assert (again.is_open, again.due_on, again.original_due_on) == (True, due_on, due_on)
    assert case.lead.standing is Standing.RECEIVED
    [letter] = letters(session, "reply_sent_back")
    assert due_on.isoformat() in letter.body_text
    second = actions.save_draft(case.lead, a_content(), version=reply.version, by=case.by_body, at=clock.now())
    actions.submit(case.lead, second, by=case.by_body, on=ON)
    assert case.lead.standing is Standing.SUBMITTED


def test_a_reply_goes_back_only_with_a_reason(case):
    reply = a_submitted_reply(case.lead, ON)
    with pytest.raises(RuleBroken, match="at least one reason"):
        actions.send_back(reply, case.lead, ["because"], "", by=case.by_office, on=ON)
    with pytest.raises(RuleBroken, match="which other"):
        actions.send_back(reply, case.lead, ["other"], " ", by=case.by_office, on=ON)


def test_a_co_handler_gives_an_opinion_and_never_answers(case):
    with pytest.raises(RuleBroken, match="the lead answers"):
        a_submitted_reply(case.co, ON)
    with pytest.raises(RuleBroken, match="Only a co-handler"):
        actions.give_opinion(case.lead, "同意。", by=case.by_body, on=ON)
    actions.give_opinion(case.co, "同意。", by=case.by_body, on=ON)
    assert case.co.standing is Standing.OPINION_GIVEN
    assert find_deadline(Kind.CO_OPINION, assignment_id=case.co.id).met_on == ON


def test_two_writers_do_not_overwrite_each_other(case):
    def save(version, **text):
        return actions.save_draft(case.lead, a_content(**text), version=version, by=case.by_body, at=clock.now())

    first = save(0, text="第一稿")
    with pytest.raises(Stale):
        save(0, text="另一稿")
    assert save(first.version, text="第二稿").text == "第二稿"


def test_a_submitted_reply_is_no_longer_written_on(case):
    reply = a_submitted_reply(case.lead, ON)
    with pytest.raises(RuleBroken, match="submitted already"):
        actions.save_draft(case.lead, a_content(), version=reply.version, by=case.by_body, at=clock.now())


def test_more_time_is_asked_before_the_day_and_the_first_day_is_kept(case, session):
    first = find_deadline(Kind.REPLY, assignment_id=case.lead.id)
    asked = actions.ask_extension(case.lead, "勘察未完", date(2026, 7, 10), by=case.by_body, on=ON)
    with pytest.raises(RuleBroken, match="asked already"):
        actions.ask_extension(case.lead, "勘察未完", date(2026, 7, 20), by=case.by_body, on=ON)
    asked.assignment = case.lead
    actions.decide_extension(asked, True, by=case.by_office, on=ON)
    assert (first.due_on, first.original_due_on) == (date(2026, 7, 10), date(2026, 6, 2))
    assert len(letters(session, "extension_decided")) == 1
    assert [one.to_name for one in letters(session, "extension_told")] == ["赵代表"]
    with pytest.raises(RuleBroken, match="decided already"):
        actions.decide_extension(asked, False, by=case.by_office, on=ON)


def test_more_time_never_passes_the_total_of_the_rules(case):
    asked = actions.ask_extension(case.lead, "勘察未完", date(2027, 1, 10), by=case.by_body, on=ON)
    asked.assignment = case.lead
    actions.decide_extension(asked, True, by=case.by_office, on=ON)
    assert asked.granted_to_on == date(2026, 9, 2)


def test_an_extension_nobody_decided_lapses_with_the_reply(case, session):
    actions.ask_extension(case.lead, "勘察未完", date(2026, 7, 10), by=case.by_body, on=ON)
    assert len(session.scalars(extensions_to_decide(case.clerk)).unique().all()) == 1
    a_submitted_reply(case.lead, ON)
    assert session.scalars(extensions_to_decide(case.clerk)).unique().all() == []


def test_more_time_asked_after_the_day_is_recorded_as_late(case, session, stopped_clock):
    late = date(2026, 6, 3)
    stopped_clock(late)
    asked = actions.ask_extension(case.lead, "勘察未完", date(2026, 7, 10), by=case.by_body, on=late)
    assert asked.is_late
    assert asked.was_due_on == date(2026, 6, 2)
    told = sa.select(Entry.facts).where(Entry.move == "ask_extension")
    assert session.scalar(told)["late"] is True


def test_a_day_that_has_passed_cannot_be_asked_for(case, stopped_clock):
    late = date(2026, 6, 10)
    stopped_clock(late)
    with pytest.raises(RuleBroken, match="must be later than"):
        actions.ask_extension(case.lead, "勘察未完", date(2026, 6, 9), by=case.by_body, on=late)


def test_the_letter_of_the_hand_over_reaches_body_and_deputies(case, session):
    assert len(letters(session, "handed_over")) == 2
    assert {one.to_name for one in letters(session, "handed_over_deputy")} == {"赵代表", "钱附议"}
    assert HANDED_OVER_ON.isoformat() in letters(session, "handed_over")[0].body_text
