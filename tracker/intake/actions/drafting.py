"""Forms begun and not yet recorded: saved as they are typed, deleted, or turned into what is recorded.

A draft is no suggestion yet: it has no number, no clock and no line of history, so it can be deleted without a trace of
what it says (decision 021).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

import sqlalchemy as sa

from tracker.actor import Actor
from tracker.audit.actions import trace
from tracker.database import db
from tracker.errors import N_, NotFound, RuleBroken, Stale
from tracker.files import store
from tracker.files.models import File
from tracker.intake import rules
from tracker.intake.models import Attachment, Draft, DraftFile, Sheet
from tracker.suggestion.models import Suggestion

MOST_FILES = 3
LONGEST_KEY = 64
CHANGED = N_("Somebody else has changed this draft since you opened it. What you typed stays on this page.")


def save_draft(
    key: str,
    said: Mapping[str, Sequence[str]],
    *,
    congress_id: int,
    internal: bool,
    page: str,
    version: int,
    by: Actor,
    on: date,
    at: datetime,
) -> Draft:
    """Keep a form as it was typed, whole or not. `page` is the page it was typed on: it never stands in its own way,
    even if it did not hear that its last words had arrived.

    :raises Stale: another page has saved it since `version`.
    :raises RuleBroken: it has been recorded meanwhile, or carries a secrecy marking; nothing of it is kept then.
    """
    if not 0 < len(key) <= LONGEST_KEY:
        raise NotFound
    rules.must_not_be_marked_secret(*(one for values in said.values() for one in values))
    must_not_be_recorded(key)
    draft = db.session.scalar(sa.select(Draft).where(Draft.key == key).with_for_update())
    if draft is None:
        draft = Draft(key=key, congress_id=congress_id, begun_by_id=by.id, begun_by=by.name, begun_on=on, version=0)
        db.session.add(draft)
    elif draft.congress_id != congress_id:
        raise NotFound
    else:
        must_be_as_seen(draft, page=page, version=version)
    draft.said = {name: list(values) for name, values in said.items()}
    draft.title = "".join(said.get("title", ())[:1]).strip()[:300]
    draft.internal, draft.page = internal, page
    draft.saved_by, draft.saved_at = by.name, at
    draft.version += 1
    db.session.flush()
    return draft


def must_be_as_seen(draft: Draft, *, page: str, version: int) -> None:
    """:raises Stale: another page has saved the draft since `version`."""
    if version != draft.version and page != draft.page:
        raise Stale(CHANGED)


def must_not_be_recorded(key: str) -> None:
    """
    :raises RuleBroken: a suggestion was recorded from this draft.
    """
    wanted = sa.select(Suggestion.number).join(Sheet, Sheet.suggestion_id == Suggestion.id)
    found = db.session.execute(wanted.where(Sheet.draft_key == key)).one_or_none()
    if found is not None:
        raise RuleBroken(N_("This draft was recorded already: %(number)s."), number=found[0] or "–")


def put_files(draft: Draft, files: Sequence[File]) -> None:
    """Add files to a draft.

    :raises RuleBroken: there would be too many.
    """
    count = sa.select(sa.func.count()).select_from(DraftFile).where(DraftFile.draft_id == draft.id)
    if (db.session.scalar(count) or 0) + len(files) > MOST_FILES:
        raise RuleBroken(N_("At most %(count)d files."), count=MOST_FILES)
    db.session.add_all(DraftFile(draft_id=draft.id, file_id=file.id) for file in files)


def take_file_off(row: DraftFile) -> None:
    """Remove a file from a draft, from the disk too."""
    file = db.session.get_one(File, row.file_id)
    db.session.delete(row)
    db.session.flush()
    store.discard(file)


def delete_draft(draft: Draft, *, by: Actor, at: datetime) -> None:
    """Delete a draft with its files; the trail keeps that there was one, and nothing of what it said."""
    for row in _files(draft):
        take_file_off(row)
    trace("draft_deleted", by, at=at, begun_by=draft.begun_by, begun_on=draft.begun_on.isoformat())
    db.session.delete(draft)


def become(draft: Draft, suggestion: Suggestion) -> None:
    """The draft is recorded: its files are the suggestion's, and the draft is gone."""
    for row in _files(draft):
        db.session.add(Attachment(suggestion_id=suggestion.id, file_id=row.file_id))
        db.session.delete(row)
    db.session.flush()
    db.session.delete(draft)


def _files(draft: Draft) -> list[DraftFile]:
    return list(db.session.scalars(sa.select(DraftFile).where(DraftFile.draft_id == draft.id).order_by(DraftFile.id)))
