"""The office studies why a deputy is dissatisfied: a new round, or an explanation he may accept or not."""

from __future__ import annotations

from datetime import date

import pytest
import sqlalchemy as sa

from tests.feedback.law import with_law
from tests.makers import a_case, a_rating_link, a_submitted_reply, assignments_of, with_reading_by
from tracker import clock
from tracker.actor import Actor
from tracker.database import db
from tracker.deadlines.clauses import Kind
from tracker.deadlines.queries import find_deadline, open_for
from tracker.errors import RuleBroken
from tracker.escalation.actions import raise_alarms
from tracker.escalation.models import Alarm
from tracker.feedback import actions, desk, studying
from tracker.feedback.models import Finding, RatingChannel, Verdict
from tracker.handling.actions import deliver
from tracker.mail.models import Letter
from tracker.notices.climbed import groups
from tracker.suggestion.journey import Stage, Standing

ON, RATED_ON, LATER = date(2026, 5, 6), date(2026, 5, 12), date(2026, 5, 14)
WORDS = "没有解决"


@pytest.fixture
def case(session, stopped_clock):
    stopped_clock(LATER)
    made = a_case()
    with_reading_by("office", made.congress)
    with_law(made.congress, rehandling="studied")
    made.reply = answered(made, made.lead, ON)
    made.rating = dissatisfied(made)
    return made


def answered(case, assignment, on):
    reply = a_submitted_reply(assignment, on)
    deliver(reply, assignment, by=case.by_office, on=on)
    reply.assignment = assignment
    return reply


def dissatisfied(case, on=RATED_ON):
    by = Actor("link", None, "赵代表")
    said = Verdict.SATISFIED, Verdict.DISSATISFIED, WORDS
    return actions.rate(case.reply, case.deputy, *said, channel=RatingChannel.LINK, by=by, on=on)


def found(case, finding, note="", on=LATER):
    return studying.study(case.rating, finding, note, by=case.by_office, on=on)


def test_it_waits_for_the_office_with_a_clock_of_its_own(case):
    assert (case.lead.standing, case.suggestion.stage) == (Standing.RATED, Stage.RATED)
    [clock_] = open_for(kind=Kind.STUDY, reply_id=case.reply.id)
    assert (clock_.holder, clock_.started_on) == ("office", RATED_ON)
    assert studying.is_pending(case.rating)
    assert list(desk.problems()) == []
    with pytest.raises(RuleBroken, match="Decide first"):
        actions.close(case.suggestion, "算了", by=case.by_office, on=LATER)


def test_handled_again_opens_the_next_round_and_the_deputy_is_told(case, session):
    found(case, Finding.AGAIN)
    new = assignments_of(case.suggestion)[-1]
    assert (new.round, case.lead.standing, case.suggestion.stage) == (2, Standing.HANDLED_AGAIN, Stage.HANDED_OVER)
    assert [one.started_on for one in open_for(kind=Kind.REHANDLE, assignment_id=new.id)] == [LATER]
    assert find_deadline(Kind.STUDY, reply_id=case.reply.id).met_on == LATER
    [letter] = session.scalars(sa.select(Letter).where(Letter.kind == "rating_studied"))
    assert letter.person_key == f"deputy:{case.deputy.id}"
    with pytest.raises(RuleBroken, match="does not wait"):
        found(case, Finding.AGAIN)


def test_an_explanation_needs_words_and_stands_on_the_deputys_own_page(case, session, reader):
    with pytest.raises(RuleBroken, match="what you explain"):
        found(case, Finding.EXPLAINED, " ")
    found(case, Finding.EXPLAINED, "资金已列入明年计划。")
    [letter] = session.scalars(sa.select(Letter).where(Letter.kind == "rating_studied"))
    assert "资金已列入明年计划" not in letter.body_text
    path = f"{a_rating_link(case.reply, case.deputy)}/rating"
    db.session.commit()
    page = reader.read(path)
    assert "资金已列入明年计划" in page.text
    page = reader.send(path.replace("/rating", "/rating/confirmation"), {})
    assert "The office decides again" in page.text
    assert studying.is_pending(case.rating)


def test_kept_after_the_explanation_it_is_the_offices_again(case):
    found(case, Finding.EXPLAINED, "已列入明年计划。")
    assert not studying.is_pending(case.rating)
    studying.keep(case.rating, by=Actor("link", None, "赵代表"), on=LATER)
    assert len(open_for(kind=Kind.STUDY, reply_id=case.reply.id)) == 1
    with pytest.raises(RuleBroken, match="stays dissatisfied"):
        actions.close(case.suggestion, "", by=case.by_office, on=LATER)
    with pytest.raises(RuleBroken, match="No explanation"):
        studying.keep(case.rating, by=Actor("link", None, "赵代表"), on=LATER)
    found(case, Finding.AGAIN)
    assert assignments_of(case.suggestion)[-1].round == 2


def test_a_change_of_mind_ends_the_study(case):
    by, good = Actor("link", None, "赵代表"), Verdict.SATISFIED
    more = {"channel": RatingChannel.LINK, "by": by, "on": LATER, "reason": "路通了"}
    actions.rate(case.reply, case.deputy, good, good, "", **more)
    assert open_for(kind=Kind.STUDY, reply_id=case.reply.id) == []
    actions.close(case.suggestion, "", by=case.by_office, on=LATER)


def climb(case, on):
    raise_alarms(case.congress, on, at=clock.now())
    db.session.flush()
    return db.session.scalars(sa.select(Alarm.step).where(Alarm.step > 3).order_by(Alarm.id)).all()


def test_dissatisfied_twice_goes_up_the_ladder_once(case, stopped_clock):
    """Whether the office still studies it or has opened the third round: one step, and a draft to be signed."""
    assert climb(case, LATER) == []
    found(case, Finding.AGAIN)
    second = assignments_of(case.suggestion)[-1]
    case.reply, case.lead = answered(case, second, LATER), second
    case.rating = dissatisfied(case, on=LATER)
    day = date(2026, 5, 15)
    stopped_clock(day)
    assert climb(case, day) == [4]
    assert climb(case, day) == [4]
    assert [group.step for group in groups(case.clerk)] == [4]
    found(case, Finding.AGAIN, on=day)
    assert assignments_of(case.suggestion)[-1].round == 3
    assert climb(case, day) == [4]


def test_the_page_of_the_study_shows_what_was_said_and_takes_the_decision(case, reader):
    db.session.commit()
    office = reader.signed_in_as(case.clerk)
    assert WORDS in office.read("/ratings?show=study").text
    path = f"/ratings/{case.rating.id}/study"
    page = office.read(path)
    assert WORDS in page.text
    assert "道路已经拓宽" in page.text
    assert "Choose." in office.send(path, {"note": "x"}).text
    assert "Decided" in office.send(path, {"finding": "explained", "note": "已列入计划。"}).text
    page = office.read(path)
    office.send(f"/replies/{case.reply.id}/rating/confirmation", {})
    assert "stays dissatisfied" in office.read(path).text
