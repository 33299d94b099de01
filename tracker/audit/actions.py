"""Leaving a trace, and sealing what was written."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from tracker.actor import SYSTEM, Actor
from tracker.audit.models import Seal, Trace
from tracker.database import Base, db

SEALED = ("entry", "trace")
BATCH = 5_000
BEGINNING = "0" * 64


def trace(act: str, by: Actor | None, *, at: datetime, **facts: Any) -> None:
    """Write down an act, in the transaction of the act itself."""
    who = by or SYSTEM
    db.session.add(
        Trace(at=at, act=act, actor_kind=who.kind, actor_id=who.id, actor_name=who.name if by else "—", facts=facts)
    )


def seal(*, at: datetime) -> int:
    """Seal all rows not yet sealed, in batches; answers how many rows were sealed.

    Nothing is sealed while somebody writes history (PostgreSQL): the next time seals it too.
    """
    sealed = 0
    if not nobody_writes(*SEALED):
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
        db.session.execute(sa.text(f"lock table {', '.join(tables)} in share mode"))
    except sa.exc.OperationalError:
        attempt.rollback()
        return False
    db.session.execute(sa.text("set local lock_timeout to default"))
    attempt.commit()
    return True


def broken_seals() -> list[dict[str, Any]]:
    """The first seal of each table that no longer fits its rows or its predecessor."""
    found = []
    for name in SEALED:
        previous, next_id = BEGINNING, 0
        for one in db.session.scalars(sa.select(Seal).where(Seal.table_name == name).order_by(Seal.id)):
            rows = _rows(name, one.first_id, one.last_id)
            fits = one.previous == previous and one.first_id > next_id and len(rows) == one.rows
            if not fits or _digest(previous, rows) != one.digest:
                found.append({"table": name, "seal": one.id, "first_id": one.first_id, "last_id": one.last_id})
                break
            previous, next_id = one.digest, one.last_id
    return found


def _seal_next(name: str, at: datetime) -> int:
    last = db.session.scalar(sa.select(Seal).where(Seal.table_name == name).order_by(Seal.id.desc()).limit(1))
    after = last.last_id if last else 0
    table = Base.metadata.tables[name]
    ids = list(db.session.scalars(sa.select(table.c.id).where(table.c.id > after).order_by(table.c.id).limit(BATCH)))
    if not ids:
        return 0
    previous = last.digest if last else BEGINNING
    rows = _rows(name, ids[0], ids[-1])
    db.session.add(
        Seal(
            sealed_at=at,
            table_name=name,
            first_id=ids[0],
            last_id=ids[-1],
            rows=len(rows),
            digest=_digest(previous, rows),
            previous=previous,
        )
    )
    db.session.flush()
    return len(rows)


def _rows(name: str, first_id: int, last_id: int) -> list[dict[str, Any]]:
    table = Base.metadata.tables[name]
    wanted = sa.select(table).where(table.c.id.between(first_id, last_id)).order_by(table.c.id)
    return [dict(row) for row in db.session.execute(wanted).mappings()]


def _digest(previous: str, rows: list[dict[str, Any]]) -> str:
    chain = hashlib.sha256(previous.encode())
    for row in rows:
        chain.update(json.dumps(row, default=str, sort_keys=True, ensure_ascii=False).encode())
    return chain.hexdigest()
