"""Taking Word files in, and settling each of them: recorded, put off, or thrown away."""

from __future__ import annotations

import io
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from werkzeug.datastructures import FileStorage

from tracker.actor import Actor
from tracker.audit.actions import trace
from tracker.database import db
from tracker.deadlines.models import RuleSet
from tracker.documents import examining
from tracker.documents.belonging import Bundle, bundled
from tracker.documents.models import OPEN, Document, FileBeside, Sending, State
from tracker.documents.parcels import Piece
from tracker.errors import N_, RuleBroken, Stale
from tracker.files import marks, passing, store
from tracker.files.models import File
from tracker.intake.actions import attach, record, turn_away
from tracker.intake.content import Content
from tracker.intake.hints import Judgement
from tracker.structure.models import Meeting
from tracker.suggestion.models import Suggestion

MOST_DOCUMENTS = 100
MOST_BESIDE = 10
ALL_XML_BYTES = 32 * 1024 * 1024
SETTLED = N_("This document is settled already: somebody else was quicker.")


@dataclass
class Looked:
    """What was sent, looked at: the documents that can be read, and of which files nothing is kept, and why."""

    read: list[tuple[Bundle, examining.Read]] = field(default_factory=list)
    left_out: list[dict[str, Any]] = field(default_factory=list)


def look_at(pieces: list[Piece], name: str, known: Collection[str]) -> Looked:
    """Read the Word files among these; nothing is kept yet and the database is not asked, so it may take its time.

    `known` are the deputies' names.

    :raises RuleBroken: there is no Word file, or there are far too many, or what was sent carries a secrecy marking.
    """
    if marks.is_marked(name.rpartition(".")[0] or name, at_top=True):
        raise RuleBroken(N_("This carries a secrecy marking. Nothing was stored: secret matters are handled off-line."))
    bundles, strays = bundled(pieces)
    if len(bundles) > MOST_DOCUMENTS:
        raise RuleBroken(N_("At most %(count)d documents at a time; please send them in parts."), count=MOST_DOCUMENTS)
    if not bundles and not strays:
        raise RuleBroken(N_("There is no Word file (.docx) in it."))
    looked = Looked(left_out=[examining.stray(piece) for piece in strays])
    parsed = 0
    for place, bundle in enumerate(bundles, start=1):
        parsed += _look_at(bundle, place, known, looked)
        if parsed > ALL_XML_BYTES:
            raise RuleBroken(N_("The documents are too large to be read at once; please send them in parts."))
    return looked


def take_in(looked: Looked, meeting: Meeting, *, name: str, by: Actor, at: datetime) -> Sending:
    """Keep the documents that were read, with what belongs to them, until each is settled.

    Of a file that is refused nothing is kept but, for the list, its name and the sentence; of one that carries a
    secrecy marking not even the name.
    """
    sending = Sending(
        congress_id=meeting.congress_id,
        meeting_id=meeting.id,
        name=name[:255],
        sent_at=at,
        sent_by=by.name[:60],
        left_out=looked.left_out,
    )
    db.session.add(sending)
    db.session.flush()
    for place, (bundle, read) in enumerate(looked.read, start=1):
        _keep(sending, place, bundle, read, by=by, at=at)
    db.session.flush()
    trace("documents_taken_in", by, at=at, sending=sending.id, documents=len(looked.read))
    return sending


def record_from(
    document: Document,
    content: Content,
    meeting: Meeting,
    *,
    version: int,
    number: str | None,
    judgement: Judgement,
    by: Actor,
    on: date,
    at: datetime,
    rules_in_force: RuleSet,
) -> Suggestion:
    """What somebody has confirmed becomes a suggestion, or what was decided in the face of the hints.

    The original and the files beside it become its attachments; in the document's own row nothing of the text stays.

    :raises RuleBroken: as `intake.actions.record`, or the document is settled already.
    """
    _must_be_open(document, version)
    if judgement.decision in ("return_to_deputy", "treat_as_letter"):
        suggestion = turn_away(meeting, content, judgement, by=by, on=on)
    else:
        facts: dict[str, Any] = {"rules_in_force": rules_in_force, "number": number or None, "judgement": judgement}
        suggestion = record(meeting, content, by=by, on=on, **facts)
    for file in _files(document):
        attach(suggestion, file)
    document.suggestion_id = suggestion.id
    document.title = content.title[:300]
    _settle(document, State.SAVED, by=by, at=at)
    return suggestion


def put_off(document: Document, corrected: dict[str, Any], *, version: int) -> None:
    """Leave it for later; what was typed is kept with it.

    :raises RuleBroken: it is settled already, or somebody else has corrected it meanwhile.
    """
    _must_be_open(document, version)
    document.corrected = corrected
    document.title = str(corrected.get("title") or document.title)[:300]
    document.state = State.LATER


def throw_away(document: Document, *, by: Actor, at: datetime) -> None:
    """Nobody wants it: its files, its text and what was recognised go; that there was a file stays in the list.

    :raises RuleBroken: it is settled already.
    """
    _must_be_open(document, document.version)
    files = _files(document)
    for beside in list(document.beside):
        db.session.delete(beside)
    document.file_id = None
    document.title = ""
    _settle(document, State.THROWN_AWAY, by=by, at=at)
    db.session.flush()
    for file in files:
        passing.let_go(file)
    trace("document_thrown_away", by, at=at, document=document.id)


def _look_at(bundle: Bundle, place: int, known: Collection[str], looked: Looked) -> int:
    """The document read and the files beside it looked at, or a line among those left out; how much was parsed."""
    try:
        read = examining.examined(bundle.document, known)
        kept = []
        for piece in bundle.beside[:MOST_BESIDE]:
            refused = examining.refusal(piece)
            if refused is None:
                kept.append(piece)
            else:
                looked.left_out.append(refused)
        looked.left_out += [examining.too_many(piece, MOST_BESIDE) for piece in bundle.beside[MOST_BESIDE:]]
        looked.read.append((Bundle(bundle.document, kept), read))
        return read.xml_bytes
    except examining.Marked:
        looked.left_out.append(examining.marked(place))
    except RuleBroken as refused:
        looked.left_out.append(examining.left_out(bundle.document, refused))
    looked.left_out += [examining.without_document() for _piece in bundle.beside]
    return 0


def _keep(sending: Sending, place: int, bundle: Bundle, read: examining.Read, *, by: Actor, at: datetime) -> None:
    document = Document(
        sending_id=sending.id,
        place=place,
        name=bundle.document.name[:255],
        state=State.WAITING,
        title=read.found.title[:300],
        file_id=_kept(bundle.document, by=by, at=at).id,
        found=read.found.facts(),
        shown=read.shown,
        enclosed=[list(one) for one in read.enclosed],
    )
    db.session.add(document)
    db.session.flush()
    for piece in bundle.beside:
        db.session.add(FileBeside(document_id=document.id, file_id=_kept(piece, by=by, at=at).id))


def _kept(piece: Piece, *, by: Actor, at: datetime) -> File:
    return store.keep(FileStorage(io.BytesIO(piece.content), filename=piece.name), by=by, at=at)


def _files(document: Document) -> list[File]:
    return [one for one in (document.file, *(beside.file for beside in document.beside)) if one is not None]


def _must_be_open(document: Document, version: int) -> None:
    if document.state not in OPEN:
        raise RuleBroken(SETTLED)
    if document.version != version:
        raise Stale(N_("Somebody else changed this document while you were writing. Your text is kept below."))


def _settle(document: Document, state: State, *, by: Actor, at: datetime) -> None:
    """The text lives on in the suggestion, or nowhere."""
    document.state = state
    document.settled_at, document.settled_by = at, by.name[:60]
    document.found = document.shown = document.enclosed = document.corrected = None
