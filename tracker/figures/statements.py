"""What a body says of its own figures, and from how many cases on a congress compares."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from tracker.actor import Actor
from tracker.database import db
from tracker.figures import rules
from tracker.figures.models import BodyStatement, FiguresChoice
from tracker.structure.models import Body

LONGEST = 500


def state(body: Body, text: str, *, by: Actor, on: date, at: datetime) -> BodyStatement:
    """The body says in one paragraph what its figures do not show; what it said before stays as an earlier version.

    :raises RuleBroken: nothing is said, or more than a paragraph.
    """
    rules.must_be_statement(text, longest=LONGEST)
    last = sa.select(sa.func.max(BodyStatement.version)).where(BodyStatement.body_id == body.id)
    made = BodyStatement(
        congress_id=body.congress_id,
        body_id=body.id,
        version=(db.session.scalar(last) or 0) + 1,
        text=text.strip(),
        on=on,
        at=at,
        by_name=by.name,
    )
    db.session.add(made)
    db.session.flush()
    return made


def choose_minimum(congress_id: int, minimum: int, *, by: Actor, on: date) -> FiguresChoice:
    """From so many cases on bodies are compared and shares told in percent.

    :raises RuleBroken: no number anybody could mean.
    """
    rules.must_be_minimum(minimum)
    chosen = db.session.get(FiguresChoice, congress_id)
    if chosen is None:
        chosen = FiguresChoice(congress_id=congress_id)
        db.session.add(chosen)
    chosen.minimum, chosen.chosen_on, chosen.chosen_by = minimum, on, by.name
    db.session.flush()
    return chosen


def latest_of(body_ids: Iterable[int]) -> dict[int, BodyStatement]:
    """What bodies say now, by the body's number."""
    ids = list(body_ids)
    later = aliased(BodyStatement)
    newer = sa.select(later.id).where(later.body_id == BodyStatement.body_id, later.version > BodyStatement.version)
    wanted = sa.select(BodyStatement).where(~newer.exists())
    if len(ids) <= 500:
        wanted = wanted.where(BodyStatement.body_id.in_(ids))
    return {one.body_id: one for one in db.session.scalars(wanted)}


def of_body(body_id: int) -> list[BodyStatement]:
    """Everything a body ever said of its figures, the newest first."""
    wanted = sa.select(BodyStatement).where(BodyStatement.body_id == body_id)
    return list(db.session.scalars(wanted.order_by(BodyStatement.version.desc())))
