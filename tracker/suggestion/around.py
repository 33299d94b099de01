"""What is read beside a suggestion that somebody opens or acts on, in the same statement."""

from __future__ import annotations

from functools import cache
from typing import Any

import sqlalchemy as sa

from tracker.entities import bind
from tracker.structure.models import Delegation, Deputy, Meeting
from tracker.suggestion.models import Suggestion


@cache
def around() -> tuple[Any, ...]:
    """Of what kinds it is. The last, the deputy's own delegation, may be another than the suggestion's."""
    return Meeting, Delegation, Deputy, sa.orm.aliased(Delegation)


def with_around(wanted: sa.Select[Any]) -> sa.Select[Any]:
    """Joins `around` to a statement about suggestions."""
    *_others, its = around()
    joined = wanted.join(Suggestion.meeting).outerjoin(Suggestion.delegation).outerjoin(Suggestion.lead_deputy)
    return joined.outerjoin(its, its.id == Deputy.delegation_id)


def bind_around(suggestion: Suggestion, meeting: Any, delegation: Any, deputy: Any, its: Any) -> None:
    """What `around` names was read beside the suggestion."""
    if deputy is not None:
        bind(deputy, delegation=its)
    bind(suggestion, meeting=meeting, delegation=delegation, lead_deputy=deputy)
