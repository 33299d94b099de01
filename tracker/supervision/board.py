"""What a committee watches: the late, key, disputed and dissatisfied items of the bodies it is paired with."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

import sqlalchemy as sa

from tracker.deadlines.clauses import REPLIES
from tracker.deadlines.models import Deadline
from tracker.deadlines.queries import IS_OPEN
from tracker.dispatch.awaiting import NOBODY, TODAY, Awaited, in_columns, waits, with_body
from tracker.dispatch.models import Assignment
from tracker.errors import N_
from tracker.feedback import queries as feedback
from tracker.feedback.models import Rating
from tracker.followup import queries as followup
from tracker.followup.models import Judgement
from tracker.followup.queries import Show
from tracker.handling.models import Promise
from tracker.stage import Harm, Waiting
from tracker.structure.models import Body, Pairing
from tracker.suggestion.anyone import Anyone
from tracker.suggestion.journey import Stage
from tracker.suggestion.models import Suggestion
from tracker.suggestion.queries import scope
from tracker.web.addresses import url_for

LATE, KEY, DISSATISFIED = N_("Replies overdue"), N_("Key items"), N_("Dissatisfied deputies")
DISPUTED, BROKEN = N_("Promises disputed by the deputy"), N_("Promises overdue")
OVER = (Stage.CLOSED, Stage.WITHDRAWN, Stage.MERGED, Stage.LETTER)


def watched() -> list[Awaited]:
    """The kinds of the board in their order, each with the list that has all of them."""
    return [
        Awaited(LATE, _late, lambda: url_for("register.index", due="overdue"), _told(LATE, "suggestion")),
        Awaited(KEY, _key, lambda: url_for("register.index", key="y"), _told(KEY, "suggestion")),
        Awaited(
            DISSATISFIED,
            _dissatisfied,
            lambda: url_for("register.index", rating="dissatisfied"),
            _told(DISSATISFIED, "suggestion"),
        ),
        Awaited(DISPUTED, _disputed, lambda: url_for("followup.index", show="disputed"), _told(DISPUTED, "promise")),
        Awaited(BROKEN, _broken, lambda: url_for("followup.index", show="overdue"), _told(BROKEN, "promise")),
    ]


def _told(kind: str, what: str) -> Any:
    def line(row: Any, _today: date) -> Waiting:
        page = "followup.promise" if what == "promise" else "register.show"
        return waits(kind, row, url_for(page, **{f"{what}_id": row.thing_id}), Harm.REPLY_LATE.after(0))

    return line


@cache
def _late(who: Anyone) -> sa.Select[Any]:
    """Replies of paired bodies, and of key items, whose last day has passed."""
    paired = sa.select(Pairing.body_id).where(Pairing.committee_id == who.body_id)
    wanted = (
        sa.select(Assignment)
        .join(Suggestion, Suggestion.id == Assignment.suggestion_id)
        .join(Body, Body.id == Assignment.body_id)
        .join(Deadline, sa.and_(Deadline.assignment_id == Assignment.id, Deadline.kind.in_(REPLIES), IS_OPEN))
        .where(
            Deadline.congress_id == who.congress_id,
            scope(who),
            sa.or_(Suggestion.key.is_(True), Assignment.body_id.in_(paired)),
            Deadline.due_on < TODAY,
        )
        .order_by(Deadline.due_on, Deadline.id)
    )
    return in_columns(wanted, Suggestion.id, since_on=Deadline.started_on, due_on=Deadline.due_on, more=sa.literal(0))


@cache
def _key(who: Anyone) -> sa.Select[Any]:
    wanted = (
        sa.select(Suggestion)
        .where(Suggestion.congress_id == who.congress_id, scope(who), Suggestion.key.is_(True))
        .where(Suggestion.stage.not_in(OVER))
        .order_by(Suggestion.recorded_on, Suggestion.id)
    )
    return in_columns(wanted, Suggestion.id, since_on=Suggestion.recorded_on, body=NOBODY, more=sa.literal(0))


@cache
def _dissatisfied(who: Anyone) -> sa.Select[Any]:
    wanted = with_body(feedback.dissatisfied(who))
    return in_columns(wanted, Suggestion.id, since_on=Rating.on, more=sa.literal(0))


@cache
def _disputed(who: Anyone) -> sa.Select[Any]:
    return _promises(followup.ledger(who, Show.DISPUTED, TODAY), Judgement.on)


@cache
def _broken(who: Anyone) -> sa.Select[Any]:
    return _promises(followup.ledger(who, Show.OVERDUE, TODAY), Deadline.started_on)


def _promises(wanted: sa.Select[Any], since_on: Any) -> sa.Select[Any]:
    named = with_body(wanted)
    return in_columns(
        named, Promise.id, title=Promise.what, since_on=since_on, due_on=Deadline.due_on, more=sa.literal(0)
    )
