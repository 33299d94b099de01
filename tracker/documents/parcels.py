"""Takes apart what was sent: single files, and zips of them. No name in a zip is ever used as a path. Pure.

What is hostile in a zip as a whole (bombs, passwords, tricks in names, links) refuses the zip; a single bad file in a
good zip is left to be refused by itself.
"""

from __future__ import annotations

import io
import re
import stat
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from tracker.errors import N_
from tracker.files import rules, zips
from tracker.files.zips import Refused

_JUNK = re.compile(r"(?:^|/)(?:__MACOSX/|\.DS_Store$|Thumbs\.db$|desktop\.ini$|~\$|\._)", re.IGNORECASE)
_UTF8 = 0x800
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")


@dataclass(frozen=True)
class Piece:
    """A file that was sent; `folder` is where it lay in the zip."""

    name: str
    content: bytes
    folder: tuple[str, ...] = ()

    @property
    def stem(self) -> str:
        return self.name.rpartition(".")[0] or self.name

    @property
    def ending(self) -> str:
        return self.name.rpartition(".")[2].lower() if "." in self.name else ""


def taken_apart(raw_name: str | None, content: bytes) -> list[Piece]:
    """The files of a zip, or the one file it is.

    :raises Refused: it is a zip that is damaged, protected, far too large, or plays tricks.
    """
    name = rules.tidy_name(raw_name)
    if not is_parcel(name, content):
        return [Piece(name, content)]
    with zips.opened(cast(Path, io.BytesIO(content))) as archive:
        size = zips.Size()
        pieces = []
        for entry in archive.infolist():
            parts = _parts(entry)
            if entry.is_dir() or parts is None:
                continue
            unpacked = b"".join(zips.pieces(archive, cast(Any, entry), size))
            pieces.append(Piece(rules.tidy_name(parts[-1]), unpacked, tuple(parts[:-1])))
    return pieces


def is_parcel(name: str, content: bytes) -> bool:
    """Whether these bytes are a zip that is no document itself; of a damaged one the name tells."""
    if not content.startswith(_ZIP):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return not any(name.lower() in rules.ZIPPED for name in archive.namelist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        return name.lower().endswith(".zip")


def _parts(entry: zipfile.ZipInfo) -> list[str] | None:
    """The folders and the name of an entry; nothing for what systems put into zips by themselves."""
    name = _written(entry)
    parts = name.replace("\\", "/").split("/")
    is_link = stat.S_ISLNK(entry.external_attr >> 16)
    if "\0" in name or name[:1] in "/\\" or re.match(r"[A-Za-z]:", name) or ".." in parts or is_link:
        raise Refused(N_("The zip holds a name that leads out of its folder. Nothing of it was opened."))
    return None if _JUNK.search(name.replace("\\", "/")) or not parts[-1] else parts


def _written(entry: zipfile.ZipInfo) -> str:
    """The name as it was written: zips made under Chinese Windows say it in GB18030 and do not tell."""
    name = entry.orig_filename
    if entry.flag_bits & _UTF8:
        return name
    try:
        raw = name.encode("cp437")
    except UnicodeEncodeError:
        return name
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return name
