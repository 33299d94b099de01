"""Looks at every form a journey sends: what changed a row left a line of history or trail in its transaction."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from flask import has_request_context, request

from tracker.audit.watching import LINES, QUIET

_WRITES = re.compile(r"\s*(?:insert\s+into|update|delete\s+from|copy)\s+\"?(\w+)", re.IGNORECASE)
# Made for the search by the rows themselves; never by an act of its own.
_COPIES = re.compile(r"search|fts")


def _acted(tables: set[str]) -> set[str]:
    is_form = has_request_context() and request.method == "POST"
    return {one for one in tables - LINES - set(QUIET) if not _COPIES.search(one)} if is_form else set()


@contextmanager
def watched() -> Iterator[dict[str, Any]]:
    """`silent`: pages whose form changed something and told nobody; `wrote`: pages whose form changed something."""
    seen: dict[str, Any] = {"silent": set(), "wrote": set()}

    def said(connection: sa.Connection, _cursor: Any, statement: str, *_more: Any) -> None:
        if found := _WRITES.match(statement):
            connection.info.setdefault("tables", set()).add(found[1].lower())

    def over(connection: sa.Connection) -> None:
        tables = connection.info.pop("tables", set())
        if acted := _acted(tables):
            seen["wrote"].add(request.endpoint)
            seen["silent"] |= set() if tables & LINES else {(request.endpoint, *sorted(acted))}

    def undone(connection: sa.Connection) -> None:
        connection.info.pop("tables", None)

    listeners = (("before_cursor_execute", said), ("commit", over), ("rollback", undone))
    for name, listener in listeners:
        sa.event.listen(sa.Engine, name, listener)
    try:
        yield seen
    finally:
        for name, listener in listeners:
            sa.event.remove(sa.Engine, name, listener)
