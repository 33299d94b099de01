"""The manners of one connection to SQLite: what lasts, who waits for whom, and who may write.

Durability (decision 002): WAL with synchronous=FULL where the library is free of the WAL-reset fault, otherwise DELETE
with EXTRA.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite.base import SQLiteCompiler

try:
    from pysqlite3 import dbapi2 as driver  # type: ignore[import-untyped]
except ImportError:  # no wheel for this machine: the standard library's own
    driver = sqlite3

PATIENCE_SECONDS = 20  # how long a writer waits for another
KEPT_OPEN = 11
STEPS = 200_000  # of SQLite's machine, some milliseconds of work, after which we are asked whether it is enough
STEPS_A_SECOND = 20_000_000  # a slow machine; by work and not by time, so that who reads slowly is not cut off
CACHE_KB = 4_000  # of each connection; a page reads a tenth of it, and what one has not is in the machine's memory


def connection_options() -> dict[str, Any]:
    """How a connection is made."""
    return {"module": driver, "connect_args": {"timeout": PATIENCE_SECONDS, "check_same_thread": False}}


def engine_options() -> dict[str, Any]:
    """How an engine is made. Eight pages and three jobs at once open no more than are kept; the last used goes out
    first, so that in a quiet hour few of them fill.
    """
    return {**connection_options(), "pool_size": KEPT_OPEN, "pool_use_lifo": True}


def tune(engine: sa.Engine, only_reads: Callable[[], bool], seconds: Callable[[], float]) -> None:
    """Give an engine its manners; asked when a transaction begins: whether it only reads, and how many seconds of work
    one of its statements may take (0: as many as it needs).
    """
    engine.dialect.statement_compiler = PlannedOnce
    sa.event.listen(engine, "connect", connected)
    sa.event.listen(engine, "begin", lambda connection: _begun(connection, only_reads(), seconds()))
    sa.event.listen(engine, "before_cursor_execute", _begins_anew)


class PlannedOnce(SQLiteCompiler):
    """A bare parameter as LIMIT makes SQLite plan the statement anew every time; an expression does not.

    And a table may be given a hint: `NOT INDEXED` leads SQLite to it by its number only.
    """

    def get_from_hint_text(self, _table: Any, text: str | None) -> str | None:
        return text

    def limit_clause(self, select: Any, **more: Any) -> str:
        return super().limit_clause(select, **more).replace("LIMIT ", "LIMIT +", 1)


def wal_is_safe(version: tuple[int, ...]) -> bool:
    """Whether this SQLite is free of the WAL-reset fault (fixed in 3.51.3, 3.50.7 and 3.44.6; absent before 3.7)."""
    return version >= (3, 51, 3) or (3, 50, 7) <= version < (3, 51) or (3, 44, 6) <= version < (3, 45)


def manners(version: tuple[int, ...] | None = None) -> tuple[str, str]:
    """Journal mode and synchronous level that lose nothing on this library (measured in power cuts)."""
    return ("wal", "full") if wal_is_safe(version or driver.sqlite_version_info) else ("delete", "extra")


def connected(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # we send BEGIN ourselves
    journal, synchronous = manners()
    _keep_journal(connection, journal)
    for pragma in (
        f"busy_timeout={PATIENCE_SECONDS * 1000}",
        f"synchronous={synchronous}",
        "foreign_keys=on",
        f"cache_size=-{CACHE_KB}",
        "temp_store=memory",
        "analysis_limit=1000",  # counted without samples: with samples SQLite plans a statement anew for every value
    ):
        connection.execute(f"pragma {pragma}")


def _keep_journal(connection: Any, journal: str) -> None:
    """SQLite does not wait when several change the journal of a new file at the same moment: we do."""
    until = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            connection.execute(f"pragma journal_mode={journal}")
        except driver.OperationalError:
            if time.monotonic() > until:
                raise
            time.sleep(0.01)
        else:
            return


class Work:
    """How much one connection's present statement has done; ends it when that is too much."""

    def __init__(self) -> None:
        self.asked = 0
        self.most = 0  # times we are asked; 0: for ever

    def is_too_much(self) -> bool:
        self.asked += 1
        return 0 < self.most < self.asked


def _begins_anew(connection: sa.Connection, *_told: Any) -> None:
    if work := connection.info.get("work"):
        work.asked = 0


def _limit(connection: sa.Connection, raw: Any, seconds: float) -> None:
    work = connection.info.get("work")
    if work is None and seconds:
        work = connection.info["work"] = Work()
        raw.set_progress_handler(work.is_too_much, STEPS)
    if work is not None:
        work.most, work.asked = max(1, round(seconds * STEPS_A_SECOND / STEPS)) if seconds else 0, 0


def _begun(connection: sa.Connection, only_reads: bool, seconds: float) -> None:
    raw = connection.connection.dbapi_connection
    if raw is None:
        raise RuntimeError("a connection without a database")
    if connection.info.get("only_reads") is not only_reads:  # the pool hands on what was said
        raw.execute(f"pragma query_only={'on' if only_reads else 'off'}")
        connection.info["only_reads"] = only_reads
    _limit(connection, raw, seconds)
    raw.execute("begin" if only_reads else "begin immediate")
