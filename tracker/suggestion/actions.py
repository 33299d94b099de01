"""Making a move: the one place where a stage is changed and history is written."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy.orm.util import has_identity

from tracker import clock
from tracker.actor import Actor
from tracker.entities import put_row
from tracker.errors import N_, RuleBroken
from tracker.many import change_all, put_all, write_all
from tracker.suggestion import journey
from tracker.suggestion.models import Entry, Suggestion

if TYPE_CHECKING:
    from tracker.dispatch.models import Assignment


@dataclass(frozen=True)
class Step:
    """One thing that makes a move: who moves it on which day, and what its line of history tells beside."""

    suggestion: Suggestion
    assignment: Assignment | None
    by: Actor
    on: date
    facts: Mapping[str, Any] = field(default_factory=dict)


Follow = Callable[[Suggestion, "Assignment | None", Step, Actor], None]
FollowAll = Callable[[Sequence[Step]], None]
_FOLLOWS: dict[str, list[FollowAll]] = {}


def follows(move: str) -> Callable[[Follow], Follow]:
    """Says what a later stage does once this move is made, in the same transaction (docs/decisions/017).

    A stage may not know the stages after it: a withdrawal is intake's move, the bodies that have it are dispatch's.
    """

    def also(follow: Follow) -> Follow:
        def each(steps: Sequence[Step]) -> None:
            for step in steps:
                follow(step.suggestion, step.assignment, step, step.by)

        follows_all(move)(each)
        return follow

    return also


def follows_all(move: str) -> Callable[[FollowAll], FollowAll]:
    """The same for what is asked once for all that made the move together."""

    def also(follow: FollowAll) -> FollowAll:
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
) -> None:
    """Make a move of the journey: change where the thing stands, and write the line of history.

    A move of an assignment needs the assignment, a move of the suggestion must be without one.

    :raises RuleBroken: the procedure has no such move from where the thing stands, or the day is in the future.
    """
    make_all(move, [Step(suggestion, assignment, by, on, facts)])


def make_all(move: str, steps: Sequence[Step], **sets: Any) -> None:
    """The same move of many things, written together; each by the same rule as if it moved alone.

    `sets`: what else of the things it changes.

    :raises RuleBroken: as `make`, for the first that may not move.
    """
    _advance(move, steps, sets)
    at = clock.now()
    lines = [_line(move, step, at) for step in steps]
    if len(lines) == 1:
        put_row(Entry, lines[0])
    else:
        write_all(Entry, lines)
    for follow in _FOLLOWS.get(move, ()) if steps else ():
        follow(steps)


def _advance(move: str, steps: Sequence[Step], sets: Mapping[str, Any]) -> None:
    things: list[Any] = [step.assignment or step.suggestion for step in steps]
    changes = [{_where(step): _after(move, step), **sets} for step in steps]
    if all(has_identity(one) for one in things):
        pairs = list(zip(things, changes, strict=True))
        pairs = [(one, to) for one, to in pairs if any(getattr(one, name) != value for name, value in to.items())]
        change_all([one for one, _to in pairs], [to for _one, to in pairs])
        return
    for thing, change in zip(things, changes, strict=True):
        change_all([thing], [change])
    put_all([one for one in things if not has_identity(one)])  # its line of history needs it to be there


def _where(step: Step) -> str:
    return "stage" if step.assignment is None else "standing"


def _after(move: str, step: Step) -> Any:
    if step.on > clock.today():
        raise RuleBroken(N_("The day %(day)s lies in the future."), day=step.on.isoformat())
    return journey.after(step.suggestion.stage if step.assignment is None else step.assignment.standing, move)


def _line(move: str, step: Step, at: datetime) -> dict[str, Any]:
    by, assignment = step.by, step.assignment
    return {
        "suggestion_id": step.suggestion.id,
        "assignment_id": assignment.id if assignment is not None else None,
        "move": move,
        "on": step.on,
        "at": at,
        "actor_kind": by.kind,
        "actor_id": by.id,
        "actor_name": by.name,
        "body_id": by.body_id,
        "on_behalf_of": by.on_behalf_of,
        "facts": dict(step.facts),
    }
