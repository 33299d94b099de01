"""Whose turn it is now, told from where things stand, and from what is kept of the history."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from tracker.database import db
from tracker.dispatch.models import Assignment
from tracker.handling.models import Extension
from tracker.held.models import Stay
from tracker.intake.models import Withdrawal
from tracker.suggestion.ball import BODY, DEPUTY, HUB, OFFICE
from tracker.suggestion.journey import HANDLED, Stage, Standing
from tracker.suggestion.models import Suggestion

BY_STAGE = {
    Stage.DRAFT: OFFICE,
    Stage.RECORDED: OFFICE,
    Stage.RATED: OFFICE,
    Stage.RETURNED_TO_DEPUTY: DEPUTY,
    Stage.ANSWERED: DEPUTY,
}


def lasting() -> set[tuple[Any, ...]]:
    """Who holds what by the stays that last."""
    wanted = sa.select(Stay.suggestion_id, Stay.holder, Stay.body_id)
    return {tuple(row) for row in db.session.execute(wanted.where(Stay.since_on.is_not(None), Stay.is_whole.is_(True)))}


def turns_now() -> set[tuple[Any, ...]]:
    """Who holds what by stage, standing and what is undecided; no line of history is read."""
    found = set()
    for one in db.session.scalars(sa.select(Suggestion)):
        if one.stage is not Stage.HANDED_OVER:
            turns: list[tuple[Any, ...]] = [(BY_STAGE[one.stage], None)] if one.stage in BY_STAGE else []
        else:
            turns = list(_while_handled(one)) or [(OFFICE, None)]
        found |= {(one.id, *turn) for turn in turns}
    under_way = sa.select(Withdrawal.suggestion_id).where(Withdrawal.settled_on.is_(None))
    return found | {(number, DEPUTY, None) for number in db.session.scalars(under_way)}


def _while_handled(suggestion: Suggestion) -> Iterator[tuple[Any, ...]]:
    wanted = sa.select(Assignment).where(Assignment.suggestion_id == suggestion.id).options(joinedload(Assignment.body))
    for one in db.session.scalars(wanted):
        decides = (HUB, one.body.hub_id) if one.passed_on_from_id else (OFFICE, None)
        if one.standing in HANDLED:
            yield HUB if one.body.is_hub else BODY, one.body_id
            asked = sa.select(Extension.id).where(Extension.assignment_id == one.id, Extension.granted.is_(None))
            if db.session.scalar(asked):
                yield decides
        elif one.standing is Standing.RETURN_ASKED:
            yield decides
        elif one.standing is Standing.SUBMITTED:
            yield OFFICE, None  # the default rules let the office read
        elif one.standing is Standing.DELIVERED:
            yield DEPUTY, None
