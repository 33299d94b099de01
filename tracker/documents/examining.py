"""A file is looked at from all sides before any of it is kept; what is refused becomes a line with its sentence."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tracker.documents import buried, parcels, reading
from tracker.documents.found import Found
from tracker.documents.parcels import Piece
from tracker.documents.recognition import recognise
from tracker.documents.showing import shown
from tracker.errors import N_, RuleBroken
from tracker.files import passing, rules, secrecy
from tracker.files.zips import Refused

WORD = ("docx",)
PACKED = ("zip", "rar", "7z", "tar", "gz")
OLD_WORD = ("doc", "wps", "rtf", "odt")


class Marked(RuleBroken):
    """The file carries a secrecy marking: nothing of it is kept, not even its name."""


@dataclass(frozen=True)
class Read:
    """What was read in a document: what was recognised, how it looks, and what is enclosed in it."""

    found: Found
    shown: list[dict[str, Any]]
    enclosed: list[tuple[str, str, int]]
    xml_bytes: int


def examined(piece: Piece, known: Collection[str]) -> Read:
    """A Word file, read.

    :raises Marked: it carries a secrecy marking.
    :raises Refused: it is empty, hostile, damaged, protected, or no Word file.
    """
    with passing.on_trial(piece.content) as path:
        kind = rules.accept(path, piece.name)
        parsed = reading.xml_bytes(path) if kind.endings == WORD else 0
        _must_not_be_marked(path, kind, piece)
        if kind.endings != WORD:
            raise no_word_file(piece)
        buried.must_hold_no_program(path, piece.name)
        if buried.is_marked(path):
            raise Marked("")
        paper = reading.read(path)
    found, marks = recognise(paper, piece.name, known)
    return Read(found, shown(paper.lines, marks), paper.enclosed, parsed)


def refusal(piece: Piece) -> dict[str, Any] | None:
    """Why a file beside a document is not kept; nothing if it is.

    :raises Marked: it carries a secrecy marking; its document is not taken in either.
    """
    try:
        with passing.on_trial(piece.content) as path:
            kind = rules.accept(path, piece.name)
            _must_not_be_marked(path, kind, piece)
            if kind.endings == WORD:
                buried.must_hold_no_program(path, piece.name)
                if buried.is_marked(path):
                    raise Marked("")
    except Marked:
        raise
    except RuleBroken as refused:
        return left_out(piece, refused)
    return None


def _must_not_be_marked(path: Path, kind: rules.Kind, piece: Piece) -> None:
    """Also the folder it lay in may say that it is secret."""
    for name in (piece.name, *piece.folder):
        try:
            secrecy.must_carry_no_mark(path, kind, name)
        except Refused as refused:
            if "name" in refused.values:
                raise Marked("") from refused
            raise


def left_out(piece: Piece, refused: RuleBroken) -> dict[str, Any]:
    return {"name": piece.name[:255], "why": refused.message, "values": dict(refused.values)}


def marked(place: int) -> dict[str, Any]:
    why = N_(
        "Document %(place)d carries a secrecy marking. Nothing of it was kept: secret matters are handled off-line."
    )
    return {"name": "", "why": why, "values": {"place": place}}


def stray(piece: Piece) -> dict[str, Any]:
    """A file that is no suggestion and belongs to none."""
    if parcels.is_parcel(piece.name, piece.content):
        return left_out(piece, Refused(N_("A zip inside the zip is not opened.")))
    if piece.ending in OLD_WORD:
        return left_out(piece, no_word_file(piece))
    if piece.ending in PACKED:
        return left_out(piece, rules.not_taken(piece.name))
    return left_out(piece, Refused(N_("It belongs by its name to none of the documents; it was not kept.")))


def too_many(piece: Piece, most: int) -> dict[str, Any]:
    return left_out(piece, Refused(N_("At most %(count)d files beside a document; this one was not kept."), count=most))


def without_document() -> dict[str, Any]:
    return {
        "name": "",
        "why": N_("A file that belongs to a document that was refused; it was not kept."),
        "values": {},
    }


def no_word_file(piece: Piece) -> Refused:
    return Refused(
        N_("%(name)s is no Word file of the present kind. Please save it as .docx and send it again."), name=piece.name
    )
