"""Replies that were given before this system was there, with what an old ledger knows of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from tracker.actor import Actor
from tracker.deadlines import actions as clocks
from tracker.deadlines import queries as deadlines
from tracker.deadlines.clauses import Kind
from tracker.dispatch import actions as dispatch
from tracker.dispatch.clocks import Law, stop_all
from tracker.dispatch.models import Assignment, Part
from tracker.entities import bind, new
from tracker.errors import N_, RuleBroken
from tracker.handling import actions
from tracker.handling.actions import ReplyContent
from tracker.handling.actions.delivery import Release
from tracker.handling.clocks import REPLY_KINDS
from tracker.handling.content import IN_ROWS
from tracker.handling.models import Reply, Way
from tracker.many import put_all
from tracker.suggestion.actions import Step, make_all
from tracker.suggestion.journey import Standing

SOURCE = "ledger"
UNSAID = "from_ledger"


@dataclass(frozen=True)
class OldReply:
    """What a ledger knows of one reply, the day it was given, and the law of its hand-over."""

    assignment: Assignment
    content: ReplyContent
    on: date
    law: Law


def record_old_replies(given: Sequence[OldReply], *, by: Actor, at: datetime) -> list[Reply]:
    """Replies a ledger says were given: each submitted and delivered on its day, whatever is missing in it.

    Nobody is told by letter. What an old ledger does not say (first contact, publication, the wish to be rated) is not
    chased: those clocks end here. They count as having gone on paper, so no scan of them is asked for.

    :raises RuleBroken: a co-handler answers nobody, or a reply stands before its hand-over.
    """
    for one in given:
        _must_be_its_to_give(one)
    replies = [_written(one, by, at) for one in given]
    put_all(replies)
    unsigned = [one for one in given if one.assignment.standing is Standing.ASSIGNED]
    dispatch.sign_for_all([(one.assignment, one.on) for one in unsigned], by=by)
    make_all("submit", [_submitted(one, by) for one in given])
    pairs = list(zip(given, replies, strict=True))
    releases = [Release(reply, one.assignment, one.on, reply.way, one.law) for one, reply in pairs]
    actions.deliver_all(releases, by=by, tell=False, old=True)
    _end_clocks(pairs)
    return replies


def let_rest(resting: Sequence[tuple[Assignment, date]]) -> None:
    """Co-handlers whose lead has answered in an old ledger are not chased for an opinion nobody noted."""
    stop_all(resting, reason=UNSAID)


def _must_be_its_to_give(one: OldReply) -> None:
    if one.assignment.part is Part.CO:
        raise RuleBroken(N_("A co-handler gives an opinion; the lead answers."))
    if one.on < one.assignment.handed_over_on:
        raise RuleBroken(N_("The reply stands before its hand-over."))


def _submitted(one: OldReply, by: Actor) -> Step:
    facts = {"class_label": one.content.class_label, "number": one.content.document_number, "source": SOURCE}
    return Step(one.assignment.suggestion, one.assignment, by, one.on, facts)


def _end_clocks(pairs: Sequence[tuple[OldReply, Reply]]) -> None:
    running = deadlines.open_for_all("assignment_id", [one.assignment.id for one, _reply in pairs])
    waiting = deadlines.open_for_all("reply_id", [reply.id for _one, reply in pairs])
    mine = [(clock, one.on) for one, _reply in pairs for clock in running[one.assignment.id]]
    clocks.meet_all([(clock, on) for clock, on in mine if clock.kind in (*REPLY_KINDS, Kind.RECEIPT)])
    void = [(clock, one.on) for one, reply in pairs for clock in waiting[reply.id]]
    clocks.void_all([*((clock, on) for clock, on in mine if clock.is_open), *void], reason=UNSAID)


def _written(one: OldReply, by: Actor, at: datetime) -> Reply:
    content = one.content
    facts = {name: value for name, value in vars(content).items() if name not in (*IN_ROWS, "way")}
    made = new(
        Reply,
        assignment_id=one.assignment.id,
        **facts,
        way=Way.PAPER if content.way is Way.SYSTEM else content.way,
        draft_promises=[],
        outcome=one.law.rules.classes.get(content.class_label),
        submitted_on=one.on,
        submitted_by=by.name,
        saved_at=at,
        from_ledger=True,
    )
    bind(made, assignment=one.assignment)
    return made
