"""Signals are raised once, cleared when the fact goes, and never deleted."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

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
    an_assignment,
)
from tests.signals.looking import gone, look, signs
from tracker import clock
from tracker.database import db
from tracker.handling import actions as handling
from tracker.handling.models import Manner
from tracker.intake import actions as intake
from tracker.signals import jobs
from tracker.signals.choices import chosen
from tracker.signals.known import all_kinds, kind_of
from tracker.signals.models import Cleared, Signal, SignalChoice, SignalMark
from tracker.suggestion.models import Entry

ANSWERED_ON = date(2026, 3, 20)
LATER = date(2026, 3, 25)
pytestmark = pytest.mark.usefixtures("session")


def contacted(case, on: date) -> None:
    handling.note_contact(case.lead, Manner.PHONE, "赵代表", by=case.by_body, on=on)
    db.session.commit()


def test_a_fact_is_raised_once_however_often_one_looks():
    case = a_case()
    a_submitted_reply(case.lead, ANSWERED_ON)
    assert look(ANSWERED_ON).raised >= 1
    assert look(LATER).rows == 0
    [sign] = signs("no_contact_before")
    assert (sign.raised_on, sign.facts) == (ANSWERED_ON, {"submitted_on": "2026-03-20"})
    assert (sign.body_id, sign.assignment_id) == (case.lead.body_id, case.lead.id)


def test_it_is_cleared_when_the_fact_goes_and_stays_on_record():
    case = a_case()
    a_submitted_reply(case.lead, ANSWERED_ON)
    look(ANSWERED_ON)
    contacted(case, on=LATER)
    look(LATER)
    assert look(LATER).rows == 0
    assert signs("no_contact_before") == []
    [was] = gone("no_contact_before")
    assert (was.cleared_on, was.cleared_why) == (LATER, Cleared.GONE)
    [now] = signs("contact_only_after")
    assert now.facts == {"submitted_on": "2026-03-20", "contact_on": "2026-03-25"}


def test_a_fact_that_comes_back_is_a_new_signal():
    case = a_case()
    look(HANDED_OVER_ON + timedelta(days=60))
    [first] = [one for one in signs("silent") if one.assignment_id == case.lead.id]
    contacted(case, on=HANDED_OVER_ON + timedelta(days=61))
    look(HANDED_OVER_ON + timedelta(days=61))
    assert gone("silent") == [first]
    look(HANDED_OVER_ON + timedelta(days=120))
    [again] = [one for one in signs("silent") if one.thing_id == first.thing_id]
    assert (again.id > first.id, again.raised_on) == (True, HANDED_OVER_ON + timedelta(days=120))


def test_what_a_congress_does_not_look_for_is_cleared_and_says_so():
    case = a_case()
    a_submitted_reply(case.lead, ANSWERED_ON)
    look(ANSWERED_ON)
    off = {"is_on": False, "thresholds": {}, "on": LATER, "by_name": "陈主任"}
    db.session.add(SignalChoice(congress_id=case.congress.id, kind="no_contact_before", **off))
    look(LATER)
    [was] = gone("no_contact_before")
    assert was.cleared_why == Cleared.OFF
    assert [one.is_on for one in chosen(case.congress.id) if one.kind.key == "no_contact_before"] == [False]


def test_a_threshold_is_the_congress_s_own():
    case = a_case()
    mine = {"is_on": True, "thresholds": {"days": 10}, "on": LATER, "by_name": "陈主任"}
    db.session.add(SignalChoice(congress_id=case.congress.id, kind="silent", **mine))
    look(HANDED_OVER_ON + timedelta(days=9))
    assert signs("silent") == []
    look(HANDED_OVER_ON + timedelta(days=10))
    assert len(signs("silent")) == 2


def test_a_withdrawn_suggestion_has_no_signals_left():
    congress = a_congress()
    suggestion = a_suggestion(a_meeting(congress), a_deputy(congress))
    an_assignment(suggestion, a_body(congress))
    look(HANDED_OVER_ON + timedelta(days=60))
    assert len(signs("silent")) == 1
    intake.withdraw(suggestion, "已解决", by=CLERK, on=HANDED_OVER_ON + timedelta(days=61))
    look(HANDED_OVER_ON + timedelta(days=61))
    assert signs("silent") == []


def test_the_minute_looks_only_at_what_changed():
    case = a_case()
    with clock.at(ANSWERED_ON):
        jobs.find_signals(ANSWERED_ON)
        assert not jobs.has_work()
        a_submitted_reply(case.lead, ANSWERED_ON)
        db.session.commit()
        assert jobs.has_work()
        assert jobs.look_again(ANSWERED_ON)["raised"] >= 1
        assert not jobs.has_work()
    assert len(signs("no_contact_before")) == 1
    assert db.session.scalar(sa.select(sa.func.max(Entry.id))) is not None


def test_the_night_finds_what_a_minute_overlooked():
    case = a_case()
    a_submitted_reply(case.lead, ANSWERED_ON)
    db.session.commit()
    with clock.at(LATER):
        found = jobs.find_signals(LATER)["raised"]
    assert db.session.scalar(sa.select(sa.func.count(Signal.id))) == found
    assert len(signs("no_contact_before")) == 1


FRIDAY, SATURDAY, SUNDAY = (date(2026, 3, day) for day in (20, 21, 22))
AHEAD = "道路将于明年拓宽。"


def rewritten(reply) -> None:
    """As by a release whose rules read otherwise: no line of history says so."""
    reply.text = AHEAD
    db.session.commit()


def test_letters_are_read_at_once_when_they_change_and_all_of_them_on_sundays():
    case = a_case()
    reply = a_submitted_reply(case.lead, FRIDAY)
    db.session.commit()
    with clock.at(FRIDAY):
        jobs.find_signals(FRIDAY)
        rewritten(reply)
        jobs.find_signals(SATURDAY)
        assert signs("solved_ahead") == []
        jobs.find_signals(SUNDAY)
    assert len(signs("solved_ahead")) == 1


def test_a_night_that_broke_off_is_resumed_and_rung_again_at_its_end_reads_nothing_twice():
    case = a_case()
    reply = a_submitted_reply(case.lead, FRIDAY)
    db.session.commit()
    with clock.at(FRIDAY):
        jobs.find_signals(FRIDAY)
        rewritten(reply)
        assert jobs.find_signals(FRIDAY)["rows"] == 0
        mark = db.session.get_one(SignalMark, 1)
        mark.night_suggestion_id, mark.letters_due = case.suggestion.id - 1, True  # as if it had ended before this one
        db.session.commit()
        jobs.find_signals(FRIDAY)
    assert len(signs("solved_ahead")) == 1


def switch_off(case):
    """On that day the office chooses not to look for replies that solve in the future."""
    off = {"is_on": False, "thresholds": {}, "on": FRIDAY, "by_name": "陈主任"}
    db.session.add(SignalChoice(congress_id=case.congress.id, kind="solved_ahead", **off))


def test_what_is_chosen_on_a_day_is_looked_for_when_its_night_is_rung_again():
    case = a_case()
    a_submitted_reply(case.lead, FRIDAY, text=AHEAD)
    db.session.commit()
    with clock.at(FRIDAY):
        jobs.find_signals(FRIDAY)
        switch_off(case)
        db.session.commit()
        assert jobs.find_signals(FRIDAY)["cleared"] == 1
    assert signs("solved_ahead") == []


def test_minutes_that_nobody_rang_are_made_up_for_by_night():
    case = a_case()
    db.session.commit()
    with clock.at(FRIDAY):
        jobs.find_signals(FRIDAY)
        a_submitted_reply(case.lead, FRIDAY, text=AHEAD)
        db.session.commit()
        jobs.find_signals(SATURDAY)
        assert not jobs.has_work()
    assert len(signs("solved_ahead")) == 1


def test_what_was_chosen_anew_is_looked_for_without_waiting_for_a_sunday():
    case = a_case()
    a_submitted_reply(case.lead, FRIDAY, text=AHEAD)
    db.session.commit()
    with clock.at(FRIDAY):
        jobs.find_signals(FRIDAY)
        assert len(signs("solved_ahead")) == 1
        switch_off(case)
        jobs.find_signals(SATURDAY)
    assert signs("solved_ahead") == []


@pytest.mark.parametrize("kind", all_kinds(), ids=lambda kind: kind.key)
def test_what_a_kind_says_can_be_said(kind):
    """Its rule is told with its thresholds, and it is found by its key, which is its file's name."""
    assert kind.rule % kind.usual()
    assert kind_of(kind.key) is kind
    assert all(one.least <= one.usual <= one.most for one in kind.thresholds)
