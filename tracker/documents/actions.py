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
SETTLED = N_("This document is settled already: somebody else was quicker.")


@dataclass
class Taken:
    """What came of a sending: nothing at all, or documents that wait; and of which files nothing was kept, and why."""

    sending: Sending | None = None
    left_out: list[dict[str, Any]] = field(default_factory=list)


def take_in(
    pieces: list[Piece], meeting: Meeting, *, name: str, known: Collection[str], by: Actor, at: datetime
) -> Taken:
    """Read the Word files among these and keep them, with what belongs to them, until each is settled.

    Of a file that is refused nothing is kept but, for the list, its name and the sentence; of one that carries a
    secrecy marking not even the name. `known` are the deputies' names.

    :raises RuleBroken: there is no Word file, or there are far too many files.
    """
    if marks.is_marked(name.rpartition(".")[0] or name, at_top=True):
        raise RuleBroken(N_("This carries a secrecy marking. Nothing was stored: secret matters are handled off-line."))
    bundles, strays = bundled(pieces)
    if len(bundles) > MOST_DOCUMENTS:
        raise RuleBroken(N_("At most %(count)d documents at a time; please send them in parts."), count=MOST_DOCUMENTS)
    taken = Taken(left_out=[examining.stray(piece) for piece in strays])
    examined = []
    for place, bundle in enumerate(bundles, start=1):
        one = _examined(bundle, place, known, taken)
        if one is not None:
            examined.append(one)
    if not examined:
        if not bundles and not taken.left_out:
            raise RuleBroken(N_("There is no Word file (.docx) in it."))
        return taken
    taken.sending = Sending(
        congress_id=meeting.congress_id,
        meeting_id=meeting.id,
        name=name[:255],
        sent_at=at,
        sent_by=by.name[:60],
        left_out=taken.left_out,
    )
    db.session.add(taken.sending)
    db.session.flush()
    for place, (bundle, read) in enumerate(examined, start=1):
        _keep(taken.sending, place, bundle, read, by=by, at=at)
    db.session.flush()
    trace("documents_taken_in", by, at=at, sending=taken.sending.id, documents=len(examined))
    return taken


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


def _examined(bundle: Bundle, place: int, known: Collection[str], taken: Taken) -> tuple[Bundle, examining.Read] | None:
    """The document read and its files looked at; nothing, and a line among those left out, if it is refused."""
    try:
        read = examining.examined(bundle.document, known)
        kept = []
        for piece in bundle.beside[:MOST_BESIDE]:
            refused = examining.refusal(piece)
            if refused is None:
                kept.append(piece)
            else:
                taken.left_out.append(refused)
        taken.left_out += [examining.too_many(piece, MOST_BESIDE) for piece in bundle.beside[MOST_BESIDE:]]
        return Bundle(bundle.document, kept), read
    except examining.Marked:
        taken.left_out.append(examining.marked(place))
    except RuleBroken as refused:
        taken.left_out.append(examining.left_out(bundle.document, refused))
    taken.left_out += [examining.without_document() for _piece in bundle.beside]
    return None


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
