"""Earlier answers to the same matter, beside the assignment a body works on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from tracker.database import db
from tracker.dispatch.models import Assignment
from tracker.handling.models import Publication, Reply
from tracker.handling.names import OUTCOMES
from tracker.handling.queries import DELIVERED
from tracker.recurrence.queries import CANDIDATES, LONGEST, linked_ids
from tracker.search.likeness import likeness, profile
from tracker.search.queries import alike
from tracker.search.rules import Kind
from tracker.stage import Panel, Visitor
from tracker.structure.succession import and_before
from tracker.suggestion.models import Suggestion

SHOWN = 3


@dataclass(frozen=True)
class Before:
    """An earlier reply of this body, or of the one it came from, to the same matter or to one like it."""

    suggestion_id: int
    number: str | None
    title: str
    class_label: str
    outcome: Any
    on: date | None
    text: str
    is_linked: bool


def beside(assignment: Assignment, visitor: Visitor, _today: date) -> Panel | None:
    """What this body answered before; only what was delivered, and by a mailed link, which opens one item, only what
    has been published.
    """
    found = answered_before(assignment, visitor)
    facts = {"before": found, "outcome_names": OUTCOMES, "is_by_link": visitor.assignment_id is not None}
    return Panel("recurrence/_before.html", facts) if found else None


def answered_before(assignment: Assignment, visitor: Visitor) -> list[Before]:
    """Delivered replies of the body to suggestions linked as the same matter, then to look-alikes."""
    own, linked = assignment.suggestion, linked_ids(assignment.suggestion_id)
    said = f"{own.title}\n{own.text}"[:LONGEST]
    near = [one for one, _score in alike(said, Kind.TEXT, assignment.congress_id, limit=CANDIDATES)]
    ids = {*linked, *near} - {own.id}
    mine = profile(own.title, own.text[:LONGEST])
    scored = []
    for row in db.session.execute(_answers(assignment, ids, visitor)) if ids else ():
        is_linked = row.id in linked
        score = likeness(mine, profile(row.title, row.asked[:LONGEST]))
        if is_linked or score.is_alike:
            told = (row.id, row.number, row.title, row.class_label, row.outcome, row.on, row.text)
            scored.append((is_linked, score.score, Before(*told, is_linked=is_linked)))
    scored.sort(key=lambda one: (one[0], one[1], one[2].suggestion_id), reverse=True)
    return [one for _linked, _score, one in scored[:SHOWN]]


def _answers(assignment: Assignment, ids: set[int], visitor: Visitor) -> sa.Select[Any]:
    wanted = (
        sa.select(
            Suggestion.id,
            Suggestion.number,
            Suggestion.title,
            Suggestion.text.label("asked"),
            Reply.class_label,
            Reply.outcome,
            sa.func.coalesce(Reply.letter_on, Reply.submitted_on).label("on"),
            Reply.text,
        )
        .join(Assignment, Assignment.suggestion_id == Suggestion.id)
        .join(Reply, Reply.assignment_id == Assignment.id)
        .where(
            Suggestion.id.in_(ids),
            Suggestion.congress_id == assignment.congress_id,
            Suggestion.internal.is_(False),
            Assignment.body_id.in_(and_before(assignment.body_id)),
            Assignment.standing.in_(DELIVERED),
        )
    )
    if visitor.assignment_id is None:
        return wanted
    return wanted.where(sa.exists().where(Publication.reply_id == Reply.id))
