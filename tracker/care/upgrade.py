"""Bringing a stored database to the schema of this program, without losing a row.

SQLite changes a table by copying it. With foreign keys on, dropping the old copy silently deletes the rows that
point to it, so they are off while migrating; every table is counted before and after, and a difference that no
migration declares (`ROWS_MAY_CHANGE = ("table",)`) undoes the whole upgrade. One transaction: all or nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask, current_app

from tracker import sqlite
from tracker.database import db, take_stock, writing
from tracker.errors import N_, RuleBroken
from tracker.locks import locked

MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations"
ADVISORY_KEY = 7_314_225  # any number, the same in every process
COPY_PREFIX = "_alembic_tmp_"
FILE_ANEW = "(file)"  # a migration asks that nothing of what stood there before stays in the file


def upgrade_database(app: Flask, first: Callable[[], None] = lambda: None) -> bool:
    """Bring the database to the newest schema; True if anything was done. Any number of processes may call it at once.

    `first` is done before, by the one process that upgrades.

    :raises RuleBroken: rows would be lost, or the database comes from a newer program; then nothing has changed.
    """
    with app.app_context(), writing():
        if is_current(db.engine):
            return False
        with alone(db.engine):
            if is_current(db.engine):
                return False
            first()
            with guarded(db.engine) as (connection, seen):
                command.upgrade(configuration(connection, seen), "heads")
            if FILE_ANEW in seen:
                _write_file_anew()
            _count_anew()
    return True


def is_current(engine: sa.Engine) -> bool:
    """Whether the schema is the one this program was written for (asked by /readyz too)."""
    newest, known = _revisions(frozenset((MIGRATIONS / "versions").glob("*.py")))
    with engine.connect() as connection:
        stored = set(MigrationContext.configure(connection).get_current_heads())
    if stored - known:
        raise RuleBroken(N_("This database was written by a newer version of the program. Install that version."))
    return stored == newest


@cache
def _revisions(_files: frozenset[Path]) -> tuple[set[str], set[str]]:
    """The newest revision among these files, and all of them; to learn them every migration is loaded."""
    scripts = ScriptDirectory.from_config(configuration())
    return set(scripts.get_heads()), {script.revision for script in scripts.walk_revisions()}


def configuration(connection: sa.Connection | None = None, seen: set[str] | None = None) -> Config:
    """Alembic's settings; `seen` collects the tables whose row count a migration declares to change."""
    config = Config(str(MIGRATIONS / "alembic.ini"))
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    config.attributes["may_change"] = seen
    return config


def _write_file_anew() -> None:
    """SQLite leaves in the gaps of its file, and in the log beside it, what was overwritten; PostgreSQL is told by the
    migration itself.
    """
    file = db.engine.url.database
    if db.engine.dialect.name != "sqlite" or file in (None, "", ":memory:"):
        return
    with closing(sqlite.driver.connect(file, timeout=sqlite.PATIENCE_SECONDS, isolation_level=None)) as raw:
        try:
            raw.execute("vacuum")
            raw.execute("pragma wal_checkpoint(truncate)")
        except sqlite.driver.OperationalError as wrong:  # the upgrade itself stands
            current_app.logger.warning("the database file could not be written anew: %s", wrong)


def _count_anew() -> None:
    """A new index that was not counted, beside others that were, would lead SQLite astray until the next sweep."""
    if sa.inspect(db.engine).has_table("sqlite_stat1"):
        take_stock()


@contextmanager
def guarded(engine: sa.Engine) -> Iterator[tuple[sa.Connection, set[str]]]:
    """One transaction with foreign keys resting; kept only if no row and no trigger is missing at its end."""
    may_change: set[str] = set()
    with engine.connect() as connection:
        foreign_keys(connection, on=False)
        try:
            with connection.begin():
                before = _rows(connection), _triggers(connection)
                yield connection, may_change
                _refuse_losses(connection, *before, may_change)
        finally:
            foreign_keys(connection, on=True)


@contextmanager
def alone(engine: sa.Engine) -> Iterator[None]:
    """One upgrade at a time: a lock in PostgreSQL, a locked file beside an SQLite database."""
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as guard:
            guard.execute(sa.select(sa.func.pg_advisory_lock(ADVISORY_KEY)))
            try:
                yield
            finally:
                guard.execute(sa.select(sa.func.pg_advisory_unlock(ADVISORY_KEY)))
    elif engine.url.database in (None, "", ":memory:"):
        yield
    else:
        with locked(Path(f"{engine.url.database}.upgrading")):
            yield


def foreign_keys(connection: sa.Connection, *, on: bool) -> None:
    """SQLite ignores this pragma inside a transaction, so it goes to the driver before one begins."""
    raw: Any = connection.connection.dbapi_connection
    if connection.dialect.name == "sqlite" and raw is not None:
        raw.execute(f"pragma foreign_keys={'on' if on else 'off'}")


def _rows(connection: sa.Connection) -> dict[str, int]:
    """How many rows each table holds; virtual tables and their shadows are rebuilt, not counted."""
    quote = connection.dialect.identifier_preparer.quote
    return {
        name: connection.execute(sa.select(sa.func.count()).select_from(sa.text(quote(name)))).scalar_one()
        for name in sorted(plain_tables(connection) - {"alembic_version"})
    }


def plain_tables(connection: sa.Connection) -> set[str]:
    """The tables that hold rows of their own: no virtual ones, nor what lies behind those."""
    tables = {name for name in sa.inspect(connection).get_table_names() if not name.startswith(COPY_PREFIX)}
    if connection.dialect.name == "sqlite":
        tables -= set(connection.exec_driver_sql("select name from pragma_table_list where type <> 'table'").scalars())
    return tables


def _triggers(connection: sa.Connection) -> set[str]:
    if connection.dialect.name == "sqlite":
        return set(connection.exec_driver_sql("select name from sqlite_master where type = 'trigger'").scalars())
    return set(connection.exec_driver_sql("select tgname from pg_trigger where not tgisinternal").scalars())


def _refuse_losses(connection: sa.Connection, rows: dict[str, int], triggers: set[str], may_change: set[str]) -> None:
    """A trigger gone or a count that changed undoes the upgrade: copying a table on SQLite drops its triggers."""
    after = _rows(connection)
    changed = [
        f"{table} {count} → {after.get(table, 0)}"
        for table, count in rows.items()
        if after.get(table, 0) != count and table not in may_change
    ]
    lost = sorted(triggers - _triggers(connection) - may_change)
    broken = []
    if connection.dialect.name == "sqlite":
        broken = sorted({str(row[0]) for row in connection.exec_driver_sql("pragma foreign_key_check")})
    if changed or lost or broken:
        what = "; ".join([*changed, *lost, *broken])
        raise RuleBroken(N_("The upgrade was undone because it would have lost rows: %(what)s."), what=what)
