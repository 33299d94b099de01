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
    """The last decisions about what the visitor may see, the newest first."""
    seen = sa.select(DecidedItem.decision_id).join(Suggestion, Suggestion.id == DecidedItem.suggestion_id)
    wanted = (
        sa.select(MeetingDecision)
        .where(MeetingDecision.congress_id == visitor.congress_id, MeetingDecision.id.in_(seen.where(scope(visitor))))
        .options(
            selectinload(MeetingDecision.items).options(
                joinedload(DecidedItem.suggestion), joinedload(DecidedItem.body)
            )
        )
        .order_by(MeetingDecision.on.desc(), MeetingDecision.id.desc())
        .limit(SHOWN)
    )
    return list(db.session.scalars(wanted).unique())
