"""What is held about a person is erased, as far as the law allows it.

个人信息保护法 第四十七条: whoever keeps personal data erases it, of himself or when asked, when the purpose is reached
or it is no longer needed; where a law asks that it is kept, it is kept safe and nothing else is done with it. Kept
therefore: suggestions with the names of those who signed them, replies, ratings and the history (代表法, 档案法).
Erased: how a person is reached, from where, and letters to him. 第四十五条: what is held is shown to him.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from tracker.actor import Actor
from tracker.audit.actions import trace
from tracker.database import db
from tracker.enciphered import PartlyEnciphered, is_enciphered, locked, opened
from tracker.errors import N_, RuleBroken
from tracker.people.models import User
from tracker.privacy import queries
from tracker.privacy.columns import CLASSES, columns
from tracker.privacy.models import Erasure
from tracker.privacy.queries import Person, Place, Who
from tracker.privacy.rules import without

DELETED = ("attempt", "password_wish", "trace_aside")  # rows that are nothing but that


def ask(
    person: Person,
    congress_id: int,
    reason: str,
    notes: list[Any],
    *,
    two_steps: bool,
    by: Actor,
    on: date,
    at: datetime,
) -> Erasure:
    """Ask that a person's data be erased; it is done at once where one step suffices.

    `notes`: the texts named to go with it, as [table, column, numbers of the row].

    :raises RuleBroken: nobody says why, the person still holds the office, it was asked already, a text is no note, or
        a telephone cannot be deciphered.
    """
    if not reason.strip():
        raise RuleBroken(N_("Say why it is erased, and who asked for it."))
    if person.is_present:
        raise RuleBroken(
            N_(
                "%(name)s is still in office or has access: how to reach a person is needed until then. Amend the card."
            ),
            name=person.name,
        )
    if queries.open_erasure(person, congress_id) is not None:
        raise RuleBroken(N_("This was asked already and waits to be confirmed."))
    if any(CLASSES.get((table, column)) != "note" for table, column, _row in notes):
        raise RuleBroken(N_("Only words written down in passing can be named."))
    made = Erasure(
        congress_id=congress_id, kind=str(person.kind), person_id=person.id, reason=reason.strip(), notes=notes,
        asked_on=on, asked_by=by.name, asked_by_id=by.id or 0,
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    trace("erasure_asked", by, at=at, erasure=made.id, **{str(person.kind): person.id})
    if not two_steps:
        _carry_out(made, person, by=by, on=on, at=at)
    return made


def confirm(made: Erasure, person: Person, *, by: Actor, on: date, at: datetime) -> None:
    """A second person confirms it, and it is done.

    :raises RuleBroken: it is the same person, the one whose data it is has come back meanwhile, or a telephone cannot
        be deciphered.
    """
    if made.asked_by_id == by.id:
        raise RuleBroken(N_("Who asked for it does not confirm it: a second person does."))
    if person.is_present:
        raise RuleBroken(N_("%(name)s is in office again."), name=person.name)
    _carry_out(made, person, by=by, on=on, at=at)


def drop(made: Erasure, *, by: Actor, on: date, at: datetime) -> None:
    """Nothing is erased after all."""
    made.dropped_on, made.dropped_by = on, by.name
    trace("erasure_dropped", by, at=at, erasure=made.id)


def _carry_out(made: Erasure, person: Person, *, by: Actor, on: date, at: datetime) -> None:
    if not person.is_read:
        raise RuleBroken(
            N_("A telephone of %(name)s cannot be deciphered, so it would not be found elsewhere. Bring back its key."),
            name=person.name,
        )
    if db.engine.dialect.name == "sqlite":  # what is deleted is overwritten in the file, not only let go
        db.session.execute(sa.text("pragma secure_delete=on"))
    counts: dict[str, int] = {}
    while found := [one for one in queries.places(person, named=False) if _goes(one)]:
        done = {f"{one.table}.{one.column}": sum(_erase(one, row, person) for row in one.rows) for one in found}
        if not any(done.values()):
            break
        counts = {name: counts.get(name, 0) + done.get(name, 0) for name in {*counts, *done}}
    for table, column, row in made.notes:
        counts[f"{table}.{column}"] = counts.get(f"{table}.{column}", 0) + _blank(columns()[table, column], tuple(row))
    if users := person.ids.get(Who.USER, ()):
        db.session.execute(sa.update(User).where(User.id.in_(users)).values(password_hash=None))
    made.counts, made.done_on, made.done_by = {name: n for name, n in sorted(counts.items()) if n}, on, by.name
    db.session.flush()
    db.session.expire_all()
    facts = {"erasure": made.id, str(person.kind): person.id, "rows": sum(made.counts.values())}
    trace("personal_erased", by, at=at, **facts)


def _goes(one: Place) -> bool:
    return one.kind in ("contact", "network", "letter") or (one.kind == "copy" and not one.is_own)


def _erase(place: Place, row: tuple[int, ...], person: Person) -> int:
    """Erase one place; answers whether anything changed."""
    column: Any = columns()[place.table, place.column]
    if place.is_own or place.table in DELETED:
        return _blank(column, row)
    this = queries.this_row(column.table, row)
    was = opened(column, row, db.session.scalar(sa.select(column).where(this)))
    now = without(was, person.values)
    if now != was:
        kept = locked(column, row, now) if is_enciphered(column) else now
        db.session.execute(sa.update(column.table).where(this).values({column.name: kept}))
    return int(now != was)


def _blank(column: Any, row: tuple[int, ...]) -> int:
    this, table = queries.this_row(column.table, row), column.table
    if table.name in DELETED:
        db.session.execute(sa.delete(table).where(this))
        return 1
    empty: Any = None if column.nullable else {} if isinstance(column.type, sa.JSON | PartlyEnciphered) else ""
    if (table.name, column.name) == ("user", "email"):  # accounts are told apart by it
        empty = f"erased-{row[0]}@invalid"
        if db.session.scalar(sa.select(column).where(this)) == empty:
            return 0
    db.session.execute(sa.update(table).where(this).values({column.name: empty}))
    return 1
