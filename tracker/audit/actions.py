"""Leaving a trace, and sealing what was written."""

from __future__ import annotations

import re
import secrets
from datetime import datetime
from itertools import islice
from typing import Any

import sqlalchemy as sa

from tracker.actor import SYSTEM, Actor
from tracker.audit import chain, verify, whole
from tracker.audit.models import Aside, Seal, Trace, digest_of
from tracker.database import db

SEALED = verify.TABLES
BATCH = 1_000
FORM = 2
# What of an act is personal and may have to be erased: the chain holds its digest, the word itself lies aside.
_UNTAME = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
ASIDE = ("source", "account", "address", "agent", "words")


def trace(act: str, by: Actor | None, *, at: datetime, **facts: Any) -> Trace:
    """Write down an act, in the transaction of the act itself."""
    who = by or SYSTEM
    aside = [_aside(name, str(facts[name])) for name in ASIDE if facts.get(name)]
    kept = tame({**facts, **{one.name: digest_of(one.salt, one.value) for one in aside}})
    name = tame(who.name) if by else "—"
    made = Trace(at=at, act=act, actor_kind=who.kind, actor_id=who.id, actor_name=name, facts=kept, aside=aside)
    db.session.add(made)
    return made


def tame(said: Any) -> Any:
    """Line ends, control signs and signs of direction are written out, so that no line of the trail looks like two."""
    if isinstance(said, str):
        return _UNTAME.sub(lambda found: f"\\u{ord(found[0]):04x}", said)
    if isinstance(said, dict):
        return {name: tame(value) for name, value in said.items()}
    return [tame(value) for value in said] if isinstance(said, list | tuple) else said


def erase_aside(which: sa.ColumnElement[bool]) -> int:
    """Forget what lies aside; the traces stay, and say that something was there. Answers how many words went."""
    gone = db.session.execute(sa.delete(Aside).where(which).execution_options(synchronize_session=False))
    return gone.rowcount  # type: ignore[attr-defined]


def seal(*, at: datetime) -> int:
    """Seal all rows not yet sealed, in batches; answers how many rows were sealed.

    Nothing is sealed while somebody writes history (PostgreSQL): the next time seals it too.
    """
    sealed = 0
    if not nobody_writes(*SEALED, "seal"):
        return sealed
    for name in SEALED:
        while rows := _seal_next(name, at):
            sealed += rows
    return sealed


def nobody_writes(*tables: str) -> bool:
    """Whether no row of these tables is half written, and none will be before this transaction ends.

    PostgreSQL numbers a row before others see it: sealing past one still being written would leave it out for ever.
    We give up before PostgreSQL looks for deadlocks (1 s), so that no writer is ever sent away. SQLite has one writer.
    """
    if db.engine.dialect.name != "postgresql":
        return True
    attempt = db.session.begin_nested()
    try:
        db.session.execute(sa.text("set local lock_timeout = '900ms'"))
        db.session.execute(sa.text(f"lock table {', '.join(tables)} in share row exclusive mode"))
    except sa.exc.OperationalError:
        attempt.rollback()
        return False
    db.session.execute(sa.text("set local lock_timeout to default"))
    attempt.commit()
    return True


def broken_seals() -> list[dict[str, Any]]:
    """What of each table no longer fits its seals: the first bad row (0: not known) of the seal's rows, and how."""
    found = []
    for one in whole.faults():
        row, how = one["fault"]
        span = {"first_id": one["first_id"], "last_id": one["last_id"]}
        found.append({"table": one["table"], "seal": one["id"], "row": row, "how": how, **span})
    return found


def _aside(name: str, value: str) -> Aside:
    return Aside(name=name, value=tame(value), salt=secrets.token_hex(16))


def _seal_next(name: str, at: datetime) -> int:
    after = db.session.scalar(sa.select(sa.func.max(Seal.last_id)).where(Seal.table_name == name)) or 0
    rows = list(islice(chain.rows(name, after + 1), BATCH))
    if not rows:
        return 0
    span = {"first_id": rows[0]["id"], "last_id": rows[-1]["id"], "rows": len(rows)}
    marks = " ".join(f"{row['id']}:{verify.mark(row)}" for row in rows)
    made = Seal(sealed_at=at, table_name=name, **span, form=FORM, marks=marks, previous=_previous())
    made.digest = verify.digest(verify.canonical(chain.sealed(made)))
    db.session.add(made)
    db.session.flush()
    return len(rows)


def _previous() -> str:
    """The digest of the newest seal; where form 2 begins, that of the newest of each table together."""
    newest = db.session.scalar(sa.select(Seal).order_by(Seal.id.desc()).limit(1))
    if newest is not None and newest.form == FORM:
        return newest.digest
    ends = (sa.select(Seal.digest).where(Seal.table_name == name).order_by(Seal.id.desc()).limit(1) for name in SEALED)
    return verify.digest(" ".join(db.session.scalar(one) or verify.NOTHING for one in ends))
