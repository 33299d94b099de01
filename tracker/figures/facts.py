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
from tracker.feedback.models import Rating
from tracker.figures import replied
from tracker.figures.models import CountedDay
from tracker.handling.actions.opinion import WITHOUT
from tracker.handling.models import Contact, Extension, Reply
from tracker.signals.models import Dismissal, Signal
from tracker.structure.models import Body, Deputy, Meeting
from tracker.suggestion.journey import Standing
from tracker.suggestion.models import Entry, Suggestion

ENDED_BY = ("grant_return", "recall", "change_lead", "absorb", "pass_on", "answer_without")
ENDED = (Standing.RETURNED, Standing.RECALLED, Standing.PASSED_ON, Standing.UNHEARD)
FIRST, LAST = aliased(Rating, name="first"), aliased(Rating, name="last")
CLOCK = aliased(Deadline, name="clock")
BEGAN, CEASED = aliased(CountedDay, name="began"), aliased(CountedDay, name="ceased")
# The delegation that brought it: its own, else that of the lead deputy.
BROUGHT_BY = sa.func.coalesce(Suggestion.delegation_id, Deputy.delegation_id)
_number = sa.func.count()


def known(congress_id: int, on: date) -> sa.Subquery:
    """One row for every item-body of a congress."""
    opinion, returns, more = _opinions(congress_id, on), _returns(congress_id), _extensions(congress_id)
    contact, sent, ended = _contacts(congress_id), replied.sent_back(congress_id), _ended(congress_id)
    raised = _signals(congress_id)
    voices, rating, promised = (
        replied.voices(congress_id),
        replied.rating_clocks(congress_id, on),
        replied.promised(congress_id, on),
    )
    end = sa.func.coalesce(CLOCK.met_on, opinion.c.given_on, ended.c.on, Reply.submitted_on)
    beside = (opinion, returns, more, contact, raised, sent, voices, rating, promised)
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
        .outerjoin(Deputy, Deputy.id == Suggestion.lead_deputy_id)
        .outerjoin(CLOCK, CLOCK.id == _clock_id())
        .outerjoin(Reply, Reply.assignment_id == Assignment.id)
        .outerjoin(FIRST, sa.and_(_of_the_lead(FIRST), FIRST.version == 1))
        .outerjoin(LAST, sa.and_(_of_the_lead(LAST), LAST.version == _last_version()))
    )
    for one in (opinion, returns, more, contact, ended, raised, promised):
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
        BROUGHT_BY.label("delegation_id"),
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


def _signals(congress_id: int) -> sa.Subquery:
    """Signs that hold and that nobody dismissed."""
    dismissed = sa.select(Dismissal.id).where(Dismissal.signal_id == Signal.id, Dismissal.undone_on.is_(None))
    wanted = sa.select(Signal.assignment_id.label("its_id"), _number.label("signs"))
    which = (Signal.congress_id == congress_id, Signal.cleared_on.is_(None), Signal.assignment_id.is_not(None))
    return wanted.where(*which, ~dismissed.exists()).group_by(Signal.assignment_id).subquery("raised")


def _ended(congress_id: int) -> sa.Subquery:
    """When what a body no longer has was taken from it."""
    wanted = _of_assignments(congress_id, Entry, sa.func.max(Entry.on).label("on"))
    return wanted.where(Assignment.standing.in_(ENDED), Entry.move.in_(ENDED_BY)).subquery("ended")


def _day(day: Any, congress_id: int, on: Any) -> sa.ColumnElement[bool]:
    return sa.and_(day.congress_id == congress_id, day.day == on)
