"""What feedback shows elsewhere: ratings on the suggestion's page, what is awaited, what is amiss."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache
from typing import Any

import sqlalchemy as sa

from tracker.database import db
from tracker.deadlines.models import Deadline
from tracker.dispatch.awaiting import SINCE, TODAY, first, in_columns, waits, with_body
from tracker.dispatch.models import Assignment
from tracker.errors import N_
from tracker.feedback import queries
from tracker.feedback.models import Rating, Verdict
from tracker.feedback.names import CHANNELS, VERDICT_LOOKS, VERDICTS
from tracker.handling.models import Reply
from tracker.roles import OFFICE, Role
from tracker.stage import Harm, Panel, Problem, Visitor, Waiting, WaitingGroup
from tracker.structure.models import Succession
from tracker.suggestion.anyone import Anyone
from tracker.suggestion.at_all import Written
from tracker.suggestion.journey import Stage
from tracker.suggestion.models import Suggestion
from tracker.web.addresses import url_for

FIRST = 25
NEWS_DAYS = 30
RATE, AWAITED, DISSATISFIED = N_("Replies to rate"), N_("Ratings overdue"), N_("Dissatisfied deputies")
PARTS = (queries.rated,)


def panel(suggestion: Suggestion, visitor: Visitor, _today: date) -> Panel | None:
    """How each reply was rated; the comment only for those it is meant for."""
    if not queries.sees_ratings(visitor):
        return None
    ratings = queries.ratings_of(suggestion.id)
    may_close = visitor.role in OFFICE and suggestion.stage in (Stage.ANSWERED, Stage.RATED)
    if visitor.role is Role.DEPUTY:
        ratings = [one for one in ratings if one.deputy_id in (visitor.deputy_id, suggestion.lead_deputy_id)]
    if not ratings and not may_close:
        return None
    facts: dict[str, Any] = {
        "ratings": ratings,
        "sees_comments": queries.sees_comments(visitor),
        "may_close": may_close,
        "verdict_names": VERDICTS,
        "verdict_looks": VERDICT_LOOKS,
        "channel_names": CHANNELS,
    }
    return Panel("feedback/_panel.html", facts)


def waiting(visitor: Visitor, today: date) -> Iterable[WaitingGroup]:
    if visitor.role is Role.DEPUTY and visitor.deputy_id is not None:
        yield from _to_rate(visitor)
    if visitor.role in OFFICE:
        yield from _awaited(visitor, today)
        yield from _dissatisfied(visitor, today)


def lists(visitor: Visitor, today: date) -> dict[Written, dict[str, Any]]:
    """What `waiting` reads."""
    if visitor.role not in OFFICE:
        return {}
    return {_late: {"today": today}, _news: {"since": today - timedelta(days=NEWS_DAYS)}}


def problems() -> Iterable[Problem]:
    """A rating that says dissatisfied, and no new round followed."""
    bad = sa.or_(Rating.attitude == Verdict.DISSATISFIED, Rating.result == Verdict.DISSATISFIED)
    newer = sa.orm.aliased(Assignment)
    has_successor = sa.select(Succession.id).where(Succession.predecessor_id == Assignment.body_id).exists()
    followed = sa.select(newer.id).where(
        newer.suggestion_id == Assignment.suggestion_id,
        sa.or_(newer.body_id == Assignment.body_id, has_successor),
        newer.round > Assignment.round,
    )
    wanted = (
        sa.select(Suggestion.id, Suggestion.number)
        .join(Suggestion.assignments)
        .join(Reply, Reply.assignment_id == Assignment.id)
        .join(Rating, sa.and_(Rating.reply_id == Reply.id, Rating.deputy_id == Suggestion.lead_deputy_id))
        .where(bad, Suggestion.stage != Stage.CLOSED, sa.not_(followed.exists()))
    )
    for row in db.session.execute(wanted):
        values = {"id": row.id, "number": row.number or row.id}
        yield Problem("no_new_round", N_("Suggestion %(number)s: dissatisfied, but not handled again."), values)


def _to_rate(visitor: Visitor) -> Iterable[WaitingGroup]:
    replies = db.session.scalars(queries.to_rate(visitor)).unique().all()
    if replies:
        lines = tuple(_to_be_rated(one) for one in replies[:FIRST])
        yield WaitingGroup(RATE, len(replies), url_for("feedback.index"), lines)


def _to_be_rated(reply: Reply) -> Waiting:
    suggestion = reply.assignment.suggestion
    return Waiting(
        RATE,
        _form(reply.id),
        suggestion.number or "",
        suggestion.title,
        body_name=reply.assignment.body.name,
        harm=Harm.RATING_AWAITED.after(0),
    )


def _awaited(visitor: Visitor, today: date) -> Iterable[WaitingGroup]:
    if rows := first(_late, visitor, {"today": today}):
        lines = tuple(
            waits(AWAITED, row, _form(row.thing_id), Harm.RATING_AWAITED.after((today - row.due_on).days))
            for row in rows
        )
        yield WaitingGroup(AWAITED, rows[0].total, url_for("feedback.index"), lines)


@cache
def _late(who: Anyone) -> sa.Select[Any]:
    late = with_body(queries.awaited(who).where(Deadline.due_on < TODAY))
    return in_columns(late, Reply.id, since_on=Deadline.started_on, due_on=Deadline.due_on)


def _dissatisfied(visitor: Visitor, today: date) -> Iterable[WaitingGroup]:
    """Those of the last weeks: the new round runs by itself, but a person should know."""
    if rows := first(_news, visitor, {"since": today - timedelta(days=NEWS_DAYS)}):
        lines = tuple(
            waits(
                DISSATISFIED,
                row,
                url_for("register.show", suggestion_id=row.thing_id),
                Harm.DISSATISFIED.after(20 * row.more),
            )
            for row in rows
        )
        url = url_for("feedback.index", show="dissatisfied")
        yield WaitingGroup(DISSATISFIED, rows[0].total, url, lines)


@cache
def _news(who: Anyone) -> sa.Select[Any]:
    recent = sa.select(Rating.id).where(Rating.on >= SINCE, queries.IS_BAD)  # few; so named, that they are read first
    news = with_body(queries.dissatisfied(who).where(Rating.id.in_(recent)))
    return in_columns(news, Suggestion.id, since_on=Rating.on, more=Assignment.round)


def _form(reply_id: int) -> str:
    return url_for("feedback.rating", reply_id=reply_id)
