"""All kinds there are: whatever file of `tracker/signals/kinds/` names a SIGNAL."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from tracker.errors import NotFound
from tracker.signals import kinds
from tracker.signals.kind import SignalKind


@cache
def all_kinds() -> tuple[SignalKind, ...]:
    """The kinds in the order of their files' names."""
    files = sorted(one.name for one in iter_modules(kinds.__path__))
    return tuple(import_module(f"{kinds.__name__}.{name}").SIGNAL for name in files)


@cache
def _by_key() -> dict[str, SignalKind]:
    return {one.key: one for one in all_kinds()}


def find_kind(key: str) -> SignalKind | None:
    """The kind of this key, or None where there is none (any more)."""
    return _by_key().get(key)


def kind_of(key: str) -> SignalKind:
    """:raises NotFound: there is no such kind (any more)."""
    found = find_kind(key)
    if found is None:
        raise NotFound
    return found
