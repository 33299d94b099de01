"""Which lists are known to hold nothing at all, so that they need not be read (`tracker.suggestion.front` looks)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from tracker.suggestion.anyone import Anyone

Written = Callable[[Anyone], Any]  # writes a list, or conditions of suggestions by name
Lists = Mapping[Written, Mapping[str, Any]]  # with the values it is run with
_EMPTY: ContextVar[Lists] = ContextVar("lists known to be empty")


def is_empty(written: Written, **about: Any) -> bool:
    """Whether it is known already that the list has no row (`about` the same suggestion)."""
    values = _EMPTY.get({}).get(written)
    return values is not None and all(values.get(name) == value for name, value in about.items())


@contextmanager
def known_empty(lists: Lists) -> Iterator[None]:
    """Inside, these are known to be empty."""
    token = _EMPTY.set(lists)
    try:
        yield
    finally:
        _EMPTY.reset(token)
