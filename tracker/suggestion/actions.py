"""Making a move: the one place where a stage is changed and history is written."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from tracker import clock
from tracker.actor import Actor
from tracker.database import db
from tracker.entities import change, put
from tracker.errors import N_, RuleBroken
from tracker.suggestion import journey
from tracker.suggestion.models import Entry, Suggestion

if TYPE_CHECKING:
    from tracker.dispatch.models import Assignment

Follow = Callable[[Suggestion, "Assignment | None", Entry, Actor], None]
_FOLLOWS: dict[str, list[Follow]] = {}


def follows(move: str) -> Callable[[Follow], Follow]:
    """Says what a later stage does once this move is made, in the same transaction (docs/decisions/017).

    A stage may not know the stages after it: a withdrawal is intake's move, the bodies that have it are dispatch's.
    """

    def also(follow: Follow) -> Follow:
        _FOLLOWS.setdefault(move, []).append(follow)
        return follow

    return also


def make(
    move: str,
    suggestion: Suggestion,
    assignment: Assignment | None = None,
    *,
    by: Actor,
    on: date,
    **facts: Any,
) -> Entry:
    """Make a move of the journey: change where the thing stands, and write the line of history.

    A move of an assignment needs the assignment, a move of the suggestion must be without one.

    :raises RuleBroken: the procedure has no such move from where the thing stands, or the day is in the future.
    """
    if on > clock.today():
        raise RuleBroken(N_("The day %(day)s lies in the future."), day=on.isoformat())
    if assignment is None:
        if (stage := journey.after(suggestion.stage, move)) is not suggestion.stage:
            change(suggestion, stage=stage)
    elif (standing := journey.after(assignment.standing, move)) is not assignment.standing:
        change(assignment, standing=standing)
    if suggestion.id is None or (assignment is not None and assignment.id is None):
        db.session.flush()  # the first move of a new thing: its line of history needs its number
    line = Entry(
        suggestion_id=suggestion.id,
        assignment_id=assignment.id if assignment is not None else None,
        move=move,
        on=on,
        at=clock.now(),
        actor_kind=by.kind,
        actor_id=by.id,
        actor_name=by.name,
        body_id=by.body_id,
        on_behalf_of=by.on_behalf_of,
        facts=facts,
    )
    entry = put(line)
    for follow in _FOLLOWS.get(move, ()):
        follow(suggestion, assignment, entry, by)
    return entry
