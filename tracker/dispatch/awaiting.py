"""What waits about a body's part of a suggestion, read in columns: one shape for every stage's share of the desk."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import SimpleNamespace
from typing import Any

import sqlalchemy as sa

from tracker.database import columns
from tracker.dispatch.models import Assignment
from tracker.stage import Visitor, Waiting, WaitingGroup
from tracker.structure.models import Body
from tracker.suggestion.anyone import Anyone, anyone, numbers
from tracker.suggestion.at_all import is_empty
from tracker.suggestion.models import Suggestion
from tracker.web.languages import spoken_now

FIRST = 25
NOTHING = sa.cast(sa.null(), sa.Date)
NONE = sa.cast(sa.null(), sa.Integer)
TEXT = sa.cast(sa.null(), sa.String)
NOBODY: Any = SimpleNamespace(name=TEXT, short_name=TEXT, name_en=TEXT)  # where a row is no single body's
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
        body.short_name.label("body_short"),
        body.name_en.label("body_english"),
        since_on.label("since_on"),
        due_on.label("due_on"),
        sa.func.count().over().label("total"),
        (NONE if more is None else more).label("more"),
    )
    return wanted.with_only_columns(*shown, maintain_column_froms=True).limit(limit)


def with_body(wanted: sa.Select[Any]) -> sa.Select[Any]:
    return wanted.join(Body, Body.id == Assignment.body_id)


def first(written: Callable[[Anyone], Any], visitor: Visitor, values: Mapping[str, Any] | None = None) -> Sequence[Any]:
    """The rows of a list that is written once for each kind of visitor; not asked for where it is known to be empty."""
    if is_empty(written):
        return ()
    return columns(written(anyone(visitor)), {**numbers(visitor), **(values or {})}).all()


def together(kinds: Mapping[str, sa.Select[Any]]) -> sa.CompoundSelect[Any]:
    """Several lists of a stage in one statement, each row with its `kind`: what is empty costs the desk nothing."""
    arms = []
    for kind, wanted in kinds.items():
        of_kind = wanted.subquery()
        arms.append(sa.select(sa.literal(kind, sa.String, literal_execute=True).label("kind"), *of_kind.c))
    return sa.union_all(*arms)


def by_kind(rows: Sequence[Any]) -> dict[str, list[Any]]:
    """The rows of `together`, each kind for itself, in the order they were found."""
    found: dict[str, list[Any]] = {}
    for row in rows:
        found.setdefault(row.kind, []).append(row)
    return found


def waits(kind: str, row: Any, url: str, harm: int, *, due_on: Any = None) -> Waiting:
    """One row as the desk shows it."""
    return Waiting(
        kind,
        url,
        row.number or "",
        row.title,
        since_on=row.since_on,
        due_on=due_on or row.due_on,
        body_name=_body_name(row),
        harm=harm,
    )


def _body_name(row: Any) -> str:
    """In the reader's language; in Chinese the short name where there is one."""
    english = row.body_english if spoken_now() == "en" else ""
    return english or row.body_short or row.body_name or ""


@dataclass(frozen=True, eq=False)
class Awaited:
    """One kind of thing that may wait: its rows (written once for each kind of visitor, `more` a number), the address
    of all of them, and how a row is told. All that stages offer so is asked in one statement, whatever their number.
    """

    kind: str
    rows: Callable[[Anyone], sa.Select[Any]]
    url: Callable[[], str]
    line: Callable[[Any, date], Waiting]


def in_one(asked: Iterable[Awaited], visitor: Visitor, today: date) -> Iterable[WaitingGroup]:
    """The groups in which something waits, found in one statement; none where nothing is asked."""
    kinds = {one.kind: one for one in asked if not is_empty(one.rows)}
    if not kinds:
        return
    who = anyone(visitor)
    statement = _together(tuple((kind, one.rows(who)) for kind, one in kinds.items()))
    for kind, rows in by_kind(columns(statement, {**numbers(visitor), "today": today}).all()).items():
        one = kinds[kind]
        yield WaitingGroup(kind, rows[0].total, one.url(), tuple(one.line(row, today) for row in rows))


@cache
def _together(parts: tuple[tuple[str, sa.Select[Any]], ...]) -> sa.CompoundSelect[Any]:
    return together(dict(parts))
