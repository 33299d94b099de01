"""The log: one line for each page, job and letter, and nothing of a person in it (decision 053).

A line has the endpoint, never the address that was asked (mailed links are secrets, searches are private), the number
of the account, never a name, and no network address. Of a fault it has the kind and the places in the code, never its
words, for a database likes to quote what could not be stored. Everything else than plain ASCII is escaped, so a line
is one line and reads as it stands.
"""

from __future__ import annotations

import json
import logging
import secrets
import sys
import time
from collections.abc import Mapping
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

import sqlalchemy as sa
from flask import Flask, Response, g, request

from tracker.database import db
from tracker.settings import ROOT
from tracker.web.gate import STATIC

log = logging.getLogger("tracker")
LONGEST_TEXT = 400
MOST_PLACES = 12
_asked: ContextVar[list[int]] = ContextVar("how many statements this page has sent")
QUIET = (*STATIC, "care.healthz", "care.readyz")


def keep(app: Flask) -> None:
    """Number every request, count its statements, and write its line."""
    app.before_request(_begin)
    app.after_request(_end)
    with app.app_context():
        for engine in db.engines.values():
            sa.event.listen(engine, "before_cursor_execute", _count)


def write(form: str, *, to: Any = None) -> logging.Handler:
    """From now on this process writes its log, `text` or `json`, to standard error. Answers the handler."""
    handler = logging.StreamHandler(to or sys.stderr)
    handler.setFormatter(_Json() if form == "json" else _Text())
    handler.addFilter(_once)
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.WARNING)
    log.setLevel(logging.INFO)
    return handler


def note(what: str, **facts: Any) -> None:
    """One line about a page, a job or a letter; facts are numbers, days and words of ours."""
    if log.isEnabledFor(logging.INFO):
        log.info(what, extra={"facts": facts})


def incident() -> str:
    """The number under which the line of this request is found."""
    if "request_mark" not in g:
        g.request_mark = secrets.token_hex(6)
    mark: str = g.request_mark
    return mark


def fault(what: str, **facts: Any) -> None:
    """A line about the fault being handled: its kind and where it came from."""
    log.error(what, exc_info=True, extra={"facts": facts})


def _begin() -> None:
    g.begun = time.perf_counter()
    _asked.set([0])


def _count(*_of_the_statement: Any) -> None:
    if (asked := _asked.get(None)) is not None:
        asked[0] += 1


def _end(response: Response) -> Response:
    if request.endpoint in QUIET and response.status_code < 400:
        return response
    note(
        "page",
        id=incident(),
        page=request.endpoint or "unknown",
        method=request.method if request.method.isalpha() else "other",
        status=response.status_code,
        ms=round((time.perf_counter() - g.get("begun", time.perf_counter())) * 1000),
        statements=_asked.get()[0],
        user=g.get("user_id"),
        link=getattr(g.get("visitor"), "link_id", None),
    )
    return response


def _once(record: logging.LogRecord) -> bool:
    """APScheduler tells of every job that ran; our own line says more."""
    return record.levelno >= logging.WARNING or record.name.startswith("tracker")


def _facts_of(record: logging.LogRecord) -> dict[str, Any]:
    facts: dict[str, Any] = {"at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")}
    ours: Mapping[str, Any] | None = getattr(record, "facts", None)
    facts["what"] = record.getMessage()[:LONGEST_TEXT] if ours is not None else "message"
    if record.levelno >= logging.WARNING:
        facts["level"] = record.levelname.lower()
    if ours is None:
        facts |= {"from": record.name, "text": record.getMessage()[:LONGEST_TEXT]}
    facts |= {name: value for name, value in (ours or {}).items() if value is not None}
    if record.exc_info and record.exc_info[1] is not None:
        facts |= _told(record.exc_info[1], record.exc_info[2])
    return facts


def _told(wrong: BaseException, where: TracebackType | None) -> dict[str, Any]:
    """The kind of a fault, the database's own code for it, and where it passed, the innermost place last."""
    told: dict[str, Any] = {"fault": type(wrong).__name__}
    inner = getattr(wrong, "orig", None) or wrong
    code = getattr(inner, "sqlstate", None) or getattr(inner, "sqlite_errorname", None)
    if code:
        told["code"] = str(code)
    ours, last = [], ""
    while where is not None:
        frame = where.tb_frame.f_code
        last = f"{_short(frame.co_filename)}:{where.tb_lineno} {frame.co_name}"
        ours += [last] if _is_ours(frame.co_filename) else []
        where = where.tb_next
    return {**told, "where": list(dict.fromkeys([*ours[-MOST_PLACES:], last]))}


def _is_ours(path: str) -> bool:
    return path.startswith((f"{ROOT}/tracker/", f"{ROOT}/tests/"))


def _short(path: str) -> str:
    inside = Path(path)
    return inside.relative_to(ROOT).as_posix() if _is_ours(path) else "/".join(inside.parts[-2:])


class _Json(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return json.dumps(_facts_of(record), ensure_ascii=True, default=str)


class _Text(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        facts = _facts_of(record)
        head = f"{facts.pop('at')} {_plain(facts.pop('what'))}"
        return " ".join([head, *(f"{name}={_plain(value)}" for name, value in facts.items())])


def _plain(value: Any) -> str:
    """A word as it is, anything else as JSON writes it."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=True, default=str)
    return text if text.isascii() and text.isprintable() and " " not in text else json.dumps(text, ensure_ascii=True)
