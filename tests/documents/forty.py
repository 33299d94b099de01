"""Forty Word files in twenty layouts, with what is right for each; `measure` says how much of it was recognised."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.documents import letters_made
from tests.documents.forms_made import FORMS
from tests.documents.letters_made import LETTERS
from tests.documents.wordings import Wording, wording
from tracker.documents.found import Found
from tracker.documents.reading import read
from tracker.documents.recognition import recognise

LAYOUTS: tuple[Callable[[Wording], Any], ...] = (*FORMS, *LETTERS)
WITHOUT_SIGNERS = {
    "title_over_two_lines",
    "pushed_by_blanks",
    "with_count",
    "only_title_and_text",
    "of_a_delegation",
    "in_text_box",
}


@dataclass
class Made:
    """A file, and what a person would read in it."""

    name: str
    layout: str
    content: bytes
    title: str
    lead: str
    co_signers: list[str]
    text: str


def made(number: int) -> Made:
    """The file of this number, 0 to 39."""
    layout, w = LAYOUTS[number % len(LAYOUTS)], wording(number)
    stream = io.BytesIO()
    layout(w).save(stream)
    kind = layout.__name__
    title = letters_made.short_title(w) if kind == "conspicuous" else w.title
    name = f"{number + 1:02}-{w.lead}-{w.title}.docx" if kind == "only_title_and_text" else f"{number + 1:02}.docx"
    lead = "" if kind == "of_a_delegation" else w.lead
    signers = [] if kind in WITHOUT_SIGNERS else w.co_signers
    text = w.text.replace(w.paragraphs[0], f"{w.paragraphs[0]}特此说明。") if kind == "corrected" else w.text
    if kind == "pushed_by_blanks":
        text = f"{text}\n此致\n敬礼"
    return Made(name, kind, stream.getvalue(), title, lead, signers, text)


def forty() -> list[Made]:
    return [made(number) for number in range(40)]


def recognised(one: Made, folder: Path, known: Collection[str]) -> Found:
    path = folder / "document.docx"
    path.write_bytes(one.content)
    return recognise(read(path), one.name, known)[0]


def measure(files: list[Made], folder: Path, known: Collection[str]) -> tuple[Counter[str], list[str]]:
    """How many titles, leads, lists of co-signers and texts were right, and what was wrong."""
    right: Counter[str] = Counter()
    wrong: list[str] = []
    for one in files:
        found = recognised(one, folder, known)
        for field in ("title", "lead", "co_signers", "text"):
            if getattr(found, field) == getattr(one, field):
                right[field] += 1
            else:
                wrong.append(f"{one.name} {one.layout}.{field}: {getattr(found, field)!r} not {getattr(one, field)!r}")
    return right, wrong
