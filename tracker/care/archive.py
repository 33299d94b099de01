"""The one file of a backup: a note, the rows as lines, the stored files, and the digests of all of it at the end.

    note.json            form, schema, when, by which version
    tables/<name>.jsonl  the rows (tracker.care.lines)
    files/…              what the rows name
    digests.json         of everything before it, and how many rows each table has

The first form held a copy of the SQLite database instead of rows; it is still read.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import os
import re
import shutil
import tarfile
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path
from typing import IO, Any

from tracker.errors import N_, RuleBroken

FORM = 2
NOTE, DIGESTS, DATABASE = "note.json", "digests.json", "tracker.db"
TABLES, FILES = "tables", "files"
NAME = re.compile(r"note\.json|digests\.json|tracker\.db|tables/\w+\.jsonl|files/[\w-][\w.-]*/[\w-][\w.-]*", re.ASCII)
SPEED = 6  # of gzip: nine takes twice the time for a hundredth of the room
CHUNK = 256 * 1024
_WRONG = (tarfile.TarError, zlib.error, OSError, ValueError, EOFError, LookupError)


@dataclass(frozen=True)
class Unpacked:
    """A backup that was compared with its digests; `revision` is "" for the first form, whose database knows it."""

    folder: Path
    form: int
    revision: str
    rows: Mapping[str, int]
    files: int
    contact_keys: tuple[str, ...] = ()  # an encrypted backup brings them along


def pack(target: Path, note: Mapping[str, Any], rows: Mapping[str, int], lines: Path, files: Iterable[Path]) -> int:
    """Write the archive; how many stored files went in. The last parts of a file's path are its name: `ab/abcdef`."""
    digests: dict[str, str] = {}
    count = 0
    with target.open("xb") as out, tarfile.open(fileobj=out, mode="w:gz", compresslevel=SPEED) as archive:
        _add_text(archive, NOTE, json.dumps({"form": FORM, **note}, indent=1), digests)
        for path in sorted(lines.iterdir()):
            _add(archive, f"{TABLES}/{path.name}", path, digests)
        for path in files:
            _add(archive, f"{FILES}/{path.parent.name}/{path.name}", path, digests)
            count += 1
        _add_text(archive, DIGESTS, json.dumps({"digests": digests, "rows": rows}, indent=1), {})
    return count


def unpack(file: Path, folder: Path) -> Unpacked:
    """Unpack into an empty folder and compare everything with its digest.

    :raises RuleBroken: it is damaged, no backup, or of a form this version does not know.
    """
    damaged = RuleBroken(N_("The backup is damaged or is none: nothing was changed."))
    try:
        _read_to_the_end(file)
        with tarfile.open(file, "r:gz") as archive:
            _extract(archive, folder)
        note = _json(folder / NOTE)
        form = note["form"]
        if form not in (1, FORM):
            raise RuleBroken(N_("The backup was made by another version of the tracker."))
        told = _json(folder / DIGESTS) if form == FORM else note
        digests, rows = dict(told["digests"]), dict(told.get("rows", {}))
        revision = str(note["revision"]) if form == FORM else ""
        sound = _are_all_there(folder, digests, form)
    except _WRONG as wrong:
        raise damaged from wrong
    if not sound:
        raise damaged
    keys = tuple(map(str, note.get("contact_keys", ())))
    return Unpacked(folder, form, revision, rows, sum(name.startswith(f"{FILES}/") for name in digests), keys)


def _extract(archive: tarfile.TarFile, folder: Path) -> None:
    """Files under names we give ourselves, and nothing else: no link, no way out, nothing twice.

    tarfile's own filter came with Python 3.11.4; Debian 12 has 3.11.2.
    """
    for member in archive:
        content = archive.extractfile(member) if member.isreg() and NAME.fullmatch(member.name) else None
        if content is None:
            raise ValueError(member.name)
        to = folder / member.name
        to.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with os.fdopen(os.open(to, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            shutil.copyfileobj(content, out, CHUNK)


def digest_of(content: BufferedReader) -> str:
    return hashlib.file_digest(content, "sha256").hexdigest()


def _are_all_there(folder: Path, digests: Mapping[str, str], form: int) -> bool:
    """Nothing more and nothing less than what is named, and each as it was."""
    named = {*digests, NOTE} | ({DIGESTS} if form == FORM else set())
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir()}
    complete = NOTE in digests and any(name.startswith(f"{TABLES}/") for name in digests)
    if there != named or not (complete if form == FORM else DATABASE in digests):
        return False
    for name, digest in digests.items():
        with (folder / name).open("rb") as content:
            if digest_of(content) != digest:
                return False
    return True


def _json(path: Path) -> dict[str, Any]:
    found = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(found, dict):
        raise ValueError(path.name)
    return found


def _read_to_the_end(file: Path) -> None:
    """Only there stands the sum over the whole; unpacking alone stops before it."""
    with gzip.open(file) as whole:
        while whole.read(CHUNK):
            pass


class _Summing(io.RawIOBase):
    """Sums up what is read through it, so that each file is read once."""

    def __init__(self, content: IO[bytes]) -> None:
        self.content = content
        self.sum = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        piece = self.content.read(size)
        self.sum.update(piece)
        return piece


def _add(archive: tarfile.TarFile, name: str, path: Path, digests: dict[str, str]) -> None:
    with path.open("rb") as content:
        entry = archive.gettarinfo(arcname=name, fileobj=content)
        entry.uid = entry.gid = 0
        entry.uname = entry.gname = ""
        entry.mode = 0o600
        entry.type = tarfile.REGTYPE  # one that has two names is still a file
        entry.size = path.stat().st_size
        summing = _Summing(content)
        archive.addfile(entry, summing)
    digests[name] = summing.sum.hexdigest()


def _add_text(archive: tarfile.TarFile, name: str, text: str, digests: dict[str, str]) -> None:
    entry = tarfile.TarInfo(name)
    content = text.encode()
    entry.size = len(content)
    entry.mode = 0o600
    archive.addfile(entry, io.BytesIO(content))
    digests[name] = hashlib.sha256(content).hexdigest()
