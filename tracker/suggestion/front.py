"""Which lists hold anything at all: one statement in front of a page, so that a list without a row costs nothing.

A stage names what its share of a page reads: for the desk `StageOffer.lists`, the functions that write the lists with
the values they are run with; for the suggestion's page `StageOffer.parts`, the functions that write what belongs to one
suggestion (`THIS`). The page asks once which of them are empty; whoever would read one asks `is_empty` first. What
nobody named is simply read. One name of a value means one thing in all of them: `today` is today.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from functools import cache
from typing import Any

import sqlalchemy as sa

from tracker.database import ahead, columns
from tracker.stage import Visitor
from tracker.suggestion.anyone import Anyone, anyone, numbers
from tracker.suggestion.at_all import Lists, Written, known_empty
from tracker.suggestion.models import Suggestion
from tracker.suggestion.queries import scope


def looked_at_once(
    lists: Lists, visitor: Visitor, *, soon: Callable[[], None] | None = None
) -> AbstractContextManager[None]:
    """Inside, the empty ones among these lists are known; `soon` sends ahead what is asked for next."""
    return known_empty(_empty(lists, visitor, soon) if lists else {})


def _empty(lists: Lists, visitor: Visitor, soon: Callable[[], None] | None) -> Lists:
    values: dict[str, Any] = dict(numbers(visitor))
    for own in lists.values():
        if any(values.get(name, value) != value for name, value in own.items()):
            raise ValueError(f"one name, two values: {values}, {own}")
        values.update(own)
    statement = _anything(tuple(lists), anyone(visitor))
    if soon is not None:
        ahead(statement, values)
        soon()
    found = columns(statement, values).one()
    return {written: own for (written, own), is_there in zip(lists.items(), found, strict=True) if not is_there}


@cache
def _anything(lists: tuple[Written, ...], who: Anyone) -> sa.Select[Any]:
    return sa.select(*(_any_row(written(who), who) for written in lists))


def _any_row(written: Any, who: Anyone) -> sa.ColumnElement[bool]:
    if isinstance(written, sa.CompoundSelect):
        return sa.or_(*(_any_row(_within(one), who) for one in written.selects))
    if not isinstance(written, Mapping):
        cells = [one["expr"] for one in written.column_descriptions if one["entity"] is not None]
        return written.with_only_columns(*cells).order_by(None).limit(None).exists()
    parts = [sa.select(Suggestion.id).where(scope(who), condition).exists() for condition in written.values()]
    return sa.or_(*parts)


def _within(part: Any) -> Any:
    """The list itself that stands in one part of several lists put together."""
    return part.get_final_froms()[0].element
