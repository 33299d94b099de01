"""Backups whose time is over go; the last good one never does."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from shutil import rmtree

import sqlalchemy as sa
from flask import current_app

from tracker import clock
from tracker.care.archive import digest_of
from tracker.care.models import KeptBackup
from tracker.care.rules import Keep, to_keep
from tracker.database import db


def kept_backups() -> list[KeptBackup]:
    """Those that should lie in the folder, the newest first."""
    there = sa.select(KeptBackup).where(KeptBackup.removed_at.is_(None))
    return list(db.session.scalars(there.order_by(KeptBackup.made_at.desc(), KeptBackup.id.desc())))


def let_go(folder: Path, *, at: datetime) -> int:
    """Delete what need not be kept, if the newest lies there as it was written; how many went."""
    found = kept_backups()
    if not found or not is_sound(folder, found[0]):
        return 0
    made = {one.id: clock.local(one.made_at) for one in found}
    stays = to_keep(made, Keep(*current_app.config["BACKUP_KEEP"]))
    gone = [one for one in found if one.id not in stays]
    for one in gone:
        (folder / one.name).unlink(missing_ok=True)
        one.removed_at = at
    return len(gone)


def is_sound(folder: Path, one: KeptBackup) -> bool:
    """Whether the file is as it was written."""
    try:
        with (folder / one.name).open("rb") as content:
            return digest_of(content) == one.digest
    except OSError:
        return False


def sweep(folder: Path, instance: Path, scratch: Sequence[str], *, before: datetime) -> None:
    """Remove what a backup or a restore that was killed has left lying."""
    edge = before.timestamp()
    for path in folder.glob("tracker-*.part"):
        if path.stat().st_mtime < edge:
            path.unlink(missing_ok=True)
    for path in (path for beginning in scratch for path in instance.glob(f"{beginning}*")):
        if path.stat().st_mtime < edge:
            rmtree(path, ignore_errors=True)
