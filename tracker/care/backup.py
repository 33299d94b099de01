"""The whole state in one file, and back: database first, then files, then settings without secrets."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import os
import shutil
import sys
import tarfile
import tempfile
import zlib
from pathlib import Path
from typing import Any

import click
import sqlalchemy as sa
from flask import current_app
from flask.cli import with_appcontext

from tracker import clock
from tracker.care.doctor import examine
from tracker.database import Base, db, reading, sqlite
from tracker.errors import N_, RuleBroken

FORM = 1
DATABASE = "tracker.db"
FILES = "files"


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@with_appcontext
def backup(file: Path) -> None:
    """Write everything stored into FILE (.tar.gz), while the tracker runs."""
    try:
        count = write_backup(file)
    except RuleBroken as broken:
        click.echo(str(broken), err=True)
        sys.exit(1)
    click.echo(f"{count} files and the database are in {file}.")


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@with_appcontext
def restore(file: Path) -> None:
    """Bring FILE back into an empty instance, and check it."""
    try:
        read_backup(file)
    except RuleBroken as broken:
        click.echo(str(broken), err=True)
        sys.exit(1)
    problems = examine()
    for one in problems:
        click.echo(one.message % one.values if one.values else one.message, err=True)
    click.echo("Restored and checked." if not problems else f"Restored, but {len(problems)} problems were found.")
    sys.exit(1 if problems else 0)


def write_backup(file: Path) -> int:
    """The database's snapshot is taken first, so every file it names is there when the files are read.

    :raises RuleBroken: the file exists already, or the database is not SQLite (PostgreSQL has pg_dump).
    """
    if file.exists():
        raise RuleBroken(N_("%(file)s exists already; a backup never overwrites."), file=str(file))
    if db.engine.dialect.name != "sqlite":
        raise RuleBroken(N_("This database is backed up with pg_dump; docs/operating.md says how."))
    folder = Path(current_app.instance_path)
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        snapshot = Path(scratch) / DATABASE
        _snapshot(snapshot)
        stored = _named_in(snapshot, folder / FILES)
        digests = {DATABASE: _digest(snapshot)}
        digests.update({str(path.relative_to(folder)): _digest(path) for path in stored})
        note = {"form": FORM, "made_at": clock.now().isoformat(), "digests": digests}
        partial = file.with_name(file.name + ".part")
        partial.unlink(missing_ok=True)
        partial.touch(mode=0o600)  # its owner's alone from the first byte
        with tarfile.open(partial, "w:gz") as archive:
            _add_text(archive, "note.json", json.dumps(note, indent=1))
            archive.add(snapshot, DATABASE)
            for path in stored:
                archive.add(path, str(path.relative_to(folder)))
        with partial.open("rb") as written:
            os.fsync(written.fileno())
        partial.rename(file)
    return len(stored)


def read_backup(file: Path) -> None:
    """Unpack beside the instance, compare every digest, and only then put it in place.

    :raises RuleBroken: the instance is not empty, or the backup is damaged, foreign, or newer than this program.
    """
    if db.engine.dialect.name != "sqlite":
        raise RuleBroken(N_("This database is restored with pg_restore; docs/operating.md says how."))
    if _has_rows():
        raise RuleBroken(N_("This instance is not empty. Restore into a new one."))
    folder = Path(current_app.instance_path)
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        _unpack(file, Path(scratch))
        db.session.remove()
        db.engine.dispose()
        target = Path(str(db.engine.url.database))
        for leftover in (f"{target}-wal", f"{target}-shm", f"{target}-journal"):
            Path(leftover).unlink(missing_ok=True)
        os.replace(Path(scratch) / DATABASE, target)
        if (Path(scratch) / FILES).exists():
            shutil.copytree(Path(scratch) / FILES, folder / FILES, dirs_exist_ok=True)


def _snapshot(to: Path) -> None:
    source = sqlite.connect(str(db.engine.url.database))
    target = sqlite.connect(str(to))
    try:
        source.backup(target)
    finally:
        target.close()
        source.close()


def _named_in(snapshot: Path, folder: Path) -> list[Path]:
    """The files the snapshot names, and no other: what is being uploaded meanwhile comes and goes."""
    source = sqlite.connect(str(snapshot))
    try:
        names = [row[0] for row in source.execute("select stored_name from file order by stored_name")]
    finally:
        source.close()
    return [path for name in names if (path := folder / name).is_file()]


def _unpack(file: Path, scratch: Path) -> None:
    damaged = RuleBroken(N_("The backup is damaged or is none: nothing was changed."))
    try:
        _read_to_the_end(file)
        with tarfile.open(file, "r:gz") as archive:
            archive.extractall(scratch, filter="data")
        note: dict[str, Any] = json.loads((scratch / "note.json").read_text(encoding="utf-8"))
        form, digests = note["form"], dict(note["digests"])
        sound = DATABASE in digests and all(_digest(scratch / name) == digest for name, digest in digests.items())
    except (tarfile.TarError, zlib.error, OSError, ValueError, EOFError, LookupError, TypeError) as wrong:
        raise damaged from wrong
    if form != FORM:
        raise RuleBroken(N_("The backup was made by another version of the tracker."))
    if not sound:
        raise damaged


def _read_to_the_end(file: Path) -> None:
    """Only there stands the sum over the whole; unpacking alone stops before it."""
    with gzip.open(file) as whole:
        while whole.read(1024 * 1024):
            pass


def _has_rows() -> bool:
    with reading(), db.engine.connect() as connection:
        if not sa.inspect(connection).has_table("congress"):
            return False
        table = Base.metadata.tables["congress"]
        return bool(connection.scalar(sa.select(sa.func.count()).select_from(table)))


def _digest(path: Path) -> str:
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _add_text(archive: tarfile.TarFile, name: str, text: str) -> None:
    entry = tarfile.TarInfo(name)
    content = text.encode()
    entry.size = len(content)
    archive.addfile(entry, io.BytesIO(content))
