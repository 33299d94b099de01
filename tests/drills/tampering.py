"""Somebody with the database's own rights alters the trail: each way, on a sealed chain of both tables."""

from __future__ import annotations

import io
import random
from collections.abc import Callable
from contextlib import redirect_stdout
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import sqlalchemy as sa

from tests import makers
from tracker import clock
from tracker.actor import Actor
from tracker.audit import actions, export, verify
from tracker.audit.models import Seal, Trace
from tracker.database import Base, db

TRIGGERS = {
    "sqlite": ("drop trigger {table}_refuse_update", "drop trigger {table}_refuse_delete"),
    "postgresql": ("drop trigger {table}_refuse on {table}",),
}
EDITED = {"entry": ("actor_name", "move", "on_behalf_of"), "trace": ("actor_name", "act", "actor_kind")}
Bad = tuple[str, int]


def let_alter(table: str) -> None:
    """What an intruder with the database's own rights does first; undone with the transaction."""
    for statement in TRIGGERS[db.engine.dialect.name]:
        db.session.execute(sa.text(statement.format(table=table)))


def sealed_chain(seals: int = 4, rows: int = 6) -> None:
    """A case with its history, and traces with gaps between their numbers, sealed in several batches."""
    with clock.at(makers.HANDED_OVER_ON):
        makers.a_case()
        at = clock.now()
    number = (db.session.scalar(sa.select(sa.func.max(Trace.id))) or 0) + 2
    for night in range(seals):
        for place in range(rows):
            moment, who = at + timedelta(hours=night, seconds=place), Actor("user", place + 1, f"某{number}")
            db.session.add(Trace(id=number, at=moment, act="tried", actor_kind=who.kind, actor_id=who.id,
                                 actor_name=who.name, facts={"number": number}))  # fmt: skip
            number += 2
        db.session.flush()
        actions.seal(at=at + timedelta(days=night + 1))
    if db.engine.dialect.name == "postgresql":  # it counted none of the numbers given here
        db.session.execute(sa.text(f"select setval('trace_id_seq', {number})"))
    db.session.commit()


def numbers(table: str) -> list[int]:
    column = Base.metadata.tables[table].c.id
    return list(db.session.scalars(sa.select(column).order_by(column)))


def edit(chance: random.Random) -> Bad:
    table = chance.choice(verify.TABLES)
    row, column = chance.choice(numbers(table)), chance.choice(EDITED[table])
    db.session.execute(sa.text(f"update {table} set {column} = 'other' where id = {row}"))
    return table, row


def edit_facts(chance: random.Random) -> Bad:
    table = chance.choice(verify.TABLES)
    row, column = chance.choice(numbers(table)), Base.metadata.tables[table].c
    db.session.execute(sa.update(Base.metadata.tables[table]).where(column.id == row).values(facts={"is": "other"}))
    return table, row


def delete(chance: random.Random) -> Bad:
    table = chance.choice(verify.TABLES)
    row = chance.choice(numbers(table))
    db.session.execute(sa.text(f"delete from {table} where id = {row}"))
    return table, row


def insert(chance: random.Random) -> Bad:
    there = set(numbers("trace"))
    between = chance.choice([one + 1 for one in sorted(there) if one + 2 in there and one + 1 not in there])
    db.session.add(Trace(id=between, at=clock.now(), act="tried", actor_kind="user", actor_name="某", facts={}))
    db.session.flush()
    return "trace", between


def swap(chance: random.Random) -> Bad:
    first, second = sorted(chance.sample(numbers("trace"), 2))
    for was, now in ((first, -1), (second, first), (-1, second)):
        db.session.execute(sa.text(f"update trace set id = {now} where id = {was}"))
    return "trace", first


def cut_rows(chance: random.Random) -> Bad:
    """The newest rows go, the seals stay."""
    row = chance.choice(numbers("trace")[-8:])
    db.session.execute(sa.text(f"delete from trace where id >= {row}"))
    return "trace", row


def cut_all(chance: random.Random) -> None:
    """The newest rows go together with their seals: what is left fits."""
    for _count in range(chance.randint(1, 2)):
        last = db.session.scalars(sa.select(Seal).order_by(Seal.id.desc()).limit(1)).one()
        db.session.execute(sa.text(f"delete from {last.table_name} where id >= {last.first_id}"))
        db.session.execute(sa.text(f"delete from seal where id = {last.id}"))
        db.session.expire_all()


def rebuild(chance: random.Random) -> None:
    """A row is altered and the whole chain made anew by our own program."""
    edit(chance)
    db.session.execute(sa.text("delete from seal"))
    db.session.expire_all()
    actions.seal(at=clock.now())


NAMED: dict[str, Callable[[random.Random], Bad]] = {
    one.__name__: one for one in (edit, edit_facts, delete, insert, swap, cut_rows)
}
ANCHORED: dict[str, Callable[[random.Random], None]] = {one.__name__: one for one in (cut_all, rebuild)}


def attacked(way: str, chance: random.Random) -> str:
    """One attack, looked at by `check` and by the verifier of an export, and undone; "" if both name what was done."""
    anchor = db.session.scalar(sa.select(Seal.digest).order_by(Seal.id.desc()).limit(1))
    for table in (*verify.TABLES, "seal"):
        let_alter(table)
    try:
        if way in NAMED:
            table, row = NAMED[way](chance)
            found, said = actions.broken_seals(), checked(anchor)
            first = next(((one["table"], one["row"]) for one in found if one["table"] == table), None)
            fits = first == (table, row) and f"BAD {table}, row {row}, " in said
        else:
            ANCHORED[way](chance)
            found, said = actions.broken_seals(), checked(anchor)
            fits = found == [] and f"BAD anchor {anchor}" in said
        return "" if fits else f"{way}: {found} {said}"
    finally:
        db.session.rollback()


def checked(anchor: Any = None) -> str:
    """What the verifier says of an export made now."""
    with TemporaryDirectory() as folder:
        file = Path(folder, "trail.zip")
        with file.open("wb") as target:
            export.write(target, facts=True)
        with redirect_stdout(io.StringIO()) as said:
            code = verify.main([str(file), *(["--anchor", anchor] if anchor else [])])
    assert code == (1 if "BAD" in said.getvalue() else 0)
    return said.getvalue()
