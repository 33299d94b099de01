"""The manners of one connection to PostgreSQL, and how a page that only reads asks it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import psycopg
from psycopg.adapt import PyFormat, Transformer
from psycopg.pq import ConnStatus, ExecStatus

PREPARED = 400  # statements a connection keeps prepared: more than all pages have together


def connected(connection: Any, _record: Any) -> None:
    """Plans for pages: what they read is in memory, so following an index is no dearer than reading a table in its
    order; and none of their statements runs so long that compiling it would pay.
    """
    connection.prepared_max = PREPARED
    connection.execute("SELECT set_config('random_page_cost', '1.1', false), set_config('jit', 'off', false)")
    connection.commit()


def is_there(connection: Any) -> bool:
    """Whether PostgreSQL is still at the other end, without asking it: one that went has said so, or hung up."""
    try:
        for _time in ("what it said", "whether it hung up"):
            connection.pgconn.consume_input()
    except psycopg.OperationalError:
        return False
    return bool(connection.pgconn.status == ConnStatus.OK)


class Asking:
    """What one connection has prepared for pages that only read, asked by its name of libpq itself.

    psycopg's cursor waits in steps and describes every column anew: for a small statement that costs as much as the
    statement. This is for a connection that only reads and has no transaction, where asking twice does no harm:
    whoever gets None asks again in the usual way, and is told there what is wrong.
    """

    def __init__(self, connection: Any) -> None:
        self.libpq = connection.pgconn
        self.connection = connection
        self.given: Any = Transformer(connection)
        self.known: dict[tuple[str, tuple[int, ...]], tuple[bytes, Any]] = {}
        self.number = 0

    def rows(self, text: str, values: Sequence[Any]) -> list[Any] | None:
        """The rows of a statement whose parameters are $1, $2, …; None where it failed."""
        cells = self.given.dump_sequence(values, [PyFormat.AUTO] * len(values))
        key = (text, self.given.types or ())
        name, found = self.known.get(key) or self._prepared(key)
        result = self.libpq.exec_prepared(name, cells, self.given.formats)
        if result.status != ExecStatus.TUPLES_OK:
            self.known.pop(key)  # among others after a ROLLBACK, at which psycopg lets go of all names
            return None
        found.set_pgresult(result, set_loaders=not found.pgresult)
        return found.load_rows(0, result.ntuples, tuple)

    def _prepared(self, key: tuple[str, tuple[int, ...]]) -> tuple[bytes, Any]:
        if len(self.known) >= PREPARED:
            oldest, _found = self.known.pop(next(iter(self.known)))
            self.libpq.exec_(b"DEALLOCATE " + oldest)
        self.number += 1
        name = f"page_{self.number}".encode()
        self.libpq.prepare(name, key[0].encode(), key[1])
        self.known[key] = found = (name, Transformer(self.connection))
        return found
