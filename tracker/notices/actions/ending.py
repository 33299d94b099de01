"""A notice or a draft ends: withdrawn by the office, or dropped because its clocks were met before anybody signed."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa

from tracker.actor import SYSTEM, Actor
from tracker.database import db
from tracker.errors import N_, RuleBroken
from tracker.notices import climbed, letters, queries
from tracker.notices.models import Ended, Notice
from tracker.notices.queries import SIGNED_AS, live_items, number_of
from tracker.signing import actions as signing
from tracker.signing.models import GIVEN_BACK, WAITS, ToSign
from tracker.suggestion.actions import make


def withdraw(notice: Notice, reason: str, *, by: Actor, on: date) -> None:
    """The office takes a draft or an issued notice back; whoever was written to is told. Its number stays given.

    :raises RuleBroken: no reason, or it is closed already.
    """
    if not reason.strip():
        raise RuleBroken(N_("Say why it is withdrawn."))
    if not notice.is_draft and not notice.is_running:
        raise RuleBroken(N_("This notice is closed already."))
    was_issued = notice.issued_on is not None
    _end(notice, Ended.WITHDRAWN, reason.strip(), by=by, on=on)
    if was_issued:
        for item in live_items(notice):
            make("withdraw_notice", item.suggestion, item.assignment, by=by, on=on, number=number_of(notice))
        letters.withdrawn(notice, on=on)


def drop_met(congress_id: int, *, on: date, by: Actor = SYSTEM) -> int:
    """Drop from drafts what was met or moved before anybody signed; answers how many items."""
    wanted = sa.select(Notice.id).where(Notice.congress_id == congress_id, queries.IS_DRAFT).order_by(Notice.id)
    return sum(drop_fallen(queries.of_id(notice_id), by=by, on=on) for notice_id in db.session.scalars(wanted).all())


def drop_fallen(notice: Notice, *, by: Actor, on: date) -> int:
    """Drop the items of one draft whose rung no longer stands; the draft too, if none is left."""
    items = live_items(notice)
    gone = climbed.fallen([one.alarm_id for one in items])
    for item in items:
        if item.alarm_id in gone:
            item.ended_on, item.ended_why = on, gone[item.alarm_id]
            make("drop_notice", item.suggestion, item.assignment, by=by, on=on)
    if gone:
        end_if_empty(notice, next(iter(gone.values())), by=by, on=on)
    return len(gone)


def end_if_empty(notice: Notice, why: Ended, *, by: Actor, on: date) -> None:
    """A draft about nothing is none."""
    if not live_items(notice):
        _end(notice, why, "", by=by, on=on)


def _end(notice: Notice, why: Ended, note: str, *, by: Actor, on: date) -> None:
    """It ends, and what lies in the folder to be signed about it, or came back from there, is taken out."""
    notice.ended_on, notice.ended_by, notice.ended_why, notice.ended_note = on, by.name, why, note
    lying = sa.select(ToSign).where(ToSign.kind == SIGNED_AS, ToSign.thing_id == notice.id)
    for paper in db.session.scalars(lying.where(sa.or_(WAITS, GIVEN_BACK))).all():
        signing.take_out(paper, on=on)
