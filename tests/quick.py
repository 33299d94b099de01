"""What comes out the same for every application of the tests is worked out once for the process.

Each test has an application and an engine of its own; without this each would also compile the same SQL and the same
addresses anew, which took a third of all the time the tests took. Nothing of a test's own is kept: the text of a
statement depends on the kind of database and the statement, an address on its rule.
"""

from __future__ import annotations

import gc
from operator import attrgetter
from threading import Lock
from typing import Any

from flask import Flask
from sqlalchemy.util import LRUCache
from werkzeug.routing import Map, Rule, RuleFactory

from tracker.database import Base, db

STATEMENTS = 4_000  # all that the tests send to both kinds of database, with room
SAID = attrgetter("rule", "endpoint", "subdomain", "host", "strict_slashes", "merge_slashes", "build_only", "alias",
    "websocket", "redirect_to", "provide_automatic_options")  # fmt: skip
_read: dict[tuple[Any, ...], Map] = {}
_reading = Lock()


class Compiled(LRUCache[Any, Any]):
    """Compiled statements by the kind of database instead of by the one engine they were compiled for."""

    def get(self, key: Any, default: Any = None) -> Any:
        return super().get(_by_kind(key), default)

    def __setitem__(self, key: Any, compiled: Any) -> None:
        super().__setitem__(_by_kind(key), compiled)


COMPILED = Compiled(STATEMENTS)


class Addresses(Map):
    """The addresses of an application: they wait until one is asked for, and are read only if no application before had
    the very same.
    """

    def __init__(self, *given: Any, **options: Any) -> None:
        self.waiting: list[Rule] = []
        super().__init__(*given, **options)

    def add(self, rulefactory: RuleFactory) -> None:
        self.waiting.extend(rulefactory.get_rules(self))
        self._remap = True

    def update(self) -> None:
        if not self._remap:
            return
        with _reading:
            key = (*self.converters.items(), *map(_said, self.waiting))
            if key not in _read:
                _read[key] = self._bound()
        self._matcher, self._rules_by_endpoint = _read[key]._matcher, _read[key]._rules_by_endpoint
        self._remap = False

    def _bound(self) -> Map:
        bound = Map(converters=self.converters, host_matching=self.host_matching)
        for rule in self.waiting:
            rule.map = None  # type: ignore[assignment]
            bound.add(rule)
        bound.update()
        return bound


def _said(rule: Rule) -> tuple[Any, ...]:
    return (*SAID(rule), frozenset(rule.methods or ()), *(rule.defaults or {}).items())


def _by_kind(key: Any) -> Any:
    dialect, *rest = key
    return (type(dialect), dialect.statement_compiler, dialect.paramstyle, *rest)


def keep_compiled(app: Any) -> None:
    """The application's engines and the mappers find what any of them compiled."""
    with app.app_context():
        for engine in db.engines.values():
            engine._compiled_cache = COMPILED
    for mapper in Base.registry.mappers:
        mapper.__dict__.setdefault("_compiled_cache", Compiled(STATEMENTS))


def keep_addresses() -> None:
    """Applications made from now on share their addresses."""
    Flask.url_map_class = Addresses


def keep_loaded() -> None:
    """What is loaded by now stays to the end: the collector of garbage need not look through it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 10)
