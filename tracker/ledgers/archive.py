"""Looks into a zipped workbook before anything opens it: how many parts, how large unpacked, what its XML declares."""

from __future__ import annotations

import zipfile
from pathlib import Path

from tracker.files import zips
from tracker.files.zips import Refused
from tracker.ledgers.parts import LedgerUnreadable, Size, broken, part_of


def inspect(path: Path) -> str:
    """Which workbook a zip is, ``xlsx`` or ``ods``.

    Everything is unpacked once, counted while reading and thrown away, so that a zip bomb stops at the limit and no
    DOCTYPE or oversized sheet ever reaches the parser.
    """
    try:
        with zips.opened(path) as archive:
            return _inspect(archive)
    except LedgerUnreadable:
        raise
    except Refused as refused:
        if refused.message == zips.damaged().message:
            raise broken() from refused
        raise LedgerUnreadable(refused.message, **refused.values) from refused


def _inspect(archive: zipfile.ZipFile) -> str:
    names = archive.namelist()
    kind = _kind(archive, set(names))
    size = Size()
    # Shared strings first: a sheet's true weight is known only with the length of what its cells point to.
    for name in sorted(names, key=lambda name: (not name.lower().endswith("sharedstrings.xml"), name)):
        if zips.is_xml(name):
            part_of(kind, name, size).feed(zips.pieces(archive, name, size))
            continue
        for _piece in zips.pieces(archive, name, size):
            pass
    return kind


def _kind(archive: zipfile.ZipFile, names: set[str]) -> str:
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "mimetype" in names and "content.xml" in names:
        with archive.open("mimetype") as part:
            if part.read(100).strip() == b"application/vnd.oasis.opendocument.spreadsheet":
                return "ods"
    raise broken()
