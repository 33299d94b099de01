"""What must be answered for a suggestion to count as answered in its round."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import sqlalchemy as sa

from tracker.database import batches
from tracker.dispatch.models import ANSWERING, Assignment
from tracker.entities import Cells, read
from tracker.suggestion.journey import Standing
from tracker.suggestion.models import Suggestion
from tracker.suggestion.queries import GONE

ANSWER = Cells(Assignment)


def answers_of_round(suggestion: Suggestion) -> list[Assignment]:
    """The assignments that must be answered for the suggestion to count as answered: the latest of each body."""
    return answers_of_rounds([suggestion.id])[suggestion.id]


def answers_of_rounds(suggestion_ids: Sequence[int]) -> dict[int, list[Assignment]]:
    """The same of several suggestions."""
    found: dict[int, list[Assignment]] = {number: [] for number in suggestion_ids}
    for some in batches(list(found)):
        for (one,) in read(ANSWER, _answers(), {"ids": some}):
            found[one.suggestion_id].append(one)
    return found


@cache
def _answers() -> sa.Select[Any]:
    return sa.select(*ANSWER.columns).where(
        Assignment.suggestion_id.in_(sa.bindparam("ids", type_=sa.Integer, expanding=True)),
        Assignment.part.in_(ANSWERING),
        Assignment.standing.not_in((*GONE, Standing.PASSED_ON, Standing.HANDLED_AGAIN, Standing.AGREED)),
    )
