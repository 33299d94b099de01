"""Suggestions merged into others, and where their answer is found."""

from __future__ import annotations

import sqlalchemy as sa

from tracker.database import db
from tracker.suggestion.journey import Stage
from tracker.suggestion.models import Merger, Suggestion


def mergers_of(suggestion_id: int) -> list[Merger]:
    """The mergers a suggestion takes part in, either way, undone ones too, with both suggestions and their deputies."""
    wanted = (
        sa.select(Merger)
        .where(sa.or_(Merger.suggestion_id == suggestion_id, Merger.into_id == suggestion_id))
        .options(
            sa.orm.joinedload(Merger.into),
            sa.orm.joinedload(Merger.suggestion).options(
                sa.orm.undefer(Suggestion.text),
                sa.orm.joinedload(Suggestion.lead_deputy),
                sa.orm.joinedload(Suggestion.delegation),
            ),
        )
        .order_by(Merger.id)
    )
    return list(db.session.scalars(wanted))


def answered_in(suggestion: Suggestion) -> int:
    """Where its answer is found: its own number, or that of the suggestion it was merged into."""
    if suggestion.stage is not Stage.MERGED:
        return suggestion.id
    wanted = sa.select(Merger.into_id).where(Merger.suggestion_id == suggestion.id, Merger.undone_on.is_(None))
    return db.session.scalar(wanted) or suggestion.id
