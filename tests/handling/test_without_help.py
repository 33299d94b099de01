"""The lead answers for all: a co-handler silent by then owes nothing more, and that it was not heard is kept."""

import pytest
import sqlalchemy as sa

from tests.handling.papers import ON
from tests.makers import CLERK, a_case, a_submitted_reply, assignments_of
from tracker.database import db
from tracker.deadlines.clauses import Kind
from tracker.deadlines.queries import deadlines_of, open_for
from tracker.dispatch import actions as dispatch
from tracker.dispatch.clocks import law_of
from tracker.dispatch.models import Assignment
from tracker.errors import RuleBroken
from tracker.feedback import actions as feedback
from tracker.feedback.models import RatingChannel, Verdict
from tracker.handling import actions
from tracker.handling.models import Reply, Way
from tracker.suggestion.journey import Standing


@pytest.fixture
def case(session, stopped_clock):
    """The lead's reply is with the deputy; the co-handler has said nothing."""
    stopped_clock(ON)
    made = a_case()
    reply = a_submitted_reply(made.lead, ON)
    for one in actions.deliver(reply, made.lead, by=CLERK, on=ON):
        if one.on is None:
            actions.reach(one, Way.PAPER, by=CLERK, on=ON)
    session.commit()
    return made


@pytest.fixture(autouse=True)
def whole(case):
    """The case as a page loads it."""
    case.lead, case.co = assignments_of(case.suggestion)


def rated(case, result=Verdict.SATISFIED):
    said = {aspect: result for aspect in law_of(case.lead).rules.rates if str(aspect) not in ("attitude", "result")}
    about = {"channel": RatingChannel.ACCOUNT, "by": CLERK, "on": ON, "further": said}
    return feedback.rate(a_whole_reply(case), case.deputy, result, result, "办理不实", **about)


def a_whole_reply(case):
    return db.session.scalars(
        sa.select(Reply).options(sa.orm.joinedload(Reply.assignment).joinedload(Assignment.suggestion))
    ).one()


def clocks_of(case):
    return deadlines_of(kind=Kind.CO_OPINION, assignment_id=case.co.id)


def test_until_the_reply_is_rated_its_opinion_is_owed(case):
    assert case.co.standing in (Standing.ASSIGNED, Standing.RECEIVED)
    assert open_for(kind=Kind.CO_OPINION, assignment_id=case.co.id) != []


def test_rated_its_clocks_are_void_with_the_reason_and_kept(case, session):
    rated(case)
    session.flush()
    assert case.co.standing is Standing.UNHEARD
    assert open_for(assignment_id=case.co.id) == []
    assert {(one.voided_on, one.void_reason) for one in clocks_of(case)} == {(ON, "answered_without")}
    with pytest.raises(RuleBroken, match="not possible now"):
        actions.give_opinion(case.co, "同意。", by=case.by_body, on=ON)


def test_closed_without_a_rating_it_is_the_same(case, session):
    feedback.close(case.suggestion, "代表多次联系不上", by=CLERK, on=ON)
    session.flush()
    assert (case.co.standing, open_for(assignment_id=case.co.id)) == (Standing.UNHEARD, [])


def test_handled_again_the_first_round_waits_for_nobody(case, session):
    dispatch.renew(case.lead, by=CLERK, on=ON)
    session.flush()
    assert (case.co.standing, open_for(assignment_id=case.co.id)) == (Standing.UNHEARD, [])


def test_an_opinion_that_was_given_stays_given(case, session):
    actions.give_opinion(case.co, "同意。", by=case.by_body, on=ON)
    rated(case)
    session.flush()
    assert case.co.standing is Standing.OPINION_GIVEN
    assert [one.voided_on for one in clocks_of(case)] == [None]


def test_the_page_says_why_the_clock_no_longer_holds(case, session, reader):
    rated(case)
    session.commit()
    page = reader.signed_in_as(case.clerk).read(f"/suggestions/{case.suggestion.id}").text
    assert "The lead answered without its opinion" in page
    assert "the lead answered without it" in page
