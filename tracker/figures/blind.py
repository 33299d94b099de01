"""What no figure can hold: conditions under which we do not know how something stands, written once for all who ask."""

from __future__ import annotations

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from tracker.deadlines.clauses import REPLIES, Kind
from tracker.deadlines.models import Deadline, Holder
from tracker.deadlines.queries import IS_OPEN
from tracker.dispatch.models import ANSWERING, Assignment
from tracker.handling.models import Delivery
from tracker.mail.models import Letter, LetterState, Stopped
from tracker.structure.models import Body, Deputy, Officer, Rank
from tracker.suggestion.journey import HANDLED, LIVE, Stage, Standing
from tracker.suggestion.models import Signature, Suggestion

REACHED = (Rank.HANDLER, Rank.HUB_OFFICE)
ANSWERED = (Standing.DELIVERED, Standing.RATED)
AWAITED = (Stage.RECORDED, Stage.HANDED_OVER, Stage.ANSWERED, Stage.RATED)


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


def unreached(on: date) -> sa.ColumnElement[bool]:
    """Of a delivery with its reply's assignment: released to a deputy before this day, and it has not arrived."""
    return sa.and_(
        Delivery.on.is_(None), Delivery.released_on < on, Assignment.standing.in_((*ANSWERED, Standing.HANDLED_AGAIN))
    )


def faceless_deputies(congress_id: int | None) -> sa.Select[Any]:
    """Deputies who signed what is not closed yet, and of whom we know neither mail, nor telephone, nor address."""
    ways = (Deputy.email, Deputy.phone, Deputy.address)
    own = sa.and_(Suggestion.congress_id == congress_id, Suggestion.stage.in_(AWAITED))
    leads = sa.select(Suggestion.lead_deputy_id).where(own, Suggestion.lead_deputy_id.is_not(None))
    signs = sa.select(Signature.deputy_id).join(Suggestion, Suggestion.id == Signature.suggestion_id).where(own)
    faceless = sa.and_(*(sa.func.coalesce(way, "") == "" for way in ways))
    wanted = sa.select(Deputy.id, Deputy.name, sa.null().label("name_en"))
    wanted = wanted.where(Deputy.congress_id == congress_id, Deputy.active.is_(True), faceless)
    return wanted.where(sa.or_(Deputy.id.in_(leads), Deputy.id.in_(signs))).order_by(Deputy.id)


def dead_addresses(congress_id: int | None) -> sa.Select[Any]:
    """Officers and deputies at whose present address a mail server says nobody is, whatever became of the letter."""
    people = sa.union_all(*(_at_dead_address(one, congress_id) for one in (Officer, Deputy))).subquery()
    return sa.select(people).order_by(people.c.person, people.c.id)


def _at_dead_address(person: type[Officer] | type[Deputy], congress_id: int | None) -> sa.Select[Any]:
    later = aliased(Letter)
    again = sa.select(later.id).where(
        later.person_key == Letter.person_key,
        later.to_address == Letter.to_address,
        later.state == LetterState.SENT,
        later.id > Letter.id,
    )
    refused = sa.select(sa.func.lower(Letter.to_address)).where(
        Letter.stopped == Stopped.ADDRESS, Letter.to_address != "", ~again.exists()
    )
    columns = (sa.literal(person.__tablename__).label("person"), person.id, person.name, person.email.label("address"))
    wanted = sa.select(*columns).where(person.congress_id == congress_id, person.active.is_(True))
    return wanted.where(sa.func.lower(person.email).in_(refused))
