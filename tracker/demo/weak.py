"""What no table of answered and satisfied shows: passed round, taken away late, more time in bulk, ratings in haste."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from tracker import clock
from tracker.actor import Actor
from tracker.database import db
from tracker.demo.diary import Diary
from tracker.demo.settling import Town
from tracker.dispatch import actions as dispatch
from tracker.dispatch.models import Assignment, Part
from tracker.errors import RuleBroken
from tracker.feedback import actions as feedback
from tracker.feedback import whence
from tracker.feedback.models import Rating, RatingChannel, Verdict
from tracker.feedback.versions import DISSATISFIED, LATEST
from tracker.handling import actions as handling
from tracker.handling.models import Reply, Way
from tracker.people import networks
from tracker.structure.models import Body
from tracker.suggestion.journey import HANDLED, Standing
from tracker.suggestion.models import Suggestion

PASSED = ("市城管局", "市水利局", "市住建局")
NOT_OURS = "经研究，该事项主要涉及其他单位职责，建议改由相关单位承办。"
TAKEN = "承办单位来函称不属其职责，经协调改由其他单位承办。"
MORE_TIME = "涉及面广，需进一步调研论证，申请延期答复。"
TURNED = "承办单位多次做工作，改为满意。"
IN_BULK = 5
NETWORK = "demo"  # nobody reads an invented city over a network


def write(town: Town, diary: Diary, second_on: date, today: date) -> None:
    """Put it into the diary: after the second hand-over, and in the last weeks."""
    begun = second_on + timedelta(days=8)
    for number in range(len(PASSED) - 1):
        diary.write(begun + timedelta(days=7 + 5 * number), _tried(lambda on, place=number: _pass_on(town, place, on)))  # type: ignore[misc]
    diary.write(begun + timedelta(days=30), _tried(lambda on: _take_away(town, on)))
    diary.write(today - timedelta(days=45), _tried(lambda on: _ask_in_bulk(town, on)))
    for ago in (24, 17, 10):
        diary.write(today - timedelta(days=ago), _tried(lambda on: _rate_at_once(town, on)))
    diary.write(today - timedelta(days=12), _tried(_turn))


def _tried(act: Callable[[date], Any]) -> Callable[[date], None]:
    """What the rules do not let happen on that day is left out."""

    def tried(on: date) -> None:
        try:
            act(on)
        except RuleBroken:
            return

    return tried


def _pass_on(town: Town, place: int, on: date) -> None:
    """The second body gives back what the first one gave back."""
    before, to = (town.bodies[name] for name in PASSED[place : place + 2])
    wanted = _led(Assignment.body_id == before.id).order_by(Assignment.id.desc())
    for one in _without(wanted, to)[:1]:
        asked = dispatch.ask_return(one, NOT_OURS, to, by=town.handler(before), on=on)
        dispatch.decide_return(asked, True, to=to, by=town.clerk, on=on, tell=False)


def _take_away(town: Town, on: date) -> None:
    """The window is over; the body writes a letter, and the office takes it back and gives it to another."""
    to = town.bodies[PASSED[0]]
    wanted = _led(Assignment.part == Part.SOLE, Assignment.body_id != to.id).order_by(Assignment.id.desc())
    for one in _without(wanted, to)[:1]:
        dispatch.recall(one, TAKEN, by=town.clerk, on=on, tell=False)
        dispatch.assign_again(one.suggestion, [(to, Part.SOLE)], by=town.clerk, on=on, tell=False)
    for one in _without(wanted, to)[1:2]:  # and of another it is told by the page that it is too late
        dispatch.note_late_return(one, by=town.handler(one.body), on=on)


def _ask_in_bulk(town: Town, on: date) -> None:
    """The body with most still to answer asks for more time for all of it at once."""
    count = sa.func.count(Assignment.id)
    most = sa.select(Assignment.body_id, Assignment.hand_over_id).where(Assignment.standing == Standing.RECEIVED)
    most = most.where(Assignment.part.in_((Part.LEAD, Part.SOLE))).group_by(Assignment.body_id, Assignment.hand_over_id)
    first = db.session.execute(most.order_by(count.desc(), Assignment.body_id).limit(1)).first()
    if first is None:
        return
    own = _led(Assignment.body_id == first.body_id, Assignment.hand_over_id == first.hand_over_id)
    for one in _all(own.order_by(Assignment.id))[: IN_BULK + 2]:
        try:
            until_on = on + timedelta(days=75)
            handling.ask_extension(one, MORE_TIME, until_on, by=town.handler(one.body), on=on)
        except RuleBroken:
            continue


def _rate_at_once(town: Town, on: date) -> None:
    """Four minutes after the reply went out it is rated, by the deputy's link and from where the body acts."""
    wanted = sa.select(Reply).join(Reply.assignment).join(Assignment.suggestion)
    wanted = wanted.where(Assignment.standing == Standing.SUBMITTED, Suggestion.lead_deputy_id.is_not(None))
    wanted = wanted.options(joinedload(Reply.assignment).options(*_ABOUT)).order_by(Reply.id.desc())
    for reply in db.session.scalars(wanted.limit(1)):
        one = reply.assignment
        handling.deliver(reply, one, by=town.clerk, on=on, way=Way.HANDED_OVER, tell=False)
        networks.seen(f"{NETWORK}-{one.body_id}", one.body_id, on=on)
        with clock.at(clock.now() + timedelta(minutes=4)):
            _say(reply, on)


def _say(reply: Reply, on: date) -> None:
    suggestion = reply.assignment.suggestion
    deputy = next(one for one in (suggestion.lead_deputy,) if one is not None)
    good, by = Verdict.SATISFIED, Actor("link", None, deputy.name)
    rating = feedback.rate(reply, deputy, good, good, "", channel=RatingChannel.LINK, by=by, on=on, tell=False)
    whence.note_network(rating, reply.assignment.body_id, f"{NETWORK}-{reply.assignment.body_id}")


def _turn(on: date) -> None:
    """Somebody dissatisfied is satisfied some days later, and nobody notes why."""
    wanted = sa.select(Rating).join(Rating.reply).join(Reply.assignment).join(Assignment.suggestion)
    wanted = wanted.where(DISSATISFIED, LATEST, Assignment.standing == Standing.RATED, Rating.on < on)
    wanted = wanted.where(Rating.deputy_id == Suggestion.lead_deputy_id)
    about = joinedload(Rating.reply).joinedload(Reply.assignment).options(*_ABOUT)
    for was in db.session.scalars(wanted.options(about, joinedload(Rating.deputy)).order_by(Rating.id.desc()).limit(1)):
        good, by = Verdict.SATISFIED, Actor("link", None, was.deputy.name)
        facts: dict[str, Any] = {"channel": RatingChannel.LINK, "by": by, "on": on, "reason": TURNED, "tell": False}
        feedback.rate(was.reply, was.deputy, good, good, "", **facts)


_ABOUT = (
    joinedload(Assignment.body),
    joinedload(Assignment.suggestion).options(joinedload(Suggestion.meeting), joinedload(Suggestion.lead_deputy)),
)


def _led(*which: Any) -> sa.Select[Any]:
    """What a body answers and has in hand."""
    leads = Assignment.part.in_((Part.LEAD, Part.SOLE))
    return sa.select(Assignment).where(leads, Assignment.standing.in_(HANDLED), *which)


def _without(wanted: sa.Select[Any], to: Body) -> Sequence[Assignment]:
    """Of these, what this body has no part in yet."""
    beside = sa.select(Assignment.suggestion_id).where(Assignment.body_id == to.id)
    return _all(wanted.where(Assignment.suggestion_id.not_in(beside)))


def _all(wanted: sa.Select[Any]) -> Sequence[Assignment]:
    return db.session.scalars(wanted.options(*_ABOUT)).all()
