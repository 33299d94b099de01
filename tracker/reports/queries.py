"""Schemes and assessments, limited to who is asking: the office all, a body its own line of what is finished."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from tracker.database import db
from tracker.errors import NotFound
from tracker.figures import tables
from tracker.figures.measures import MEASURES
from tracker.figures.models import Dimension, Reckoning
from tracker.figures.seen import bodies_of
from tracker.reports.models import Assessment, AssessmentScheme, PointsGiven
from tracker.reports.rules import How, Item, Scheme, Scored, Total, places, read_scheme, scored, total
from tracker.roles import BODY, SEES_ALL
from tracker.stage import Visitor
from tracker.structure.models import Body

KNOWN = {key: one.of for key, one in MEASURES.items()}  # every figure, and what it is a part of
Given = dict[str, tuple[Decimal, str]]


@dataclass
class Assessed:
    """One body: its points item by item, what they come to, and its place among those that are compared."""

    body: Body
    scores: list[Scored]
    total: Total
    cases: int
    place: int | None = None


def scheme_of(congress_id: int) -> AssessmentScheme | None:
    """The scheme a congress chose last."""
    wanted = sa.select(AssessmentScheme).where(AssessmentScheme.congress_id == congress_id)
    return db.session.scalars(wanted.order_by(AssessmentScheme.version.desc()).limit(1)).first()


def read(row: AssessmentScheme) -> Scheme:
    """A chosen scheme, to be reckoned with."""
    return read_scheme(row.data, KNOWN)


def readable(visitor: Visitor) -> sa.ColumnElement[bool]:
    """The office, leaders and auditors read all; a body what is finished."""
    own = Assessment.congress_id == visitor.congress_id
    if visitor.role in SEES_ALL:
        return own
    if visitor.role in BODY and visitor.body_id is not None:
        return sa.and_(own, Assessment.finished_on.is_not(None))
    return sa.false()


def assessments(visitor: Visitor) -> list[Assessment]:
    """The newest first."""
    wanted = sa.select(Assessment).where(readable(visitor)).options(joinedload(Assessment.scheme))
    return list(db.session.scalars(wanted.order_by(Assessment.id.desc())))


def get_assessment(assessment_id: int, visitor: Visitor) -> Assessment:
    """:raises NotFound: there is none, or it is not this visitor's to read."""
    wanted = sa.select(Assessment).where(Assessment.id == assessment_id, readable(visitor))
    found = db.session.scalars(wanted.options(joinedload(Assessment.scheme))).one_or_none()
    if found is None:
        raise NotFound
    return found


def assessed(assessment: Assessment, visitor: Visitor | None = None) -> list[Assessed]:
    """Every body with something to answer, the best first, then those with too few cases; a body sees itself alone.

    The places are those among all that are compared, whoever looks.
    """
    scheme = read(assessment.scheme)
    reckoning = db.session.get_one(Reckoning, assessment.reckoning_id)
    rows = {int(row.key): row for row in _rows(reckoning, assessment.period) if row.key}
    given = _given(assessment.id)
    found = [
        _assessed(body, scheme, dict(rows[body.id].numbers), given.get(body.id, {}))
        for body in db.session.scalars(sa.select(Body).where(Body.id.in_(rows)).order_by(Body.sort_key, Body.id))
        if rows[body.id]["received"]
    ]
    compared = [one for one in found if one.cases >= assessment.minimum and one.total.out_of]
    for one, place in zip(compared, places([one.total.share for one in compared]), strict=True):
        one.place = place
    found.sort(key=lambda one: (one.place is None, one.place or 0))
    theirs = bodies_of(visitor) if visitor is not None else None
    return [one for one in found if theirs is None or one.body.id in theirs]


def _rows(reckoning: Reckoning, period: str) -> list[tables.Figures]:
    return tables.rows(reckoning, Dimension.BODY, period=period)


def _assessed(body: Body, scheme: Scheme, numbers: dict[str, int], given: Given) -> Assessed:
    scores = [scored(item, numbers, given) for item in scheme.items]
    return Assessed(body, scores, total(scores), numbers["received"])


def get_body(assessment: Assessment, body_id: int, visitor: Visitor) -> Assessed:
    """:raises NotFound: the body is not assessed here, or not this visitor's to read."""
    for one in assessed(assessment, visitor):
        if one.body.id == body_id:
            return one
    raise NotFound


def given_to(assessment_id: int, body_id: int) -> Given:
    """The points a person gave a body, by item: the last of each."""
    return _given(assessment_id, PointsGiven.body_id == body_id).get(body_id, {})


def _given(assessment_id: int, *which: sa.ColumnElement[bool]) -> dict[int, Given]:
    found: dict[int, Given] = {}
    wanted = sa.select(PointsGiven).where(PointsGiven.assessment_id == assessment_id, *which)
    for row in db.session.scalars(wanted.order_by(PointsGiven.id)):
        found.setdefault(row.body_id, {})[row.item] = (Decimal(row.points), row.reason)
    return found


def missing(assessment: Assessment) -> list[tuple[str, Item]]:
    """Whose points by hand nobody gave yet: body and item."""
    return [
        (one.body.name, score.item)
        for one in assessed(assessment)
        for score in one.scores
        if score.item.how is How.HAND and score.points is None
    ]
