"""Who gives it away, who is silent beside it, whose last day moves: raised, and cleared by the office's own acts."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.makers import (
    CLERK,
    HANDED_OVER_ON,
    a_body,
    a_case,
    a_congress,
    a_deputy,
    a_meeting,
    a_submitted_reply,
    a_suggestion,
    actor_of,
    assignments_of,
)
from tests.signals.looking import gone, signs
from tests.signals.within import look
from tracker.database import db
from tracker.deadlines import queries as clocks
from tracker.deadlines.actions import set_by_hand
from tracker.dispatch import actions as dispatch
from tracker.dispatch.models import Part
from tracker.handling import actions as handling
from tracker.signals.models import SignalChoice
from tracker.suggestion.journey import Standing

TODAY = date(2026, 9, 1)
SOON = date(2026, 3, 4)


@pytest.fixture(autouse=True)
def _session(session, stopped_clock):
    stopped_clock(TODAY)


def given_back(assignment, to, on):
    """Asked and granted on one day; the new body's part."""
    asked = dispatch.ask_return(assignment, "不属我局职责", to, by=actor_of(assignment), on=on)
    made = dispatch.decide_return(asked, True, to=to, by=CLERK, on=on, tell=False)
    db.session.flush()
    return made


def chosen(case, kind, **thresholds):
    row = {"is_on": True, "thresholds": thresholds, "on": HANDED_OVER_ON, "by_name": "陈主任"}
    db.session.add(SignalChoice(congress_id=case.congress.id, kind=kind, **row))


def more_time(assignment, to=date(2026, 7, 1), on=SOON):
    return handling.ask_extension(assignment, "涉及面广", to, by=actor_of(assignment), on=on)


# passed round


def test_who_had_it_and_how_many_days_went_by():
    case = a_case()
    second, third = a_body(case.congress, "市住建局"), a_body(case.congress, "市水务局")
    one = given_back(case.lead, second, HANDED_OVER_ON + timedelta(days=2))
    look(HANDED_OVER_ON + timedelta(days=2))
    assert signs("passed_round") == []
    given_back(one, third, HANDED_OVER_ON + timedelta(days=8))
    look(HANDED_OVER_ON + timedelta(days=8))
    [sign] = signs("passed_round")
    assert sign.facts["bodies"] == "市交通局 → 市住建局 → 市水务局"
    assert (sign.facts["times"], sign.facts["days_lost"]) == (2, 8)
    assert (sign.body_id, sign.assignment_id, sign.thing_id) == (None, None, case.suggestion.id)


def test_what_the_office_takes_away_counts_like_what_is_given_back():
    case = a_case()
    one = given_back(case.lead, a_body(case.congress, "市住建局"), SOON)
    dispatch.recall(one, "交错了", by=CLERK, on=SOON)
    dispatch.assign_again(case.suggestion, [(a_body(case.congress, "市水务局"), Part.LEAD)], by=CLERK, on=SOON)
    look(SOON)
    assert len(signs("passed_round")) == 1


def test_a_new_round_begins_with_nobody_having_passed_it_on():
    case = a_case()
    one = given_back(case.lead, a_body(case.congress, "市住建局"), SOON)
    two = given_back(one, a_body(case.congress, "市水务局"), SOON)
    reply = a_submitted_reply(two, SOON)
    handling.deliver(reply, two, by=CLERK, on=SOON, tell=False)
    look(SOON)
    assert len(signs("passed_round")) == 1
    dispatch.renew(two, by=CLERK, on=SOON, tell=False)
    look(SOON)
    assert (signs("passed_round"), len(gone("passed_round"))) == ([], 1)


def test_a_co_handler_that_changes_is_no_passing_round():
    case = a_case()
    other = given_back(case.co, a_body(case.congress, "市住建局"), SOON)
    given_back(other, a_body(case.congress, "市水务局"), SOON)
    look(SOON)
    assert signs("passed_round") == []


# given up late


def test_what_is_taken_from_a_body_after_its_window_is_a_late_return_in_all_but_name():
    case = a_case()
    late_on = date(2026, 3, 20)
    assignments_of(case.suggestion)
    dispatch.recall(case.lead, "该局称不属其职责", by=CLERK, on=late_on)
    look(late_on)
    [sign] = signs("late_return")
    assert sign.facts == {"body": "市交通局", "last_on": "2026-03-12", "left_on": "2026-03-20"}
    assert (sign.thing_id, sign.body_id) == (case.lead.id, None)
    others = [(a_body(case.congress, "市水务局"), Part.LEAD)]
    dispatch.assign_again(case.suggestion, others, by=CLERK, on=late_on, tell=False)
    new = assignments_of(case.suggestion)[-1]
    reply = a_submitted_reply(new, late_on)
    handling.deliver(reply, new, by=CLERK, on=late_on, tell=False)
    dispatch.renew(new, by=CLERK, on=late_on, tell=False)
    look(late_on)
    assert (signs("late_return"), gone("late_return")) == ([], [sign])


def test_what_is_given_back_inside_the_window_is_in_time():
    case = a_case()
    given_back(case.lead, a_body(case.congress, "市水务局"), SOON)
    look(SOON)
    assert signs("late_return") == []


# co-handler silent


def test_a_silent_co_handler_is_named_and_not_the_lead_that_waits_for_it():
    case = a_case()
    [due] = clocks.open_for(kind="co_opinion", assignment_id=case.co.id)
    look(due.due_on)
    assert signs("co_handler_silent") == []
    look(due.due_on + timedelta(days=1))
    [sign] = signs("co_handler_silent")
    assert (sign.body_id, sign.assignment_id) == (case.co.body_id, case.co.id)
    assert sign.facts == {"due_on": due.due_on.isoformat(), "lead": "in_time"}
    handling.give_opinion(case.co, "同意拓宽", by=actor_of(case.co), on=TODAY)
    look(TODAY)
    assert (signs("co_handler_silent"), gone("co_handler_silent")) == ([], [sign])


def test_that_the_lead_is_late_meanwhile_is_said_there():
    a_case()
    look(TODAY)
    [sign] = signs("co_handler_silent")
    assert sign.facts["lead"] == "late"


def test_a_co_handler_the_lead_answered_without_stays_named_if_it_was_late():
    case = a_case()
    on = date(2026, 3, 20)
    reply = a_submitted_reply(case.lead, on)
    handling.deliver(reply, case.lead, by=CLERK, on=on, tell=False)
    dispatch.renew(case.lead, by=CLERK, on=on, tell=False)
    assert case.co.standing is Standing.UNHEARD
    look(on)
    assert signs("co_handler_silent") == []  # its time was not over when nobody waited for it any more


# more time in bulk


def a_hand_over_of(count):
    """So many suggestions handed over to one body in one act."""
    congress = a_congress()
    meeting, deputy, body = a_meeting(congress), a_deputy(congress), a_body(congress)
    suggestions = [a_suggestion(meeting, deputy, title=f"第{number}件") for number in range(count)]
    for one in suggestions:
        dispatch.propose(one, [(body, Part.LEAD)], by=CLERK, on=HANDED_OVER_ON)
    facts = {"congress": congress, "meeting": meeting, "document_number": "1"}
    dispatch.hand_over(suggestions, by=CLERK, on=HANDED_OVER_ON, **facts)
    db.session.commit()
    return [assignments_of(one)[0] for one in suggestions]


def test_one_signal_for_all_the_extensions_a_body_asked_in_one_hand_over():
    given = a_hand_over_of(8)
    asked = [more_time(one) for one in given[:4]]
    look(SOON)
    assert signs("mass_extensions") == []
    asked.append(more_time(given[4]))
    look(SOON)
    look(SOON, given[0].suggestion_id)
    [sign] = signs("mass_extensions")
    assert (sign.facts["times"], sign.facts["given"], sign.thing_id) == (5, 8, asked[0].id)
    handling.decide_extension(asked[4], False, by=CLERK, on=SOON, note="理由不足", tell=False)
    look(SOON)
    assert (signs("mass_extensions"), gone("mass_extensions")) == ([], [sign])


def test_five_of_very_many_are_not_in_bulk():
    given = a_hand_over_of(18)
    for one in given[:5]:
        more_time(one)
    look(SOON)
    assert signs("mass_extensions") == []


# late against the first day


def test_a_day_that_was_moved_does_not_hide_the_first_one():
    case = a_case()
    [clock_] = clocks.open_for(kind="reply", assignment_id=case.lead.id)
    first_on = clock_.due_on
    asked = more_time(case.lead)
    handling.decide_extension(asked, True, by=CLERK, on=SOON, tell=False)
    look(first_on)
    assert signs("late_by_first_day") == []
    look(first_on + timedelta(days=1))
    [sign] = signs("late_by_first_day")
    assert sign.facts == {"first_on": first_on.isoformat(), "due_on": "2026-07-01", "moved": 1}
    a_submitted_reply(case.lead, date(2026, 6, 20))
    look(date(2026, 6, 20))
    assert signs("late_by_first_day") == [sign]  # answered, and still late against what was promised first


def test_a_day_set_back_hides_nothing_any_more():
    case = a_case()
    [clock_] = clocks.open_for(kind="reply", assignment_id=case.lead.id)
    first_on = clock_.due_on
    handling.decide_extension(more_time(case.lead), True, by=CLERK, on=SOON, tell=False)
    later = first_on + timedelta(days=3)
    look(later)
    assert len(signs("late_by_first_day")) == 1
    set_by_hand(clock_, first_on, reason="延期理由不成立", by=CLERK, on=later)
    look(later)
    assert (signs("late_by_first_day"), len(gone("late_by_first_day"))) == ([], 1)


def test_who_is_in_time_against_the_first_day_is_in_time():
    case = a_case()
    handling.decide_extension(more_time(case.lead), True, by=CLERK, on=SOON, tell=False)
    a_submitted_reply(case.lead, date(2026, 5, 20))
    look(date(2026, 6, 20))
    assert signs("late_by_first_day") == []
