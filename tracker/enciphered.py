"""Columns whose values stand locked in the database, and are read and written in the open (decision 061).

A model names the stored column `phone_kept` and its readable value `phone = Opened("phone_kept")`. What is read through
the database alone is locked; only who asks for the readable value opens it, so a list that shows none opens none.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Generic, TypeVar, overload

import sqlalchemy as sa
from flask import current_app
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Session, UOWTransaction, attributes

from tracker import cipher
from tracker.cipher import Unreadable, is_locked
from tracker.contact_facts import could_be_a_number
from tracker.entities import WRITTEN

T = TypeVar("T")
UNREADABLE = "〔无法解密·unreadable〕"  # in both languages, as it stands in exports and printed forms too
_WAITING = "_values_to_lock"
# In a working copy: what stands under these names, and whatever holds a telephone or an identity number.
_NAMED = re.compile(r"phone|telephone|mobile|电话|手机|联系方式|身份证", re.IGNORECASE)
_FIELD = "phone"  # what was recognised in a document says beside it which field it is


class Enciphered(sa.types.TypeDecorator[str]):
    """A text that stands locked; `most` characters of the readable one. A readable one is refused at the last gate."""

    impl = sa.Text
    cache_ok = True

    def __init__(self, most: int) -> None:
        super().__init__()
        self.most = most

    def process_bind_param(self, value: str | None, dialect: Any) -> str | None:  # noqa: ARG002 - SQLAlchemy asks for it
        if value and not is_locked(value):
            raise ValueError("a readable value for a column that is enciphered")
        return value


class PartlyEnciphered(sa.types.TypeDecorator[Any]):
    """A working copy in JSON in which every text that holds a telephone or an identity number stands locked."""

    impl = sa.JSON
    cache_ok = True

    def load_dialect_impl(self, dialect: Any) -> Any:
        kind = JSONB if dialect.name == "postgresql" else sa.JSON
        return dialect.type_descriptor(kind(none_as_null=True))

    def process_bind_param(self, value: Any, dialect: Any) -> Any:  # noqa: ARG002 - SQLAlchemy asks for it
        if tells_openly(value):
            raise ValueError("a readable telephone for a column that is enciphered")
        return value


class Opened(Generic[T]):
    """The readable value of a stored column; asked of the class it is the stored column itself."""

    def __init__(self, stored: str) -> None:
        self.stored = stored

    @overload
    def __get__(self, one: None, owner: Any) -> Any: ...
    @overload
    def __get__(self, one: object, owner: Any) -> T: ...
    def __get__(self, one: Any, owner: Any) -> Any:
        if one is None:
            return getattr(owner, self.stored)
        waiting = one.__dict__.get(_WAITING, {})
        if self.stored in waiting:
            return waiting[self.stored]
        return opened(self._column(one), _row(one), getattr(one, self.stored))

    def __set__(self, one: Any, value: T) -> None:
        row, column = _row(one), self._column(one)
        one.__dict__.get(_WAITING, {}).pop(self.stored, None)
        if None in row and _must_be_locked(column, value):  # its number is not known before it is written
            one.__dict__.setdefault(_WAITING, {})[self.stored] = value
            setattr(one, self.stored, type(value)())
        elif self.stored not in attributes.instance_dict(one) or self.__get__(one, type(one)) != value:
            before = getattr(one, self.stored) if value == UNREADABLE else None
            setattr(one, self.stored, locked(column, row, value, before))

    def _column(self, one: Any) -> sa.Column[Any]:
        column: sa.Column[Any] = one.__mapper__.columns[self.stored]
        return column


def is_enciphered(column: Any) -> bool:
    """Whether this column holds locked values."""
    return isinstance(column.type, Enciphered | PartlyEnciphered)


def opened(column: sa.Column[Any], row: Sequence[Any], kept: Any) -> Any:
    """The readable value of what is stored in a row, named by its primary key; UNREADABLE where no key opens it."""
    return open_value(place_of(column.table.name, column.name, row), kept)


def open_value(place: str, kept: Any) -> Any:
    """A text, or every text of a working copy, opened if it is locked; UNREADABLE where no key opens it."""

    def open_text(text: str, _named: bool) -> str:
        if not is_locked(text):
            return text
        try:
            return our_keys().open(place, text)
        except Unreadable:
            return UNREADABLE

    return _each_text(kept, open_text)


def locked(column: sa.Column[Any], row: Sequence[Any], value: Any, before: Any = None) -> Any:
    """What is stored of a value in this row; `before` stays where a form only gives back that it cannot be read."""
    if value == UNREADABLE and is_locked(before):
        return before
    whole = isinstance(column.type, Enciphered)
    return lock_value(place_of(column.table.name, column.name, row), value, whole=whole)


def lock_value(place: str, value: Any, *, whole: bool) -> Any:
    """A text locked, or of a working copy every text in it that must be; what is empty stays as it is."""
    keys = our_keys()

    def lock(text: str, named: bool) -> str:
        return keys.lock(place, text) if whole or _is_telling(text, named) else text

    return _each_text(value, lock)


def our_keys() -> cipher.Keys:
    """The keys of this installation (settings CONTACT_KEY and CONTACT_KEY_FALLBACKS)."""
    config = current_app.config
    return cipher.keys(config["CONTACT_KEY"], tuple(config["CONTACT_KEY_FALLBACKS"]))


def place_of(table: str, column: str, row: Sequence[Any]) -> str:
    """What a value is bound to; a migration says it the same way."""
    return f"{table}.{column}.{'.'.join(map(str, row))}"


def _row(one: Any) -> tuple[Any, ...]:
    state = attributes.instance_state(one)
    return tuple(state.key[1] if state.key else one.__mapper__.primary_key_from_instance(one))


def _must_be_locked(column: Any, value: Any) -> bool:
    return bool(value) if isinstance(column.type, Enciphered) else bool(_telling(value))


def tells_openly(value: Any) -> bool:
    """Whether a working copy holds a telephone or an identity number that is not locked."""
    return not all(map(is_locked, _telling(value)))


def _telling(value: Any) -> list[str]:
    found: list[str] = []

    def keep(text: str, named: bool) -> str:
        if _is_telling(text, named):
            found.append(text)
        return text

    _each_text(value, keep)
    return found


def texts_in(value: Any) -> list[str]:
    """Every text in a value that is not empty."""
    found: list[str] = []

    def keep(text: str, _named: bool) -> str:
        found.append(text)
        return text

    _each_text(value, keep)
    return found


def _is_telling(text: str, named: bool) -> bool:
    """Also what somebody typed so that it looks locked: it would not open."""
    return named or is_locked(text) or could_be_a_number(text)


def _each_text(value: Any, do: Callable[[str, bool], str], named: bool = False) -> Any:
    """The same, with every text in it that is not empty done to; `named`: it stands under the name of a telephone."""
    if isinstance(value, str):
        return do(value, named) if value else value
    if isinstance(value, dict):
        return {name: _each_text(one, do, named or _NAMED.search(str(name)) is not None) for name, one in value.items()}
    if isinstance(value, list | tuple):
        named = named or _FIELD in [one for one in value if isinstance(one, str)]
        return [_each_text(one, do, named) for one in value]
    return value


def _lock_the_new(session: Session, _context: UOWTransaction) -> None:
    _lock(session, session.new)


def _lock_the_written(session: Session, rows: Sequence[Any], names: frozenset[str] | None) -> None:
    if names is None:
        _lock(session, rows)


def _lock(session: Session, made: Iterable[Any]) -> None:
    """New rows have their numbers now: what waited for them is locked and written, all of one kind at once."""
    rows: dict[tuple[Any, tuple[str, ...]], list[dict[str, Any]]] = defaultdict(list)
    for one in made:
        waiting = one.__dict__.pop(_WAITING, None)
        mapper: Any = sa.inspect(type(one))
        number, values = _row(one), dict[str, Any]()
        for stored, value in (waiting or {}).items():
            if value:
                kept = locked(mapper.columns[stored], number, value)
                attributes.set_committed_value(one, stored, kept)
                values[f"new_{stored}"] = kept
        if values:
            keys = {f"row_{place}": each for place, each in enumerate(number)}
            rows[mapper, tuple(sorted(values))].append({**keys, **values})
    for (mapper, names), found in rows.items():
        table = mapper.local_table
        which = [key == sa.bindparam(f"row_{place}") for place, key in enumerate(table.primary_key.columns)]
        new: dict[Any, Any] = {mapper.columns[name.removeprefix("new_")]: sa.bindparam(name) for name in names}
        session.connection().execute(sa.update(table).where(*which).values(new), found)


sa.event.listen(Session, "after_flush", _lock_the_new)
WRITTEN.append(_lock_the_written)
