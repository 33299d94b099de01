"""The manners of one connection to PostgreSQL, and how a page that only reads asks it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from select import POLLIN, poll
from typing import Any

import psycopg
import sqlalchemy as sa
from psycopg.adapt import PyFormat, Transformer
from psycopg.pq import ConnStatus, DiagnosticField, ExecStatus

Came = list[Any] | psycopg.errors.QueryCanceled | None
CANCELED = b"57014"
PREPARED = 400  # statements a connection keeps prepared: more than all pages have together


def tune(engine: sa.Engine, only_reads: Callable[[], bool], seconds: Callable[[], float]) -> None:
    """Give an engine its manners; asked when a transaction begins: whether it only reads, and how many seconds one
    of its statements may take (0: as many as it needs).
    """
    sa.event.listen(engine, "connect", connected)
    sa.event.listen(engine, "begin", lambda connection: _begun(connection, only_reads(), seconds()))
    sa.event.listen(engine, "before_cursor_execute", _cursor_wanted)
    for end in ("commit", "rollback"):
        sa.event.listen(engine, end, _ended)
    engine.dialect.do_ping = is_there  # type: ignore[method-assign, assignment]


def connected(connection: Any, _record: Any) -> None:
    """Plans for pages: what they read is in memory, so following an index is no dearer than reading a table in its
    order; and none of their statements runs so long that compiling it, or starting other processes for it, would pay.
    """
    connection.prepared_max = PREPARED
    said = {"random_page_cost": "1.1", "jit": "off", "max_parallel_workers_per_gather": "0"}
    connection.execute("SELECT " + ", ".join(f"set_config('{name}', '{value}', false)" for name, value in said.items()))
    connection.commit()


def is_there(connection: Any) -> bool:
    """Whether PostgreSQL is still at the other end, without asking it: one that went has said so, or hung up."""
    try:
        for _time in ("what it said", "whether it hung up"):
            connection.pgconn.consume_input()
    except psycopg.OperationalError:
        return False
    return bool(connection.pgconn.status == ConnStatus.OK)


def _begun(connection: sa.Connection, only_reads: bool, seconds: float) -> None:
    """Who only reads needs no transaction: under READ COMMITTED every statement sees what is committed anyway, and
    BEGIN and its end are two journeys more. At the end of one psycopg would also forget what it has prepared.

    What a page asks is planned once: planned anew for the days of each page, the desk of a large city took ten times
    as long as its answer, and a search twice as long.
    """
    raw: Any = connection.connection.dbapi_connection
    by_itself = only_reads or connection.get_execution_options().get("isolation_level") == "AUTOCOMMIT"
    if connection.info.get("only_reads", False) is not only_reads:  # the pool hands on what was said
        raw.autocommit = True
        raw.execute(f"SET default_transaction_read_only = {'on' if only_reads else 'off'}")
        raw.execute(f"SET plan_cache_mode = {'force_generic_plan' if only_reads else 'auto'}")
        connection.info["only_reads"] = only_reads
        connection.info.setdefault("asking", Asking(raw))
    if connection.info.get("seconds", 0) != seconds:
        raw.autocommit = True
        raw.execute(f"SET statement_timeout = {round(seconds * 1000)}")
        connection.info["seconds"] = seconds
    if raw.autocommit is not by_itself:
        raw.autocommit = by_itself


def _cursor_wanted(connection: sa.Connection, cursor: Any, *_told: Any) -> None:
    if cursor is not None and "asking" in connection.info:
        connection.info["asking"].wait_for_all()


def _ended(connection: sa.Connection) -> None:
    if not connection.invalidated and "asking" in connection.info:
        connection.info["asking"].wait_for_all()
        connection.info["asking"].come.clear()


class Asking:
    """What one connection has prepared for pages that only read, asked by its name of libpq itself.

    psycopg's cursor waits in steps and describes every column anew: for a small statement that costs as much as the
    statement. This is for a connection that only reads and has no transaction, where asking twice does no harm:
    whoever gets None asks again in the usual way, and is told there what is wrong.

    Several may be sent ahead, one behind the other (a pipeline of libpq, each with a sync of its own, so that one that
    fails leaves the others alone). No cursor is opened before all of them have come.
    """

    def __init__(self, connection: Any) -> None:
        self.libpq = connection.pgconn
        self.connection = connection
        self.given: Any = Transformer(connection)
        self.known: dict[tuple[str, tuple[int, ...]], tuple[bytes, Any]] = {}
        self.number = 0
        self.coming: list[tuple[Any, Any, Any]] = []
        self.come: dict[Any, Came] = {}
        self.socket = poll()
        self.socket.register(self.libpq.socket, POLLIN)

    def rows(self, text: str, values: Sequence[Any]) -> list[Any] | None:
        """The rows of a statement whose parameters are $1, $2, …; None where it failed.

        :raises QueryCanceled: it took too long; asked again, it would once more.
        """
        asked = (text, values)
        try:
            while self.coming and asked not in self.come:
                self._wait_for_one()
            if asked in self.come:
                return self._kept(self.come.pop(asked))
            cells, key = self._written(text, values)
            name, found = self.known.get(key) or self._prepared(key)
            result = self.libpq.exec_prepared(name, cells, self.given.formats)
            return self._kept(self._read(result, found, key))
        except psycopg.errors.QueryCanceled:
            raise
        except psycopg.Error:
            return None

    def send(self, text: str, values: Sequence[Any]) -> None:
        """Send it ahead, if it is prepared."""
        cells, key = self._written(text, values)
        if key not in self.known:
            return
        with suppress(psycopg.Error):  # a connection that is gone says so to whoever asks
            if not self.coming:
                self.libpq.enter_pipeline_mode()
            name, found = self.known[key]
            self.libpq.send_query_prepared(name, cells, self.given.formats)
            self.libpq.pipeline_sync()
            self.libpq.flush()
            self.coming.append(((text, values), key, found))

    def wait_for_all(self) -> None:
        """Whatever was sent has come, or the connection is gone: then whoever uses it next is told."""
        try:
            while self.coming:
                self._wait_for_one()
        except psycopg.Error:
            self.coming.clear()

    def _wait_for_one(self) -> None:
        asked, key, found = self.coming.pop(0)
        result = self._next_result()
        self.come[asked] = self._read(result, found, key) if result else None
        while result is None or result.status != ExecStatus.PIPELINE_SYNC:
            result = self._next_result()
        if not self.coming:
            self.libpq.exit_pipeline_mode()

    def _next_result(self) -> Any:
        """The next result, or the None that ends one; waited for at the socket, where other threads may work on."""
        while self.libpq.is_busy():
            self.socket.poll()
            self.libpq.consume_input()
        result = self.libpq.get_result()
        if result is None and self.libpq.status != ConnStatus.OK:
            raise psycopg.OperationalError("the connection is lost")
        return result

    def _written(self, text: str, values: Sequence[Any]) -> tuple[Any, tuple[str, tuple[int, ...]]]:
        cells = self.given.dump_sequence(values, [PyFormat.AUTO] * len(values))
        return cells, (text, self.given.types or ())

    def _kept(self, came: Came) -> list[Any] | None:
        if isinstance(came, psycopg.errors.QueryCanceled):
            raise came
        return came

    def _read(self, result: Any, found: Any, key: Any) -> Came:
        if result.error_field(DiagnosticField.SQLSTATE) == CANCELED:
            return psycopg.errors.QueryCanceled(result.get_error_message())
        if result.status != ExecStatus.TUPLES_OK:
            self.known.pop(key, None)  # among others after a ROLLBACK, at which psycopg lets go of all names
            return None
        found.set_pgresult(result, set_loaders=not found.pgresult)
        rows: list[Any] = found.load_rows(0, result.ntuples, tuple)
        return rows

    def _prepared(self, key: tuple[str, tuple[int, ...]]) -> tuple[bytes, Any]:
        if len(self.known) >= PREPARED:
            oldest, _found = self.known.pop(next(iter(self.known)))
            self.libpq.exec_(b"DEALLOCATE " + oldest)
        self.number += 1
        name = f"page_{self.number}".encode()
        self.libpq.prepare(name, key[0].encode(), key[1])
        self.known[key] = found = (name, Transformer(self.connection))
        return found
