"""“What we cannot see”, line by line: limited to who is asking, each kind in one statement."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import sqlalchemy as sa

from tracker.deadlines.clauses import Kind
from tracker.deadlines.models import Deadline
from tracker.dispatch.models import Assignment, BodyReturn
from tracker.figures import blind
from tracker.figures.names import OFFICE_ONLY
from tracker.followup import undated
from tracker.handling.models import Delivery, Promise, Reply
from tracker.mail.models import Letter, LetterState
from tracker.roles import OFFICE
from tracker.stage import Visitor
from tracker.structure.models import Body, Deputy
from tracker.suggestion.models import Suggestion
from tracker.suggestion.queries import scope
from tracker.web.paging import first_with_total

SHOWN = 25


@dataclass(frozen=True)
class Blind:
    """One kind of thing we cannot see: how many there are, and the first of them, longest unseen first."""

    kind: str
    count: int
    rows: list[Any] = field(default_factory=list)


def unseen(visitor: Visitor, on: date, *, most: int = SHOWN) -> list[Blind]:
    """Every kind of which there is something, in a fixed order."""
    found = []
    for kind, asked in KINDS.items():
        if kind in OFFICE_ONLY and visitor.role not in OFFICE:
            continue
        rows = first_with_total(asked(visitor, on), most)
        if rows:
            found.append(Blind(kind, rows[0][-1], rows))
    return found


def _on_assignments(visitor: Visitor, *which: Any, since_on: Any) -> sa.Select[Any]:
    return (
        sa.select(*_SHOWN, Body.name, Body.name_en, since_on.label("since_on"))
        .select_from(Assignment)
        .join(Suggestion, Suggestion.id == Assignment.suggestion_id)
        .join(Body, Body.id == Assignment.body_id)
        .where(scope(visitor), *which)
        .order_by(since_on, Assignment.id)
    )


def _with_clock(visitor: Visitor, *which: Any) -> sa.Select[Any]:
    wanted = _on_assignments(visitor, *which, since_on=Deadline.due_on)
    return wanted.join(Deadline, Deadline.assignment_id == Assignment.id)


def _unsigned(visitor: Visitor, on: date) -> sa.Select[Any]:
    return _with_clock(visitor, blind.unsigned(on))


def _clockless(visitor: Visitor, _on: date) -> sa.Select[Any]:
    return _on_assignments(visitor, blind.clockless(), since_on=Assignment.assigned_on)


def _nobody(visitor: Visitor, _on: date) -> sa.Select[Any]:
    since_on = Suggestion.handed_over_on
    wanted = sa.select(*_SHOWN, sa.literal("").label("name"), sa.null().label("name_en"), since_on.label("since_on"))
    return wanted.where(scope(visitor), blind.answered_by_nobody()).order_by(since_on, Suggestion.id)


def _provisional(visitor: Visitor, _on: date) -> sa.Select[Any]:
    return _on_clocks(visitor, blind.provisional(visitor.congress_id))


def _holderless(visitor: Visitor, on: date) -> sa.Select[Any]:
    return _on_clocks(visitor, blind.holderless(visitor.congress_id, on))


def _on_clocks(visitor: Visitor, which: Any) -> sa.Select[Any]:
    """Clocks of every kind, whatever they hang on: the suggestion, an assignment, a return, a reply, a promise."""
    through = (BodyReturn, Reply, Promise)
    its = sa.func.coalesce(Deadline.assignment_id, *(one.assignment_id for one in through))
    wanted = (
        sa.select(*_SHOWN, Body.name, Body.name_en, Deadline.due_on.label("since_on"), Deadline.kind)
        .select_from(Deadline)
        .outerjoin(BodyReturn, BodyReturn.id == Deadline.return_id)
        .outerjoin(Reply, Reply.id == Deadline.reply_id)
        .outerjoin(Promise, Promise.id == Deadline.promise_id)
        .outerjoin(Assignment, Assignment.id == its)
        .join(Suggestion, Suggestion.id == sa.func.coalesce(Deadline.suggestion_id, Assignment.suggestion_id))
        .outerjoin(Body, Body.id == sa.func.coalesce(Deadline.holder_body_id, Assignment.body_id))
    )
    return wanted.where(scope(visitor), which).order_by(Deadline.due_on, Deadline.id)


def _undelivered(visitor: Visitor, on: date) -> sa.Select[Any]:
    """A submitted reply that we have not read in time: the deputy does not have it."""
    return _by_reply(visitor, blind.overdue(Kind.CHECK, on))


def _unreached(visitor: Visitor, on: date) -> sa.Select[Any]:
    """The reply was released, and a deputy does not have it: a line for each deputy, with his name."""
    since_on = Delivery.released_on
    whom = (Deputy.name, sa.null().label("name_en"), since_on.label("since_on"), Delivery.id.label("delivery_id"))
    return (
        sa.select(*_SHOWN, *whom)
        .select_from(Assignment)
        .join(Suggestion, Suggestion.id == Assignment.suggestion_id)
        .join(Reply, Reply.assignment_id == Assignment.id)
        .join(Delivery, Delivery.reply_id == Reply.id)
        .join(Deputy, Deputy.id == Delivery.deputy_id)
        .where(scope(visitor), blind.unreached(on))
        .order_by(since_on, Delivery.id)
    )


def _faceless(visitor: Visitor, _on: date) -> sa.Select[Any]:
    return blind.faceless_deputies(visitor.congress_id)


def _dead_addresses(visitor: Visitor, _on: date) -> sa.Select[Any]:
    return blind.dead_addresses(visitor.congress_id)


def _unrated(visitor: Visitor, on: date) -> sa.Select[Any]:
    """The deputy has the reply and has said nothing in time."""
    return _by_reply(visitor, blind.overdue(Kind.EVALUATE, on))


def _undated(visitor: Visitor, _on: date) -> sa.Select[Any]:
    """Answered “in progress” or “planned”, and no day is named."""
    return undated.undated(visitor)


def _by_reply(visitor: Visitor, which: Any) -> sa.Select[Any]:
    wanted = _on_assignments(visitor, which, since_on=Deadline.due_on)
    return wanted.join(Reply, Reply.assignment_id == Assignment.id).join(Deadline, Deadline.reply_id == Reply.id)


def _mute(visitor: Visitor, _on: date) -> sa.Select[Any]:
    return blind.mute_bodies(visitor.congress_id)


def _dead_letters(_visitor: Visitor, _on: date) -> sa.Select[Any]:
    wanted = sa.select(Letter.id, Letter.to_name, Letter.to_address, Letter.subject, Letter.written_at)
    return wanted.where(Letter.state == LetterState.FAILED).order_by(Letter.written_at, Letter.id)


_SHOWN = (Suggestion.id, Suggestion.number, Suggestion.title)
KINDS: dict[str, Callable[[Visitor, date], sa.Select[Any]]] = {
    "nobody": _nobody,
    "clockless": _clockless,
    "holderless": _holderless,
    "unsigned": _unsigned,
    "mute": _mute,
    "faceless": _faceless,
    "dead_letter": _dead_letters,
    "dead_address": _dead_addresses,
    "provisional": _provisional,
    "undelivered": _undelivered,
    "unreached": _unreached,
    "unrated": _unrated,
    "undated": _undated,
}
