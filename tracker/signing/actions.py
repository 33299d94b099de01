"""Acts are drawn up, signed or given back; a congress chooses whether they wait for it."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa

from tracker.actor import Actor
from tracker.audit.actions import trace
from tracker.database import db
from tracker.errors import N_, NotFound, RuleBroken
from tracker.signing import queries
from tracker.signing.kinds import Facts, kind_of
from tracker.signing.models import SigningMode, ToSign
from tracker.stage import Visitor

STATE = ["signed_on", "given_back_on", "ended_on"]


def act_or_draw_up(
    kind: str, thing_id: int, facts: Facts, who: Visitor, *, by: Actor, on: date, suggestion_id: int | None = None
) -> bool:
    """Do it at once where one step suffices, else lay it into the folder; answers whether it is done.

    :raises RuleBroken: the act's own rule says no; or a draft about it lies in the folder already.
    """
    if not queries.needs_signature(who):
        kind_of(kind).carry_out(thing_id, facts, who, by=by, on=on)
        return True
    draw_up(kind, thing_id, facts, who, by=by, on=on, suggestion_id=suggestion_id)
    return False


def draw_up(
    kind: str, thing_id: int, facts: Facts, who: Visitor, *, by: Actor, on: date, suggestion_id: int | None = None
) -> ToSign:
    """A clerk draws up an act for the leader. It is tried and taken back: what could not be signed today is refused.

    One that was given back about the same is ended by it.

    :raises RuleBroken: the act's own rule says no; or a draft about it lies in the folder already.
    """
    earlier = queries.lying_there(kind, thing_id, who)
    if earlier is not None and earlier.waits:
        raise RuleBroken(N_("A draft about this lies in the folder already, since %(day)s."), day=_day(earlier))
    earlier_id = earlier.id if earlier is not None else None
    trial = db.session.begin_nested()
    try:
        kind_of(kind).carry_out(thing_id, facts, who, by=by, on=on)
        db.session.flush()
    finally:
        trial.rollback()
    if earlier_id is not None:
        db.session.get_one(ToSign, earlier_id).ended_on = on
    paper = ToSign(
        congress_id=who.congress_id,
        kind=kind,
        thing_id=thing_id,
        suggestion_id=suggestion_id,
        facts=dict(facts),
        drawn_up_on=on,
        drawn_up_by=by.name,
    )
    db.session.add(paper)
    db.session.flush()
    return paper


def sign(paper: ToSign, who: Visitor, *, by: Actor, on: date) -> None:
    """The leader signs, and the act is done, on this day and in his name.

    :raises RuleBroken: it waits no more, or the case has moved on meanwhile and the act is no longer possible.
    """
    _must_wait(paper)
    try:
        kind_of(paper.kind).carry_out(paper.thing_id, paper.facts, who, by=by, on=on)
    except NotFound:
        raise RuleBroken(N_("The case has moved on: what this draft decides is no longer to be decided.")) from None
    paper.signed_on, paper.signed_by = on, by.name


def give_back(paper: ToSign, remark: str, *, by: Actor, on: date) -> None:
    """The leader does not sign, and says to the clerk why.

    :raises RuleBroken: no remark, or it waits no more.
    """
    if not remark.strip():
        raise RuleBroken(N_("Say what is to be changed."))
    _must_wait(paper)
    paper.given_back_on, paper.given_back_by, paper.remark = on, by.name, remark.strip()


def take_out(paper: ToSign, *, on: date) -> None:
    """The clerk takes it out of the folder, signed by nobody.

    :raises RuleBroken: it was signed, or is out already.
    """
    _hold(paper)
    if paper.signed_on is not None or paper.ended_on is not None:
        raise RuleBroken(N_("This draft waits no more."))
    paper.ended_on = on


def choose_mode(congress_id: int, two_steps: bool, *, by: Actor, on: date, at: datetime) -> SigningMode:
    """One step: what the office's people decide is done. Two: a clerk's acts wait for the leader's signature."""
    mode = queries.mode_of(congress_id)
    if mode is None:
        mode = SigningMode(congress_id=congress_id, two_steps=two_steps, since_on=on, by_name=by.name)
        db.session.add(mode)
    elif mode.two_steps != two_steps:
        mode.two_steps, mode.since_on, mode.by_name = two_steps, on, by.name
    trace("signing_mode", by, at=at, two_steps=two_steps)
    return mode


def _hold(paper: ToSign) -> None:
    """Nobody else signs it until the transaction ends, and what others did to it before is known."""
    db.session.execute(sa.select(ToSign.id).where(ToSign.id == paper.id).with_for_update())
    db.session.refresh(paper, STATE)


def _must_wait(paper: ToSign) -> None:
    _hold(paper)
    if not paper.waits:
        raise RuleBroken(N_("This draft waits no more."))


def _day(paper: ToSign) -> str:
    return paper.drawn_up_on.isoformat()
