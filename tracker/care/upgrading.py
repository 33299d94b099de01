"""What a start does with a database of an earlier schema: its rows go into a file, then it is upgraded."""

from __future__ import annotations

from pathlib import Path

from alembic.runtime.migration import MigrationContext
from flask import Flask, current_app

from tracker import clock
from tracker.care.backup import write_backup
from tracker.care.upgrade import upgrade_database
from tracker.database import db

FOLDER = "before-upgrade"
KEPT = 3


def bring_up_to_date(app: Flask) -> bool:
    """Upgrade the database; True if anything was done.

    The rows alone are written first, as stored files are not touched by an upgrade: `restore` brings them back into an
    empty database of the same instance.
    """
    return upgrade_database(app, first=_keep_rows)


def _keep_rows() -> None:
    with db.engine.connect() as connection:
        revision = MigrationContext.configure(connection).get_current_revision()
    if revision is None:
        return
    folder = Path(current_app.instance_path) / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    moment = clock.local(clock.now())
    write_backup(folder / f"{moment:%Y-%m-%d-%H%M%S}-schema-{revision}.tar.gz", with_files=False)
    for old in sorted(folder.glob("*-schema-*.tar.gz"))[:-KEPT]:
        old.unlink()
