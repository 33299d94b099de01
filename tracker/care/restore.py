"""A backup back into an empty instance, on either kind of database."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click
import sqlalchemy as sa
from alembic import command
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import current_app
from flask.cli import with_appcontext

from tracker import clock, sqlite
from tracker.actor import SYSTEM
from tracker.audit.actions import trace
from tracker.care import archive, locking
from tracker.care.archive import Unpacked
from tracker.care.doctor import examine
from tracker.care.lines import NOT_ROWS, count_lines, read_lines, write_lines
from tracker.care.upgrade import alone, configuration, foreign_keys, plain_tables, upgrade_database
from tracker.database import Base, db, reading, take_stock, writing
from tracker.errors import N_, RuleBroken
from tracker.search import keeping

MINE = ".restoring-"  # how the scratch folders begin
MUST_BE_EMPTY = ("congress", "user", "suggestion", "file")


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--key", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="The secret key's file.")
@with_appcontext
def restore(file: Path, key: Path | None) -> None:
    """Bring FILE back into an empty instance, and check it."""
    try:
        read_backup(file, _keys(key))
        trace("restored", SYSTEM, at=clock.now(), file=file.name)
        db.session.commit()
    except RuleBroken as broken:
        click.echo(str(broken), err=True)
        sys.exit(1)
    problems = examine()
    for one in problems:
        click.echo(one.message % one.values if one.values else one.message, err=True)
    click.echo("Restored and checked." if not problems else f"Restored, but {len(problems)} problems were found.")
    sys.exit(1 if problems else 0)


def _keys(key: Path | None) -> list[Any]:
    if key is None:
        return []
    passphrase = click.prompt("Passphrase of the key", hide_input=True) if locking.needs_passphrase(key) else None
    return locking.identities(key, passphrase)


def read_backup(file: Path, keys: Sequence[Any] = ()) -> None:
    """Unpack beside the instance, compare every digest, and only then put it in place.

    A backup of an earlier schema is upgraded afterwards. `keys` open one that was encrypted.

    :raises RuleBroken: the instance is not empty, or the backup is damaged, foreign, locked, or newer than we are.
    """
    with writing(), alone(db.engine):
        _must_be_empty()
        with tempfile.TemporaryDirectory(dir=current_app.instance_path, prefix=MINE) as named:
            found = _opened(file, Path(named), keys)
            db.session.remove()
            if db.engine.dialect.name == "sqlite":
                _into_sqlite(found, Path(named))
            else:
                _into_postgresql(found)
    upgrade_database(current_app._get_current_object())  # type: ignore[attr-defined]
    with writing():
        keeping.mend()
        db.session.commit()
    take_stock()


def try_out(file: Path, scratch: Path) -> None:
    """Bring a backup that is not encrypted back into an SQLite database of its own, and compare what is there then.

    :raises RuleBroken: it does not come back as it went in.
    """
    found = _opened(file, scratch, ())
    trial = _sqlite(scratch / "trial.db")
    with trial.connect() as connection:
        foreign_keys(connection, on=False)
        with connection.begin():
            _fill(connection, found)
            counted = count_lines(connection)
        with connection.begin():
            integrity = connection.exec_driver_sql("pragma quick_check").scalar()
    trial.dispose()
    if integrity != "ok" or {name: count for name, count in counted.items() if count} != {
        name: count for name, count in found.rows.items() if count
    }:
        raise RuleBroken(N_("The backup was tried out and does not come back as it went in."))


def _opened(file: Path, scratch: Path, keys: Sequence[Any]) -> Unpacked:
    """The backup, unlocked, unpacked and compared, its rows as lines, and of a schema we know."""
    if locking.is_locked(file):
        if not keys:
            raise RuleBroken(N_("The backup is encrypted: name the file of its secret key (--key)."))
        locked, file = file, scratch / "plain.tar.gz"
        locking.unlock(locked, file, keys)
    folder = scratch / "unpacked"
    folder.mkdir()
    found = archive.unpack(file, folder)
    if found.form == 1:
        found = _as_lines(found)
    scripts = ScriptDirectory.from_config(configuration())
    if found.revision not in {script.revision for script in scripts.walk_revisions()}:
        raise RuleBroken(N_("The backup was written by a newer version of the program. Install that version."))
    return found


def _as_lines(found: Unpacked) -> Unpacked:
    """The first form held a copy of the database."""
    lines = found.folder / archive.TABLES
    lines.mkdir()
    copy = _sqlite(found.folder / archive.DATABASE)
    try:
        with copy.connect() as connection:
            revision = MigrationContext.configure(connection).get_current_revision() or ""
            rows = write_lines(connection, lines)
    except sa.exc.DatabaseError as wrong:
        raise RuleBroken(N_("The backup is damaged or is none: nothing was changed.")) from wrong
    finally:
        copy.dispose()
    return Unpacked(found.folder, found.form, revision, rows, found.files)


def _into_sqlite(found: Unpacked, scratch: Path) -> None:
    """A new database is filled beside the old one, which holds nothing, and takes its place in one step."""
    filled = _sqlite(scratch / archive.DATABASE)
    with filled.connect() as connection:
        foreign_keys(connection, on=False)
        with connection.begin():
            _fill(connection, found)
    filled.dispose()
    with (scratch / archive.DATABASE).open("rb") as written:
        os.fsync(written.fileno())
    db.engine.dispose()
    _put_files(found)
    target = Path(str(db.engine.url.database))
    for leftover in (f"{target}-wal", f"{target}-shm", f"{target}-journal"):
        Path(leftover).unlink(missing_ok=True)
    os.replace(scratch / archive.DATABASE, target)


def _into_postgresql(found: Unpacked) -> None:
    with db.engine.connect() as connection, connection.begin():
        known = {*Base.metadata.tables, *NOT_ROWS}
        quote = connection.dialect.identifier_preparer.quote
        if ours := [quote(name) for name in sorted(plain_tables(connection) & known)]:
            connection.exec_driver_sql(f"DROP TABLE {', '.join(ours)} CASCADE")
        connection.exec_driver_sql("DROP FUNCTION IF EXISTS refuse_change() CASCADE")
        _fill(connection, found)
        _put_files(found)


def _fill(connection: sa.Connection, found: Unpacked) -> None:
    """The schema the backup is of, and its rows; a row that points to nothing is brought back by SQLite alone."""
    try:
        command.upgrade(configuration(connection, set()), found.revision)
        read_lines(connection, found.folder / archive.TABLES)
    except (sa.exc.SQLAlchemyError, ValueError, LookupError, TypeError) as wrong:
        raise RuleBroken(N_("The rows of the backup do not fit together: nothing was changed.")) from wrong


def _put_files(found: Unpacked) -> None:
    """The files take their places before the rows that name them."""
    stored = Path(current_app.instance_path) / archive.FILES
    for path in (found.folder / archive.FILES).glob("*/*"):
        folder = stored / path.parent.name
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.replace(path, folder / path.name)


def _sqlite(path: Path) -> sa.Engine:
    """A database file that nobody else opens: it waits for the disk once, at its end."""
    engine = sa.create_engine(f"sqlite:///{path}", module=sqlite.driver, poolclass=sa.NullPool)
    sa.event.listen(engine, "connect", _in_a_hurry)
    sa.event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("begin"))
    return engine


def _in_a_hurry(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # we send BEGIN ourselves
    connection.execute("pragma journal_mode=memory")
    connection.execute("pragma synchronous=off")


def _must_be_empty() -> None:
    with reading(), db.engine.connect() as connection:
        there = set(MUST_BE_EMPTY) & plain_tables(connection)
        for table in (Base.metadata.tables[name] for name in sorted(there)):
            if connection.execute(sa.select(sa.literal(1)).select_from(table).limit(1)).first():
                raise RuleBroken(N_("This instance is not empty. Restore into a new one."))
