"""Which of the files sent together are suggestions, and which belong to one of them by their names. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from tracker.documents import words
from tracker.documents.parcels import Piece

DOCUMENTS = ("docx", "docm")
_FRONT = re.compile(r"^(?:附件|附表|附图|附)[\s_\-—::]*[一二三四五六七八九十\d]*[\s_\-—::.、]*")
_NUMBER = re.compile(r"^\D{0,4}?(\d+)")
_ATTACHED = re.compile(words.ATTACHED)


@dataclass
class Bundle:
    """A document with the files that belong to it."""

    document: Piece
    beside: list[Piece] = field(default_factory=list)


def bundled(pieces: list[Piece]) -> tuple[list[Bundle], list[Piece]]:
    """The documents in the order of their names, each with what belongs to it; and what belongs to none of them."""
    written = [piece for piece in pieces if piece.ending in DOCUMENTS]
    bundles = [Bundle(piece) for piece in sorted(written, key=_order) if not _is_attached(piece, written)]
    by_piece = {id(bundle.document): bundle for bundle in bundles}
    strays = []
    for piece in pieces:
        if id(piece) in by_piece:
            continue
        owner = _owner(piece, [bundle.document for bundle in bundles])
        if owner is None:
            strays.append(piece)
        else:
            by_piece[id(owner)].beside.append(piece)
    return bundles, strays


def _order(piece: Piece) -> tuple[object, ...]:
    """By folder and name, numbers by their size: 2 before 10."""
    parts = re.split(r"(\d+)", "/".join((*piece.folder, piece.name)))
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts if part)


def _is_attached(piece: Piece, written: list[Piece]) -> bool:
    """A Word file that is the attachment of another one: its name says so, and whose it is."""
    if not _ATTACHED.search(piece.stem):
        return False
    others = [one for one in written if one is not piece and not _ATTACHED.search(one.stem)]
    return _owner(piece, others) is not None


def _owner(piece: Piece, documents: list[Piece]) -> Piece | None:
    """Whose file this is: its name begins with the document's, or its folder is called so, or it lies alone with it."""
    named = [one for one in documents if _begins(piece, one) or _lies_in(piece, one)]
    if named:
        return max(named, key=lambda one: (one.folder == piece.folder, len(one.stem)))
    near = [one for one in documents if one.folder == piece.folder]
    numbered = [one for one in near if _number(one) is not None and _number(one) == _number(piece)]
    if len(numbered) == 1:
        return numbered[0]
    alone = len(near) == 1 and (len(documents) == 1 or bool(piece.folder))
    return near[0] if alone else None


def _begins(piece: Piece, document: Piece) -> bool:
    bare = _FRONT.sub("", piece.stem)
    for stem in {piece.stem, bare}:
        rest = stem[len(document.stem) :]
        cut_in_a_number = document.stem[-1:].isdigit() and rest[:1].isdigit()
        if stem.startswith(document.stem) and not cut_in_a_number:
            return True
    return False


def _lies_in(piece: Piece, document: Piece) -> bool:
    return bool(piece.folder) and piece.folder != document.folder and document.stem in piece.folder


def _number(piece: Piece) -> int | None:
    found = _NUMBER.match(_FRONT.sub("", piece.stem))
    return int(found[1]) if found and len(found[1]) < 6 else None
