"""The database handle, the engine's manners, and the column types; knows nothing of pages.

A reading transaction can never become a writing one: it is opened read-only.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, TypeVar

import sqlalchemy as sa
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import DeclarativeBase, Session

from tracker import postgresql, sqlite
from tracker.pool import KindsApart
from tracker.prepared import Found, ask, send, write

T = TypeVar("T")
NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """All rows of the tracker."""

    metadata = sa.MetaData(naming_convention=NAMING)


db = SQLAlchemy(metadata=Base.metadata)


class Instant(sa.types.TypeDecorator[datetime]):
    """A moment: aware and in UTC on both engines (SQLite itself keeps no zone)."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:  # noqa: ARG002 - SQLAlchemy asks for it
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs its zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:  # noqa: ARG002 - SQLAlchemy asks for it
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Word(sa.types.TypeDecorator[Any]):
    """A word of a StrEnum, stored as its text: a new word needs no new column type."""

    impl = sa.String(40)
    cache_ok = True

    def __init__(self, words: type[StrEnum]) -> None:
        super().__init__()
        self.words = words

    def process_bind_param(self, value: Any, dialect: Any) -> str | None:  # noqa: ARG002 - SQLAlchemy asks for it
        return None if value is None else str(self.words(value))

    def process_result_value(self, value: str | None, dialect: Any) -> Any:  # noqa: ARG002 - SQLAlchemy asks for it
        return None if value is None else self.words(value)


def columns(statement: sa.Executable, values: Mapping[str, Any] | None = None) -> Found:
    """What a statement of columns finds, without the detour by which entities are made.

    Asked in the session's own transaction; what the session has not written yet is written first. A statement that is
    written once for the process (`@cache`) is prepared once too, and costs little more than the database itself.
    """
    session = db.session()
    if session.autoflush:
        session.flush()
    return ask(connection_of(session), statement, values or {})


def connection_of(session: Session) -> sa.Connection:
    """The connection of the session's present transaction, or savepoint; a session looks long for it each time."""
    transaction = session.get_nested_transaction() or session.get_transaction()
    known = session.info.get("connection")
    if known is not None and known[0] is transaction and transaction.is_active:
        found: sa.Connection = known[1]
        return found
    found = session.connection()
    session.info["connection"] = (session.get_nested_transaction() or session.get_transaction(), found)
    return found


def ahead(statement: sa.Executable, values: Mapping[str, Any]) -> None:
    """This is asked for soon: PostgreSQL may look for it meanwhile. `columns` with the same values gets what it found.

    Only a hint, which changes nothing but the time; a page that writes, and SQLite, do not take it.
    """
    if only_reads():
        send(connection_of(db.session()), statement, values)


def written(statement: sa.Insert, values: Mapping[str, Any]) -> int:
    """How many rows an `INSERT … SELECT` brings in; prepared once like `columns`."""
    session = db.session()
    session.flush()
    return write(connection_of(session), statement, values)


def batches(things: Sequence[T], at_once: int = 500) -> Iterator[Sequence[T]]:
    """Parts of a long list: what many rows are asked for, or written, at once."""
    return (things[start : start + at_once] for start in range(0, len(things), at_once))


Json = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")

_reading: ContextVar[bool] = ContextVar("this transaction only reads", default=False)


@contextmanager
def reading() -> Iterator[None]:
    """Transactions begun here only read: the database itself refuses a write."""
    token = _reading.set(True)
    try:
        yield
    finally:
        _reading.reset(token)


@contextmanager
def writing() -> Iterator[None]:
    """Transactions begun here may write (the normal case outside a page that is only looked at)."""
    token = _reading.set(False)
    try:
        yield
    finally:
        _reading.reset(token)


@contextmanager
def at_one_moment() -> Iterator[None]:
    """All that is read here stands as it stood at one moment, whatever is saved meanwhile; nothing is written.

    PostgreSQL otherwise shows each statement what was saved before it: who reads a row and then its history would find
    an act in the one and not in the other.
    """
    db.session.rollback()
    is_sqlite = db.engine.dialect.name == "sqlite"
    with reading() if is_sqlite else nullcontext():
        if not is_sqlite:
            db.session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
        try:
            yield
        finally:
            db.session.rollback()


def begin_reading() -> Any:
    """As `reading`, for a request that begins in one function and ends in another."""
    return _reading.set(True)


def begin_writing() -> Any:
    """As `writing`, for a request that begins in one function and ends in another."""
    return _reading.set(False)


_seconds: ContextVar[float] = ContextVar("how long one statement may take; 0: as long as it takes", default=0)


def begin_limited(seconds: float) -> Any:
    """Statements of transactions begun from here on are given up after so many seconds; 0: never."""
    return _seconds.set(seconds)


def end_limited(token: Any) -> None:
    _seconds.reset(token)


def among(column: Any, numbers: Iterable[int]) -> sa.ColumnElement[bool]:
    """Whether a number is one of these, said as one value however many they are: the statement stays the same, so it
    is compiled and prepared once.
    """
    if db.engine.dialect.name == "postgresql":
        return column == sa.any_(sa.bindparam(None, list(numbers), type_=ARRAY(sa.Integer)))
    told = json.dumps(list(numbers))
    return column.in_(sa.select(sa.func.json_each(told).table_valued("value").c.value))


def streamed(statement: sa.Select[Any], at_once: int) -> sa.Result[Any]:
    """The rows, so many in memory at once. A page that only reads has no transaction on PostgreSQL, and so no cursor
    there: it reads them at once.
    """
    return db.session.execute(statement, execution_options={} if only_reads() else {"yield_per": at_once})


def only_reads() -> bool:
    """Whether transactions begun now only read."""
    return _reading.get()


def end(token: Any) -> None:
    _reading.reset(token)


class Connections(KindsApart):
    """The connections of an engine; which kind is wanted is known before the transaction begins."""

    only_reads = staticmethod(only_reads)


def engine_options(url: str) -> dict[str, Any]:
    """How the engine of this address is made."""
    if url.startswith("sqlite"):
        return {"poolclass": Connections, **sqlite.engine_options()}
    return {
        "poolclass": Connections,
        "pool_pre_ping": True,
        "pool_use_lifo": True,
        "pool_size": 10,
        "max_overflow": 20,
        "isolation_level": "READ COMMITTED",
    }


def tune(engine: sa.Engine) -> None:
    """Give an engine its manners: durability, foreign keys, and who may write."""
    if engine.dialect.name == "sqlite":
        sqlite.tune(engine, only_reads, _seconds.get)
    else:
        postgresql.tune(engine, only_reads, _seconds.get)


def take_stock() -> None:
    """Let SQLite see how much there is of everything, so that it plans well; PostgreSQL does so by itself."""
    if db.engine.dialect.name == "sqlite":
        with writing(), db.engine.begin() as connection:
            connection.exec_driver_sql("analyze")
