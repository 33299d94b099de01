"""Looks into a zipped workbook before anything opens it: how many parts, how large unpacked, what its XML declares."""

from __future__ import annotations

import lzma
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from xml.parsers import expat

from tracker.errors import N_
from tracker.ledgers.parts import LedgerUnreadable, Size, broken, part_of

ENTRIES = 500
_CHUNK = 64 * 1024
_DAMAGED = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, expat.ExpatError, NotImplementedError, RuntimeError, EOFError,
    OSError, ValueError, OverflowError,
)  # fmt: skip


def inspect(path: Path) -> str:
    """Which workbook a zip is, ``xlsx`` or ``ods``.

    Everything is unpacked once, counted while reading and thrown away, so that a zip bomb stops at the limit and no
    DOCTYPE or oversized sheet ever reaches the parser.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            return _inspect(archive)
    except _DAMAGED as error:
        raise broken() from error


def _inspect(archive: zipfile.ZipFile) -> str:
    names = [entry.filename for entry in archive.infolist()]
    if len(names) > ENTRIES or len(set(names)) != len(names):
        raise LedgerUnreadable(N_("The file holds more than %(entries)s parts, or one part twice."), entries=ENTRIES)
    kind = _kind(archive, set(names))
    size = Size()
    # Shared strings first: a sheet's true weight is known only with the length of what its cells point to.
    for name in sorted(names, key=lambda name: (not name.lower().endswith("sharedstrings.xml"), name)):
        if not name.lower().endswith((".xml", ".rels")):
            for _ in _chunks(archive, name, size):
                pass
            continue
        part = part_of(kind, name, size)
        for chunk in _chunks(archive, name, size):
            part.parser.Parse(chunk, False)
        part.parser.Parse(b"", True)
    return kind


def _kind(archive: zipfile.ZipFile, names: set[str]) -> str:
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "mimetype" in names and "content.xml" in names:
        with archive.open("mimetype") as part:
            if part.read(100).strip() == b"application/vnd.oasis.opendocument.spreadsheet":
                return "ods"
    raise broken()


def _chunks(archive: zipfile.ZipFile, name: str, size: Size) -> Iterator[bytes]:
    with archive.open(name) as part:
        while chunk := part.read(_CHUNK):
            size.unpack(len(chunk))
            yield chunk
