"""Whose data is asked for, and every place where it is held."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import islice
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from tracker.audit.models import Aside, Trace
from tracker.cipher import FORM
from tracker.contact_facts import digits_of
from tracker.database import db, streamed
from tracker.enciphered import UNREADABLE, is_enciphered, opened
from tracker.errors import NotFound
from tracker.feedback.models import Rating
from tracker.mail.models import Letter, LetterState
from tracker.people.models import User
from tracker.people.rules import account_key
from tracker.privacy.columns import CLASSES, columns
from tracker.privacy.models import Erasure
from tracker.privacy.rules import SHORTEST, holds, roughly, telling
from tracker.structure.cards import cards
from tracker.structure.models import Deputy, Officer
from tracker.suggestion.models import Suggestion

MOST_ROWS = 200
MOST_FOUND = 50
AT_ONCE = 1_000
NAMING = ("note", "copy", "name", "record")  # in what people wrote, his name is looked for too
ON_THE_WAY = (LetterState.WAITING, LetterState.SENDING)


class Who(StrEnum):
    DEPUTY = "deputy"
    OFFICER = "officer"
    USER = "user"


MODELS: dict[Who, Any] = {Who.DEPUTY: Deputy, Who.OFFICER: Officer, Who.USER: User}


@dataclass(frozen=True)
class Person:
    """A deputy with all his cards and accounts, an officer, or an account; `values` are what reaches the person."""

    kind: Who
    id: int
    name: str
    is_present: bool
    values: tuple[str, ...]
    ids: dict[Who, tuple[int, ...]] = field(default_factory=dict)
    emails: tuple[str, ...] = ()
    is_read: bool = True  # every telephone of his could be deciphered

    @property
    def keys(self) -> list[str]:
        """The person as letters name him."""
        return [f"{kind}:{number}" for kind, numbers in self.ids.items() for number in numbers]


@dataclass(frozen=True)
class Place:
    """A column in which something is held; `rows` are the numbers of rows, up to MOST_ROWS of them."""

    table: str
    column: str
    kind: str
    rows: tuple[tuple[int, ...], ...]
    is_own: bool  # rows about this person; otherwise rows in which something of him was found


def people_found(congress_id: int, typed: str) -> list[tuple[Who, int, str, bool]]:
    """Deputies, officers and accounts by name, telephone, mail or number of the card."""
    found: list[tuple[Who, int, str, bool]] = []
    for kind, model in MODELS.items():
        names = [model.name, model.email, *([model.card_number] if model is Deputy else [])]
        by_phone = _by_phone(model, congress_id, typed) if model is not User else []
        said = sa.or_(*(name.icontains(typed, autoescape=True) for name in names), model.id.in_(by_phone))
        wanted = sa.select(model).where(model.congress_id == congress_id, said)
        for one in db.session.scalars(wanted.order_by(model.name, model.id).limit(MOST_FOUND)):
            found.append((kind, one.id, one.name, _present(one)))
    return found


def _by_phone(model: Any, congress_id: int, typed: str) -> list[int]:
    """Whose telephone holds what was typed: each is opened and looked at, as none can be searched where it stands."""
    if not any(one.isdigit() for one in typed):
        return []
    column, digits = model.__table__.c.phone, digits_of(typed)
    looked_for = digits if len(digits) >= SHORTEST else ""
    wanted = sa.select(model.id, column).where(model.congress_id == congress_id, column != "")
    phones = ((number, opened(column, (number,), kept)) for number, kept in db.session.execute(wanted))
    return [number for number, phone in phones if typed in phone or (looked_for and looked_for in digits_of(phone))]


def get_person(kind: Who, person_id: int, congress_id: int | None) -> Person:
    """:raises NotFound: there is none in this congress."""
    one = db.session.get(MODELS[kind], person_id)
    if one is None or one.congress_id != congress_id:
        raise NotFound
    rows = list(cards(one)) if kind is Who.DEPUTY else [one]
    ids: dict[Who, tuple[int, ...]] = {kind: tuple(row.id for row in rows)}
    accounts: list[User] = []
    if kind is Who.DEPUTY:
        wanted = sa.select(User).where(User.deputy_id.in_(ids[kind])).order_by(User.id)
        accounts = list(db.session.scalars(wanted))
        ids[Who.USER] = tuple(user.id for user in accounts)
    values = [getattr(row, name, None) for row in (*rows, *accounts) for name in ("email", "phone", "address")]
    present = any(_present(row) for row in (*rows, *accounts))
    emails = tuple(row.email for row in (*rows, *accounts) if row.email)
    known = telling(value for value in values if value != UNREADABLE)
    return Person(kind, person_id, one.name, present, known, ids, emails, is_read=UNREADABLE not in values)


def places(person: Person, *, named: bool = True) -> list[Place]:
    """Everywhere something of this person is held: his own rows, and rows in which his name or contacts are found.

    Not `named`: rows that say his name alone are left out, so that they take no place of those that reach him.
    """
    found, own = [], own_rows(person)
    for (table, name), column in columns().items():
        kind = CLASSES[table, name]
        if kind in ("word", "secret") or isinstance(column.type, sa.LargeBinary):
            continue
        mine = own.get(table) if kind in ("contact", "network", "letter") else None
        if mine is not None and (rows := _rows(column, sa.and_(mine, _is_full(column)))):
            found.append(Place(table, name, kind, rows, True))
        not_mine = sa.true() if mine is None else sa.not_(mine)
        values = [*person.values, *([person.name] if named and kind in NAMING else [])]
        rows = tuple(islice(_saying(column, not_mine, values), MOST_ROWS)) if values else ()
        if rows:
            found.append(Place(table, name, kind, rows, False))
    return found


def own_rows(person: Person) -> dict[str, sa.ColumnElement[bool]]:
    """Which rows are about this person and nobody else."""
    t = Letter.metadata.tables
    deputies, users = person.ids.get(Who.DEPUTY, ()), person.ids.get(Who.USER, ())
    led = sa.select(Suggestion.id).where(Suggestion.lead_deputy_id.in_(deputies))
    rated = sa.select(Rating.id).where(Rating.deputy_id.in_(deputies))
    acted = sa.select(Trace.id).where(Trace.actor_kind == "user", Trace.actor_id.in_(users))
    keys = [account_key(email) for email in person.emails]
    other = aliased(Aside)  # the address of a try that was refused lies beside the account it was for
    refused = sa.select(other.trace_id).where(other.name == "account", other.value.in_(keys))
    return {
        "deputy": t["deputy"].c.id.in_(deputies),
        "officer": t["officer"].c.id.in_(person.ids.get(Who.OFFICER, ())),
        "user": t["user"].c.id.in_(users),
        "sheet": t["sheet"].c.suggestion_id.in_(led),
        "rating_network": t["rating_network"].c.rating_id.in_(rated),
        "letter": sa.and_(t["letter"].c.person_key.in_(person.keys), t["letter"].c.state.not_in(ON_THE_WAY)),
        "sign_in": t["sign_in"].c.user_id.in_(users),
        "attempt": t["attempt"].c.key.in_(keys),
        "password_wish": t["password_wish"].c.email.in_(person.emails),
        "trace_aside": sa.or_(Aside.trace_id.in_(acted), Aside.trace_id.in_(refused)),
    }


def erasures(congress_id: int | None) -> list[Erasure]:
    """The newest first."""
    wanted = sa.select(Erasure).where(Erasure.congress_id == congress_id).order_by(Erasure.id.desc())
    return list(db.session.scalars(wanted.limit(MOST_FOUND)))


def open_erasure(person: Person, congress_id: int | None) -> Erasure | None:
    """The erasing of this person's data that waits to be confirmed."""
    mine = (Erasure.kind == person.kind, Erasure.person_id == person.id, Erasure.congress_id == congress_id)
    wanted = sa.select(Erasure).where(*mine, Erasure.done_on.is_(None), Erasure.dropped_on.is_(None))
    return db.session.scalars(wanted).first()


def get_erasure(erasure_id: int, congress_id: int | None) -> Erasure:
    """:raises NotFound: there is none in this congress, or it waits no more."""
    found = db.session.get(Erasure, erasure_id, with_for_update=True)
    if found is None or found.congress_id != congress_id or found.done_on or found.dropped_on:
        raise NotFound
    return found


def text_of(table: str, column: str, row: tuple[int, ...]) -> str:
    """What stands there now, for whoever decides whether it goes."""
    found: Any = columns()[table, column]
    return str(opened(found, row, db.session.scalar(sa.select(found).where(this_row(found.table, row)))) or "")


def this_row(table: Any, row: tuple[int, ...]) -> sa.ColumnElement[bool]:
    return sa.and_(*(column == number for column, number in zip(table.primary_key.columns, row, strict=True)))


def _present(one: Any) -> bool:
    return one.disabled_at is None if isinstance(one, User) else bool(one.active)


def _saying(column: Any, which: Any, values: list[str]) -> Iterator[tuple[int, ...]]:
    """The rows in whose texts, locked ones opened, one of the values stands, however it is written."""
    keys, text = list(column.table.primary_key.columns), sa.cast(column, sa.Text)
    said: list[sa.ColumnElement[bool]]
    said = [text.ilike(pattern, escape="/") for value in values for pattern in roughly(value)]
    if is_enciphered(column):
        said.append(text.contains(FORM))
    sent = Letter.state.not_in(ON_THE_WAY) if column.table.name == "letter" else sa.true()
    wanted = sa.select(*keys, column).where(which, sent, sa.or_(*said)).order_by(*keys)
    with streamed(wanted, AT_ONCE) as found:
        for *row, kept in found:
            if holds(opened(column, row, kept) if is_enciphered(column) else kept, values):
                yield tuple(row)


def _rows(column: Any, which: Any) -> tuple[tuple[int, ...], ...]:
    keys = list(column.table.primary_key.columns)
    found = db.session.execute(sa.select(*keys).where(which).order_by(*keys).limit(MOST_ROWS))
    return tuple(tuple(row) for row in found)


def _is_full(column: Any) -> sa.ColumnElement[bool]:
    return sa.and_(column.is_not(None), sa.cast(column, sa.Text).not_in(("", "{}", "[]")))
