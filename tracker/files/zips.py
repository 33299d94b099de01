"""Measures a zipped document before anything opens it: parts, unpacked size, what its XML declares. Pure."""

from __future__ import annotations

import lzma
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from xml.parsers import expat

from tracker.errors import N_, RuleBroken

ENTRIES = 500
UNPACKED_BYTES = 100 * 1024 * 1024
_CHUNK = 64 * 1024
_ENCRYPTED = 0x1
_DAMAGED = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, expat.ExpatError, NotImplementedError, RuntimeError, EOFError,
    OSError, ValueError, OverflowError,
)  # fmt: skip


class Refused(RuleBroken):
    """A file is refused as a whole; nothing of it is kept."""


def damaged() -> Refused:
    return Refused(N_("The file is damaged, or it is not what its name says."))


class Size:
    """What has been unpacked so far; a bomb stops at the limit."""

    def __init__(self) -> None:
        self.unpacked = 0

    def unpack(self, count: int) -> None:
        self.unpacked += count
        if self.unpacked > UNPACKED_BYTES:
            raise too_large()


def too_large() -> Refused:
    megabytes = UNPACKED_BYTES // 1024 // 1024
    return Refused(N_("The file is larger than %(megabytes)s MB once unpacked."), megabytes=megabytes)


class Xml:
    """An XML part: expat reads every encoding, so a DOCTYPE cannot hide in UTF-16."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate()
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.EntityDeclHandler = self._doctype

    def _doctype(self, *_: object) -> None:
        raise Refused(N_("The file declares a document type, which no office document needs. It was not opened."))

    def feed(self, pieces: Iterator[bytes]) -> None:
        for piece in pieces:
            self.parser.Parse(piece, False)
        self.parser.Parse(b"", True)


@contextmanager
def opened(path: Path) -> Iterator[zipfile.ZipFile]:
    """The archive; whatever breaks while it is read becomes a refusal.

    :raises Refused: it is damaged, protected by a password, or has too many parts or one part twice.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            _look_at_parts(archive)
            yield archive
    except _DAMAGED as error:
        raise damaged() from error


@contextmanager
def unpanicked() -> Iterator[None]:
    """The parser of workbooks is written in Rust, and its panics are no `Exception`: they become a refusal too.

    :raises Refused: it panicked, the file is damaged.
    """
    try:
        yield
    except BaseException as error:
        if type(error).__name__ == "PanicException":
            raise damaged() from error
        raise


def _look_at_parts(archive: zipfile.ZipFile) -> None:
    entries = archive.infolist()
    if len(entries) > ENTRIES or len({entry.filename for entry in entries}) != len(entries):
        raise Refused(N_("The file holds more than %(entries)s parts, or one part twice."), entries=ENTRIES)
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise Refused(N_("The file is protected by a password. Please take the protection off."))


def pieces(archive: zipfile.ZipFile, name: str, size: Size) -> Iterator[bytes]:
    """A part, unpacked piece by piece and counted while it is read."""
    with archive.open(name) as part:
        while piece := part.read(_CHUNK):
            size.unpack(len(piece))
            yield piece


def is_xml(name: str) -> bool:
    return name.lower().endswith((".xml", ".rels"))
