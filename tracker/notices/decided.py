"""What meetings decided of listed items, limited to who is asking."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from tracker.database import db
from tracker.notices.models import DecidedItem, MeetingDecision
from tracker.suggestion.models import Suggestion
from tracker.suggestion.queries import scope

SHOWN = 50


def decisions(visitor: Any) -> list[MeetingDecision]:
    """The last decisions about what the visitor may see, the newest first, each with the items he may see."""
    his = DecidedItem.suggestion_id.in_(sa.select(Suggestion.id).where(scope(visitor)))
    wanted = (
        sa.select(MeetingDecision)
        .where(MeetingDecision.congress_id == visitor.congress_id, MeetingDecision.items.any(his))
        .options(
            selectinload(MeetingDecision.items.and_(his)).options(
                joinedload(DecidedItem.suggestion), joinedload(DecidedItem.body)
            )
        )
        .order_by(MeetingDecision.on.desc(), MeetingDecision.id.desc())
        .limit(SHOWN)
    )
    return list(db.session.scalars(wanted).unique())
