"""The reply answers point by point, keeps its versions, and goes out with its signed original."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from tests.handling.papers import ON
from tests.makers import a_content, a_submitted_reply, actor_of, with_reading_by
from tracker import clock
from tracker.database import db
from tracker.deadlines.clauses import Outcome
from tracker.errors import RuleBroken
from tracker.handling import actions
from tracker.handling.actions import PointContent
from tracker.handling.comparing import Mark, changes, compared
from tracker.handling.models import Delivery, Way
from tracker.handling.written import ClassChange, Measure, Point, ReplyVersion, VersionKind
from tracker.mail.models import Letter
from tracker.suggestion.journey import Standing
from tracker.suggestion.models import Entry

REFUSED = [("B", " ", "reason"), ("A", "x", "already"), ("Z", "x", "not one")]
POINTS = [PointContent("拓宽道路", "已于四月拓宽。"), PointContent("增设路灯", in_letter=True), PointContent("绿化")]


def saved(case, version=None, **changes):
    content = a_content(**changes)
    return actions.save_draft(case.lead, content, version=version, by=case.by_body, at=clock.now())


def submitted(case, **changes):
    return actions.submit(case.lead, saved(case, **changes), by=case.by_body, on=ON)


def test_points_and_measures_are_rows_in_their_order(case, session):
    saved(case, points=POINTS, measures=["东段完工", "西段开工"])
    kept = [(one.request, one.is_answered) for one in session.scalars(sa.select(Point).order_by(Point.place))]
    assert kept == [("拓宽道路", True), ("增设路灯", True), ("绿化", False)]
    assert list(session.scalars(sa.select(Measure.what).order_by(Measure.place))) == ["东段完工", "西段开工"]


def test_what_is_struck_is_gone_and_nothing_stands_twice(case, session):
    saved(case, points=POINTS, measures=["东段完工"])
    saved(case, points=[POINTS[1], PointContent(" ")])
    assert [one.request for one in session.scalars(sa.select(Point))] == ["增设路灯"]
    assert session.scalars(sa.select(Measure)).all() == []


def test_an_answer_whose_request_was_emptied_is_not_lost(case, session):
    saved(case, points=[PointContent("", "已办结。")])
    assert [one.answer for one in session.scalars(sa.select(Point))] == ["已办结。"]


def test_each_submission_keeps_a_version_and_the_office_sees_what_changed(case, session):
    reply = submitted(case, text="第一段。\n第二段。", points=POINTS[:1])
    actions.send_back(reply, case.lead, ["requests_unanswered"], "", by=case.by_office, on=ON)
    submitted(case, text="第一段。\n第二段,已改。", points=POINTS[:1], class_label="B")
    versions = list(session.scalars(sa.select(ReplyVersion).order_by(ReplyVersion.number)))
    assert [(one.number, one.kind, one.class_label) for one in versions] == [
        (1, VersionKind.SUBMITTED, "A"),
        (2, VersionKind.SUBMITTED, "B"),
    ]
    found = changes(versions)
    assert [(one.mark, one.text) for one in found.paragraphs if one.mark is not Mark.SAME] == [
        (Mark.GONE, "第二段。"),
        (Mark.NEW, "第二段,已改。"),
    ]
    assert found.is_any


def test_paragraphs_are_compared_in_reading_order():
    found = [(str(one.mark), one.text) for one in compared(["甲", "乙", "丙"], ["甲", "丁", "丙", "戊"])]
    assert found == [("same", "甲"), ("gone", "乙"), ("new", "丁"), ("same", "丙"), ("new", "戊")]


def test_without_its_original_a_reply_is_submitted_and_not_delivered(case):
    reply = a_submitted_reply(case.lead, ON, paper_original=False)
    assert case.lead.standing is Standing.SUBMITTED
    with pytest.raises(RuleBroken, match="signed original is not here"):
        actions.deliver(reply, case.lead, by=case.by_office, on=ON)
    actions.record_original(reply, case.lead, by=case.by_office, on=ON, came_on=ON)
    actions.deliver(reply, case.lead, by=case.by_office, on=ON)
    assert case.lead.standing is Standing.DELIVERED


@pytest.mark.parametrize("way", [Way.EXCHANGE, Way.PAPER, Way.HANDED_OVER])
def test_an_original_that_goes_itself_is_delivered_and_its_way_recorded(case, session, way):
    reply = a_submitted_reply(case.lead, ON, paper_original=False)
    actions.deliver(reply, case.lead, by=case.by_office, on=ON, way=way)
    assert set(session.scalars(sa.select(Delivery.way))) == {way}


def test_a_letter_whose_coming_by_exchange_is_recorded_needs_no_more(case):
    facts = {"way": Way.EXCHANGE, "letter_on": ON, "received_on": ON}
    reply = a_submitted_reply(case.lead, ON, paper_original=False, **facts)
    actions.deliver(reply, case.lead, by=case.by_office, on=ON)
    assert case.lead.standing is Standing.DELIVERED


def test_where_nobody_reads_first_it_waits_for_its_original_only(case):
    with_reading_by("none", case.congress)
    reply = a_submitted_reply(case.lead, ON, paper_original=False)
    assert case.lead.standing is Standing.SUBMITTED
    actions.record_original(reply, case.lead, by=case.by_office, on=ON, came_on=ON)
    assert case.lead.standing is Standing.DELIVERED


@pytest.mark.parametrize("came_on", [None, ON + timedelta(days=1), date(2026, 3, 1)])
def test_an_original_came_on_a_day_that_can_be(case, came_on):
    reply = a_submitted_reply(case.lead, ON, paper_original=False)
    with pytest.raises(RuleBroken):
        actions.record_original(reply, case.lead, by=case.by_office, on=ON, came_on=came_on)


def test_the_office_changes_the_class_and_both_stay_with_the_reason(case, session):
    reply = a_submitted_reply(case.lead, ON)
    actions.change_class(reply, case.lead, "B", "尚有一半未完成。", by=case.by_office, on=ON)
    [change] = session.scalars(sa.select(ClassChange))
    assert (change.was_label, change.label, change.reason) == ("A", "B", "尚有一半未完成。")
    assert (reply.class_label, reply.outcome) == ("B", change.outcome)
    assert change.was_outcome is Outcome.SOLVED
    [letter] = session.scalars(sa.select(Letter).where(Letter.kind == "class_changed"))
    assert "由A调整为B" in letter.body_text
    assert session.scalar(sa.select(Entry.facts).where(Entry.move == "change_class")) == {"was": "A", "to": "B"}


@pytest.mark.parametrize(
    ("label", "reason", "said"), [("B", " ", "reason"), ("A", "x", "already"), ("Z", "x", "not one")]
)
def test_what_class_change_is_refused(case, label, reason, said):
    reply = a_submitted_reply(case.lead, ON)
    with pytest.raises(RuleBroken, match=said):
        actions.change_class(reply, case.lead, label, reason, by=case.by_office, on=ON)


def test_progress_is_noted_with_a_line_of_history_and_meets_no_clock(case, session):
    actions.note_progress(case.lead, "已完成勘察。", by=actor_of(case.lead), on=ON)
    session.flush()
    assert session.scalar(sa.select(Entry.actor_name).where(Entry.move == "note_progress")) == "林承办"
    assert case.lead.standing is Standing.ASSIGNED
    for text, on in ((" ", ON), ("x", date(2026, 1, 1))):
        with pytest.raises(RuleBroken):
            actions.note_progress(case.lead, text, by=actor_of(case.lead), on=on)
    db.session.rollback()
