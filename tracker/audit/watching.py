"""Every form that changes something leaves a line: where the act itself wrote none, one is written for it.

Looked at when the transaction ends, so the line is in it or nothing is; whoever adds a page need not think of it.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from flask import g, has_request_context, request
from sqlalchemy.orm import ORMExecuteState, Session, SessionTransaction

from tracker import clock
from tracker.audit.actions import trace
from tracker.database import db
from tracker.entities import TOUCHED

LINES = {"entry", "trace"}
# What is no act by itself, with the reason.
QUIET = {
    "attempt": "a try to sign in, told by its own trace",
    "recovery_code": "used up at the door, told by the trace of the sign-in; new ones are told by their own",
    "press": "the token of a form",
    "network_seen": "noted beside an act",
    "draft": "nobody has handed it in yet; handing in, and throwing away, are told",
    "draft_file": "as the draft",
    "file": "a file by itself belongs to nothing",
    "trace_aside": "part of a trace",
}
_TOUCHED = "tables touched"
_BEFORE = "tables touched before a savepoint"


def ids_asked() -> dict[str, Any]:
    """The numbers in the address of this page; never its secrets."""
    return {name: value for name, value in (request.view_args or {}).items() if isinstance(value, int)}


def _touched(session: Session) -> set[str]:
    found: set[str] = session.info.setdefault(_TOUCHED, set())
    return found


def _is_form() -> bool:
    """Jobs, commands and the demo write their own lines, and much else: they are not looked at."""
    return has_request_context() and request.method == "POST" and bool(request.endpoint)


def _flushed(session: Session, _context: Any) -> None:
    if not _is_form():
        return
    changed = (*session.new, *session.deleted, *(one for one in session.dirty if session.is_modified(one)))
    _touched(session).update(one.__table__.name for one in changed)


def _put(session: Session, table: str) -> None:
    _touched(session).add(table)


def _executed(state: ORMExecuteState) -> None:
    if (state.is_insert or state.is_update or state.is_delete) and _is_form():
        table = getattr(state.statement, "table", None)
        _touched(state.session).add(getattr(table, "name", "?"))


def _ending(session: Session) -> None:
    if not _is_form():
        return
    session.flush()
    touched = _touched(session)
    if touched & LINES or not touched - set(QUIET):
        return
    who = g.get("visitor")
    facts = {"page": request.endpoint, "tables": sorted(touched - set(QUIET)), **ids_asked()}
    trace("form_sent", who.actor() if who else None, at=clock.now(), **facts)


def _savepoint(session: Session, transaction: SessionTransaction) -> None:
    if transaction.nested and _is_form():
        session.info.setdefault(_BEFORE, {})[transaction] = set(_touched(session))


def _taken_back(session: Session, transaction: SessionTransaction) -> None:
    """What was tried behind a savepoint has not happened."""
    if transaction.nested and _is_form():
        session.info[_TOUCHED] = session.info.get(_BEFORE, {}).pop(transaction, set())


def _over(session: Session) -> None:
    session.info.pop(_TOUCHED, None)
    session.info.pop(_BEFORE, None)


TOUCHED.append(_put)
_listen: Any = sa.event.listen
_listen(db.session, "after_flush", _flushed)
_listen(db.session, "do_orm_execute", _executed)
_listen(db.session, "before_commit", _ending)
_listen(db.session, "after_transaction_create", _savepoint)
_listen(db.session, "after_soft_rollback", _taken_back)
_listen(db.session, "after_commit", _over)
_listen(db.session, "after_rollback", _over)
