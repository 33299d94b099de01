"""What comes out the same for every application of the tests is worked out once for the process.

Each test has an application and an engine of its own; without this each would also compile the same SQL and the same
addresses anew, which took a third of all the time the tests took. Nothing of a test's own is kept: the text of a
statement depends on the kind of database and the statement, the code that builds an address on its rule.
"""

from __future__ import annotations

import gc
from typing import Any

from sqlalchemy.util import LRUCache
from werkzeug.routing import Rule

from tracker.database import Base, db

STATEMENTS = 4_000  # all that the tests send to both kinds of database, with room
_builders: dict[tuple[Any, ...], Any] = {}
_build_anew = Rule._compile_builder


class Compiled(LRUCache[Any, Any]):
    """Compiled statements by the kind of database instead of by the one engine they were compiled for."""

    def get(self, key: Any, default: Any = None) -> Any:
        return super().get(_by_kind(key), default)

    def __setitem__(self, key: Any, compiled: Any) -> None:
        super().__setitem__(_by_kind(key), compiled)


COMPILED = Compiled(STATEMENTS)


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


def keep_builders() -> None:
    """Addresses are built by generated code; rules that read the same share it (it is handed the rule it is for)."""

    def kept(rule: Rule, append_unknown: bool = True) -> Any:
        if rule.defaults:
            return _build_anew(rule, append_unknown)
        key = (rule.rule, append_unknown, tuple(rule._trace))
        if key not in _builders:
            _builders[key] = _build_anew(rule, append_unknown)
        return _builders[key]

    Rule._compile_builder = kept  # type: ignore[method-assign]


def keep_loaded() -> None:
    """What is loaded by now stays to the end: the collector of garbage need not look through it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 10)
