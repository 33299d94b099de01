"""The manners of one connection to PostgreSQL."""

from __future__ import annotations

from typing import Any

import psycopg
from psycopg.pq import ConnStatus

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
