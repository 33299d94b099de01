"""What the head of a reply letter pasted into a cell says: class, document number, signer, publicity."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from tracker.ledgers import words
from tracker.ledgers.values import is_nothing

_HEAD = 120
_SALUTATION = re.compile(words.SALUTATION)
_CLASSES = tuple(re.compile(pattern) for pattern in words.CLASS_IN_HEAD)
_PUBLICITY = tuple((re.compile(pattern), meaning) for pattern, meaning in words.PUBLICITY)
_CLASS_CELL = re.compile(words.CLASS_CELL)
_DOCUMENT = re.compile(words.DOCUMENT_NUMBER)
_SIGNER = re.compile(words.SIGNER_IN_TEXT)
_HANDLER = re.compile(words.HANDLER_IN_TEXT)


@dataclass(frozen=True)
class LetterHead:
    """Facts a reply letter states about itself; whatever it does not state is empty."""

    class_label: str = ""
    document_number: str = ""
    signer: str = ""
    handler: str = ""
    publicity: str = ""


def read_letter_head(text: str) -> LetterHead:
    """Read a letter's head (before the salutation), and its foot for signer, contact person and publicity."""
    if is_nothing(text):
        return LetterHead()
    greeted = _SALUTATION.search(text)
    head = text[: greeted.start() if greeted else _HEAD][:_HEAD]
    signer, handler = _SIGNER.search(text), _HANDLER.search(text)
    return LetterHead(
        class_label=_class(head),
        document_number=found[0] if (found := _DOCUMENT.search(head)) else "",
        signer=signer[1] if signer else "",
        handler=handler[1] if handler else "",
        publicity=_publicity(head) or _publicity(text[-60:]),
    )


def read_class(cell: str) -> str:
    """The local label of a cell of its own: "B类" and "（B）" are "B", words stay as printed."""
    bare = unicodedata.normalize("NFKC", cell).strip()
    if is_nothing(bare):
        return ""
    found = _CLASS_CELL.fullmatch(bare)
    return found[1] if found else bare


def read_publicity(cell: str) -> str | None:
    """public, summary, on_request or not_public; empty for an empty cell, None if the words are not understood."""
    bare = cell.strip()
    if is_nothing(bare):
        return ""
    return words.PUBLICITY_WORDS.get(bare) or _publicity(bare) or None


def _class(head: str) -> str:
    head = unicodedata.normalize("NFKC", head)
    return next((found[1] for pattern in _CLASSES if (found := pattern.search(head))), "")


def _publicity(text: str) -> str:
    return next((meaning for pattern, meaning in _PUBLICITY if pattern.search(text)), "")
