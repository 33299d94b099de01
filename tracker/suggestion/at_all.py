"""Which lists hold anything at all: one statement in front of the desk, so that a list without a row costs nothing.

A stage names the lists it asks for (`StageOffer.lists`): the function that writes each, and the values it is run with.
The desk asks once which of them are empty; `is_empty` tells whoever would read one. A list that nobody named is simply
read. One name of a value means one thing in all of them: `today` is today.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Any

import sqlalchemy as sa

from tracker.database import columns
from tracker.stage import Visitor
from tracker.suggestion.anyone import Anyone, anyone, numbers
from tracker.suggestion.models import Suggestion
from tracker.suggestion.queries import scope

Written = Callable[[Anyone], Any]  # writes a list, or conditions of suggestions by name
_EMPTY: ContextVar[frozenset[Written]] = ContextVar("lists known to be empty", default=frozenset())


def is_empty(written: Written) -> bool:
    """Whether it is known already that the list has no row."""
    return written in _EMPTY.get()


@contextmanager
def looked_at_once(lists: Mapping[Written, Mapping[str, Any]], visitor: Visitor) -> Iterator[None]:
    """Inside, the empty ones among these lists are known."""
    token = _EMPTY.set(_empty(lists, visitor) if lists else frozenset())
    try:
        yield
    finally:
        _EMPTY.reset(token)


def _empty(lists: Mapping[Written, Mapping[str, Any]], visitor: Visitor) -> frozenset[Written]:
    values: dict[str, Any] = dict(numbers(visitor))
    for own in lists.values():
        if any(values.get(name, value) != value for name, value in own.items()):
            raise ValueError(f"one name, two values: {values}, {own}")
        values.update(own)
    found = columns(_anything(tuple(lists), anyone(visitor)), values).one()
    return frozenset(written for written, is_there in zip(lists, found, strict=True) if not is_there)


@cache
def _anything(lists: tuple[Written, ...], who: Anyone) -> sa.Select[Any]:
    return sa.select(*(_any_row(written(who), who) for written in lists))


def _any_row(written: Any, who: Anyone) -> sa.ColumnElement[bool]:
    if not isinstance(written, Mapping):
        cells = [one["expr"] for one in written.column_descriptions if one["entity"] is not None]
        return written.with_only_columns(*cells).order_by(None).limit(None).exists()
    parts = [sa.select(Suggestion.id).where(scope(who), condition).exists() for condition in written.values()]
    return sa.or_(*parts)
