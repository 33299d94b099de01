"""The deputy judges: nothing preset, nothing overwritten, never by the body itself; dissatisfied begins anew."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from tests.feedback.law import with_law
from tests.makers import (
    a_body,
    a_case,
    a_congress,
    a_deputy,
    a_meeting,
    a_submitted_reply,
    a_suggestion,
    an_assignment,
    an_officer,
    assignments_of,
    with_reading_by,
)
from tracker.actor import Actor
from tracker.deadlines.clauses import Kind
from tracker.deadlines.queries import find_deadline, open_for
from tracker.dispatch.models import Part
from tracker.errors import RuleBroken
from tracker.feedback import actions
from tracker.feedback.models import RatingChannel, Verdict
from tracker.handling.actions import deliver
from tracker.mail.models import Letter
from tracker.structure.models import Rank
from tracker.suggestion.journey import Stage, Standing
from tracker.suggestion.models import Entry

ON = date(2026, 5, 6)
RATED_ON = date(2026, 5, 12)


@pytest.fixture
def case(session, stopped_clock):
    stopped_clock(RATED_ON)
    made = a_case()
    with_reading_by("office", made.congress)
    with_law(made.congress, rehandling="at_once")
    return made


@pytest.fixture
def reply(case):
    made = a_submitted_reply(case.lead, ON)
    deliver(made, case.lead, by=case.by_office, on=ON)
    made.assignment = case.lead
    return made


def rate(reply, deputy, attitude="satisfied", result="satisfied", comment="", on=RATED_ON, by=None, **more):
    by = by or Actor("link", None, deputy.name)
    verdicts = Verdict(attitude), Verdict(result)
    return actions.rate(reply, deputy, *verdicts, comment, channel=RatingChannel.LINK, by=by, on=on, **more)


def test_a_satisfied_lead_deputy_makes_it_rated_and_it_can_be_closed(case, reply):
    rate(reply, case.deputy)
    assert (case.lead.standing, case.suggestion.stage) == (Standing.RATED, Stage.RATED)
    assert find_deadline(Kind.EVALUATE, reply_id=reply.id).met_on == RATED_ON
    actions.close(case.suggestion, "", by=case.by_office, on=RATED_ON)
    assert case.suggestion.stage is Stage.CLOSED


@pytest.mark.parametrize(("attitude", "result"), [("dissatisfied", "satisfied"), ("satisfied", "dissatisfied")])
def test_dissatisfied_says_why_and_opens_round_two_with_its_own_clock(case, reply, attitude, result):
    with pytest.raises(RuleBroken, match="why you are dissatisfied"):
        rate(reply, case.deputy, attitude, result, " ")
    rate(reply, case.deputy, attitude, result, "没有解决")
    new = assignments_of(case.suggestion)[-1]
    assert (case.lead.standing, case.suggestion.stage) == (Standing.HANDLED_AGAIN, Stage.HANDED_OVER)
    assert (new.round, new.body_id, new.standing) == (2, case.lead.body_id, Standing.ASSIGNED)
    [clock] = open_for(kind=Kind.REHANDLE, assignment_id=new.id)
    assert (clock.started_on, clock.due_on) == (RATED_ON, date(2026, 6, 12))


def test_round_two_answered_and_rated_ends_it(case, reply):
    rate(reply, case.deputy, "satisfied", "dissatisfied", "没有解决")
    new = assignments_of(case.suggestion)[-1]
    second = a_submitted_reply(new, RATED_ON)
    deliver(second, new, by=case.by_office, on=RATED_ON)
    assert case.suggestion.stage is Stage.ANSWERED
    second.assignment = new
    rate(second, case.deputy)
    assert case.suggestion.stage is Stage.RATED


def test_the_new_round_of_a_late_paper_begins_when_it_is_entered(case, reply):
    entered = Actor("user", 1, "孙办").for_paper_of(case.deputy.name)
    rate(reply, case.deputy, "satisfied", "dissatisfied", "没有解决", on=ON, by=entered, renewed_on=RATED_ON)
    assert assignments_of(case.suggestion)[-1].handed_over_on == RATED_ON


def test_the_head_of_the_body_learns_of_it_without_the_comment(case, reply, session):
    an_officer(assignments_of(case.suggestion)[0].body, Rank.HEAD)
    rate(reply, case.deputy, "dissatisfied", "dissatisfied", "没有解决")
    [letter] = session.scalars(sa.select(Letter).where(Letter.kind == "dissatisfied"))
    assert "没有解决" not in letter.body_text + letter.body_html


def test_a_co_signers_view_stands_beside_and_decides_nothing(case, reply):
    rate(reply, case.signer, "dissatisfied", "dissatisfied", "没有解决")
    assert case.lead.standing is Standing.DELIVERED
    assert find_deadline(Kind.EVALUATE, reply_id=reply.id).is_open
    rate(reply, case.deputy)
    assert case.suggestion.stage is Stage.RATED


def test_a_rating_is_never_overwritten(case, reply):
    rate(reply, case.signer)
    with pytest.raises(RuleBroken, match="never overwritten"):
        rate(reply, case.signer, "mostly", "mostly")


def test_a_body_never_rates(case, reply):
    with pytest.raises(RuleBroken, match="never enters a rating"):
        rate(reply, case.deputy, by=case.by_body)


def test_who_heads_the_body_does_not_rate_it(case, reply):
    case.deputy.heads_body_id = case.lead.body_id
    with pytest.raises(RuleBroken, match="heads a body"):
        rate(reply, case.deputy)


def test_a_stranger_does_not_rate(case, reply):
    with pytest.raises(RuleBroken, match="did not sign"):
        rate(reply, a_deputy(case.congress, "别人"))


def test_what_was_not_delivered_is_not_rated(case):
    made = a_submitted_reply(case.lead, ON)
    made.assignment = case.lead
    with pytest.raises(RuleBroken, match="not been delivered"):
        rate(made, case.deputy)


def test_nothing_is_rated_before_it_was_delivered(case, reply):
    with pytest.raises(RuleBroken, match="before it was delivered"):
        rate(reply, case.deputy, on=ON - timedelta(days=1))


def test_an_item_of_several_bodies_is_as_satisfied_as_its_worst_reply(session, stopped_clock):
    stopped_clock(RATED_ON)
    congress = a_congress()
    with_reading_by("none", congress)
    deputy = a_deputy(congress)
    suggestion = a_suggestion(a_meeting(congress), deputy)
    given = an_assignment(suggestion, a_body(congress), a_body(congress, "市财政局"), part=Part.SEPARATE)
    replies = [a_submitted_reply(one, ON) for one in given]
    for reply, assignment, verdict in zip(replies, given, ("mostly", "satisfied"), strict=True):
        assert suggestion.stage is Stage.ANSWERED
        reply.assignment = assignment
        rate(reply, deputy, "satisfied", verdict)
    [entry] = session.scalars(sa.select(Entry).where(Entry.move == "rate"))
    assert entry.facts["result"] == "mostly"


def test_closing_without_a_rating_needs_a_reason_and_ends_its_clock(case, reply):
    with pytest.raises(RuleBroken, match="Nobody has rated"):
        actions.close(case.suggestion, "", by=case.by_office, on=RATED_ON)
    actions.close(case.suggestion, "代表逾期未评价", by=case.by_office, on=RATED_ON)
    assert open_for(kind=Kind.EVALUATE, reply_id=reply.id) == []


def test_a_late_dissatisfied_rating_of_what_was_closed_is_kept_and_opens_nothing(case, reply):
    actions.close(case.suggestion, "代表逾期未评价", by=case.by_office, on=RATED_ON)
    rate(reply, case.deputy, "satisfied", "dissatisfied", "没有解决")
    assert case.suggestion.stage is Stage.CLOSED
    assert len(assignments_of(case.suggestion)) == 2
