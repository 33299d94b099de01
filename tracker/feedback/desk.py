"""What feedback shows elsewhere: ratings on the suggestion's page, what is awaited, what is amiss."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache
from typing import Any

import sqlalchemy as sa

from tracker.database import db
from tracker.deadlines.chosen import Rehandling
from tracker.deadlines.models import Deadline
from tracker.deadlines.names import ASPECTS
from tracker.deadlines.queries import rule_sets, rules_of
from tracker.dispatch.awaiting import SINCE, TODAY, by_kind, first, in_columns, together, waits, with_body
from tracker.dispatch.models import Assignment
from tracker.errors import N_
from tracker.feedback import queries, studying
from tracker.feedback.models import Rating
from tracker.feedback.names import CHANNELS, FINDINGS, VERDICT_LOOKS, VERDICTS
from tracker.feedback.told import untold
from tracker.feedback.versions import DISSATISFIED as DISSATISFIED_SAID
from tracker.feedback.versions import LATEST, versions_of
from tracker.handling.models import Reply
from tracker.roles import OFFICE, Role
from tracker.stage import Harm, Panel, Problem, Visitor, Waiting, WaitingGroup
from tracker.structure.models import Succession
from tracker.suggestion.anyone import Anyone
from tracker.suggestion.at_all import Written
from tracker.suggestion.journey import Stage, Standing
from tracker.suggestion.models import Suggestion
from tracker.web.addresses import url_for
from tracker.web.filters import short_in_language

FIRST = 25
NEWS_DAYS = 30
RATE, AWAITED, DISSATISFIED = N_("Replies to rate"), N_("Ratings overdue"), N_("Dissatisfied deputies")
STUDY = N_("Dissatisfied ratings to study")
PARTS = (queries.rated,)


def panel(suggestion: Suggestion, visitor: Visitor, today: date) -> Panel | None:
    """How each reply was rated; the comment only for those it is meant for."""
    if not queries.sees_ratings(visitor):
        return None
    ratings = queries.ratings_of(suggestion.id)
    may_close = visitor.role in OFFICE and suggestion.stage in (Stage.ANSWERED, Stage.RATED)
    if visitor.role is Role.DEPUTY:
        ratings = [one for one in ratings if one.deputy_id in (visitor.deputy_id, suggestion.lead_deputy_id)]
    silent = queries.silence_of(suggestion.id, today) if suggestion.stage is Stage.ANSWERED else []
    if not ratings and not may_close and not silent:
        return None
    facts: dict[str, Any] = {
        "ratings": versions_of(ratings),
        "silent": silent,
        "may_study": visitor.role in OFFICE,
        "aspect_names": ASPECTS,
        "finding_names": FINDINGS,
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
        yield from _of_the_office(visitor, today)


def lists(visitor: Visitor, today: date) -> dict[Written, dict[str, Any]]:
    """What `waiting` reads."""
    if visitor.role not in OFFICE:
        return {}
    return {_news: {"today": today, "since": today - timedelta(days=NEWS_DAYS)}}


def problems() -> Iterable[Problem]:
    """A rating the history does not tell of, and one that is dissatisfied and nothing followed."""
    for suggestion_id, assignment_id in untold():
        values = {"id": suggestion_id, "assignment": assignment_id}
        yield Problem(
            "rating", N_("Suggestion %(id)s: its history tells of other ratings of assignment %(assignment)s."), values
        )
    yield from _not_followed()


def _not_followed() -> Iterable[Problem]:
    """A rating whose last word is dissatisfied, and neither a new round followed nor does the office study it."""
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
        .where(DISSATISFIED_SAID, LATEST, Suggestion.stage.not_in(studying.OVER))
        .where(sa.not_(followed.exists()), sa.not_(_is_studied()))
    )
    for row in db.session.execute(wanted):
        values = {"id": row.id, "number": row.number or row.id}
        yield Problem("no_new_round", N_("Suggestion %(number)s: dissatisfied, but not handled again."), values)


def _is_studied() -> sa.ColumnElement[bool]:
    """The rules of the suggestion let the office study it, and the reply stands as rated meanwhile."""
    theirs = [row.id for row in rule_sets() if rules_of(row).rehandling is Rehandling.STUDIED]
    return sa.and_(Suggestion.rule_set_id.in_(theirs), Assignment.standing == Standing.RATED)


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
        body_name=short_in_language(reply.assignment.body),
        harm=Harm.RATING_AWAITED.after(0),
    )


def _of_the_office(visitor: Visitor, today: date) -> Iterable[WaitingGroup]:
    """Ratings overdue, to be studied, and the dissatisfied of the last weeks: where a new round runs by itself, a
    person should know.
    """
    told = {
        AWAITED: (_late_line, url_for("feedback.index")),
        STUDY: (_study_line, url_for("feedback.index", show="study")),
        DISSATISFIED: (_news_line, url_for("feedback.index", show="dissatisfied")),
    }
    days = {"today": today, "since": today - timedelta(days=NEWS_DAYS)}
    for kind, rows in by_kind(first(_news, visitor, days)).items():
        line, url = told[kind]
        yield WaitingGroup(kind, rows[0].total, url, tuple(line(row, today) for row in rows))


@cache
def _news(who: Anyone) -> sa.CompoundSelect[Any]:
    late = with_body(queries.awaited(who).where(Deadline.due_on < TODAY))
    study = with_body(queries.to_study(who))
    news = with_body(queries.dissatisfied(who).where(Rating.on >= SINCE, sa.not_(studying.PENDING)))
    return together(
        {
            AWAITED: in_columns(late, Reply.id, since_on=Deadline.started_on, due_on=Deadline.due_on),
            STUDY: in_columns(study, Rating.id, since_on=Rating.on, due_on=Deadline.due_on, more=Assignment.round),
            DISSATISFIED: in_columns(news, Suggestion.id, since_on=Rating.on, more=Assignment.round),
        }
    )


def _late_line(row: Any, today: date) -> Waiting:
    return waits(AWAITED, row, _form(row.thing_id), Harm.RATING_AWAITED.after((today - row.due_on).days))


def _study_line(row: Any, today: date) -> Waiting:
    url = url_for("feedback.study", rating_id=row.thing_id)
    return waits(STUDY, row, url, Harm.DISSATISFIED.after(20 * row.more + (today - row.since_on).days))


def _news_line(row: Any, _today: date) -> Waiting:
    url = url_for("register.show", suggestion_id=row.thing_id)
    return waits(DISSATISFIED, row, url, Harm.DISSATISFIED.after(20 * row.more))


def _form(reply_id: int) -> str:
    return url_for("feedback.rating", reply_id=reply_id)
