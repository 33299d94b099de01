"""Drafts, limited to who is asking: the office of the congress, and nobody else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, undefer

from tracker.database import columns, db
from tracker.errors import NotFound
from tracker.intake.models import Draft, DraftFile
from tracker.roles import OFFICE
from tracker.stage import Visitor
from tracker.suggestion.anyone import Anyone, anyone, numbers
from tracker.suggestion.at_all import is_empty


def _theirs(visitor: Visitor) -> sa.ColumnElement[bool]:
    return Draft.congress_id == visitor.congress_id if visitor.role in OFFICE else sa.false()


def drafts(visitor: Visitor) -> list[Draft]:
    """All drafts of the office, those saved last first."""
    return list(db.session.scalars(sa.select(Draft).where(_theirs(visitor)).order_by(Draft.saved_at.desc(), Draft.id)))


def get_draft(draft_id: int, visitor: Visitor) -> Draft:
    """A draft with what was typed.

    :raises NotFound: there is none, or it is another office's.
    """
    found = db.session.scalar(
        sa.select(Draft).where(Draft.id == draft_id, _theirs(visitor)).options(undefer(Draft.said))
    )
    if found is None:
        raise NotFound
    return found


def find_draft(key: str, visitor: Visitor) -> Draft | None:
    """The draft a form was begun as, if it was saved at all; nobody saves it while it is being recorded."""
    wanted = sa.select(Draft).where(Draft.key == key, _theirs(visitor))
    return db.session.scalar(wanted.with_for_update()) if key else None


def files_of(draft_id: int) -> list[DraftFile]:
    """The files put to a draft, oldest first."""
    wanted = sa.select(DraftFile).where(DraftFile.draft_id == draft_id).options(joinedload(DraftFile.file))
    return list(db.session.scalars(wanted.order_by(DraftFile.id)))


def get_draft_file(draft_id: int, file_id: int, visitor: Visitor) -> DraftFile:
    """
    :raises NotFound: there is none, or it is another office's.
    """
    wanted = (
        sa.select(DraftFile)
        .join(Draft, Draft.id == DraftFile.draft_id)
        .where(Draft.id == draft_id, DraftFile.file_id == file_id, _theirs(visitor))
        .options(joinedload(DraftFile.file))
    )
    found = db.session.scalar(wanted)
    if found is None:
        raise NotFound
    return found


@dataclass(frozen=True)
class Unfinished:
    """How many drafts one person has begun or gone on with, and those that have lain longest."""

    count: int
    first: Sequence[Any]  # rows: id, title, begun_on


def mine(visitor: Visitor, user_id: int, limit: int = 5) -> Unfinished:
    """Drafts somebody began himself; one statement whatever the number."""
    if is_empty(begun_by):
        return Unfinished(0, ())
    rows = columns(begun_by(anyone(visitor)), {**numbers(visitor), "user_id": user_id, "limit": limit}).all()
    return Unfinished(rows[0].how_many if rows else 0, rows)


@cache
def begun_by(who: Anyone) -> sa.Select[Any]:
    """The drafts of one person, `user_id`, each with the number of all."""
    which = sa.and_(_theirs(who), Draft.begun_by_id == sa.bindparam("user_id", type_=sa.Integer))
    count = sa.select(sa.func.count()).select_from(Draft).where(which).scalar_subquery().label("how_many")
    wanted = sa.select(Draft.id, Draft.title, Draft.begun_on, count).where(which).order_by(Draft.saved_at, Draft.id)
    return wanted.limit(sa.bindparam("limit", type_=sa.Integer))
