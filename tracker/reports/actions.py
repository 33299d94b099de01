"""What an office does with points: it chooses a scheme, begins an assessment from a count, gives points, finishes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

import sqlalchemy as sa

from tracker.actor import Actor
from tracker.database import db
from tracker.errors import N_, RuleBroken
from tracker.figures import tables
from tracker.figures.models import Reckoning
from tracker.reports import queries
from tracker.reports.models import Assessment, AssessmentScheme, PointsGiven
from tracker.reports.rules import How, Item, must_be_points, read_scheme


def choose_scheme(congress_id: int, data: Mapping[str, Any], *, by: Actor, on: date) -> AssessmentScheme:
    """The congress gives points by this scheme from now on; earlier assessments keep theirs.

    :raises RuleBroken: it cannot be reckoned with, or is the one it has.
    """
    read_scheme(data, queries.KNOWN)
    last = queries.scheme_of(congress_id)
    if last is not None and last.data == dict(data):
        raise RuleBroken(N_("Nothing was changed."))
    made = AssessmentScheme(
        congress_id=congress_id,
        version=last.version + 1 if last else 1,
        data=dict(data),
        on=on,
        by_name=by.name[:60],
    )
    db.session.add(made)
    db.session.flush()
    return made


def begin(congress_id: int, title: str, period: str, *, by: Actor, on: date) -> Assessment:
    """Begin an assessment of all bodies from the latest count; the count is kept from now on.

    :raises RuleBroken: no scheme is chosen, nothing was counted yet, or it has no title.
    """
    scheme, reckoning = queries.scheme_of(congress_id), tables.latest(congress_id)
    if scheme is None:
        raise RuleBroken(N_("Choose a scheme of points first."))
    if reckoning is None:
        raise RuleBroken(N_("Nothing was counted yet."))
    if not title.strip():
        raise RuleBroken(N_("Give the assessment a title."))
    _keep(reckoning)
    made = Assessment(
        congress_id=congress_id,
        scheme_id=scheme.id,
        reckoning_id=reckoning.id,
        period=period,
        title=title.strip()[:160],
        minimum=tables.minimum(congress_id),
        begun_on=on,
        begun_by=by.name[:60],
    )
    db.session.add(made)
    db.session.flush()
    return made


def give(assessment: Assessment, body_id: int, item: Item, points: str, reason: str, *, by: Actor, on: date) -> None:
    """Points by hand for one item of a body; a later row takes the place of an earlier one, both are kept.

    :raises RuleBroken: it is finished, the item is reckoned from figures, or the points are not within the item.
    """
    _must_be_open(assessment)
    if item.how is not How.HAND:
        raise RuleBroken(N_("“%(item)s” is reckoned from figures."), item=item.zh)
    try:
        number = Decimal(points.strip())
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        raise RuleBroken(N_("“%(points)s” is no number of points."), points=points[:20])
    must_be_points(number, item, reason)
    last = queries.given_to(assessment.id, body_id).get(item.key)
    if last == (number, reason.strip()):
        return
    db.session.add(
        PointsGiven(
            assessment_id=assessment.id,
            body_id=body_id,
            item=item.key,
            points=f"{number:f}",
            reason=reason.strip()[:300],
            on=on,
            by_name=by.name[:60],
        )
    )


def finish(assessment: Assessment, *, by: Actor, on: date) -> None:
    """The assessment is as it is from now on; bodies may read theirs.

    :raises RuleBroken: it is finished already, or somebody's points by hand are missing.
    """
    _must_be_open(assessment)
    missing = queries.missing(assessment)
    if missing:
        body, item = missing[0]
        raise RuleBroken(
            N_("Points are missing: %(item)s of %(body)s, and %(more)s more."),
            item=item.zh,
            body=body,
            more=len(missing) - 1,
        )
    assessment.finished_on, assessment.finished_by = on, by.name[:60]


def _must_be_open(assessment: Assessment) -> None:
    if assessment.finished_on is not None:
        raise RuleBroken(N_("The assessment is finished and does not change any more."))


def _keep(reckoning: Reckoning) -> None:
    """What is cited is not thinned out."""
    db.session.execute(sa.update(Reckoning).where(Reckoning.id == reckoning.id).values(kept=True))
