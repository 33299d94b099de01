"""Statements that are written once are also prepared once: their text, their fixed values, how cells are converted.

SQLAlchemy finds the compiled form of a statement anew for every execution and wraps its result, which for ten small
rows takes three times as long as the database. A statement written once (a constant, or of a `@cache`d function) needs
none of it. It is sent as SQLAlchemy would, on PostgreSQL with its fixed values, and whoever listens hears of it.
"""

from __future__ import annotations

import copy
from collections import namedtuple
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any
from weakref import WeakKeyDictionary

import psycopg
import sqlalchemy as sa
from sqlalchemy.dialects.postgresql.base import PGCompiler
from sqlalchemy.engine.interfaces import Dialect
from sqlalchemy.sql.compiler import SQLCompiler

Convert = Callable[[Any], Any]
MOST_LENGTHS = 60
_ASKED: WeakKeyDictionary[sa.Executable, dict[str, Statement | None]] = WeakKeyDictionary()


class Found(list[Any]):
    """The rows found, read to the end."""

    def all(self) -> Sequence[Any]:
        return self

    def one(self) -> Any:
        """The only row; an error where there are none or several."""
        [row] = self
        return row

    def one_or_none(self) -> Any:
        """The only row, if there is one; an error where there are several."""
        return self.one() if self else None

    def scalars(self) -> list[Any]:
        """The first cell of every row."""
        return [row[0] for row in self]

    def scalar_one(self) -> Any:
        return self.one()[0]


def ask(connection: sa.Connection, statement: sa.Executable, values: Mapping[str, Any]) -> Found:
    """What a statement of columns finds. One that is asked a second time, being the same object, is prepared."""
    kept = _kept(connection, statement)
    if kept is not None:
        return kept.prepared(values).ask(connection, values)
    return Found(connection.execute(statement, values).all())


def send(connection: sa.Connection, statement: sa.Executable, values: Mapping[str, Any]) -> None:
    """Send ahead what `ask` will ask, where that can be done."""
    if connection.dialect.name == "postgresql" and (kept := _kept(connection, statement)) is not None:
        kept.prepared(values).send(connection, values)


def write(connection: sa.Connection, statement: sa.Insert | sa.Update, values: Mapping[str, Any]) -> int:
    """How many rows an `INSERT … SELECT` brings in, or an `UPDATE` changes; prepared like what is asked."""
    kept = _kept(connection, statement)
    if kept is not None:
        return kept.prepared(values).write(connection, values)
    done = connection.execute(statement, values, execution_options={"preserve_rowcount": True})
    return int(done.rowcount)


def _kept(connection: sa.Connection, statement: sa.Executable) -> Statement | None:
    """The statement compiled for this kind of database; None when it is met for the first time, or cannot be kept."""
    name = connection.dialect.name
    known = _ASKED.get(statement)
    if known is None:
        _ASKED[statement] = {}
        return None
    if name not in known:
        known[name] = _compiled(connection.dialect, statement)
    return known[name]


class Statement:
    """A statement compiled for one kind of database; its text differs only in how long its lists of values are."""

    def __init__(self, dialect: Dialect, statement: Any, compiled: SQLCompiler) -> None:
        self.dialect, self.statement, self.compiled = dialect, statement, compiled
        self.lists = [one.key for one in compiled.post_compile_params if not one.unique]
        self.by_lengths: dict[tuple[int, ...], Prepared] = {}

    def prepared(self, values: Mapping[str, Any]) -> Prepared:
        """The text for lists as long as these."""
        lengths = tuple([len(values[name]) for name in self.lists])
        found = self.by_lengths.get(lengths)
        if found is None:
            if len(self.by_lengths) >= MOST_LENGTHS:
                self.by_lengths.clear()
            found = self.by_lengths[lengths] = Prepared(self, values)
        return found


class Prepared:
    """The text of a statement for one kind of database, and what to do with its values and cells."""

    def __init__(self, of: Statement, values: Mapping[str, Any]) -> None:
        self.dialect: Dialect = of.dialect
        self.driver: Any = of.dialect.loaded_dbapi
        self.is_postgresql = of.dialect.name == "postgresql"
        state = of.compiled.construct_expanded_state(values)
        self.text, self.names = state.statement, state.positiontup
        self.open: list[tuple[str, str, Any, Convert | None]] = []
        self.lists: list[tuple[list[str], str, Convert]] = []
        self.fixed = dict(state.parameters)
        for name, one in {name: one for one, name in of.compiled.bind_names.items()}.items():  # each name once
            convert = one.type.dialect_impl(self.dialect).bind_processor(self.dialect)
            names = state.parameter_expansion.get(name, [name])
            if convert is not None:
                self.fixed |= {each: convert(self.fixed[each]) for each in names}
            if not one.unique and name in state.parameter_expansion:
                self.lists.append((names, one.key, convert or _as_it_is))
            elif not one.unique:
                self.open.append((name, one.key, one.value, convert))
        self.types = [column.type for column in getattr(of.statement, "exported_columns", ())]
        self.make: Callable[[Iterable[Any]], Any] | None = None
        self.converted: list[tuple[int, Convert]] = []

    def ask(self, connection: sa.Connection, values: Mapping[str, Any]) -> Found:
        """The rows. What fails is told as SQLAlchemy tells it, and a broken connection is let go of."""
        given = self._given(values)
        found = self._asked(connection, given) if self.is_postgresql and self.make is not None else None
        return self._rows(self._sent(connection, given, self._read_to_the_end) if found is None else found)

    def send(self, connection: sa.Connection, values: Mapping[str, Any]) -> None:
        """Send it ahead to PostgreSQL, if the connection only reads; `ask` then waits for it."""
        if connection.info.get("only_reads"):
            connection.info["asking"].send(self.text, self._given(values))

    def write(self, connection: sa.Connection, values: Mapping[str, Any]) -> int:
        """How many rows came in; what fails is told as by `ask`."""
        return int(self._sent(connection, self._given(values), _rows_written))

    def _asked(self, connection: sa.Connection, given: Any) -> list[Any] | None:
        """The rows, asked without a cursor; None where that fails, or where the connection may write."""
        if not connection.info.get("only_reads"):
            return None
        for hear in connection.engine.dispatch.before_cursor_execute:
            hear(connection, None, self.text, given, None, False)
        try:
            return connection.info["asking"].rows(self.text, given)
        except self.driver.Error as wrong:
            raise self._told(given, wrong) from wrong

    def _sent(self, connection: sa.Connection, given: Any, take: Callable[[Any], Any]) -> Any:
        raw: Any = connection.connection.dbapi_connection
        cursor: Any = psycopg.RawCursor(raw) if self.is_postgresql else raw.cursor()
        for hear in connection.engine.dispatch.before_cursor_execute:
            hear(connection, cursor, self.text, given, None, False)
        try:
            cursor.execute(self.text, given)
            return take(cursor)
        except self.driver.Error as wrong:
            if self.dialect.is_disconnect(wrong, raw, cursor):
                connection.invalidate(wrong)
            raise self._told(given, wrong) from wrong
        finally:
            cursor.close()

    def _told(self, given: Any, wrong: Any) -> BaseException:
        return sa.exc.DBAPIError.instance(self.text, given, wrong, self.driver.Error, dialect=self.dialect)

    def _given(self, values: Mapping[str, Any]) -> Any:
        given = self.fixed.copy()
        for name, key, otherwise, convert in self.open:
            value = values.get(key, otherwise)
            given[name] = value if convert is None else convert(value)
        for names, key, convert in self.lists:
            given.update(zip(names, map(convert, values[key]), strict=True))
        return given if self.names is None else tuple([given[name] for name in self.names])

    def _read_to_the_end(self, cursor: Any) -> Sequence[Any]:
        rows: Sequence[Any] = cursor.fetchall()
        if self.make is None:
            self._learn(cursor.description)
        return rows

    def _rows(self, rows: Sequence[Any]) -> Found:
        make: Any = self.make
        if not self.converted:
            return Found(map(make, rows))
        found = Found()
        for row in rows:
            cells = list(row)
            for place, convert in self.converted:
                cells[place] = convert(cells[place])
            found.append(make(cells))
        return found

    def _learn(self, described: Sequence[Any]) -> None:
        """How a row is called and converted; known once the database has named its columns."""
        kinds = enumerate(zip(self.types, described, strict=True))
        pairs = ((place, _reading(of, self.dialect, told[1])) for place, (of, told) in kinds)
        self.converted = [(place, convert) for place, convert in pairs if convert is not None]
        row: Any = namedtuple("Row", [told[0] for told in described], rename=True)  # type: ignore[misc]
        self.make = partial(tuple.__new__, row)


class Spelt(PGCompiler):
    """What is fixed stands in the text. PostgreSQL plans a statement once for all values only if that plan looks no
    dearer, and it cannot see that `standing IN ($1, $2)` is the condition of a partial index.
    """

    def visit_bindparam(self, bindparam: Any, *args: Any, **more: Any) -> str:
        is_fixed = bindparam.unique and bindparam.type.dialect_impl(self.dialect).literal_processor(self.dialect)
        return super().visit_bindparam(bindparam, *args, **{**more, **({"literal_binds": True} if is_fixed else {})})


def _compiled(dialect: Dialect, statement: Any) -> Statement | None:
    """The statement compiled; None where its text depends on more than the length of lists, or it is none of these."""
    is_postgresql = dialect.name == "postgresql"
    compiled = Spelt(_numbering(dialect), statement) if is_postgresql else statement.compile(dialect=dialect)
    if not isinstance(statement, sa.Select | sa.CompoundSelect | sa.Insert | sa.Update) or not isinstance(
        compiled, SQLCompiler
    ):
        return None
    if any(not one.unique for one in compiled.literal_execute_params):
        return None
    return Statement(dialect, statement, compiled)


def _numbering(dialect: Any) -> Dialect:
    """The dialect with $1 for a parameter, as PostgreSQL wants it: psycopg then need not read the text each time."""
    numbering: Dialect = copy.copy(dialect)
    numbering.paramstyle, numbering.positional = "numeric_dollar", True
    numbering.identifier_preparer = type(dialect.identifier_preparer)(numbering)
    return numbering


def _as_it_is(value: Any) -> Any:
    return value


def _rows_written(cursor: Any) -> int:
    return int(cursor.rowcount)


def _reading(of: sa.types.TypeEngine[Any], dialect: Dialect, told: Any) -> Convert | None:
    return of.dialect_impl(dialect).result_processor(dialect, told)
