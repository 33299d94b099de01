"""The whole state in one file: a snapshot of the database first, then the files it names."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import sqlalchemy as sa
from alembic.runtime.migration import MigrationContext
from flask import current_app
from flask.cli import with_appcontext

import tracker
from tracker import clock, sqlite
from tracker.actor import SYSTEM
from tracker.audit.actions import trace
from tracker.care import archive, locking
from tracker.care.lines import write_lines
from tracker.care.restore import try_out
from tracker.database import db, reading
from tracker.errors import N_, RuleBroken

TRIES = 5
MINE = ".backing-up-"  # how the scratch folders of backups begin

NAMED = sa.select(sa.column("stored_name", sa.String)).select_from(sa.table("file"))


@dataclass(frozen=True)
class Written:
    """What is in a backup."""

    files: int
    rows: int
    revision: str


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--encrypt-to", "to", multiple=True, metavar="AGE1…", help="Only the holder of that key can read it.")
@click.option("--verify", is_flag=True, help="Bring it back into a database of its own, and compare.")
@with_appcontext
def backup(file: Path, to: tuple[str, ...], verify: bool) -> None:
    """Write everything stored into FILE, while the tracker runs."""
    try:
        made = write_backup(file, to=[_recipient(one) for one in to], verify=verify)
        trace("backed_up", SYSTEM, at=clock.now(), file=file.name, rows=made.rows)
        db.session.commit()
    except RuleBroken as broken:
        click.echo(str(broken), err=True)
        sys.exit(1)
    click.echo(f"{made.files} files and the database ({made.rows} rows) are in {file}.")


@click.command("backup-key")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup_key(file: Path) -> None:
    """Make a pair of keys: the secret one into FILE, to be kept elsewhere; the public one is printed."""
    try:
        click.echo(locking.new_key(file))
    except RuleBroken as broken:
        click.echo(str(broken), err=True)
        sys.exit(1)


def _recipient(text: str) -> Any:
    try:
        return locking.recipient(text)
    except ValueError as wrong:
        raise click.BadParameter(f"{text} is no public key of age.") from wrong


def write_backup(file: Path, *, to: Sequence[Any] = (), verify: bool = False, with_files: bool = True) -> Written:
    """Everything into one file, which is there whole or not at all, and its owner's alone.

    `to`: encrypted to these; `verify`: brought back into a database of its own before it is called a backup.

    :raises RuleBroken: the file exists already, or what was written does not come back.
    """
    if file.exists():
        raise RuleBroken(N_("%(file)s exists already; a backup never overwrites."), file=str(file))
    with tempfile.TemporaryDirectory(dir=current_app.instance_path, prefix=MINE) as named:
        scratch = Path(named)
        plain = scratch / "plain.tar.gz"
        made = _collect(scratch, plain, with_files=with_files)
        if verify:
            (scratch / "trial").mkdir()
            try_out(plain, scratch / "trial")
        _put(plain, file, to)
    return made


def _collect(scratch: Path, plain: Path, *, with_files: bool) -> Written:
    lines, linked = scratch / archive.TABLES, scratch / archive.FILES
    lines.mkdir()
    with _settled(scratch, linked, with_files=with_files) as snapshot:
        revision = MigrationContext.configure(snapshot).get_current_revision() or ""
        rows = write_lines(snapshot, lines)
    note = {
        "version": tracker.__version__,
        "revision": revision,
        "made_at": clock.now().isoformat(),
        "database": db.engine.dialect.name,
        "with_files": with_files,
    }
    stored = sorted(linked.glob("*/*"))
    return Written(archive.pack(plain, note, rows, lines, stored), sum(rows.values()), revision)


@contextmanager
def _settled(scratch: Path, linked: Path, *, with_files: bool) -> Iterator[sa.Connection]:
    """A snapshot, and every file it names under a second name that stays, whatever is thrown away meanwhile.

    A file thrown away between the two makes us look again; one that a row still names is missing, as the doctor says.
    """
    for last in (number == TRIES for number in range(1, TRIES + 1)):
        shutil.rmtree(linked, ignore_errors=True)
        linked.mkdir()
        with _snapshot(scratch) as connection:
            missing = _link(connection, linked) if with_files else set()
            if last or not _thrown_away(missing):
                yield connection
                return


@contextmanager
def _snapshot(scratch: Path) -> Iterator[sa.Connection]:
    """One moment of the database, read in peace: of SQLite a copy, of PostgreSQL a transaction that only reads."""
    url, more = db.engine.url, dict[str, Any]()
    if db.engine.dialect.name == "sqlite":
        copy = scratch / archive.DATABASE
        _copy(copy)
        url, more = sa.make_url(f"sqlite:///{copy}"), {"module": sqlite.driver}
    engine = sa.create_engine(url, poolclass=sa.NullPool, **more)
    try:
        with engine.connect() as connection:
            if engine.dialect.name == "postgresql":
                connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            yield connection
    finally:
        engine.dispose()


def _copy(to: Path) -> None:
    to.unlink(missing_ok=True)
    source = sqlite.driver.connect(str(db.engine.url.database))
    target = sqlite.driver.connect(str(to))
    try:
        source.backup(target)
    finally:
        target.close()
        source.close()


def _link(snapshot: sa.Connection, linked: Path) -> set[str]:
    """Give each file that the snapshot names a second name; those that are not there."""
    stored = Path(current_app.instance_path) / archive.FILES
    missing: set[str] = set()
    for name in snapshot.scalars(NAMED):
        to = linked / name
        to.parent.mkdir(exist_ok=True)
        try:
            _second_name(stored / name, to)
        except FileNotFoundError:
            missing.add(name)
    return missing


def _second_name(path: Path, to: Path) -> None:
    try:
        os.link(path, to)
    except FileNotFoundError:
        raise
    except OSError:  # no second names on this file system
        shutil.copyfile(path, to)


def _thrown_away(missing: set[str]) -> bool:
    """Whether one of these is named by no row any more."""
    if not missing:
        return False
    with reading(), db.engine.connect() as connection:
        return not missing <= set(connection.scalars(NAMED))


def _put(plain: Path, file: Path, to: Sequence[Any]) -> None:
    """Into its place, beside which it is written first: so that it is there whole or not at all."""
    partial = file.with_name(f"{file.name}.part")
    partial.unlink(missing_ok=True)
    partial.touch(mode=0o600)  # its owner's alone from the first byte
    try:
        if to:
            locking.lock(plain, partial, to)
        else:
            shutil.copyfile(plain, partial)
        with partial.open("rb") as written:
            os.fsync(written.fileno())
        partial.rename(file)
    finally:
        partial.unlink(missing_ok=True)
