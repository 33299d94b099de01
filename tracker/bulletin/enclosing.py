"""What goes with a leader's letter: his part of the issue to print and to reckon with, the same file for all who read
the same part in the same language."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from functools import partial

from flask import current_app

from tracker.bulletin import printed
from tracker.bulletin.enclosed import ENDINGS, go_with, name_of
from tracker.bulletin.models import Issue, Reader
from tracker.bulletin.scopes import outside
from tracker.mail import enclosures
from tracker.mail.models import Letter, LetterState

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FILES: dict[str, tuple[str, Callable[..., bytes]]] = {
    "pdf": ("application/pdf", printed.issue_pdf),
    "xlsx": (XLSX, printed.issue_xlsx),
}


def enclose(issue: Issue, written: Iterable[tuple[Reader, Letter]]) -> None:
    """Put the files to the letters of leaders that wait to be sent, in the transaction that writes the letters."""
    kept: dict[str, list[int]] = {}
    pairs = []
    for reader, letter in written:
        if letter.state is LetterState.WAITING and go_with(reader.rank, letter.channel, letter.to_address):
            part = _part(reader, letter.language)
            if part not in kept:
                kept[part] = [_kept(issue, reader, letter.language, ending) for ending in ENDINGS]
            pairs += [(letter.id, number) for number in kept[part]]
    enclosures.enclose(pairs)


def _kept(issue: Issue, reader: Reader, language: str, ending: str) -> int:
    media_type, write = FILES[ending]
    key = f"bulletin:{issue.congress_id}:{issue.week}:{issue.digest[:16]}:{_part(reader, language)}:{ending}"
    made = partial(write, issue, outside(reader.scope), language, detail=current_app.config["MAIL_DETAIL"])
    return enclosures.keep(key, name_of(issue, ending, language), media_type, made)


def _part(reader: Reader, language: str) -> str:
    """The same for all whose file would say the same."""
    said = json.dumps([outside(reader.scope), language, current_app.config["MAIL_DETAIL"]], sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()[:32]
