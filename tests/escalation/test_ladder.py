"""The ladder: every step once, whenever it is looked for; a chain for each branch."""

from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from tests.escalation.city import DUE_ON, add, assigned, build, clock_of, owed
from tracker.actor import SYSTEM
from tracker.deadlines import actions as clocks
from tracker.dispatch.models import Assignment
from tracker.escalation.actions import raise_alarms
from tracker.escalation.models import Alarm, Told
from tracker.handling.models import Promise, Reply
from tracker.structure.models import Congress, Level
from tracker.suggestion.models import Entry

NOON = datetime(2026, 6, 1, 4, tzinfo=UTC)
# The reply is due on Tuesday 2 June 2026; the steps lie 15 and 5 working days before it, 1, 5, 10 and 20 after it.
STEPS = {
    0: date(2026, 5, 12),
    1: date(2026, 5, 26),
    2: date(2026, 6, 3),
    3: date(2026, 6, 9),
    4: date(2026, 6, 16),
    5: date(2026, 7, 1),
}


@pytest.fixture
def city(session):
    return build()


def climb(city, today, days=1):
    """The daily job on so many days, the last of them today."""
    found = [raise_alarms(city.congress, today - timedelta(days=day), at=NOON) for day in reversed(range(days))]
    return sum(one.alarms for one in found)


def steps(session, deadline=None):
    wanted = sa.select(Alarm.step, Alarm.reached_on, Alarm.due_on).order_by(Alarm.id)
    if deadline is not None:
        wanted = wanted.where(Alarm.deadline_id == deadline.id)
    return [tuple(row) for row in session.execute(wanted)]


def told(city, session, step, deadline=None):
    """Who was named for a step: the officers' names in the small city."""
    wanted = sa.select(Told.person_key).join(Alarm, Alarm.id == Told.alarm_id).where(Alarm.step == step)
    if deadline is not None:
        wanted = wanted.where(Alarm.deadline_id == deadline.id)
    return {city.names().get(key, key) for key in session.scalars(wanted)}


def test_each_step_is_raised_on_its_day_and_only_once(city, session):
    reply = owed(city)
    assert reply.due_on == DUE_ON
    climb(city, date(2026, 7, 31), days=150)
    assert steps(session) == [(step, day, DUE_ON) for step, day in STEPS.items()]
    raised = dict(session.execute(sa.select(Alarm.step, Alarm.raised_on)).all())
    assert raised == STEPS


def test_a_second_run_of_the_day_adds_nothing(city, session):
    owed(city)
    assert climb(city, STEPS[2]) == 3
    assert climb(city, STEPS[2]) == 0
    assert raise_alarms(city.congress, STEPS[2], at=NOON).told == 0
    assert len(steps(session)) == 3


def test_a_week_without_a_run_loses_nothing(city, session):
    owed(city)
    climb(city, date(2026, 6, 3))
    climb(city, date(2026, 6, 17))
    assert [(step, day) for step, day, _due in steps(session)] == [(step, STEPS[step]) for step in (0, 1, 2, 3, 4)]


def test_a_clock_that_is_met_or_voided_stops_at_once(city, session):
    met, void = owed(city), owed(city)
    climb(city, STEPS[2])
    clocks.meet(met, on=STEPS[2])
    clocks.void(void, on=STEPS[2], reason="withdrawn")
    session.flush()
    assert climb(city, STEPS[5]) == 0


def test_a_clock_that_runs_again_climbs_on_without_repeating(city, session):
    reply = owed(city)
    climb(city, STEPS[2])
    clocks.meet(reply, on=STEPS[2])
    session.flush()
    clocks.reopen(reply, by=SYSTEM, on=STEPS[3])
    session.flush()
    climb(city, STEPS[3])
    assert [step for step, _day, _due in steps(session)] == [0, 1, 2, 3]


@pytest.mark.parametrize("by_hand", [False, True])
def test_a_moved_day_raises_again_only_what_lies_after_the_move(city, session, by_hand):
    reply = owed(city)
    climb(city, date(2026, 5, 27))
    assert [step for step, _day, _due in steps(session)] == [0, 1]
    later, on = date(2026, 6, 16), date(2026, 5, 27)
    if by_hand:
        clocks.set_by_hand(reply, later, reason="主任会议决定", by=SYSTEM, on=on)
    else:
        clocks.move(reply, later, on=on, reason={"kind": "extension"})
    session.flush()
    climb(city, date(2026, 6, 30), days=30)
    # 15 working days before the new day lie before the move: step 0 is not raised again.
    new = [(step, day) for step, day, due_on in steps(session) if due_on == later]
    assert new == [(1, date(2026, 6, 9)), (2, date(2026, 6, 17)), (3, date(2026, 6, 24))]


def test_a_far_move_raises_all_steps_again(city, session):
    reply = owed(city)
    climb(city, STEPS[2])
    clocks.move(reply, date(2026, 8, 31), on=STEPS[2], reason={"kind": "extension"})
    session.flush()
    assert climb(city, date(2026, 6, 10)) == 0
    climb(city, date(2026, 9, 1))
    assert [step for step, _day, due_on in steps(session) if due_on == date(2026, 8, 31)] == [0, 1, 2]


def test_a_step_before_the_clock_began_is_passed_over(city, session):
    late = clock_of(city, assigned(city), on=date(2026, 3, 2), fixed_on=date(2026, 3, 9))
    assert late.due_on == date(2026, 3, 9)
    climb(city, date(2026, 3, 10))
    assert [step for step, _day, _due in steps(session)] == [1, 2]


def test_a_pending_case_is_never_chased(city, session):
    pending = owed(city, "court", pending_case=True)
    reply = add(Reply(assignment_id=pending.assignment_id, saved_at=NOON))
    clock_of(city, session.get(Assignment, pending.assignment_id), "check", reply_id=reply.id)
    assert climb(city, STEPS[5]) == 0


def test_the_chain_of_a_government_body(city, session):
    owed(city)
    climb(city, STEPS[5])
    assert {step: told(city, session, step) for step in STEPS} == {
        0: {"roads handler"},
        1: {"roads handler", "roads deputy_head"},
        2: {"roads head", "hub hub_office"},
        3: {"hub hub_office", "committee committee"},
        4: {"mayors vice_mayor"},
        5: {"office directors_meeting", "mayors mayor"},
    }


def test_the_chain_of_a_court_is_another(city, session):
    court, roads = owed(city, "court"), owed(city)
    climb(city, STEPS[5])
    assert {step: told(city, session, step, court) for step in (2, 3, 4, 5)} == {
        2: {"court vice_president", "court hub_office"},
        3: {"court hub_office"},
        4: {"court president"},
        5: {"office directors_meeting"},
    }
    assert told(city, session, 4, roads) == {"mayors vice_mayor"}


def test_our_own_office_stands_on_the_ladder_too(city, session):
    assignment = assigned(city)
    clock_of(
        city, assignment, "hand_over", suggestion_id=assignment.suggestion_id, holder="office", holder_body_id=None
    )
    climb(city, date(2026, 3, 31))
    assert [step for step, _day, _due in steps(session)] == [0, 1, 2]
    assert told(city, session, 2) == {"office secretary_general"}


def test_what_the_hub_holds_climbs_to_the_hub_and_what_we_hold_to_us(city, session):
    reply = add(Reply(assignment_id=assigned(city).id, saved_at=NOON))
    read = {"reply_id": reply.id, "holder_body_id": None}
    by_hub = clock_of(city, assigned(city), "check", holder="hub", **read)
    by_us = clock_of(city, assigned(city), "check", holder="office", **read)
    climb(city, date(2026, 3, 31))
    assert [told(city, session, step, by_hub) for step in (0, 1, 2)] == [
        {"hub hub_office"}, {"hub hub_office", "office our_clerk"}, {"office our_director"},
    ]  # fmt: skip
    assert told(city, session, 2, by_us) == {"office secretary_general"}


def test_a_deputy_is_reminded_and_never_served_a_notice(city, session):
    assignment = assigned(city)
    reply = add(Reply(assignment_id=assignment.id, saved_at=NOON))
    clock_of(city, assignment, "evaluate", reply_id=reply.id, holder="deputy", holder_body_id=None)
    climb(city, date(2026, 6, 1))
    assert told(city, session, 1) == {"deputy"}
    assert {key.split(":")[0] for key in told(city, session, 2)} == {"delegation"}
    assert not set(session.scalars(sa.select(Alarm.form))) & {"draft_notice", "listed", "chase"}


def test_a_promise_climbs_like_a_late_reply(city, session):
    assignment = assigned(city)
    reply = add(Reply(assignment_id=assignment.id, saved_at=NOON))
    promise = add(
        Promise(
            congress_id=city.congress.id, reply_id=reply.id, assignment_id=assignment.id, what="灯", owner="科",
            due_on=DUE_ON,
        )
    )  # fmt: skip
    clock_of(city, assignment, "promise", promise_id=promise.id, fixed_on=DUE_ON)
    climb(city, STEPS[5])
    assert [step for step, _day, _due in steps(session)] == [0, 1, 2, 3, 4, 5]
    assert set(session.scalars(sa.select(Alarm.assignment_id))) == {assignment.id}
    assert told(city, session, 4) == {"mayors vice_mayor"}


def test_twice_dissatisfied_goes_to_the_vice_mayor_at_once(city, session):
    assignment = assigned(city, round=3)
    clock_of(city, assignment, "rehandle", on=date(2026, 5, 4))
    climb(city, date(2026, 5, 5))
    assert [step for step, _day, _due in steps(session)] == [4]
    climb(city, date(2026, 7, 10))
    assert sorted(step for step, _day, _due in steps(session)) == [0, 1, 2, 3, 4, 5]


def test_each_step_of_an_assignment_is_a_line_of_its_history(city, session):
    reply = owed(city)
    climb(city, STEPS[2])
    wanted = sa.select(Entry.move, Entry.actor_kind, Entry.on, Entry.facts, Entry.assignment_id).order_by(Entry.id)
    lines = session.execute(wanted).all()
    assert [line.facts for line in lines] == [
        {"step": step, "clock": "reply", "due_on": "2026-06-02"} for step in range(3)
    ]
    assert {(line.move, line.actor_kind, line.on) for line in lines} == {("alarm", "system", STEPS[2])}
    assert {line.assignment_id for line in lines} == {reply.assignment_id}


def test_another_congress_is_left_alone(city, session):
    owed(city)
    other = add(Congress(name="他市", level=Level.CITY, rules_name="default"))
    assert raise_alarms(other, STEPS[5], at=NOON).alarms == 0
