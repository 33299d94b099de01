"""What follow-up shows elsewhere: promises on the suggestion's page, those overdue on the desk, what is amiss."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Any

import sqlalchemy as sa

from tracker.database import db
from tracker.deadlines.clauses import Kind
from tracker.deadlines.lamps import lamps
from tracker.deadlines.models import Deadline
from tracker.dispatch.awaiting import TODAY, Awaited, in_columns, waits, with_body
from tracker.dispatch.models import Assignment
from tracker.dispatch.queries import assigned_of
from tracker.errors import N_
from tracker.followup import queries, undated
from tracker.followup.models import Judgement, PromiseReport, YearlyQuestion
from tracker.followup.names import STATE_LOOKS, STATES
from tracker.followup.queries import Show
from tracker.followup.reported import is_delivered
from tracker.handling.models import Promise, Reply
from tracker.roles import BODY, OFFICE, Role
from tracker.stage import Harm, Panel, Problem, Visitor, Waiting
from tracker.structure.succession import cards_of
from tracker.suggestion.anyone import Anyone
from tracker.suggestion.models import Suggestion
from tracker.web.addresses import url_for

OVERDUE, DISPUTED = N_("Promises overdue"), N_("Promises disputed by the deputy")
UNDATED, ASKED = N_("Replies without a dated promise"), N_("Yearly question: how promises stand")
JUDGE = N_("Promises to confirm")
SILENT = N_("Reports a deputy has not answered in time")
PARTS = (queries.promised_in,)


def panel(suggestion: Suggestion, visitor: Visitor, today: date) -> Panel | None:
    """What was promised, by when, and what became of it."""
    if not any(is_delivered(one) for one in assigned_of(suggestion)):
        return None  # nothing is promised before a reply was delivered
    promised = queries.promises_of(suggestion.id)
    if not promised:
        return None
    shining = lamps(visitor.congress_id, today)
    lines = [(row, shining.of(row.deadline)) for row in promised]
    facts: dict[str, Any] = {"promised": lines, "state_names": STATES, "state_looks": STATE_LOOKS}
    return Panel("followup/_panel.html", facts)


def awaited(visitor: Visitor) -> Iterable[Awaited]:
    """What waits about promises; the ladder's own letters tell bodies of those overdue."""
    if visitor.role in (*OFFICE, *BODY, Role.HUB, Role.COMMITTEE):
        yield Awaited(OVERDUE, _overdue, lambda: url_for("followup.index", show="overdue"), _late)
    if visitor.role in OFFICE:
        yield Awaited(DISPUTED, _disputed, lambda: url_for("followup.index", show="disputed"), _to_decide)
        yield Awaited(SILENT, _silent, lambda: url_for("followup.index", show="silent"), _to_remind)
        yield Awaited(UNDATED, _undated, lambda: url_for("followup.undated_index"), _to_date)
    if visitor.role in BODY:
        yield Awaited(ASKED, _asked, lambda: url_for("followup.index"), _to_report)
    if visitor.role is Role.DEPUTY and visitor.deputy_id is not None:
        yield Awaited(JUDGE, _to_judge, lambda: url_for("followup.index", show="all"), _to_say)


@cache
def _overdue(who: Anyone) -> sa.Select[Any]:
    late = queries.ledger(who, Show.OVERDUE, TODAY).where(Deadline.congress_id == who.congress_id)
    return _shown(late, Deadline.started_on)


@cache
def _disputed(who: Anyone) -> sa.Select[Any]:
    return _shown(queries.ledger(who, Show.DISPUTED, TODAY), Judgement.on)


@cache
def _silent(who: Anyone) -> sa.Select[Any]:
    return _shown(queries.ledger(who, Show.SILENT, TODAY), PromiseReport.on)


@cache
def _asked(who: Anyone) -> sa.Select[Any]:
    """The yearly questions that a body has not answered."""
    asked = sa.and_(YearlyQuestion.promise_id == Promise.id, YearlyQuestion.report_id.is_(None))
    wanted = queries.ledger(who, Show.OPEN, TODAY).join(YearlyQuestion, asked)
    return _shown(wanted, YearlyQuestion.asked_on, YearlyQuestion.until_on)


@cache
def _to_judge(who: Anyone) -> sa.Select[Any]:
    """What was reported to the lead deputy and he has not said anything about."""
    theirs = Suggestion.lead_deputy_id.in_(cards_of(who.deputy_id))
    unsaid = sa.and_(PromiseReport.to_be_judged.is_(True), Judgement.id.is_(None), theirs)
    return _shown(queries.ledger(who, Show.ALL, TODAY).where(unsaid), PromiseReport.on)


@cache
def _undated(who: Anyone) -> sa.Select[Any]:
    wanted = undated.undated(who)
    return in_columns(wanted, Reply.id, since_on=undated.SINCE_ON, more=sa.literal(0))


def _shown(wanted: sa.Select[Any], since_on: Any, due_on: Any = Deadline.due_on) -> sa.Select[Any]:
    named = with_body(wanted)
    return in_columns(named, Promise.id, title=Promise.what, since_on=since_on, due_on=due_on, more=sa.literal(0))


def problems() -> Iterable[Problem]:
    """A promise that no clock watches."""
    wanted = (
        sa.select(Promise.id, Suggestion.number)
        .join(Promise.assignment)
        .join(Assignment.suggestion)
        .outerjoin(Deadline, sa.and_(Deadline.promise_id == Promise.id, Deadline.kind == Kind.PROMISE))
        .where(Deadline.id.is_(None))
    )
    for row in db.session.execute(wanted):
        values = {"id": row.id, "number": row.number or row.id}
        yield Problem("promise_clock", N_("A promise of suggestion %(number)s has no clock."), values)


def _late(row: Any, today: date) -> Waiting:
    return waits(OVERDUE, row, _page(row), Harm.PROMISE_LATE.after((today - row.due_on).days))


def _to_decide(row: Any, today: date) -> Waiting:
    return waits(DISPUTED, row, _page(row), Harm.PROMISE_DISPUTED.after((today - row.since_on).days))


def _to_remind(row: Any, _today: date) -> Waiting:
    return waits(SILENT, row, _page(row), Harm.PROMISE_UNDATED.after(0))


def _to_report(row: Any, _today: date) -> Waiting:
    return waits(ASKED, row, _page(row), Harm.PROMISE_ASKED.after(0))


def _to_say(row: Any, today: date) -> Waiting:
    return waits(JUDGE, row, _page(row), Harm.PROMISE_TO_JUDGE.after((today - row.since_on).days))


def _to_date(row: Any, today: date) -> Waiting:
    since = (today - row.since_on).days if row.since_on else 0
    return waits(UNDATED, row, url_for("followup.add", reply_id=row.thing_id), Harm.PROMISE_UNDATED.after(since))


def _page(row: Any) -> str:
    return url_for("followup.promise", promise_id=row.thing_id)
