"""Which files are taken in, judged by what they hold, and what they are called. Pure."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tracker.errors import N_
from tracker.files import zips
from tracker.files.zips import Refused

LONGEST_NAME = 120
MOST_PIXELS = 200_000_000
_JPEG_SIZES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_HEAD = 4096
_CHUNK = 256 * 1024
_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
# In a compound file names are UTF-16. Found by plain search: such a file is never parsed.
_OLE_MACROS = "_VBA_PROJECT".encode("utf-16-le")
_OLE_PASSWORD = "EncryptedPackage".encode("utf-16-le")
_OLE_INSTALLER = bytes.fromhex("84100C0000000000C000000000000046")
_OFFICE = "application/vnd.openxmlformats-officedocument."
_ACTIVE_PART = re.compile(
    r"vbaproject|/activex/|macrosheets/|\.(?:exe|dll|com|scr|msi|bat|cmd|ps1|vbs|vbe|js|jse|wsf|hta|jar|lnk)$"
)
_MACRO_TYPE = b"macroenabled"
_MARKUP = re.compile(
    r"<\s*(?:!doctype|!--|\?xml|html|head|body|svg|script|iframe|object|img|meta|link)\b|#!", re.IGNORECASE
)
_UNFIT = re.compile(r'[\x00-\x1f\x7f-\x9f"*:<>?|\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]')


@dataclass(frozen=True)
class Kind:
    """A kind of file: the type it is served as, and the endings its name may have (the first is given to none)."""

    media_type: str
    endings: tuple[str, ...]


PDF = Kind("application/pdf", ("pdf",))
PNG = Kind("image/png", ("png",))
JPEG = Kind("image/jpeg", ("jpg", "jpeg"))
TEXT = Kind("text/plain", ("txt",))
OLD_OFFICE = Kind("application/x-ole-storage", ("doc", "xls", "wps", "ppt", "et", "dps"))
# Part that makes a zip this kind of document.
ZIPPED: dict[str, Kind] = {
    "word/document.xml": Kind(f"{_OFFICE}wordprocessingml.document", ("docx",)),
    "xl/workbook.xml": Kind(f"{_OFFICE}spreadsheetml.sheet", ("xlsx",)),
    "ppt/presentation.xml": Kind(f"{_OFFICE}presentationml.presentation", ("pptx",)),
    "ofd.xml": Kind("application/ofd", ("ofd",)),
}
TAKEN = ("pdf", "ofd", "docx", "xlsx", "pptx", "doc", "xls", "wps", "jpg", "png", "txt")


def accept(path: Path, name: str) -> Kind:
    """What kind of file this is by its content; the ending of its name must agree.

    :raises Refused: it is empty, hostile, damaged, protected, or of a kind that is not taken.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if not head:
        raise Refused(N_("The file %(name)s is empty."), name=name)
    kind = _kind(path, head, name)
    ending = _ending(name)
    if ending not in ("", *kind.endings):
        raise Refused(
            N_("%(name)s is by its content a %(kind)s file; please give it its right name."),
            name=name,
            kind=kind.endings[0],
        )
    if not ending and kind in (TEXT, OLD_OFFICE):
        raise not_taken(name)
    return kind


def not_taken(name: str) -> Refused:
    return Refused(N_("%(name)s is not taken. Files may be: %(kinds)s."), name=name, kinds=", ".join(TAKEN))


def tidy_name(raw: str | None) -> str:
    """The file's own name, without folders and without signs that mislead or break; every letter of it is kept.

    Longer names are cut before the ending.
    """
    bare = re.split(r"[\\/]", raw or "")[-1]
    bare = _UNFIT.sub("_", bare).strip(" ").lstrip(".").rstrip(". ").strip()
    stem, dot, ending = bare.rpartition(".")
    if len(bare) > LONGEST_NAME:
        bare = f"{stem[: LONGEST_NAME - len(ending) - 1]}.{ending}" if dot and len(ending) <= 5 else bare[:LONGEST_NAME]
    return bare or "file"


def _ending(name: str) -> str:
    return name.rpartition(".")[2].lower() if "." in name else ""


def _kind(path: Path, head: bytes, name: str) -> Kind:
    if head.startswith(b"%PDF-"):
        return PDF
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return _png(head)
    if head.startswith(b"\xff\xd8\xff"):
        return _jpeg(path)
    if head.startswith(_OLE):
        return _old_office(path, name)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zipped(path, name)
    if _ending(name) == "txt" and _is_text(path):
        return TEXT
    raise not_taken(name)


def _png(head: bytes) -> Kind:
    if head[12:16] != b"IHDR":
        raise zips.damaged()
    _must_be_paintable(*(int.from_bytes(head[place : place + 4], "big") for place in (16, 20)))
    return PNG


def _jpeg(path: Path) -> Kind:
    """Its size stands in a segment behind others, each with its length before it."""
    with path.open("rb") as file:
        file.seek(2)
        while len(start := file.read(9)) == 9 and start[0] == 0xFF:
            if start[1] in _JPEG_SIZES:
                _must_be_paintable(int.from_bytes(start[7:9], "big"), int.from_bytes(start[5:7], "big"))
                break
            file.seek(max(int.from_bytes(start[2:4], "big"), 2) - 7, 1)
    return JPEG


def _must_be_paintable(width: int, height: int) -> None:
    if width * height > MOST_PIXELS:
        raise Refused(N_("The picture has more than %(pixels)s million pixels."), pixels=MOST_PIXELS // 1_000_000)


def _old_office(path: Path, name: str) -> Kind:
    """Compound files of the old office programs are kept as they are and never parsed here; only searched."""
    found = search(path, (_OLE_MACROS, _OLE_PASSWORD, _OLE_INSTALLER))
    if _OLE_PASSWORD in found:
        raise Refused(N_("The file is protected by a password. Please take the protection off."))
    if _OLE_INSTALLER in found:
        raise not_taken(name)
    if found:
        raise _macros(name)
    return OLD_OFFICE


def search(path: Path, needles: tuple[bytes, ...]) -> set[bytes]:
    """Which of these bytes stand somewhere in the file."""
    longest, kept, found = max(map(len, needles)), b"", set()
    with path.open("rb") as file:
        while piece := file.read(_CHUNK):
            window = kept + piece
            found |= {needle for needle in needles if needle in window}
            kept = window[-longest:]
    return found


def _zipped(path: Path, name: str) -> Kind:
    with zips.opened(path) as archive:
        names = archive.namelist()
        kind = next((ZIPPED[part.lower()] for part in names if part.lower() in ZIPPED), None)
        if kind is None:
            raise not_taken(name)
        if any(_ACTIVE_PART.search("/" + part.lower()) for part in names):
            raise _macros(name)
        size = zips.Size()
        for part in names:
            if zips.is_xml(part):
                xml = zips.Xml()
                content = zips.pieces(archive, part, size)
                xml.feed(_without_macros(content, name) if part == "[Content_Types].xml" else content)
            else:
                for _piece in zips.pieces(archive, part, size):
                    pass
    return kind


def _without_macros(content: Iterator[bytes], name: str) -> Iterator[bytes]:
    said = b"".join(content)
    if _MACRO_TYPE in said.replace(b"\0", b"").lower():
        raise _macros(name)
    yield said


def _macros(name: str) -> Refused:
    return Refused(N_("%(name)s carries macros or programs. Please save it without them."), name=name)


def _is_text(path: Path) -> bool:
    text = decoded(path.read_bytes())
    return text is not None and not _MARKUP.match(text.lstrip()) and not re.search(r"[\x00-\x08\x0e-\x1f]", text)


def decoded(content: bytes) -> str | None:
    """A text file's text in the first encoding that fits, if one does."""
    utf16 = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-16",) if utf16 else ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeError:
            continue
    return None
