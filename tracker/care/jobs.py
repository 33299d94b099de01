"""What care does by itself: a backup every night, and once a week the seal of the trail goes out."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

from flask import current_app

from tracker import clock
from tracker.actor import SYSTEM
from tracker.audit.actions import trace
from tracker.care import letters, locking, retention
from tracker.care.archive import digest_of
from tracker.care.backup import MINE, write_backup
from tracker.care.models import KeptBackup
from tracker.database import db
from tracker.errors import N_, RuleBroken

LITTER_AFTER = timedelta(hours=24)


def back_up(today: date) -> dict[str, Any]:  # noqa: ARG001 - every job is given its day
    """Back up into the folder of the settings, try it out, write it down, and let go those whose time is over.

    :raises RuleBroken: the folder is not there, or the backup does not come back; earlier ones stay as they are.
    """
    if not current_app.config["BACKUP_DIR"]:
        return {}
    folder, at = Path(current_app.config["BACKUP_DIR"]), clock.now()
    if not folder.is_dir():
        raise RuleBroken(N_("The folder of backups %(folder)s is not there."), folder=str(folder))
    retention.sweep(folder, Path(current_app.instance_path), (MINE, ".restoring-"), before=at - LITTER_AFTER)
    to = locking.recipients(current_app.config["BACKUP_RECIPIENT"])
    name = f"tracker-{clock.local(at):%Y-%m-%d-%H%M%S}.tar.gz{'.age' if to else ''}"
    made = write_backup(folder / name, to=to, verify=True)
    with (folder / name).open("rb") as content:
        digest = digest_of(content)
    size = (folder / name).stat().st_size
    held = {"name": name, "made_at": at, "size": size, "digest": digest}
    db.session.add(KeptBackup(**held, revision=made.revision, rows=made.rows, files=made.files))
    trace("backed_up", SYSTEM, at=at, file=name, rows=made.rows)
    db.session.commit()
    removed = retention.let_go(folder, at=at)
    db.session.commit()
    return {"rows": made.rows, "files": made.files, "removed": removed}


def preview_backup(today: date) -> dict[str, Any]:  # noqa: ARG001 - every job is given its day
    """Whether a backup would be written; writes none, and lets none go."""
    return {"backups": int(bool(current_app.config["BACKUP_DIR"])), "recipients": []}


def mail_seal(today: date) -> dict[str, Any]:
    """Mail the newest seal to those who keep it; a second run in the week writes nothing anew."""
    written = letters.seal_of_the_trail(on=today, at=clock.now())
    db.session.commit()
    return {"letters": written}
