"""Where files lie: written whole and durable before the row is committed, under names the server makes."""

from __future__ import annotations

import base64
import hashlib
import os
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO, Any
from urllib.parse import quote

import sqlalchemy as sa
from flask import Response, current_app, g
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage
from werkzeug.wsgi import FileWrapper

from tracker import clock
from tracker.actor import Actor
from tracker.database import db
from tracker.errors import N_, RuleBroken
from tracker.files import antivirus, rules, secrecy
from tracker.files.models import File
from tracker.files.zips import Refused
from tracker.stage import Problem

_CHUNK = 256 * 1024
LITTER_AFTER = timedelta(hours=24)
_JUST_KEPT = "files just kept"
_TO_GO = "files to go"
POLICY = "sandbox; default-src 'none'"


def keep(upload: FileStorage, *, by: Actor, at: datetime) -> File:
    """Take a file in: judge it by its content, put it in its place, add its row.

    The file is on the disk, synced, before the row can be committed; if the transaction is undone, it goes again.

    :raises Refused: it is too large, it carries a virus or a secrecy marking, or `rules.accept` refuses it.
    """
    name = rules.tidy_name(upload.filename)
    antivirus.must_be_clean(upload, name)
    waiting = _folder("tmp") / secrets.token_hex(16)
    try:
        size, digest = _write(upload.stream, waiting)
        kind = rules.accept(waiting, name)
        secrecy.must_carry_no_mark(waiting, kind, name)
        stored_name = _settle(waiting)
    except BaseException:
        waiting.unlink(missing_ok=True)
        raise
    db.session().info.setdefault(_JUST_KEPT, []).append(_path(stored_name))
    file = File(
        name=name if "." in name else f"{name}.{kind.endings[0]}",
        stored_name=stored_name,
        media_type=kind.media_type,
        size=size,
        digest=digest,
        stored_at=at,
        stored_by=by.name[:60],
    )
    db.session.add(file)
    db.session.flush()
    return file


def discard(file: File) -> None:
    """Remove a file nobody else holds: its row now, the file itself once that is committed."""
    db.session().info.setdefault(_TO_GO, []).append(_path(file.stored_name))
    db.session.delete(file)


def serve(file: File) -> Response:
    """The file as a download, never shown in place: fixed type, no sniffing, no rights, its digest verified.

    :raises RuleBroken: it is gone or was changed on the disk.
    """
    try:
        content = _path(file.stored_name).open("rb")
    except OSError as gone:
        raise _unsound(file) from gone
    if _digest(content) != file.digest:
        content.close()
        raise _unsound(file)
    content.seek(0)
    g.file_taken = file.id  # the trail says who took it (tracker/audit/noted.py)
    answer = Response(FileWrapper(content, _CHUNK), direct_passthrough=True)
    answer.call_on_close(content.close)
    answer.headers.update(
        {
            "Content-Type": file.media_type,
            "Content-Length": str(file.size),
            "Content-Disposition": disposition(file.name),
            "Content-Security-Policy": POLICY,
            "X-Content-Type-Options": "nosniff",
            "Repr-Digest": f"sha-256=:{base64.b64encode(bytes.fromhex(file.digest)).decode()}:",
        }
    )
    return answer


def disposition(name: str) -> str:
    """An attachment whose name reaches every browser, Chinese or not (RFC 6266)."""
    ending = name.rpartition(".")[2]
    plain = name if name.isascii() and not set('"\\%;') & set(name) else f"file.{ending if ending.isascii() else 'bin'}"
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def problems() -> Iterable[Problem]:
    """For the doctor: rows without a file, files that were changed, files without a row."""
    known: set[str] = set()
    for file in db.session.scalars(sa.select(File).order_by(File.id)):
        known.add(file.stored_name)
        path, values = _path(file.stored_name), {"file": file.id, "name": file.name}
        if not path.is_file():
            yield Problem("file_missing", N_("The file %(name)s (number %(file)s) is missing on the disk."), values)
            continue
        with path.open("rb") as content:
            if _digest(content) != file.digest:
                yield Problem(
                    "file_changed", N_("The file %(name)s (number %(file)s) was changed on the disk."), values
                )
    for stray in _strays(known):
        yield Problem("file_without_row", N_("The stored file %(path)s belongs to nothing."), {"path": stray})


def sweep(at: datetime) -> int:
    """Remove what uploads that never ended left behind; answers how many pieces."""
    left = [path for path in _folder("tmp").iterdir() if _age(path, at) > LITTER_AFTER]
    for path in left:
        path.unlink(missing_ok=True)
    return len(left)


def is_sound(file: File) -> bool:
    """Whether the stored file is there and has the digest it was kept with."""
    try:
        with _path(file.stored_name).open("rb") as content:
            return _digest(content) == file.digest
    except OSError:
        return False


def _strays(known: set[str]) -> list[str]:
    """Files older than any upload could last that no row names."""
    root = _folder()
    found = (path for path in root.glob("[0-9a-f][0-9a-f]/*") if _age(path, clock.now()) > LITTER_AFTER)
    return sorted(name for path in found if (name := path.relative_to(root).as_posix()) not in known)


def _age(path: Path, at: datetime) -> timedelta:
    try:
        return at - datetime.fromtimestamp(path.stat().st_mtime, tz=at.tzinfo)
    except FileNotFoundError:
        return timedelta(0)


def _unsound(file: File) -> RuleBroken:
    return RuleBroken(
        N_("The stored file %(name)s is missing or was changed. It was not sent; please tell the administrator."),
        name=file.name,
    )


def _write(source: IO[bytes], target: Path) -> tuple[int, str]:
    megabytes, size, digest = current_app.config["UPLOAD_MB"], 0, hashlib.sha256()
    with target.open("xb") as file:
        os.fchmod(file.fileno(), 0o600)
        while piece := source.read(_CHUNK):
            size += len(piece)
            if size > megabytes * 1024 * 1024:
                raise Refused(N_("A file may have %(megabytes)s MB at most."), megabytes=megabytes)
            digest.update(piece)
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())
    return size, digest.hexdigest()


def _settle(waiting: Path) -> str:
    """Give the file its place; the folder is synced too, so that the name itself survives a power cut."""
    stored_name = f"{waiting.name[:2]}/{waiting.name}"
    folder = _folder(waiting.name[:2])
    waiting.rename(folder / waiting.name)
    for each in (folder, folder.parent):
        handle = os.open(each, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
    return stored_name


def _digest(content: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while piece := content.read(_CHUNK):
        digest.update(piece)
    return digest.hexdigest()


def _folder(name: str = "") -> Path:
    folder = Path(current_app.instance_path) / "files" / name
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def _path(stored_name: str) -> Path:
    return Path(current_app.instance_path) / "files" / stored_name


def _stay(session: Session) -> None:
    session.info.pop(_JUST_KEPT, None)
    _remove(session, _TO_GO)


def _send(session: Session) -> None:
    """The commit is sent now: should its answer be lost, nobody knows whether the row is there, and the file stays."""
    if session.info.get(_JUST_KEPT) and not session.in_nested_transaction():
        session.flush()
        session.info.pop(_JUST_KEPT)


def _go(session: Session) -> None:
    session.info.pop(_TO_GO, None)
    _remove(session, _JUST_KEPT)


def _remove(session: Session, which: str) -> None:
    for path in session.info.pop(which, []):
        path.unlink(missing_ok=True)


_listen: Any = sa.event.listen
_listen(db.session, "before_commit", _send)
_listen(db.session, "after_commit", _stay)
_listen(db.session, "after_rollback", _go)
