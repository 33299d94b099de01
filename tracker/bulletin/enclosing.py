"""What goes with a leader's letter: his part of the issue to print and to reckon with, the same file for all who read
the same part in the same language."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial

from flask import current_app

from tracker.bulletin import naming, printed
from tracker.bulletin.enclosed import ENDINGS, LEADERS, go_with, name_of
from tracker.bulletin.models import Issue, Reader
from tracker.bulletin.scopes import outside
from tracker.mail import enclosures
from tracker.mail.models import Letter, LetterState

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FILES: dict[str, tuple[str, Callable[..., bytes]]] = {
    "pdf": ("application/pdf", printed.issue_pdf),
    "xlsx": (XLSX, printed.issue_xlsx),
}


def made(issue: Issue, some: Sequence[Reader]) -> Mapping[str, bytes]:
    """The files that will go with the letters of these readers and are not kept yet, by their keys; nothing is kept."""
    leaders = [reader for reader in some if reader.rank in LEADERS]
    to = naming.reached([reader.person_key for reader in leaders], issue.issued_on) if leaders else {}
    found: dict[str, bytes] = {}
    for reader in (one for one in leaders if one.person_key in to):
        who = to[reader.person_key][0]
        for ending in ENDINGS if go_with(reader.rank, who.channel, who.address) else ():
            key = _key(issue, reader, who.language, ending)
            if key not in found and not enclosures.is_kept(key):
                found[key] = _writing(issue, reader, who.language, ending)()
    return found


def enclose(issue: Issue, written: Iterable[tuple[Reader, Letter]], files: Mapping[str, bytes]) -> None:
    """Put the files to the letters of leaders that wait to be sent, in the transaction that writes the letters."""
    kept: dict[str, list[int]] = {}
    pairs = []
    for reader, letter in written:
        if letter.state is LetterState.WAITING and go_with(reader.rank, letter.channel, letter.to_address):
            part = _part(reader, letter.language)
            if part not in kept:
                kept[part] = [_kept(issue, reader, letter.language, ending, files) for ending in ENDINGS]
            pairs += [(letter.id, number) for number in kept[part]]
    enclosures.enclose(pairs)


def _kept(issue: Issue, reader: Reader, language: str, ending: str, files: Mapping[str, bytes]) -> int:
    key = _key(issue, reader, language, ending)
    write = partial(files.__getitem__, key) if key in files else _writing(issue, reader, language, ending)
    return enclosures.keep(key, name_of(issue, ending, language), FILES[ending][0], write)


def _key(issue: Issue, reader: Reader, language: str, ending: str) -> str:
    return f"bulletin:{issue.congress_id}:{issue.week}:{issue.digest[:16]}:{_part(reader, language)}:{ending}"


def _writing(issue: Issue, reader: Reader, language: str, ending: str) -> Callable[[], bytes]:
    detail = current_app.config["MAIL_DETAIL"]
    return partial(FILES[ending][1], issue, outside(reader.scope), language, detail=detail)


def _part(reader: Reader, language: str) -> str:
    """The same for all whose file would say the same."""
    said = json.dumps([outside(reader.scope), language, current_app.config["MAIL_DETAIL"]], sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()[:32]
