"""Entities without the detour: read by prepared statements, and a new row written at once.

To load ten entities the ORM takes ten times as long as the database, and to write one new row five times. What is read
here stands in the session as if the session had loaded it; what is written here, as if it had been flushed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, cached_property, partial
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapper, Session
from sqlalchemy.orm.attributes import instance_dict, instance_state, set_committed_value
from sqlalchemy.orm.exc import StaleDataError

from tracker.database import columns, connection_of, db
from tracker.prepared import ask
from tracker.prepared import write as change_rows

T = TypeVar("T")
Model = type[Any]
# Who wants to hear of rows of one kind that were written at once, and of which columns; None where they are new.
WRITTEN: list[Callable[[Session, Sequence[Any], frozenset[str] | None], None]] = []
# Who wants to hear to which table rows were written.
TOUCHED: list[Callable[[Session, str], None]] = []


class Cells:
    """What is read of some models, for a statement written once; `also` names deferred columns that are wanted too,
    `later` others that are read only when somebody asks for them.
    """

    def __init__(self, *models: Any, also: Sequence[Any] = (), later: Sequence[Any] = ()) -> None:
        """`models` are classes or aliases of them; looked into when all classes they name are there."""
        self.models, self.also, self.later = models, {one.key for one in also}, {one.key for one in later}

    @cached_property
    def kinds(self) -> list[tuple[Mapper[Any], list[str], set[str]]]:
        """The mapper of each, the names of what is read of it, and of what is read later."""
        mappers: list[Mapper[Any]] = [sa.inspect(model).mapper for model in self.models]
        return [
            (
                mapper,
                [one.key for one in mapper.column_attrs if self._is_read(one)],
                self.later & {one.key for one in mapper.column_attrs},
            )
            for mapper in mappers
        ]

    @cached_property
    def columns(self) -> list[Any]:
        """What a statement selects."""
        return [
            getattr(model, name).label(f"of_{number}_{name}")
            for number, (model, (_mapper, names, _later)) in enumerate(zip(self.models, self.kinds, strict=True))
            for name in names
        ]

    def _is_read(self, one: Any) -> bool:
        return one.key not in self.later and (not one.deferred or one.key in self.also)

    def entities(self, row: Sequence[Any], session: Session) -> list[Any]:
        """The entities of a row that begins with these columns; None where an outer join found nothing."""
        found, start = [], 0
        for mapper, names, later in self.kinds:
            end = start + len(names)
            found.append(_entity(mapper, dict(zip(names, row[start:end], strict=True)), session, later))
            start = end
        return found


def read(cells: Cells, statement: sa.Executable, values: Mapping[str, Any]) -> Iterator[list[Any]]:
    """The entities of each row that a statement finds whose columns are these cells."""
    session = db.session()
    return (cells.entities(row, session) for row in columns(statement, values))


def bind(entity: Any, **related: Any) -> None:
    """What a relationship leads to was read beside it."""
    for name, one in related.items():
        set_committed_value(entity, name, one)


def put_row(model: type[T], values: Mapping[str, Any]) -> T:
    """Write one new row of these columns at once; nothing hangs on it."""
    return put(new(model, **values))


def new(model: type[T], **values: Any) -> T:
    """A new row of these columns, made as quickly as one that is read: nobody hears of what is set in it.

    What stands locked is no column: it is given to the row as to any other.
    """
    mapper: Any = sa.inspect(model)
    others = [name for name in values if name not in mapper.column_attrs]
    made: T = _made(mapper, {name: value for name, value in values.items() if name not in others})
    for name in others:
        setattr(made, name, values[name])
    return made


def put(entity: T) -> T:
    """Write one new row at once, with its defaults, and let it stand in the session.

    For rows that name others by number, which are written already; other changes of the session wait for its flush. One
    that others hang on is flushed with them.
    """
    session, state = db.session(), instance_state(entity)
    mapper: Mapper[Any] = state.mapper
    values = instance_dict(entity)
    if any(values.get(name) for name in _related(mapper)):
        session.add(entity)
        session.flush()
        return entity
    session._save_impl(state)  # as `add` does, which looks for what hangs on it
    complete(mapper, values)
    [key] = mapper.primary_key
    given = {f"new_{one.key}": values[one.key] for one in mapper.column_attrs if one.key in values}
    [row] = ask(connection_of(session), _insert(mapper, values.get(str(key.key)) is None), given)
    values[mapper.get_property_by_column(key).key] = row[0]
    session._register_persistent({state})  # as a flush does: undone with the rest
    tell(session, [entity], None)
    return entity


def change(entity: Any, **values: Any) -> None:
    """Give a row new values, and write them at once; where it waits to be written with others, they join those.

    :raises StaleDataError: somebody else changed the row since it was read.
    """
    session, state = db.session(), sa.inspect(entity)
    if not state.persistent or state.modified or state.session is not session:
        for name, value in values.items():
            setattr(entity, name, value)
        return
    mapper: Mapper[Any] = state.mapper
    [number], version = state.identity, mapper.version_id_col
    given = {"is_id": number, **{f"to_{name}": value for name, value in values.items()}}
    if version is not None:
        values[str(version.key)] = given["to_version"] = entity.version + 1
        given["is_version"] = entity.version
    if change_rows(connection_of(session), _update(mapper, tuple(values)), given) != 1:
        raise StaleDataError(f"another has changed {mapper.local_table} {number}")
    for name, value in values.items():
        set_committed_value(entity, name, value)
    session._register_altered({state})  # expired with what a savepoint takes back
    tell(session, [entity], frozenset(values))


def complete(mapper: Mapper[Any], values: dict[str, Any]) -> None:
    """Give a new row what is left open: its defaults, or nothing."""
    for name, make in _defaults(mapper):
        if name not in values:
            values[name] = make()


def tell(session: Session, rows: Sequence[Any], names: frozenset[str] | None) -> None:
    """Rows of one kind were written at once: new ones, or these columns of them."""
    touch(session, type(rows[0]))
    for hear in WRITTEN:
        hear(session, rows, names)


def touch(session: Session, model: Any) -> None:
    """Rows were written to the table of this kind."""
    for hear in TOUCHED:
        hear(session, model.__table__.name)


def _entity(mapper: Mapper[Any], cells: dict[str, Any], session: Session, later: set[str]) -> Any:
    identity = tuple(cells[str(one.key)] for one in mapper.primary_key)
    if identity[0] is None:
        return None
    key = mapper.identity_key_from_primary_key(identity)
    known = session.identity_map.get(key)
    if known is not None:
        for name in sa.inspect(known).unloaded & cells.keys():
            set_committed_value(known, name, cells[name])
        return known
    made = _made(mapper, cells)
    state = instance_state(made)
    state.key, state.session_id = key, session.hash_key
    state.expired_attributes.update(later)
    session.identity_map.add(state)
    return made


def _made(mapper: Mapper[Any], values: Mapping[str, Any]) -> Any:
    made = mapper.class_manager.new_instance()
    instance_dict(made).update(values)
    return made


@cache
def _related(mapper: Mapper[Any]) -> list[str]:
    return [one.key for one in mapper.relationships]


@cache
def _insert(mapper: Mapper[Any], is_numbered: bool) -> sa.Insert:
    table: Any = mapper.local_table
    [key] = mapper.primary_key
    named = [one for one in mapper.column_attrs if not (is_numbered and one.columns[0] is key)]
    values = {one.columns[0]: sa.bindparam(f"new_{one.key}", type_=one.columns[0].type) for one in named}
    return sa.insert(table).values(values).returning(key)


@cache
def _update(mapper: Mapper[Any], names: tuple[str, ...]) -> sa.Update:
    table: Any = mapper.local_table
    [key], version = mapper.primary_key, mapper.version_id_col
    of = {name: mapper.column_attrs[name].columns[0] for name in names}
    values = {one: sa.bindparam(f"to_{name}", type_=one.type) for name, one in of.items()}
    wanted = sa.update(table).values(values).where(key == sa.bindparam("is_id", type_=key.type))
    return wanted if version is None else wanted.where(version == sa.bindparam("is_version", type_=version.type))


@cache
def _defaults(mapper: Mapper[Any]) -> list[tuple[str, Callable[[], Any]]]:
    found: list[tuple[str, Callable[[], Any]]] = []
    for one in mapper.column_attrs:
        default: Any = one.columns[0].default
        if one.columns[0].primary_key:
            continue
        if one.columns[0] is mapper.version_id_col:
            found.append((one.key, partial(_as_it_is, 1)))
        elif default is not None and default.is_callable:
            found.append((one.key, partial(default.arg, None)))
        else:
            found.append((one.key, partial(_as_it_is, getattr(default, "arg", None))))
    return found


def _as_it_is(value: Any) -> Any:
    return value
