"""A body wanted to be rid of it after the days in which it could be returned; the rule refused it."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from tracker.dispatch.models import Assignment
from tracker.errors import N_
from tracker.signals.kind import Asked, SignalKind, told
from tracker.suggestion.journey import LIVE
from tracker.suggestion.models import Entry


def found(asked: Asked) -> sa.Select[Any]:
    """Item-bodies not answered yet whose body asked too late; of what is answered the answer tells."""
    return (
        told(Assignment.id, Entry.on, last_on=Entry.facts["last_on"].as_string(), tried_on=Entry.on)
        .join(Entry, sa.and_(Entry.assignment_id == Assignment.id, Entry.move == "try_return"))
        .where(asked.covers(), Assignment.standing.in_(LIVE), Assignment.pending_case.is_(False))
        .order_by(Entry.id)
    )


SIGNAL = SignalKind(
    key="tried_late",
    name=N_("Wanted to return it too late"),
    rule=N_("The body asked to return it after the last day on which the rules let it be returned, and still has it."),
    evidence=N_("It could be returned until %(last_on)s; the body asked on %(tried_on)s, which the rule refused."),
    act=N_("Ask the body who works on it now; if it is truly not its matter, decide on another lead."),
    found=found,
)
