"""What must be answered for a suggestion to count as answered in its round."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from tracker.database import batches, db
from tracker.dispatch.models import ANSWERING, Assignment
from tracker.suggestion.journey import Standing
from tracker.suggestion.models import Suggestion
from tracker.suggestion.queries import GONE


def answers_of_round(suggestion: Suggestion) -> list[Assignment]:
    """The assignments that must be answered for the suggestion to count as answered: the latest of each body."""
    return answers_of_rounds([suggestion.id])[suggestion.id]


def answers_of_rounds(suggestion_ids: Sequence[int]) -> dict[int, list[Assignment]]:
    """The same of several suggestions."""
    found: dict[int, list[Assignment]] = {number: [] for number in suggestion_ids}
    for some in batches(list(found)):
        wanted = sa.select(Assignment).where(
            Assignment.suggestion_id.in_(some),
            Assignment.part.in_(ANSWERING),
            Assignment.standing.not_in((*GONE, Standing.PASSED_ON, Standing.HANDLED_AGAIN, Standing.AGREED)),
        )
        for one in db.session.scalars(wanted):
            found[one.suggestion_id].append(one)
    return found
