"""What was answered to some suggestions, and what was promised then, limited to who is asking."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import sqlalchemy as sa

from tracker.database import db
from tracker.deadlines.clauses import Kind, Outcome
from tracker.deadlines.models import Deadline
from tracker.dispatch.models import Assignment
from tracker.handling.models import Promise, Reply
from tracker.handling.queries import DELIVERED
from tracker.structure.models import Body
from tracker.suggestion.models import Suggestion


@dataclass(frozen=True)
class Promised:
    """What was promised, until when, and when it was reported kept."""

    what: str
    due_on: date
    kept_on: date | None


@dataclass
class Answer:
    """A reply that reached the deputy: whose, of which class, when, and its promises."""

    reply_id: int
    body: Body
    class_label: str
    outcome: Outcome | None
    on: date | None
    promises: list[Promised] = field(default_factory=list)


# What a statement about suggestions adds to itself to bring their answers along; `gather` reads them.
COLUMNS: tuple[Any, ...] = (
    Reply.id,
    Body,
    Reply.class_label,
    Reply.outcome,
    sa.func.coalesce(Reply.letter_on, Reply.submitted_on),
    Promise.what,
    Promise.due_on,
    Deadline.met_on,
)


def with_answers(wanted: sa.Select[Any], suggestion_id: Any) -> sa.Select[Any]:
    """A statement with the delivered replies of its suggestions joined to it, the last round last."""
    return (
        wanted.outerjoin(
            Assignment,
            sa.and_(Assignment.suggestion_id == suggestion_id, Assignment.standing.in_(DELIVERED)),
        )
        .outerjoin(Reply, Reply.assignment_id == Assignment.id)
        .outerjoin(Body, Body.id == Assignment.body_id)
        .outerjoin(Promise, Promise.reply_id == Reply.id)
        .outerjoin(Deadline, sa.and_(Deadline.promise_id == Promise.id, Deadline.kind == Kind.PROMISE))
    )


ORDER: tuple[Any, ...] = (Assignment.round, Reply.id, Promise.due_on, Promise.id)


def gather(rows: Iterable[Any]) -> dict[int, list[Answer]]:
    """The answers of each suggestion from rows of (suggestion's id, *COLUMNS)."""
    found: dict[int, dict[int, Answer]] = {}
    for suggestion_id, reply_id, body, label, outcome, on, what, due_on, kept_on in rows:
        answers = found.setdefault(suggestion_id, {})
        if reply_id is None:
            continue
        answer = answers.setdefault(reply_id, Answer(reply_id, body, label, outcome, on))
        if what is not None:
            answer.promises.append(Promised(what, due_on, kept_on))
    return {suggestion_id: list(answers.values()) for suggestion_id, answers in found.items()}


def answers_to(suggestion_ids: list[int]) -> dict[int, list[Answer]]:
    """The delivered replies to some suggestions, one statement; the caller has limited the ids to who may see them."""
    if not suggestion_ids:
        return {}
    wanted = sa.select(Suggestion.id, *COLUMNS).where(Suggestion.id.in_(suggestion_ids)).order_by(*ORDER)
    return gather(db.session.execute(with_answers(wanted, Suggestion.id)))
