"""Looks for what a Word file hides below its text: secrecy markings in notes, properties and embedded files, and
programs inside them. The text itself is looked through by `files.secrecy`."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tracker.documents.paragraphs import W
from tracker.documents.reading import xml_parts
from tracker.errors import N_
from tracker.files import marks, zips
from tracker.files.zips import Refused

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_PARAGRAPHS = (f"{W}p", f"{A}p")
_WORDS = (f"{W}t", f"{W}delText", f"{A}t")
_EMBEDDED_BYTES = 20 * 1024 * 1024
_MACROS = ("_VBA_PROJECT".encode("utf-16-le"), b"vbaProject.bin")
_PACKAGE = "Ole10Native".encode("utf-16-le")
_PROGRAM = re.compile(rb"\.(?:exe|bat|cmd|com|scr|vbs|vbe|js|jse|wsf|hta|ps1|msi|jar|lnk|dll)\0", re.IGNORECASE)
_SAID = re.compile(r"(?:绝密|机密|秘密)级?[★☆*＊]")


def is_marked(path: Path) -> bool:
    """Whether a secrecy marking stands anywhere in the file, also where no reader sees it at once."""
    with zips.opened(path) as archive:
        for name, root in xml_parts(archive):
            if any(marks.is_marked(line, at_top=False) for line in _lines(name, root)):
                return True
        return any(_SAID.search(marks.bare(text)) for _part, content in _embedded(archive) for text in _texts(content))


def must_hold_no_program(path: Path, name: str) -> None:
    """:raises Refused: an embedded file carries macros or is a program."""
    with zips.opened(path) as archive:
        for part, content in _embedded(archive):
            is_program = _PACKAGE in content and _PROGRAM.search(content)
            if part.endswith((".docm", ".xlsm", ".pptm")) or is_program or any(mark in content for mark in _MACROS):
                raise Refused(N_("%(name)s carries macros or programs. Please save it without them."), name=name)


def _lines(name: str, root: Any) -> Iterator[str]:
    """The paragraphs of a part with what was struck out, the names of its pictures, and the document's properties."""
    words: list[str] = []
    for element in root.iter(*_PARAGRAPHS, *_WORDS):
        if element.tag in _PARAGRAPHS:
            yield "".join(words)
            words = []
        else:
            words.append(element.text or "")
    yield "".join(words)
    for picture in root.iter("{*}docPr"):
        yield from (str(picture.get(told)) for told in ("descr", "title") if picture.get(told))
    if name.startswith("docprops/"):
        yield from (text for text in root.itertext() if text)


def _embedded(archive: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    size = 0
    for entry in archive.infolist():
        if entry.filename.lower().startswith("word/embeddings/") and not entry.is_dir():
            size += entry.file_size
            if size > _EMBEDDED_BYTES:
                raise zips.too_large()
            yield entry.filename.lower(), archive.read(entry)


def _texts(content: bytes) -> Iterator[str]:
    """The words of an embedded file: of an office document, or found by plain search in an old one."""
    if not content.startswith(b"PK\x03\x04"):
        yield content.decode("utf-16-le", "ignore")
        yield content[1:].decode("utf-16-le", "ignore")
        yield content.decode("gb18030", "ignore")
        return
    try:
        with zips.opened(io.BytesIO(content)) as archive:  # type: ignore[arg-type]
            size = zips.Size()
            for part in archive.namelist():
                if zips.is_xml(part):
                    yield re.sub(r"<[^<>]*>", "", b"".join(zips.pieces(archive, part, size)).decode("utf-8", "ignore"))
    except Refused as refused:
        raise Refused(
            N_("A file embedded in the document could not be looked through. It was not taken in.")
        ) from refused
