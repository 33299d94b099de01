"""What no figure can hold: conditions under which we do not know how something stands, written once for all who ask."""

from __future__ import annotations

from datetime import date
from typing import Any

import sqlalchemy as sa

from tracker.deadlines.clauses import REPLIES, Kind
from tracker.deadlines.models import Deadline, Holder
from tracker.deadlines.queries import IS_OPEN
from tracker.dispatch.models import ANSWERING, Assignment
from tracker.structure.models import Body, Officer, Rank
from tracker.suggestion.journey import HANDLED, LIVE, Stage, Standing
from tracker.suggestion.models import Suggestion

REACHED = (Rank.HANDLER, Rank.HUB_OFFICE)
ANSWERED = (Standing.DELIVERED, Standing.RATED)


def overdue(kind: Kind, on: date) -> sa.ColumnElement[bool]:
    """A clock of this kind runs and its last day has passed."""
    return sa.and_(Deadline.kind == kind, IS_OPEN, Deadline.due_on < on)


def unsigned(on: date) -> sa.ColumnElement[bool]:
    """Of an assignment with its clocks: nobody signed for it although the time for that has passed."""
    return sa.and_(Assignment.standing == Standing.ASSIGNED, overdue(Kind.RECEIPT, on))


def clockless() -> sa.ColumnElement[bool]:
    """Somebody must answer, but no clock says by when."""
    clock = sa.select(Deadline.id).where(
        Deadline.assignment_id == Assignment.id, Deadline.kind.in_(REPLIES), Deadline.voided_on.is_(None)
    )
    return sa.and_(Assignment.standing.in_(HANDLED), Assignment.part.in_(ANSWERING), ~clock.exists())


def answered_by_nobody() -> sa.ColumnElement[bool]:
    """A suggestion is being handled, but no body has to answer it: all were recalled or returned."""
    answering = sa.select(Assignment.id).where(
        Assignment.suggestion_id == Suggestion.id,
        Assignment.part.in_(ANSWERING),
        Assignment.standing.in_((*LIVE, *ANSWERED)),
    )
    return sa.and_(Suggestion.stage == Stage.HANDED_OVER, ~answering.exists())


def provisional(congress_id: int | None) -> sa.ColumnElement[bool]:
    """A running clock whose last day reaches into a year whose holidays nobody has loaded."""
    return sa.and_(Deadline.congress_id == congress_id, IS_OPEN, Deadline.provisional.is_(True))


def holderless(congress_id: int | None, on: date) -> sa.ColumnElement[bool]:
    """A running clock of a body that was closed, or of nobody: whoever is to act is not there."""
    closed = sa.select(Body.id).where(Body.id == Deadline.holder_body_id, Body.closed_on <= on).correlate(Deadline)
    nobody = sa.and_(Deadline.holder == Holder.BODY, sa.or_(Deadline.holder_body_id.is_(None), closed.exists()))
    return sa.and_(Deadline.congress_id == congress_id, IS_OPEN, nobody)


def mute_bodies(congress_id: int | None) -> sa.Select[Any]:
    """Bodies that have something to do and nobody to whom we could write."""
    reachable = sa.select(Officer.id).where(
        Officer.body_id == Body.id,
        Officer.active.is_(True),
        Officer.rank.in_(REACHED),
        sa.func.coalesce(Officer.email, "") != "",
    )
    busy = sa.select(Assignment.body_id).where(Assignment.congress_id == congress_id, Assignment.standing.in_(LIVE))
    mute = sa.select(Body.id, Body.name, Body.name_en).where(Body.id.in_(busy), ~reachable.exists())
    return mute.order_by(Body.sort_key, Body.id)
