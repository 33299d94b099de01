"""What is known of every item-body on a day, in one SELECT: its clock, reply, contacts, ratings and promises.

`known` reads; what of it is measured says `tracker.figures.parts`.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from tracker.deadlines.clauses import REPLIES, Kind
from tracker.deadlines.models import Deadline
from tracker.dispatch.models import Assignment, BodyReturn, Part
from tracker.feedback import rates
from tracker.feedback.models import Rating, Verdict
from tracker.feedback.versions import LATEST
from tracker.figures.models import CountedDay
from tracker.followup.models import Fate, PromiseReport
from tracker.handling.actions.opinion import WITHOUT
from tracker.handling.models import Contact, Extension, Promise, Reply, SendingBack
from tracker.structure.models import Body, Meeting
from tracker.suggestion.journey import Standing
from tracker.suggestion.models import Entry, Suggestion

ENDED_BY = ("grant_return", "recall", "change_lead", "absorb", "pass_on", "answer_without")
ENDED = (Standing.RETURNED, Standing.RECALLED, Standing.PASSED_ON, Standing.UNHEARD)
FIRST, LAST = aliased(Rating, name="first"), aliased(Rating, name="last")
CLOCK = aliased(Deadline, name="clock")
BEGAN, CEASED = aliased(CountedDay, name="began"), aliased(CountedDay, name="ceased")
_number = sa.func.count()


def known(congress_id: int, on: date) -> sa.Subquery:
    """One row for every item-body of a congress."""
    opinion, returns, more = _opinions(congress_id, on), _returns(congress_id), _extensions(congress_id)
    contact, sent, ended = _contacts(congress_id), _sent_back(congress_id), _ended(congress_id)
    voices, rating, promised = _voices(congress_id), _rating_clocks(congress_id, on), _promised(congress_id, on)
    end = sa.func.coalesce(CLOCK.met_on, opinion.c.given_on, ended.c.on, Reply.submitted_on)
    beside = (opinion, returns, more, contact, sent, voices, rating, promised)
    wanted = (
        sa.select(
            *_own_columns(),
            *(column for one in beside for column in one.c if column.name not in ("its_id", "on")),
            _rated_later().label("rated_later"),
            end.label("ended_on"),
            (CEASED.worked - BEGAN.worked).label("days"),
        )
        .select_from(Assignment)
        .join(Suggestion, Suggestion.id == Assignment.suggestion_id)
        .join(Meeting, Meeting.id == Suggestion.meeting_id)
        .join(Body, Body.id == Assignment.body_id)
        .outerjoin(CLOCK, CLOCK.id == _clock_id())
        .outerjoin(Reply, Reply.assignment_id == Assignment.id)
        .outerjoin(FIRST, sa.and_(_of_the_lead(FIRST), FIRST.version == 1))
        .outerjoin(LAST, sa.and_(_of_the_lead(LAST), LAST.version == _last_version()))
    )
    for one in (opinion, returns, more, contact, ended, promised):
        wanted = wanted.outerjoin(one, one.c.its_id == Assignment.id)
    for one in (sent, voices, rating):
        wanted = wanted.outerjoin(one, one.c.its_id == Reply.id)
    wanted = wanted.outerjoin(BEGAN, _day(BEGAN, congress_id, Assignment.assigned_on))
    wanted = wanted.outerjoin(CEASED, _day(CEASED, congress_id, sa.func.coalesce(end, on)))
    return wanted.where(Assignment.congress_id == congress_id).subquery("known")


def _own_columns() -> tuple[Any, ...]:
    return (
        Assignment.id.label("assignment_id"),
        Assignment.suggestion_id,
        Assignment.body_id,
        Assignment.part,
        Assignment.round,
        Assignment.standing,
        Body.branch,
        Assignment.assigned_on.label("began_on"),
        Suggestion.delegation_id,
        Suggestion.category,
        Suggestion.meeting_id,
        Meeting.year,
        CLOCK.id.label("clock_id"),
        CLOCK.met_on,
        CLOCK.original_due_on,
        CLOCK.due_on,
        Reply.submitted_on,
        Reply.outcome,
        FIRST.result.label("first_said"),
        LAST.result.label("last_said"),
    )


def _clock_id() -> sa.ScalarSelect[Any]:
    """The last reply clock that holds; of each assignment there is one."""
    clock = aliased(Deadline)
    of = sa.select(sa.func.max(clock.id)).where(
        clock.assignment_id == Assignment.id, clock.kind.in_(REPLIES), clock.voided_on.is_(None)
    )
    return of.correlate(Assignment).scalar_subquery()


def _of_the_lead(rating: Any) -> sa.ColumnElement[bool]:
    return sa.and_(rating.reply_id == Reply.id, rating.deputy_id == Suggestion.lead_deputy_id)


def _last_version() -> sa.ScalarSelect[Any]:
    said = aliased(Rating)
    of = sa.select(sa.func.max(said.version)).where(_of_the_lead(said))
    return of.correlate(Reply, Suggestion).scalar_subquery()


def _rated_later() -> sa.ColumnElement[bool]:
    """The lead deputy has rated a later round: of this body, or of any where the bodies do not answer apart."""
    later, answer, said = aliased(Assignment), aliased(Reply), aliased(Rating)
    same = sa.or_(later.body_id == Assignment.body_id, Assignment.part != Part.SEPARATE)
    found = (
        sa.select(said.id)
        .join(answer, answer.id == said.reply_id)
        .join(later, later.id == answer.assignment_id)
        .where(
            later.suggestion_id == Assignment.suggestion_id,
            later.round > Assignment.round,
            said.deputy_id == Suggestion.lead_deputy_id,
            same,
        )
    )
    is_replaced = Assignment.standing == Standing.HANDLED_AGAIN
    return sa.and_(is_replaced, found.correlate(Assignment, Suggestion).exists())


def _opinions(congress_id: int, on: date) -> sa.Subquery:
    """A co-handler's clocks: an opinion asked for again has one of its own, and the first is not forgotten.

    Once the lead's reply is rated without it nobody waits any more; by then it was late all the same.
    """
    open_, until = Deadline.met_on.is_(None), sa.func.coalesce(Deadline.voided_on, on)
    late = sa.or_(Deadline.met_on > Deadline.original_due_on, sa.and_(open_, Deadline.original_due_on < until))
    return (
        sa.select(
            Deadline.assignment_id.label("its_id"),
            _number.filter(sa.or_(~open_, late)).label("opinions_due"),
            _number.filter(late).label("opinions_late"),
            sa.case((_number.filter(open_) == 0, sa.func.max(Deadline.met_on))).label("given_on"),
        )
        .where(
            Deadline.congress_id == congress_id,
            Deadline.kind == Kind.CO_OPINION,
            sa.or_(Deadline.voided_on.is_(None), Deadline.void_reason == WITHOUT),
            Deadline.assignment_id.is_not(None),
        )
        .group_by(Deadline.assignment_id)
        .subquery("opinion")
    )


def _of_assignments(congress_id: int, row: Any, *columns: Any) -> sa.Select[Any]:
    return (
        sa.select(row.assignment_id.label("its_id"), *columns)
        .join(Assignment, Assignment.id == row.assignment_id)
        .where(Assignment.congress_id == congress_id)
        .group_by(row.assignment_id)
    )


def _returns(congress_id: int) -> sa.Subquery:
    refused = _number.filter(BodyReturn.granted.is_(False)).label("refused")
    return _of_assignments(congress_id, BodyReturn, _number.label("returns"), refused).subquery("return_")


def _extensions(congress_id: int) -> sa.Subquery:
    granted = _number.filter(Extension.granted.is_(True)).label("granted")
    return _of_assignments(congress_id, Extension, granted).subquery("more")


def _contacts(congress_id: int) -> sa.Subquery:
    return _of_assignments(congress_id, Contact, sa.func.min(Contact.on).label("contact_on")).subquery("spoken")


def _ended(congress_id: int) -> sa.Subquery:
    """When what a body no longer has was taken from it."""
    wanted = _of_assignments(congress_id, Entry, sa.func.max(Entry.on).label("on"))
    return wanted.where(Assignment.standing.in_(ENDED), Entry.move.in_(ENDED_BY)).subquery("ended")


def _of_replies(congress_id: int, row: Any, *columns: Any) -> sa.Select[Any]:
    return (
        sa.select(row.reply_id.label("its_id"), *columns)
        .join(Reply, Reply.id == row.reply_id)
        .join(Assignment, Assignment.id == Reply.assignment_id)
        .where(Assignment.congress_id == congress_id)
        .group_by(row.reply_id)
    )


def _sent_back(congress_id: int) -> sa.Subquery:
    return _of_replies(congress_id, SendingBack, _number.label("times_back")).subquery("sent")


def _voices(congress_id: int) -> sa.Subquery:
    """The last word of every deputy who rated the reply."""
    by_verdict = [_number.filter(Rating.result == one).label(f"said_{one}") for one in Verdict]
    return _of_replies(congress_id, Rating, _number.label("said"), *by_verdict).where(LATEST).subquery("voice")


def _rating_clocks(congress_id: int, on: date) -> sa.Subquery:
    """Whether the time to rate has passed in vain, or runs."""
    runs = sa.and_(Deadline.met_on.is_(None), Deadline.voided_on.is_(None), Deadline.due_on >= on)
    in_vain = _number.filter(rates.unrated(on)).label("in_vain")
    wanted = sa.select(Deadline.reply_id.label("its_id"), in_vain, _number.filter(runs).label("awaited"))
    wanted = wanted.where(Deadline.congress_id == congress_id, Deadline.kind == Kind.EVALUATE)
    return wanted.where(Deadline.reply_id.is_not(None)).group_by(Deadline.reply_id).subquery("rating_clock")


def _promised(congress_id: int, on: date) -> sa.Subquery:
    """Promises against the day first promised."""
    clock = Deadline
    first_on = sa.func.coalesce(clock.original_due_on, Promise.due_on)
    due = first_on < on
    withdrawn = clock.voided_on.is_not(None)
    kept = sa.and_(~withdrawn, clock.met_on.is_not(None))
    missed = sa.and_(due, sa.or_(clock.id.is_(None), sa.and_(~withdrawn, clock.met_on.is_(None))))
    last = aliased(PromiseReport)
    last_id = sa.select(sa.func.max(last.id)).where(last.promise_id == Promise.id).correlate(Promise).scalar_subquery()
    broken = PromiseReport.fate == Fate.BROKEN
    return (
        sa.select(
            Promise.assignment_id.label("its_id"),
            _number.label("promises"),
            _number.filter(due).label("promises_due"),
            _number.filter(sa.and_(due, kept, clock.met_on <= first_on)).label("promises_kept"),
            _number.filter(sa.and_(due, kept, clock.met_on > first_on)).label("promises_kept_late"),
            _number.filter(missed).label("promises_missed"),
            _number.filter(sa.and_(missed, broken)).label("promises_broken"),
            _number.filter(sa.and_(due, withdrawn)).label("promises_withdrawn"),
            _number.filter(clock.due_on > clock.original_due_on).label("promises_moved"),
        )
        .select_from(Promise)
        .outerjoin(clock, sa.and_(clock.promise_id == Promise.id, clock.kind == Kind.PROMISE))
        .outerjoin(PromiseReport, PromiseReport.id == last_id)
        .where(Promise.congress_id == congress_id)
        .group_by(Promise.assignment_id)
        .subquery("promised")
    )


def _day(day: Any, congress_id: int, on: Any) -> sa.ColumnElement[bool]:
    return sa.and_(day.congress_id == congress_id, day.day == on)
