"""Whom a hub could dispatch to: the office's proposal and up to three advised bodies; two statements for all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from tracker.database import db
from tracker.dispatch import queries
from tracker.dispatch.models import Advice, Part
from tracker.structure.models import Body


@dataclass
class Candidate:
    """A body of the branch for one suggestion; `advice` says why it is advised, `proposed` that the office named it."""

    body: Body
    advice: Advice | None = None
    proposed: bool = False
    leads: bool = False
    helps: bool = False


def candidates(suggestion_ids: Sequence[int], hub_id: int | None) -> dict[int, list[Candidate]]:
    """By suggestion; who is preselected as lead is the office's, else the first advised.

    Where the office named several that answer (together or apart), nothing is preselected: the row has its own page.
    """
    found: dict[int, dict[int, Candidate]] = defaultdict(dict)
    several = set()
    for suggestion_id, proposed in queries.proposals(suggestion_ids).items():
        below = [one for one in proposed if one.body.hub_id == hub_id and one.body.closed_on is None]
        if sum(one.part is not Part.CO for one in below) > 1:
            several.add(suggestion_id)
        for one in below:
            leads = one.part is not Part.CO
            found[suggestion_id][one.body_id] = Candidate(one.body, proposed=True, leads=leads, helps=not leads)
    for kept in _advice(suggestion_ids):
        if kept.body.hub_id == hub_id and kept.body.closed_on is None:
            of_this = found[kept.suggestion_id]
            of_this.setdefault(kept.body_id, Candidate(kept.body)).advice = kept
    whole = {number: list(bodies.values()) for number, bodies in found.items() if number not in several}
    for bodies in whole.values():
        if not any(one.leads for one in bodies):
            bodies[0].leads, bodies[0].helps = True, False
    return whole


def _advice(suggestion_ids: Sequence[int]) -> list[Advice]:
    kept: list[Advice] = []
    for start in range(0, len(suggestion_ids), 500):
        wanted = sa.select(Advice).where(Advice.suggestion_id.in_(suggestion_ids[start : start + 500]))
        ordered = wanted.options(joinedload(Advice.body)).order_by(Advice.suggestion_id, Advice.place)
        kept += db.session.scalars(ordered)
    return kept
