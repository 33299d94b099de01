"""What the meeting of the chairpersons decided of listed items is recorded."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa

from tracker.actor import Actor
from tracker.database import db
from tracker.errors import N_, RuleBroken
from tracker.escalation.models import Alarm
from tracker.notices import letters, rules
from tracker.notices.models import DecidedItem, Measure, MeetingDecision
from tracker.structure.models import Body
from tracker.suggestion.actions import make
from tracker.suggestion.models import Suggestion


def decide_listed(
    listed: Sequence[tuple[Alarm, Body]],
    measure: Measure,
    *,
    meeting: str,
    by: Actor,
    on: date,
    until_on: date | None = None,
    note: str = "",
) -> MeetingDecision:
    """Record what a meeting decided (约谈, 限期改正, 专题询问, or nothing and why) of one or several items by topic.

    The bodies are told by letter, unless nothing is ordered.

    :raises RuleBroken: nothing is chosen, meeting, reason or day is missing, a party organ or mass organisation would
        be heard, or it was decided before.
    """
    if not listed:
        raise RuleBroken(N_("Choose what the meeting decided on."))
    rules.must_be_a_decision(measure, meeting, note, until_on, on)
    for _alarm, body in listed:
        rules.must_be_summonable(body.branch, measure, body.name)
    known = sa.select(DecidedItem.id).where(DecidedItem.alarm_id.in_([alarm.id for alarm, _body in listed])).limit(1)
    if db.session.scalar(known) is not None:
        raise RuleBroken(N_("The meeting has decided on this already."))
    made = MeetingDecision(
        congress_id=listed[0][0].congress_id,
        on=on,
        meeting=meeting.strip(),
        measure=measure,
        until_on=until_on,
        note=note.strip(),
        by_name=by.name,
    )
    db.session.add(made)
    db.session.flush()
    decided = [(_add(made, alarm, body, by=by, on=on), body) for alarm, body in listed]
    db.session.flush()
    letters.decided(made, decided, on=on)
    return made


def _add(made: MeetingDecision, alarm: Alarm, body: Body, *, by: Actor, on: date) -> Suggestion:
    assignment = alarm.assignment
    if assignment is None:
        raise RuleBroken(N_("This step of the ladder is not listed."))
    row = {"assignment_id": assignment.id, "suggestion_id": assignment.suggestion_id, "body_id": body.id}
    db.session.add(DecidedItem(decision_id=made.id, alarm_id=alarm.id, **row))
    facts = {"meeting": made.meeting, "measure": str(made.measure)}
    make("decide_listed", assignment.suggestion, assignment, by=by, on=on, **facts)
    return assignment.suggestion
