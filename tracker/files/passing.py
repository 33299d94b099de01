"""Files that are only passing through: looked at before they are kept, and let go when nobody wants them any more."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask import current_app
from sqlalchemy.orm import Session

from tracker.database import db
from tracker.files.models import File

_LET_GO = "files let go"


@contextmanager
def on_trial(content: bytes) -> Iterator[Path]:
    """A place on the disk where a file may be looked at; it is gone afterwards, whatever happens.

    Should the machine stop meanwhile, the nightly sweep of unfinished uploads takes it away.
    """
    with tempfile.NamedTemporaryFile(dir=_folder("tmp")) as waiting:
        waiting.write(content)
        waiting.flush()
        yield Path(waiting.name)


def let_go(file: File) -> None:
    """Remove a kept file to which nothing points any more: its row now, the file itself when that is committed."""
    db.session().info.setdefault(_LET_GO, []).append(_folder() / file.stored_name)
    db.session.delete(file)


def _folder(name: str = "") -> Path:
    folder = Path(current_app.instance_path) / "files" / name
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def _go(session: Session) -> None:
    for path in session.info.pop(_LET_GO, []):
        path.unlink(missing_ok=True)


def _stay(session: Session) -> None:
    session.info.pop(_LET_GO, None)


_listen: Any = sa.event.listen
_listen(db.session, "after_commit", _go)
_listen(db.session, "after_rollback", _stay)
