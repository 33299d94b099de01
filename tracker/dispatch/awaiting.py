"""What waits about a body's part of a suggestion, read in columns: one shape for every stage's share of the desk."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from tracker.database import columns
from tracker.dispatch.models import Assignment
from tracker.stage import Visitor, Waiting
from tracker.structure.models import Body
from tracker.suggestion.anyone import Anyone, anyone, numbers
from tracker.suggestion.at_all import is_empty
from tracker.suggestion.models import Suggestion

FIRST = 25
NOTHING = sa.cast(sa.null(), sa.Date)
TODAY = sa.bindparam("today", type_=sa.Date)
SINCE = sa.bindparam("since", type_=sa.Date)


def in_columns(
    wanted: sa.Select[Any],
    thing_id: Any,
    *,
    since_on: Any,
    due_on: Any = NOTHING,
    title: Any = Suggestion.title,
    body: Any = Body,
    more: Any = None,
    limit: int = FIRST,
) -> sa.Select[Any]:
    """The first rows of a list as `waits` tells them, each with the number of all.

    The list joins the assignment, its suggestion and its body; its entities give way to what the desk shows of them.
    """
    shown = (
        thing_id.label("thing_id"),
        Suggestion.number,
        title.label("title"),
        body.name.label("body_name"),
        since_on.label("since_on"),
        due_on.label("due_on"),
        sa.func.count().over().label("total"),
        (sa.null() if more is None else more).label("more"),
    )
    return wanted.with_only_columns(*shown, maintain_column_froms=True).limit(limit)


def with_body(wanted: sa.Select[Any]) -> sa.Select[Any]:
    return wanted.join(Body, Body.id == Assignment.body_id)


def first(written: Callable[[Anyone], Any], visitor: Visitor, values: Mapping[str, Any] | None = None) -> Sequence[Any]:
    """The rows of a list that is written once for each kind of visitor; not asked for where it is known to be empty."""
    if is_empty(written):
        return ()
    return columns(written(anyone(visitor)), {**numbers(visitor), **(values or {})}).all()


def waits(kind: str, row: Any, url: str, harm: int, *, due_on: Any = None) -> Waiting:
    """One row as the desk shows it."""
    return Waiting(
        kind,
        url,
        row.number or "",
        row.title,
        since_on=row.since_on,
        due_on=due_on or row.due_on,
        body_name=row.body_name or "",
        harm=harm,
    )
