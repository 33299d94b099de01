"""Many rows written at once, where the session would write them one by one; the rules are asked before."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapper, Session
from sqlalchemy.orm.attributes import instance_dict, instance_state, set_committed_value
from sqlalchemy.orm.exc import StaleDataError

from tracker import bulk
from tracker.database import batches, connection_of, db
from tracker.entities import change, complete, tell, touch

AT_ONCE = 1_000


def write_all(model: Any, rows: Sequence[Mapping[str, Any]]) -> None:
    """Many rows that nobody asks for by name, written at once and in their order; what waits of the same kind first."""
    if not rows:
        return
    session, mapper = db.session(), sa.inspect(model)
    if any(isinstance(one, model) for one in session.new):
        session.flush()
    for some in batches(rows, AT_ONCE):
        whole = [dict(row) for row in some]
        for row in whole:
            complete(mapper, row)
        _insert(session, mapper, whole)
    touch(session, model)


def put_all(rows: Sequence[Any]) -> None:
    """New rows of one kind are written together, and stand in the session as if it had flushed them.

    What a row names by a relationship is there already, and named by its number too. A row alone is flushed.
    """
    session = db.session()
    if len(rows) < 2:
        session.add_all(rows)
        session.flush()
        return
    if session.new:
        session.flush()
    mapper: Mapper[Any] = instance_state(rows[0]).mapper
    for row in rows:
        session._save_impl(instance_state(row))
        complete(mapper, instance_dict(row))
    _number(rows, mapper, session)
    for some in batches(rows, AT_ONCE):
        _insert(session, mapper, [instance_dict(row) for row in some])
    session._register_persistent({instance_state(row) for row in rows})  # as a flush does: undone with the rest
    tell(session, rows, None)


def _insert(session: Session, mapper: Mapper[Any], rows: Sequence[Mapping[str, Any]]) -> None:
    named = [one for one in mapper.column_attrs if one.key in rows[0]]
    keys = [one.key for one in named]
    bulk.insert(connection_of(session), [one.columns[0] for one in named], ([row[key] for key in keys] for row in rows))


def _number(rows: Sequence[Any], mapper: Mapper[Any], session: Session) -> None:
    """Their numbers, as the database would give them: SQLite has one writer, which is us, and would take the next."""
    [key] = mapper.primary_key
    name = mapper.get_property_by_column(key).key
    if instance_dict(rows[0]).get(name) is not None:
        return
    connection, table = connection_of(session), mapper.local_table
    if connection.dialect.name == "sqlite":
        last = connection.scalar(sa.select(sa.func.max(key))) or 0
        numbers = list(range(last + 1, last + 1 + len(rows)))
    else:
        sequence = sa.func.pg_get_serial_sequence(f'"{table}"', key.name)
        numbers = list(connection.scalars(sa.select(sa.func.nextval(sequence)).select_from(_counted(len(rows)))))
    for row, number in zip(rows, numbers, strict=True):
        instance_dict(row)[name] = number


def _counted(count: int) -> Any:
    return sa.func.generate_series(1, count).table_valued("number")


def change_all(rows: Sequence[Any], changes: Sequence[Mapping[str, Any]]) -> None:
    """The same columns of many rows of one kind are changed; of a single one as `change` does.

    As the session does it, what has a version is changed only if nobody else changed it meanwhile.
    """
    if len(rows) == 1:
        change(rows[0], **changes[0])
    elif rows:
        _change(rows, changes)


def _change(rows: Sequence[Any], changes: Sequence[Mapping[str, Any]]) -> None:
    """Those that are given the same together."""
    session, table = db.session(), type(rows[0]).__table__
    is_versioned = type(rows[0]).__mapper__.version_id_col is not None
    new = (
        [{**to, "version": row.version + 1} for row, to in zip(rows, changes, strict=True)] if is_versioned else changes
    )
    alike: dict[tuple[Any, ...], list[int]] = defaultdict(list)
    for row, to in zip(rows, new, strict=True):
        alike[tuple(to.values())].append(row.id)
    on_sqlite = connection_of(session).dialect.name == "sqlite"
    asked = [
        {
            "those": json.dumps(ids) if on_sqlite else ids,
            **{f"new_{name}": one for name, one in zip(new[0], to, strict=True)},
        }
        for to, ids in alike.items()
    ]
    found: Any = session.execute(_given_to(table, list(new[0]), on_sqlite), asked)
    if found.rowcount != len(rows):
        raise StaleDataError(f"{len(rows)} rows of {table.name} were to be changed, {found.rowcount} were there")
    for row, to in zip(rows, new, strict=True):
        for name, value in to.items():
            set_committed_value(row, name, value)
    session._register_altered({instance_state(row) for row in rows})  # expired with what a savepoint takes back


def _given_to(table: Any, names: Sequence[str], on_sqlite: bool) -> sa.Update:
    """New values for the rows of these numbers, if their version is the one before."""
    if on_sqlite:
        told = sa.func.json_each(sa.bindparam("those")).table_valued("value")
        which = table.c.id.in_(sa.select(told.c.value))
    else:
        which = table.c.id == sa.any_(sa.bindparam("those", type_=ARRAY(sa.Integer)))
    step = sa.update(table).where(which).values({name: sa.bindparam(f"new_{name}") for name in names})
    return step.where(table.c.version == sa.bindparam("new_version") - 1) if "version" in names else step
