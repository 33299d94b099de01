"""A ledger between being sent and being confirmed: kept under an unguessable name, for its sender only, for a day."""

from __future__ import annotations

import hashlib
import json
import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO

from flask import current_app

from tracker.errors import N_, NotFound
from tracker.files.rules import tidy_name
from tracker.ledgers.parts import LedgerMisread, LedgerUnreadable
from tracker.ledgers.rows import read
from tracker.ledgers.sheets import SUFFIXES

KEPT_FOR = timedelta(days=1)
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
_CHUNK = 256 * 1024


@dataclass(frozen=True)
class Upload:
    """A ledger waiting to be confirmed; `name` is the file's own, `path` where it lies."""

    token: str
    path: Path
    name: str
    digest: str


def keep(stream: IO[bytes], raw_name: str | None, *, user_id: int, at: datetime) -> str:
    """Keep a ledger until it is confirmed; answers its token.

    What is hostile, damaged or secret does not even wait; what was only misunderstood does.

    :raises LedgerUnreadable: its name is not that of a ledger, it is too large, or it cannot be read in any way.
    """
    sweep(at)
    name, token = tidy_name(raw_name), secrets.token_urlsafe(32)
    suffix = Path(name).suffix.lower()
    if suffix not in SUFFIXES:
        raise LedgerUnreadable(N_("A ledger is an .xlsx, .xls, .ods or .csv file; %(name)s is none."), name=name)
    digest = _write(stream, path := _folder() / f"{token}{suffix}")
    _must_be_readable(path)
    about = {"user": user_id, "name": name, "suffix": suffix, "digest": digest, "at": at.isoformat()}
    (_folder() / f"{token}.json").write_text(json.dumps(about, ensure_ascii=False), encoding="utf-8")
    return token


def get(token: str, *, user_id: int, at: datetime) -> Upload:
    """The ledger of this token, for whoever sent it.

    :raises NotFound: there is none, it is somebody else's, or its day is over.
    """
    note = _folder() / f"{token}.json"
    if not _TOKEN.fullmatch(token) or not note.is_file():
        raise NotFound
    about = json.loads(note.read_text(encoding="utf-8"))
    path = _folder() / f"{token}{about['suffix']}"
    if about["user"] != user_id or at - datetime.fromisoformat(about["at"]) > KEPT_FOR or not path.is_file():
        raise NotFound
    return Upload(token, path, about["name"], about["digest"])


def drop(upload: Upload) -> None:
    """It has been read in, or is not wanted any more."""
    for path in (upload.path, _folder() / f"{upload.token}.json"):
        path.unlink(missing_ok=True)


def sweep(at: datetime) -> int:
    """Remove what nobody confirmed within a day; answers how many files went."""
    gone = 0
    for path in _folder().iterdir():
        if at - datetime.fromtimestamp(path.stat().st_mtime, tz=at.tzinfo) > KEPT_FOR:
            path.unlink(missing_ok=True)
            gone += 1
    return gone


def _must_be_readable(path: Path) -> None:
    try:
        read(path)
    except LedgerMisread:
        return
    except BaseException:
        path.unlink()
        raise


def _write(stream: IO[bytes], path: Path) -> str:
    megabytes, size, digest = current_app.config["UPLOAD_MB"], 0, hashlib.sha256()
    try:
        with path.open("xb") as file:
            while piece := stream.read(_CHUNK):
                size += len(piece)
                if size > megabytes * 1024 * 1024:
                    raise LedgerUnreadable(N_("A file may have %(megabytes)s MB at most."), megabytes=megabytes)
                digest.update(piece)
                file.write(piece)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return digest.hexdigest()


def _folder() -> Path:
    folder = Path(current_app.instance_path) / "files" / "uploads"  # all hosts share `files` and nothing else
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder
