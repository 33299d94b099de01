"""Proposals go round before the hand-over meeting (预分办): bodies agree or object, the office or the hub settles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date

import sqlalchemy as sa

from tracker.actor import Actor
from tracker.database import db
from tracker.dispatch import meeting_letters as letters
from tracker.dispatch import queries, rules
from tracker.dispatch.models import Assignment, Circulated, Circulation, Proposal
from tracker.errors import N_, RuleBroken
from tracker.structure.models import Body, Meeting
from tracker.suggestion.actions import Step, follows, make
from tracker.suggestion.models import Suggestion
from tracker.workdays.queries import calendar
from tracker.workdays.rules import add_working_days

STILL = Circulated.ended_on.is_(None)
AT_ONCE = 500


def circulate(
    suggestions: Sequence[Suggestion], meeting: Meeting, days: int, *, by: Actor, on: date, tell: bool = True
) -> list[Circulated]:
    """The proposals of some suggestions go to the bodies named in them, which answer within so many working days.

    What is on its round already is not sent again. One letter a body.

    :raises RuleBroken: the days are none or too many, or nothing is proposed that is not on its round already.
    """
    rules.must_be_some_days(days)
    out = _out(one.id for one in suggestions)
    named = queries.proposals(one.id for one in suggestions)
    fresh = [(one, [each for each in named.get(one.id, []) if each.body_id not in out[one.id]]) for one in suggestions]
    fresh = [(one, proposals) for one, proposals in fresh if proposals]
    if not fresh:
        raise RuleBroken(N_("Nothing is proposed here that is not on its round already."))
    until_on = add_working_days(on, days, calendar(meeting.congress_id))
    round_ = Circulation(congress_id=meeting.congress_id, meeting_id=meeting.id, on=on, days=days, by_name=by.name)
    db.session.add(round_)
    db.session.flush()
    made = []
    for suggestion, proposals in fresh:
        bodies = [each.body.name for each in proposals]
        make("circulate", suggestion, by=by, on=on, bodies=bodies, until=until_on.isoformat())
        made += [_sent(round_, suggestion, each.body, each, until_on) for each in proposals]
    db.session.flush()
    if tell:
        letters.circulated(round_, made)
    return made


def agree_to_proposals(rows: Sequence[Circulated], *, by: Actor, on: date) -> None:
    """The body agrees that these are its own.

    :raises RuleBroken: the days to answer are over, or an objection of its own was settled already.
    """
    for row in rows:
        _must_be_answerable(row, on)
        row.agreed, row.answered_on, row.answered_by, row.reason, row.wished_body_id = True, on, by.name, "", None
        make("agree_to_proposal", row.suggestion, by=by, on=on, body=row.body.name)


def object_to_proposal(row: Circulated, reason: str, wished: Body, *, by: Actor, on: date) -> None:
    """The body says "not ours" before anything is handed over; no return in the sense of the rules, and not counted.

    :raises RuleBroken: no reason, its own name as the other body, or the days to answer are over.
    """
    if not reason.strip():
        raise RuleBroken(N_("Give the reason."))
    if wished.id == row.body_id:
        raise RuleBroken(N_("Propose another body than your own."))
    _must_be_answerable(row, on)
    row.agreed, row.answered_on, row.answered_by = False, on, by.name
    row.reason, row.wished_body_id = reason.strip(), wished.id
    why = reason.strip()
    make("object_to_proposal", row.suggestion, by=by, on=on, body=row.body.name, to=wished.name, reason=why)


def settle_objection(
    row: Circulated, instead: Body | None, note: str, *, by: Actor, on: date, tell: bool = True
) -> Circulated | None:
    """Another body is named instead, to which the proposal goes round with days of its own; or the body is kept, with
    a reason it is told. Answers the row of the other body.

    :raises RuleBroken: it was settled already, kept without a reason, or the other body is named there already.
    """
    db.session.flush()
    db.session.refresh(row, ["settled_on", "ended_on", "agreed"], with_for_update=True)
    if not row.is_disputed or row.ended_on is not None:
        raise RuleBroken(N_("This objection was settled already."))
    if instead is None and not note.strip():
        raise RuleBroken(N_("Say why the body is kept; it is told so."))
    row.settled_on, row.settled_by, row.settled_note = on, by.name, note.strip()
    made = _name_instead(row, instead, on) if instead is not None else None
    to = instead.name if instead else ""
    make("settle_objection", row.suggestion, by=by, on=on, body=row.body.name, to=to, note=note.strip())
    db.session.flush()
    if tell:
        letters.objection_settled(row, instead)
        if made is not None:
            letters.circulated(row.circulation, [made])
    return made


def end_round(suggestion_ids: Iterable[int], *, on: date, but: Collection[int] = ()) -> None:
    """Nothing of these goes round any more (handed over, withdrawn, other bodies named), but to the bodies given."""
    ids = list(suggestion_ids)
    for start in range(0, len(ids), AT_ONCE):
        ended = sa.update(Circulated).where(Circulated.suggestion_id.in_(ids[start : start + AT_ONCE]), STILL)
        db.session.execute(ended.where(Circulated.body_id.not_in(list(but))).values(ended_on=on))


def name_others(others: Iterable[tuple[int, date, Collection[int]]]) -> None:
    """Other bodies are proposed for these: the id, the day, the bodies to which it goes round all the same."""
    named = list(others)
    out = _out(suggestion_id for suggestion_id, _on, _but in named)
    for suggestion_id, on, but in named:
        if out[suggestion_id] - set(but):
            end_round([suggestion_id], on=on, but=but)


@follows("withdraw")
@follows("treat_as_letter")
@follows("return_to_deputy")
@follows("merge")
def end_with_it(suggestion: Suggestion, _assignment: Assignment | None, step: Step, _by: Actor) -> None:
    """What is not to be handed over goes round no more."""
    end_round([suggestion.id], on=step.on)


def _must_be_answerable(row: Circulated, on: date) -> None:
    if row.ended_on is not None:
        raise RuleBroken(N_("This proposal goes round no more."))
    if row.settled_on is not None:
        raise RuleBroken(N_("This objection was settled already."))
    if on > row.until_on:
        day = row.until_on.isoformat()
        raise RuleBroken(N_("The days to answer ended on %(day)s; silence counts as agreed."), day=day)


def _name_instead(row: Circulated, instead: Body, on: date) -> Circulated:
    named = {one.body_id: one for one in queries.proposals([row.suggestion_id]).get(row.suggestion_id, [])}
    if instead.id in named:
        raise RuleBroken(N_("%(body)s is named there already."), body=instead.name)
    proposal = named.get(row.body_id)
    if proposal is None:
        raise RuleBroken(N_("The bodies of this suggestion have changed meanwhile."))
    proposal.body_id, proposal.body = instead.id, instead
    row.instead_body_id, row.ended_on = instead.id, on
    until_on = add_working_days(on, row.circulation.days, calendar(row.circulation.congress_id))
    return _sent(row.circulation, row.suggestion, instead, proposal, until_on)


def _sent(round_: Circulation, suggestion: Suggestion, body: Body, proposal: Proposal, until_on: date) -> Circulated:
    row = Circulated(circulation_id=round_.id, suggestion_id=suggestion.id, body_id=body.id)
    row.circulation, row.suggestion, row.body = round_, suggestion, body
    row.part, row.until_on = proposal.part, until_on
    db.session.add(row)
    return row


def _out(suggestion_ids: Iterable[int]) -> dict[int, set[int]]:
    """The bodies to which each suggestion's proposal goes round now."""
    found: dict[int, set[int]] = defaultdict(set)
    ids = list(suggestion_ids)
    for start in range(0, len(ids), AT_ONCE):
        wanted = sa.select(Circulated.suggestion_id, Circulated.body_id).where(
            Circulated.suggestion_id.in_(ids[start : start + AT_ONCE]), STILL
        )
        for suggestion_id, body_id in db.session.execute(wanted):
            found[suggestion_id].add(body_id)
    return found
