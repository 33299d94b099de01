"""What a file tells besides what it shows: who wrote it, what was changed, where a picture was taken. Pure.

Read with little: only what `rules.accept` has let in comes here, and no program opens it.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from pathlib import Path

from tracker.errors import N_
from tracker.files import rules, zips
from tracker.files.rules import Kind

AUTHOR = N_("the name of who wrote it")
CHANGES = N_("changes that were tracked, or comments")
PLACE = N_("the place where it was taken")
_HEAD = 256 * 1024
_WRITER = re.compile(rb"<(?:\w+:)?(?:creator|lastModifiedBy)\b[^>]*>\s*[^<\s]", re.IGNORECASE)
_TRACKED = re.compile(rb"<(?:\w+:)?(?:ins|del|moveFrom|moveTo|comment)\s")
_COMMENTS = re.compile(r"(?:word/comments\d*|xl/comments\d*|ppt/comments/.*)\.xml", re.IGNORECASE)
_PDF_WRITER = re.compile(rb"/Author\s*(?:\((?!\))|<(?!>|<))")
_GPS = 0x8825


def told_by(path: Path, kind: Kind) -> list[str]:
    """What is hidden in it, as words; nothing for a file that cannot be read so."""
    try:
        return list(_told(path, kind))
    except (zips.Refused, struct.error, OSError):
        return []


def kind_of(media_type: str) -> Kind | None:
    """The kind a stored file was found to be."""
    known = (rules.PDF, rules.PNG, rules.JPEG, *rules.ZIPPED.values())
    return next((kind for kind in known if kind.media_type == media_type), None)


def _told(path: Path, kind: Kind) -> Iterator[str]:
    if kind in rules.ZIPPED.values():
        yield from _of_document(path)
    elif kind is rules.PDF and _PDF_WRITER.search(path.read_bytes()):
        yield AUTHOR
    elif kind in (rules.JPEG, rules.PNG) and _has_place(_exif(path)):
        yield PLACE


def _of_document(path: Path) -> Iterator[str]:
    with zips.opened(path) as archive:
        size, names = zips.Size(), archive.namelist()
        if "docProps/core.xml" in names and _WRITER.search(b"".join(zips.pieces(archive, "docProps/core.xml", size))):
            yield AUTHOR
        if any(map(_COMMENTS.fullmatch, names)) or _tracks(archive, size, names):
            yield CHANGES


def _tracks(archive: object, size: zips.Size, names: list[str]) -> bool:
    before = b""
    if "word/document.xml" not in names:
        return False
    for piece in zips.pieces(archive, "word/document.xml", size):  # type: ignore[arg-type]
        if _TRACKED.search(before + piece):
            return True
        before = piece[-40:]
    return False


def _exif(path: Path) -> bytes:
    """The TIFF block of a picture's Exif data; of a JPEG behind its mark, of a PNG in its own chunk."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    for mark, skip in ((b"Exif\0\0", 6), (b"eXIf", 4)):
        if (found := head.find(mark)) >= 0:
            return head[found + skip :]
    return b""


def _has_place(tiff: bytes) -> bool:
    """Whether the first directory of a TIFF block points to one with a place."""
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(tiff[:4])
    if order is None:
        return False
    (begin,) = struct.unpack_from(f"{order}I", tiff, 4)
    (count,) = struct.unpack_from(f"{order}H", tiff, begin)
    tags = (struct.unpack_from(f"{order}H", tiff, begin + 2 + 12 * number)[0] for number in range(min(count, 200)))
    return _GPS in tags
