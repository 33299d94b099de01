"""Every kind of clock once through: the fact that starts it, whose it is, the day it ends, and the fact that meets it.

The last days are counted by hand from the default rules (2026: 28 February is worked, 4 to 6 April are off).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pytest
import sqlalchemy as sa

from tests.makers import (
    HANDED_OVER_ON,
    RECORDED_ON,
    Case,
    a_body,
    a_case,
    a_congress,
    a_deputy,
    a_meeting,
    a_submitted_reply,
    a_suggestion,
    actor_of,
    an_assignment,
    assignments_of,
)
from tracker.database import db
from tracker.deadlines import queries
from tracker.deadlines.actions import recount
from tracker.deadlines.clauses import Kind
from tracker.deadlines.models import Deadline
from tracker.dispatch import actions as dispatch
from tracker.errors import RuleBroken
from tracker.feedback import actions as feedback
from tracker.feedback import studying
from tracker.feedback.models import Finding, Rating, RatingChannel, Verdict
from tracker.followup import actions as followup
from tracker.followup.models import Fate
from tracker.followup.queries import get_promise
from tracker.handling import actions as handling
from tracker.handling.models import Manner, Promise, Reply
from tracker.handling.queries import get_reply

ON = date(2026, 3, 6)
PROMISE = {"what": "安装路灯", "owner": "林承办", "due_on": "2026-09-01"}
NOT_A_ROW = {
    Kind.RETURN: "a limit, not a debt: nobody owes a return (docs/decisions/016)",
    Kind.REPLY_EXTENDED: "the reply's own clock, moved; the clause says how far",
    Kind.INSTRUCTION: "the row of the instruction is its clock (docs/decisions/035)",
    Kind.WHOLE: "no rule set gives it a length: elapsed time, printed beside each body's own",
}


@dataclass
class Life:
    """A suggestion with a lead and a co-handler, and the acts that clocks wait for."""

    case: Case

    def answered(self) -> Reply:
        return a_submitted_reply(self.case.lead, ON, promises=[PROMISE])

    def delivered(self) -> Reply:
        reply = self.answered()
        handling.deliver(reply, self.case.lead, by=self.case.by_office, on=ON)
        return get_reply(reply.id, self.case.clerk)

    def rated(self, verdict: Verdict) -> Rating:
        facts = {"channel": RatingChannel.LINK, "by": self.case.by_office, "on": ON}
        return feedback.rate(self.delivered(), self.case.deputy, verdict, verdict, "仍未解决", **facts)


def of(kind: Kind, **target: int) -> Deadline:
    db.session.flush()
    [found] = queries.deadlines_of(kind=kind, **target)
    return found


def hand_over(life: Life) -> tuple[Deadline, Callable[[], object]]:
    case = life.case
    waiting = a_suggestion(a_meeting(case.congress), case.deputy, title="关于增设座椅的建议")
    body = a_body(case.congress, "市园林局")
    return of(Kind.HAND_OVER, suggestion_id=waiting.id), lambda: an_assignment(waiting, body)


def receipt(life: Life) -> tuple[Deadline, Callable[[], object]]:
    one = life.case.lead
    return of(Kind.RECEIPT, assignment_id=one.id), lambda: dispatch.sign_for(one, by=actor_of(one), on=ON)


def first_contact(life: Life) -> tuple[Deadline, Callable[[], object]]:
    one, facts = life.case.lead, {"by": life.case.by_body, "on": ON}
    found = of(Kind.FIRST_CONTACT, assignment_id=one.id)
    return found, lambda: handling.note_contact(one, Manner.VISIT, "赵代表", **facts)


def redispatch(life: Life) -> tuple[Deadline, Callable[[], object]]:
    other = a_body(life.case.congress, "市园林局")
    asked = dispatch.ask_return(life.case.lead, "不属本局", other, by=life.case.by_body, on=ON)
    decide = {"by": life.case.by_office, "on": ON, "note": "属本局"}
    return of(Kind.REDISPATCH, return_id=asked.id), lambda: dispatch.decide_return(asked, False, **decide)


def co_opinion(life: Life) -> tuple[Deadline, Callable[[], object]]:
    one = life.case.co
    found = of(Kind.CO_OPINION, assignment_id=one.id)
    return found, lambda: handling.give_opinion(one, "同意。", by=actor_of(one), on=ON)


def reply(life: Life) -> tuple[Deadline, Callable[[], object]]:
    return of(Kind.REPLY, assignment_id=life.case.lead.id), life.answered


def check(life: Life) -> tuple[Deadline, Callable[[], object]]:
    made = life.answered()
    found = of(Kind.CHECK, reply_id=made.id)
    return found, lambda: handling.deliver(made, life.case.lead, by=life.case.by_office, on=ON)


def evaluate(life: Life) -> tuple[Deadline, Callable[[], object]]:
    made, said = life.delivered(), Verdict.SATISFIED
    facts = {"channel": RatingChannel.LINK, "by": life.case.by_office, "on": ON}
    found = of(Kind.EVALUATE, reply_id=made.id)
    return found, lambda: feedback.rate(made, life.case.deputy, said, said, "", **facts)


def publish(life: Life) -> tuple[Deadline, Callable[[], object]]:
    made, facts = life.delivered(), {"by": life.case.by_body, "on": ON}
    found = of(Kind.PUBLISH, reply_id=made.id)
    return found, lambda: handling.publish(made, life.case.lead, "市人大网", **facts)


def promise(life: Life) -> tuple[Deadline, Callable[[], object]]:
    life.delivered()
    made = get_promise(db.session.scalars(sa.select(Promise.id)).one(), life.case.clerk).promise
    facts = {"by": life.case.by_office, "on": ON}
    return of(Kind.PROMISE, promise_id=made.id), lambda: followup.report(made, Fate.KEPT, "已安装", **facts)


def rehandle(life: Life) -> tuple[Deadline, Callable[[], object]]:
    studying.study(life.rated(Verdict.DISSATISFIED), Finding.AGAIN, "", by=life.case.by_office, on=ON)
    new = assignments_of(life.case.suggestion)[-1]
    return of(Kind.REHANDLE, assignment_id=new.id), lambda: a_submitted_reply(new, ON)


def study(life: Life) -> tuple[Deadline, Callable[[], object]]:
    made = life.rated(Verdict.DISSATISFIED)
    facts = {"by": life.case.by_office, "on": ON}
    return of(Kind.STUDY, reply_id=made.reply_id), lambda: studying.study(
        made, Finding.EXPLAINED, "已列入计划", **facts
    )


# Kind: how it begins and is met, whose it is, from which day, and the last day counted by hand.
CLOCKS = {
    Kind.HAND_OVER: (hand_over, "office", RECORDED_ON, date(2026, 3, 3)),
    Kind.RECEIPT: (receipt, "body", HANDED_OVER_ON, date(2026, 3, 5)),
    Kind.FIRST_CONTACT: (first_contact, "body", date(2026, 3, 5), date(2026, 4, 2)),
    Kind.REDISPATCH: (redispatch, "office", ON, date(2026, 3, 13)),
    Kind.CO_OPINION: (co_opinion, "body", HANDED_OVER_ON, date(2026, 4, 2)),
    Kind.REPLY: (reply, "body", HANDED_OVER_ON, date(2026, 6, 2)),
    Kind.CHECK: (check, "office", ON, date(2026, 3, 13)),
    Kind.EVALUATE: (evaluate, "deputy", ON, date(2026, 3, 27)),
    Kind.PUBLISH: (publish, "body", ON, date(2026, 4, 3)),
    Kind.PROMISE: (promise, "body", ON, date(2026, 9, 1)),
    Kind.REHANDLE: (rehandle, "body", ON, date(2026, 4, 7)),
    Kind.STUDY: (study, "office", ON, date(2026, 3, 13)),
}


@pytest.fixture
def life(session, stopped_clock) -> Life:
    stopped_clock(ON)
    return Life(a_case())


@pytest.mark.parametrize("kind", CLOCKS)
def test_a_fact_starts_it_and_a_fact_meets_it(life, kind):
    begin, holder, started_on, due_on = CLOCKS[kind]
    clock, act = begin(life)
    assert (clock.holder, clock.started_on, clock.due_on) == (holder, started_on, due_on)
    assert clock.original_due_on == due_on
    assert clock.explanation[0]["kind"] == "start"
    assert clock.is_open
    act()
    assert clock.met_on == (HANDED_OVER_ON if kind is Kind.HAND_OVER else ON)
    assert clock.due_on == due_on, "meeting a clock moves nothing"


def test_every_kind_is_here_or_has_its_reason():
    assert set(CLOCKS) | set(NOT_A_ROW) == set(Kind)


@pytest.mark.parametrize("closed_on", [date(2026, 1, 15), None])
def test_a_township_counts_from_its_closing_day_or_says_that_there_is_none(session, stopped_clock, closed_on):
    """山东乡镇规定 15: two months from the closing day; a suggestion of the recess has none."""
    stopped_clock(ON)
    congress = a_congress("township-shandong-2015")
    meeting = a_meeting(congress)
    meeting.closed_on = closed_on
    [one] = an_assignment(a_suggestion(meeting, a_deputy(congress)), a_body(congress))
    clock = of(Kind.REPLY, assignment_id=one.id)
    told = {step["kind"]: step["values"] for step in clock.explanation}
    assert (clock.started_on, clock.due_on) == (
        (closed_on, date(2026, 3, 16)) if closed_on else (HANDED_OVER_ON, date(2026, 5, 6))
    )
    assert told["start"]["event"] == ("congress_closed" if closed_on else "hand_over")
    assert ("counted_instead" in told) is (closed_on is None)
    assert recount(on=ON) == 0, "counted again it says the same"


def test_a_day_decided_before_the_body_signs_outlives_the_signature(session, stopped_clock):
    """Henan counts the reply from the receipt: signing replaces what a deemed receipt began, but no decision."""
    stopped_clock(ON)
    case = a_case("henan-2017")
    clock = of(Kind.REPLY, assignment_id=case.lead.id)
    handling.set_by_hand(clock, case.lead, date(2026, 5, 20), "主任会议决定", by=case.by_office, on=HANDED_OVER_ON)
    dispatch.sign_for(case.lead, by=case.by_body, on=HANDED_OVER_ON)
    assert of(Kind.REPLY, assignment_id=case.lead.id).due_on == date(2026, 5, 20)


def test_handled_again_there_is_no_more_time_to_ask_for(life):
    rehandle(life)
    new = assignments_of(life.case.suggestion)[-1]
    with pytest.raises(RuleBroken, match="no extension here"):
        handling.ask_extension(new, "勘察未完", date(2026, 7, 10), by=actor_of(new), on=ON)
