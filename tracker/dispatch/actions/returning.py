"""What a body gives back, and what is handled again."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa

from tracker.actor import Actor
from tracker.database import db
from tracker.deadlines import actions as clocks
from tracker.deadlines import queries as deadlines
from tracker.deadlines.clauses import Clause, Kind
from tracker.deadlines.models import Holder
from tracker.dispatch import letters, queries, rules
from tracker.dispatch.actions.assigning import assign, formal_act, sign_for
from tracker.dispatch.clocks import Law, law_of, return_window, stop
from tracker.dispatch.models import Assignment, BodyReturn, HandOver, Part, Receipt
from tracker.errors import N_, RuleBroken
from tracker.structure.models import Body
from tracker.structure.succession import present_body
from tracker.suggestion.actions import make
from tracker.suggestion.journey import HANDLED, Standing
from tracker.suggestion.models import Entry


def ask_return(assignment: Assignment, reason: str, proposed: Body, *, by: Actor, on: date) -> BodyReturn:
    """The body says "not ours", inside the window, with its reason and a proposed body (退办).

    :raises RuleBroken: the reason is missing, or the window is over (the article is named).
    """
    if not reason.strip():
        raise RuleBroken(N_("Give the reason."))
    if proposed.id == assignment.body_id:
        raise RuleBroken(N_("Propose another body than your own."))
    law = law_of(assignment)
    last_on, clause = _window(assignment, law)
    rules.must_be_inside_window(on, last_on, clause.article if clause else "")
    if assignment.standing is Standing.ASSIGNED:
        sign_for(assignment, by=by, on=on)  # refused, it could never be signed for any more
    make("ask_return", assignment.suggestion, assignment, by=by, on=on, reason=reason)
    asked = BodyReturn(
        assignment=assignment,
        asked_on=on,
        asked_by=by.name,
        reason=reason,
        proposed_body_id=proposed.id,
    )
    db.session.add(asked)
    db.session.flush()
    clocks.start(
        Kind.REDISPATCH,
        on=on,
        rules=law.row,
        congress_id=assignment.congress_id,
        holder=Holder.HUB if assignment.passed_on_from_id else Holder.OFFICE,
        calendar=law.calendar,
        return_id=asked.id,
    )
    return asked


def note_late_return(assignment: Assignment, *, by: Actor, on: date) -> bool:
    """What the rule refuses leaves a line, once for an item-body: it was asked to be relieved of it after the days in
    which it could be. Whether one was written; where something else stood against the return, none is.
    """
    last_on, _clause = _window(assignment, law_of(assignment))
    tried = sa.exists().where(Entry.assignment_id == assignment.id, Entry.move == "try_return")
    is_late = assignment.standing in HANDLED and last_on is not None and on > last_on
    if last_on is None or not is_late or db.session.scalar(sa.select(tried)):
        return False
    make("try_return", assignment.suggestion, assignment, by=by, on=on, last_on=last_on.isoformat())
    return True


def _window(assignment: Assignment, law: Law) -> tuple[date | None, Clause | None]:
    """The last day on which it can be returned, with the clause that says so."""
    signed_on = db.session.scalar(sa.select(Receipt.on).where(Receipt.assignment_id == assignment.id))
    return return_window(law, handed_over_on=assignment.handed_over_on, received_on=signed_on)


def decide_return(
    asked: BodyReturn, granted: bool, *, by: Actor, on: date, to: Body | None = None, note: str = "", tell: bool = True
) -> Assignment | None:
    """The office or the hub decides: granted, it goes to another body with clocks of its own; refused, it stays.

    :raises RuleBroken: it was decided already, or granted without a body to go to.
    """
    _must_be_decidable(asked, granted, to)
    to = to if granted else None
    assignment = asked.assignment
    suggestion = assignment.suggestion
    asked.granted, asked.decided_on, asked.decided_by, asked.decision_note = granted, on, by.name, note
    for running in deadlines.open_for(return_id=asked.id):
        clocks.meet(running, on=on)
    if to is None:
        make("refuse_return", suggestion, assignment, by=by, on=on, note=note)
        if tell:
            letters.return_decided(asked, assignment)
        return None
    make("grant_return", suggestion, assignment, by=by, on=on, to=to.name, note=note)
    stop(assignment, on=on, reason="returned")
    act = formal_act(suggestion, by=by, on=on)
    new = assign(
        suggestion,
        to,
        assignment.part,
        act,
        law_of(assignment),
        None,
        by=by,
        on=on,
        round_=assignment.round,
    )
    if to.hub_id == assignment.body.hub_id:
        new.passed_on_from_id = assignment.passed_on_from_id  # its hub goes on deciding
    if tell:
        letters.return_decided(asked, assignment)
        letters.handed_over(act, [new], [suggestion], deputies=False)
    return new


def _must_be_decidable(asked: BodyReturn, granted: bool, to: Body | None) -> None:
    if asked.granted is not None:
        raise RuleBroken(N_("This return was decided already."))
    if granted and to is None:
        raise RuleBroken(N_("Name the body it goes to."))
    if granted and to is not None and to.id == asked.assignment.body_id:
        raise RuleBroken(N_("It cannot go back to the body that returned it."))


def renew(assignment: Assignment, *, by: Actor, on: date, tell: bool = True) -> Assignment:
    """Handled again (重办): a new round for the same body, or who does its work today, with its own clock.

    Of two leads that answered together both begin anew; where one body does the work of both today, it leads alone.
    """
    suggestion, partner = assignment.suggestion, queries.other_lead(assignment)
    make("renew", suggestion, assignment, by=by, on=on)
    stop(assignment, on=on, reason="handled_again")
    make("handle_again", suggestion, by=by, on=on, round=assignment.round + 1)
    suggestion.round = max(suggestion.round, assignment.round + 1)
    act = formal_act(suggestion, by=by, on=on)
    second = partner if partner is not None and partner.standing is Standing.AGREED else None
    is_one_body = second is not None and present_body(second.body).id == present_body(assignment.body).id
    made = [_in_a_new_round(assignment, Part.SOLE if is_one_body else assignment.part, act, by, on)]
    if second is not None:
        make("renew", suggestion, second, by=by, on=on)
        stop(second, on=on, reason="handled_again")
    if second is not None and not is_one_body:
        made.append(_in_a_new_round(second, second.part, act, by, on))
    if tell:
        letters.handed_over(act, made, [suggestion], deputies=False)
    return made[0]


def _in_a_new_round(assignment: Assignment, part: Part, act: HandOver, by: Actor, on: date) -> Assignment:
    new = assign(
        assignment.suggestion,
        present_body(assignment.body),
        part,
        act,
        law_of(assignment),
        None,
        by=by,
        on=on,
        round_=assignment.round + 1,
        kind=Kind.REHANDLE,
    )
    new.passed_on_from_id = assignment.passed_on_from_id
    return new
