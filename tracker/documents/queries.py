"""Documents that wait, limited to the congress of whoever asks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload, undefer

from tracker.database import db
from tracker.documents.models import OPEN, Document, FileBeside, Sending, State
from tracker.errors import NotFound
from tracker.files.models import File
from tracker.structure.models import Deputy
from tracker.suggestion.models import Suggestion

LATEST = 20


@dataclass(frozen=True)
class Overview:
    """A sending in the list: how many of its documents are where."""

    id: int
    name: str
    sent_at: datetime
    sent_by: str
    open: int
    saved: int
    total: int


@dataclass(frozen=True)
class Step:
    """A line of the progress list."""

    id: int
    place: int
    name: str
    title: str
    state: State
    suggestion_id: int | None
    number: str | None

    @property
    def is_open(self) -> bool:
        return self.state in OPEN


def sendings(congress_id: int, limit: int | None = LATEST) -> list[Overview]:
    """What was sent last, those with documents that wait first."""
    waiting = sa.func.count(sa.case((Document.state.in_(OPEN), 1)))
    saved = sa.func.count(sa.case((Document.state == State.SAVED, 1)))
    wanted = (
        sa.select(Sending.id, Sending.name, Sending.sent_at, Sending.sent_by, waiting, saved, sa.func.count())
        .join(Document, Document.sending_id == Sending.id)
        .where(Sending.congress_id == congress_id)
        .group_by(Sending.id)
        .order_by(sa.case((waiting > 0, 0), else_=1), Sending.id.desc())
        .limit(limit)
    )
    return [Overview(*row) for row in db.session.execute(wanted)]


def get_sending(sending_id: int, congress_id: int) -> Sending:
    """:raises NotFound: there is none in this congress."""
    wanted = sa.select(Sending).where(Sending.id == sending_id, Sending.congress_id == congress_id)
    found = db.session.scalar(wanted.options(joinedload(Sending.meeting)))
    if found is None:
        raise NotFound
    return found


def steps(sending_id: int) -> list[Step]:
    """The documents of a sending in their order."""
    wanted = (
        sa.select(
            Document.id, Document.place, Document.name, Document.title, Document.state, Document.suggestion_id,
            Suggestion.number,
        )
        .outerjoin(Suggestion, Suggestion.id == Document.suggestion_id)
        .where(Document.sending_id == sending_id)
        .order_by(Document.place)
    )  # fmt: skip
    return [Step(*row) for row in db.session.execute(wanted)]


def next_open(listed: list[Step], place: int = 0) -> Step | None:
    """The next document to go through: one not yet looked at, then those put off."""
    waiting = [one for one in listed if one.state is State.WAITING]
    put_off = [one for one in listed if one.state is State.LATER]
    for among in (waiting, [one for one in put_off if one.place != place]):
        if among:
            return next((one for one in among if one.place > place), among[0])
    return None


def get_document(document_id: int, congress_id: int, *, for_update: bool = False) -> Document:
    """A document with all that its page shows.

    :raises NotFound: there is none in this congress.
    """
    wanted = (
        sa.select(Document)
        .join(Document.sending)
        .where(Document.id == document_id, Sending.congress_id == congress_id)
        .options(
            joinedload(Document.sending).joinedload(Sending.meeting),
            joinedload(Document.file),
            selectinload(Document.beside).joinedload(FileBeside.file),
            undefer(Document.found),
            undefer(Document.shown),
            undefer(Document.enclosed),
            undefer(Document.corrected),
        )
    )
    if for_update:
        wanted = wanted.with_for_update(of=Document).execution_options(populate_existing=True)
    found = db.session.scalar(wanted)
    if found is None:
        raise NotFound
    return found


def get_file(document_id: int, file_id: int, congress_id: int) -> File:
    """The original, or a file beside it, as long as the document waits.

    :raises NotFound: there is none, or the document is settled.
    """
    document = get_document(document_id, congress_id)
    files = [document.file, *(one.file for one in document.beside)]
    found = next((one for one in files if one is not None and one.id == file_id), None)
    if found is None or document.state not in OPEN:
        raise NotFound
    return found


def deputies_named(congress_id: int) -> list[tuple[int, str, int | None, str | None]]:
    """All deputies in office: number, name, delegation, card."""
    wanted = sa.select(Deputy.id, Deputy.name, Deputy.delegation_id, Deputy.card_number)
    rows = db.session.execute(
        wanted.where(Deputy.congress_id == congress_id, Deputy.active.is_(True)).order_by(Deputy.id)
    )
    return [(row[0], row[1], row[2], row[3]) for row in rows]
