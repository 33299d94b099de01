"""Mails that were not delivered are work on the office's desk: whom they are for, at which body, and what to do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import cache
from typing import Any

import sqlalchemy as sa

from tracker import clock
from tracker.database import Instant, columns
from tracker.dispatch.awaiting import NOTHING, Awaited, in_columns, waits
from tracker.errors import N_
from tracker.mail.models import Letter, LetterState
from tracker.mail.queries import visible_to
from tracker.roles import OFFICE, Role
from tracker.stage import Harm, Visitor, Waiting, WaitingGroup
from tracker.structure.models import Body, Officer
from tracker.suggestion.anyone import Anyone, anyone, numbers
from tracker.suggestion.at_all import is_empty
from tracker.suggestion.models import Suggestion
from tracker.web.addresses import url_for

FAILED = N_("Mails that were not delivered")
SLOW = N_("Letters that have waited for hours")
TOO_LONG = timedelta(hours=4)  # what is written on Monday at eight is known to be late at noon
WRITTEN_BEFORE = sa.bindparam("written_before", type_=Instant)


def awaited(visitor: Visitor) -> Iterable[Awaited]:
    """Failed letters; the administrator's desk counts them by itself."""
    if visitor.role in OFFICE:
        yield Awaited(FAILED, _failed, lambda: url_for("mail.outbox", state=LetterState.FAILED), _line)


def lists(visitor: Visitor, _today: date) -> Mapping[Any, Mapping[str, Any]]:
    if visitor.role not in (*OFFICE, Role.ADMIN):
        return {}
    return {_slow: {"written_before": clock.now() - TOO_LONG}}


def waiting(visitor: Visitor, _today: date) -> Iterable[WaitingGroup]:
    """Letters the mail server has not taken for hours, as one thing: the server is looked after, not the letters."""
    if visitor.role not in (*OFFICE, Role.ADMIN) or is_empty(_slow):
        return
    asked = {**numbers(visitor), "written_before": clock.now() - TOO_LONG}
    rows = columns(_slow(anyone(visitor)), asked).all()
    page = url_for("mail.outbox", state=LetterState.WAITING)
    first = Waiting(SLOW, page, "", rows[0].subject, clock.local_day(rows[0].written_at), harm=Harm.REPLY_LATE.after(0))
    yield WaitingGroup(SLOW, rows[0].total, page, (first,))


@cache
def _failed(who: Anyone) -> sa.Select[Any]:
    officer_id = sa.literal("officer:") + sa.cast(Officer.id, sa.String)
    wanted = (
        sa.select(Letter)
        .outerjoin(Officer, officer_id == Letter.person_key)
        .outerjoin(Body, Body.id == Officer.body_id)
        .outerjoin(Suggestion, Suggestion.id == Letter.suggestion_id)
        .where(Letter.state == LetterState.FAILED, visible_to(who))
        .order_by(Letter.id.desc())
    )
    return in_columns(wanted, Letter.id, since_on=NOTHING, title=Letter.to_name + ": " + Letter.subject)


@cache
def _slow(who: Anyone) -> sa.Select[Any]:
    late = (Letter.state == LetterState.WAITING, Letter.written_at < WRITTEN_BEFORE, visible_to(who))
    wanted = sa.select(Letter.subject, Letter.written_at, sa.func.count().over().label("total"))
    return wanted.where(*late).order_by(Letter.written_at, Letter.id).limit(1)


def _line(row: Any, _today: date) -> Waiting:
    return waits(FAILED, row, url_for("mail.letter", letter_id=row.thing_id), Harm.TO_DECIDE.after(0))
