"""Whether some rows are as they were sealed, without reading all others: each is compared with the mark in its seal."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import undefer

from tracker.audit import chain, verify
from tracker.audit.models import Seal
from tracker.database import Base, db


@dataclass
class Checked:
    """What became of the rows asked for: how many fit their seal, which do not, which wait for the coming night."""

    sound: int = 0
    bad: list[int] = field(default_factory=list)
    waiting: int = 0
    last_sealed_at: datetime | None = None


def check(name: str, ids: Collection[int]) -> Checked:
    """Compare these rows of `entry` or `trace` with their seals, and those seals with the ones before them.

    The whole chain is for `check` and for who takes it away (docs/trail.md); this is one item's part of it.
    """
    found, left = Checked(), set(ids)
    for seal_id, first_id, last_id, sealed_at in _seals_of(name, ids):
        own = sorted(one for one in left if first_id <= one <= last_id)
        if not own:
            continue
        left -= set(own)
        bad = _bad(seal_id, own)
        found.bad += bad
        found.sound += len(own) - len(bad)
        found.last_sealed_at = max(found.last_sealed_at or sealed_at, sealed_at)
    found.waiting = len(left)
    return found


def _seals_of(name: str, ids: Collection[int]) -> list[Any]:
    if not ids:
        return []
    wanted = sa.select(Seal.id, Seal.first_id, Seal.last_id, Seal.sealed_at).order_by(Seal.id)
    among = wanted.where(Seal.table_name == name, Seal.last_id >= min(ids), Seal.first_id <= max(ids))
    return list(db.session.execute(among))


def _bad(seal_id: int, own: list[int]) -> list[int]:
    """Of the rows in this seal those that do not fit it; all, where the seal itself does not hold."""
    seal = db.session.scalars(sa.select(Seal).where(Seal.id == seal_id).options(undefer(Seal.marks))).one()
    before = sa.select(Seal.digest, Seal.form).where(Seal.id < seal_id).order_by(Seal.id.desc()).limit(1)
    previous = db.session.execute(before).one_or_none()
    told = {**chain.sealed(seal), "digest": seal.digest}
    db.session.expunge(seal)
    if seal.form == 1:  # it hashes its rows together, and names none
        rows = list(chain.rows(seal.table_name, seal.first_id, seal.last_id))
        return own if verify.fault_of(told, rows) else []
    is_linked = previous is None or previous.form == 1 or previous.digest == seal.previous
    there = chain.some(seal.table_name, own)
    numbers = _numbers(seal)
    if not is_linked or _is_altered(told, numbers):
        return own
    marks = dict(pair.split(":") for pair in seal.marks.split())
    return [one for one in own if one not in there or verify.mark(there[one]) != marks.get(str(one))]


def _numbers(seal: Seal) -> set[int]:
    table = Base.metadata.tables[seal.table_name]
    return set(db.session.scalars(sa.select(table.c.id).where(table.c.id.between(seal.first_id, seal.last_id))))


def _is_altered(seal: dict[str, Any], numbers: set[int]) -> bool:
    """The seal itself was altered, or rows sealed with it are gone, or were put in between."""
    own = verify.digest(verify.canonical({name: seal[name] for name in verify.SEALED}))
    return own != seal["digest"] or numbers != {int(pair.partition(":")[0]) for pair in seal["marks"].split()}
