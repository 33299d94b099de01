"""No backup for too long: work for whoever runs the system."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask import current_app

from tracker import clock
from tracker.care.models import KeptBackup
from tracker.care.retention import kept_backups
from tracker.database import Instant, db
from tracker.errors import N_
from tracker.roles import Role
from tracker.stage import Harm, Problem, Visitor, Waiting, WaitingGroup
from tracker.structure.models import Congress
from tracker.suggestion.anyone import Anyone
from tracker.suggestion.at_all import is_empty
from tracker.web.addresses import url_for

TOO_OLD = N_("No good backup for too long")


def lists(visitor: Visitor, _today: date) -> Mapping[Any, Mapping[str, Any]]:
    return {too_old: {"backup_since": _since()}} if _concerns(visitor) else {}


def waiting(visitor: Visitor, _today: date) -> Iterable[WaitingGroup]:
    """One thing, while the last good backup is older than the settings allow."""
    if not _concerns(visitor) or is_empty(too_old):
        return
    page, last = url_for("schedule.index"), db.session.scalar(sa.select(sa.func.max(KeptBackup.made_at)))
    since = clock.local(last).date() if last else None
    first = Waiting(TOO_OLD, page, "", "", since_on=since, harm=Harm.REPLY_LATE.after(0))
    yield WaitingGroup(TOO_OLD, 1, page, (first,))


@cache
def too_old(_who: Anyone) -> sa.Select[Any]:
    """A row if no backup was made since `backup_since`."""
    since = sa.bindparam("backup_since", type_=Instant)
    made = sa.select(KeptBackup.id).where(KeptBackup.made_at >= since).correlate(None)
    return sa.select(Congress.id).where(~made.exists()).limit(1)


def problems() -> Iterator[Problem]:
    """For the doctor: the last good backup is too old, or what should lie in the folder does not."""
    if not current_app.config["BACKUP_DIR"]:
        return
    found = kept_backups()
    if not found or found[0].made_at < _since():
        last = clock.local(found[0].made_at).date().isoformat() if found else "–"
        yield Problem("backup", N_("The last good backup is too old: %(last)s."), {"last": last})
    missing = [one.name for one in found if not (Path(current_app.config["BACKUP_DIR"]) / one.name).is_file()]
    if missing:
        values = {"count": len(missing), "first": missing[0]}
        yield Problem("backup", N_("%(count)s backups are not in their folder (%(first)s)."), values)


def _since() -> Any:
    return clock.now() - timedelta(days=current_app.config["BACKUP_OLD_DAYS"])


def _concerns(visitor: Visitor) -> bool:
    return visitor.role is Role.ADMIN and bool(current_app.config["BACKUP_DIR"])
