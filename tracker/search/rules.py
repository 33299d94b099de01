"""Which words a text is made of: Chinese in pairs of characters, anything else as words.

"增设5G基站" is 增设 设 5g 基站 站: every character begins a pair, and the last of a run stands alone. So two characters
are found as one word, longer ones as pairs that follow each other, and a single one as the beginning of a pair; and
since no pair reaches across a comma, neither does what is found.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from array import array
from dataclasses import dataclass
from enum import IntEnum

PAIRED = (
    "々〇"  # repetition mark, the Chinese nought
    "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff"  # kana, characters with extension A, hangul, compatibility
    "\U00020000-\U0003ffff"  # extensions B and later: rare characters of names
)
FORM = 1  # of cutting: raised when a text is cut otherwise than before, and then none is indexed as it is due
LONGEST_WORD = 60
PIECE = 4_000  # characters: a longer text is kept in pieces, for PostgreSQL counts no further than 16,383 words
OVERLAP = 100  # what is asked for is never longer, so nothing hides on the edge of two pieces
PIECE_BITS, THING_BITS, KIND_BITS, CONGRESS_BITS = 10, 31, 4, 18
CONGRESS_AT = PIECE_BITS + THING_BITS + KIND_BITS
THINGS = (1 << THING_BITS) - 1
RUN = re.compile(f"([{PAIRED}]+)|([^\\W_{PAIRED}]+)")
_GAP = re.compile(r"[\s,，、;；。]+")
_NAME_DOT = re.compile("[·•・‧．]")  # 阿不都·热合曼 is one name, with its dot or without
_MARKED = re.compile("[\u00c0-\u024f\u1e00-\u1eff]")  # Latin letters with marks
_ODD = re.compile(f"{_NAME_DOT.pattern}|{_MARKED.pattern}")
# The wide signs of every Chinese text: once they are narrow, most texts are written in one way already.
_WIDE = {sign: unicodedata.normalize("NFKC", sign) for sign in "，：；！？（）％～…"}
_BLANK = " ".encode("utf-32-le")


class Kind(IntEnum):
    """What a text is; those of one thing that are asked for together stand together."""

    NUMBER = 0
    TITLE = 1
    TEXT = 2
    DEPUTY = 3
    BODY = 4
    REPLY = 5
    OTHER_NUMBER = 6


SUGGESTION = (Kind.NUMBER, Kind.TEXT)  # from number to text: all that stands in a suggestion


@dataclass(frozen=True)
class Sought:
    """One word that is asked for: its tokens in a row; `open` when the last is only the beginning of one."""

    said: str
    tokens: tuple[str, ...]
    open: bool


def plain(text: str) -> str:
    """One spelling of everything that is written in several: width, case, marks on Latin letters, dots in names."""
    if text.isascii():
        return text.lower()
    for sign, narrow in _WIDE.items():
        text = text.replace(sign, narrow)
    same = unicodedata.normalize("NFKC", text).casefold()
    if not _ODD.search(same):
        return same
    if _MARKED.search(same):
        same = "".join(_without_mark(one) for one in same)
    return _NAME_DOT.sub("", same)


def tokens(text: str) -> list[str]:
    """What a text is found by, in its order."""
    return words(text).split()


def words(text: str) -> str:
    """The tokens of a text in one line, a blank between each and the next."""
    runs = RUN.findall(plain(text))
    pairs, at = _pairs(" ".join([paired for paired, _word in runs if paired])), 0
    return " ".join(
        [pairs[at : (at := at + 3 * len(paired) + 3) - 5] if paired else word[:LONGEST_WORD] for paired, word in runs]
    )


def sought(question: str) -> list[Sought]:
    """The words of a question, all of which are to be found; signs alone are none."""
    return [one for part in _GAP.split(question) if (one := _word(part)) is not None]


def pieces(text: str) -> list[str]:
    """A long text in parts that overlap."""
    if len(text) <= PIECE:
        return [text]
    return [text[at : at + PIECE + OVERLAP] for at in range(0, len(text), PIECE)][: 1 << PIECE_BITS]


def mark(piece: str) -> bytes:
    """What a piece of a text is known by: the digest of it, and of how it is cut."""
    return hashlib.sha256(f"{FORM} {piece}".encode()).digest()


def place(congress_id: int, kind: int, thing_id: int = 0, piece: int = 0) -> int:
    """The number under which a piece of a text is kept: congress, kind, thing and piece in one.

    So the texts of one congress and kind stand in a row, and are found without reading any other's.
    """
    if congress_id >> CONGRESS_BITS or kind >> KIND_BITS or thing_id >> THING_BITS or piece >> PIECE_BITS:
        raise ValueError(f"{congress_id, kind, thing_id, piece} is too large for a place in the index")
    return ((congress_id << KIND_BITS | kind) << THING_BITS | thing_id) << PIECE_BITS | piece


def places(congress_id: int, first: int, last: int) -> tuple[int, int]:
    """The first and the last number of these kinds in a congress."""
    return place(congress_id, first), place(congress_id, last, THINGS, (1 << PIECE_BITS) - 1)


def places_of(congress_id: int, kind: int, thing_id: int) -> tuple[int, int]:
    """The first and the last number of one thing's text."""
    return place(congress_id, kind, thing_id), place(congress_id, kind, thing_id, (1 << PIECE_BITS) - 1)


def _pairs(text: str) -> str:
    """Each character, the one behind it and a blank. By whole slices: a large city has thirty million of them."""
    signs = array("I", text.encode("utf-32-le"))
    made = array("I", _BLANK * (3 * len(signs)))
    made[::3], made[1:-3:3] = signs, signs[1:]
    return made.tobytes().decode("utf-32-le")


def _without_mark(letter: str) -> str:
    return unicodedata.normalize("NFD", letter)[0] if _MARKED.match(letter) else letter


def _word(part: str) -> Sought | None:
    found = tokens(part)
    if not found:
        return None
    last = found[-1]
    is_paired = re.fullmatch(f"[{PAIRED}]+", last) is not None
    if is_paired and len(found) > 1 and len(found[-2]) == 2 and found[-2][-1] == last and _ends_paired(part):
        return Sought(part, tuple(found[:-1]), open=False)
    return Sought(part, tuple(found), open=is_paired or len(last) > 1)


def _ends_paired(part: str) -> bool:
    """Whether the last run has more than one character, so that its last stands in a pair already."""
    runs = RUN.findall(plain(part))
    return len(runs[-1][0]) > 1
