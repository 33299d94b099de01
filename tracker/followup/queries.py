"""The ledger of promises, limited to who is asking."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload

from tracker.database import db
from tracker.deadlines.clauses import Kind
from tracker.deadlines.models import Deadline
from tracker.dispatch.models import Assignment
from tracker.errors import N_, NotFound
from tracker.followup.models import Fate, Judgement, PromiseReport
from tracker.handling.models import Promise
from tracker.roles import BODY
from tracker.stage import Visitor
from tracker.structure.models import Meeting
from tracker.structure.succession import and_before
from tracker.suggestion.anyone import Anyone
from tracker.suggestion.at_all import is_empty
from tracker.suggestion.models import Suggestion
from tracker.suggestion.queries import THIS, scope


class Show(StrEnum):
    """Which promises are shown."""

    OPEN = "open"
    OVERDUE = "overdue"
    DISPUTED = "disputed"
    SILENT = "silent"
    ENDED = "ended"
    ALL = "all"


SHOWN = {
    Show.OPEN: N_("still to be kept"),
    Show.OVERDUE: N_("overdue"),
    Show.DISPUTED: N_("disputed"),
    Show.SILENT: N_("not answered by the deputy"),
    Show.ENDED: N_("ended"),
    Show.ALL: N_("all"),
}


@dataclass(frozen=True)
class Asked:
    """Which promises a list is narrowed to: by state, body, year of the meeting, and last day."""

    show: Show = Show.OPEN
    body_id: int | None = None
    year: int | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class Row:
    """One line of the ledger: the promise, its clock, what was last reported, and what the deputy says of that."""

    promise: Promise
    deadline: Deadline | None
    report: PromiseReport | None = None
    judgement: Judgement | None = None

    @property
    def fate(self) -> Fate | None:
        return self.report.fate if self.report else None

    @property
    def is_disputed(self) -> bool:
        """The deputy says it is not so, and the office has not decided."""
        return self.judgement is not None and self.judgement.agrees is False and self.judgement.decided_on is None

    @property
    def state(self) -> str:
        """What became of it: the fate, and of what is reported kept whether the deputy says so too."""
        if self.report is None:
            return ""
        said = self.judgement
        if self.is_disputed:
            return "disputed"
        if self.report.fate is not Fate.KEPT or not self.report.to_be_judged:
            return str(self.report.fate)
        if said is None or said.agrees is None:
            return "reported_kept"
        return "confirmed" if said.agrees or said.counts_as_kept else "not_kept"


_LAST_ID = (
    sa.select(sa.func.max(PromiseReport.id))
    .where(PromiseReport.promise_id == Promise.id)
    .correlate(Promise)
    .scalar_subquery()
)
DISPUTED = sa.and_(Judgement.agrees.is_(False), Judgement.decided_on.is_(None))


def ledger(visitor: Visitor, show: Show, today: Any, *, asked: Asked | None = None) -> sa.Select[Any]:
    """The promises asked for, with clock, last report and its judgement: what runs by its last day, then the rest.

    Promises of every term: nothing ends with it (上海规定 22).
    """
    wanted = (
        sa.select(Promise, Deadline, PromiseReport, Judgement)
        .join(Promise.assignment)
        .join(Assignment.suggestion)
        .outerjoin(Deadline, sa.and_(Deadline.promise_id == Promise.id, Deadline.kind == Kind.PROMISE))
        .outerjoin(PromiseReport, PromiseReport.id == _LAST_ID)
        .outerjoin(Judgement, sa.and_(Judgement.report_id == PromiseReport.id, Judgement.on.is_not(None)))
        .where(Promise.congress_id == visitor.congress_id, scope(visitor), *whose(visitor))
        .options(
            contains_eager(Promise.assignment).options(
                joinedload(Assignment.body), contains_eager(Assignment.suggestion)
            )
        )
        .order_by(sa.case((_runs(), 0), else_=1), Deadline.due_on, Promise.id)
    )
    return wanted.where(_state(show, today), *(_narrowed(asked) if asked else ()))


def rows(wanted: sa.Select[Any]) -> Iterator[Row]:
    for promise, deadline, report, judgement in db.session.execute(wanted).unique():
        yield Row(promise, deadline, report, judgement)


def count(wanted: sa.Select[Any]) -> int:
    ids = wanted.with_only_columns(Promise.id, maintain_column_froms=True).order_by(None).subquery()
    return db.session.scalar(sa.select(sa.func.count()).select_from(ids)) or 0


def get_promise(promise_id: int, visitor: Visitor) -> Row:
    """:raises NotFound: there is none, or it is not this visitor's to see."""
    wanted = ledger(visitor, Show.ALL, date.min).where(Promise.id == promise_id)
    found = next(rows(wanted.options(joinedload(Promise.reply))), None)
    if found is None:
        raise NotFound
    return found


def promises_of(suggestion_id: int) -> list[Row]:
    """The promises made for a suggestion, by their last day."""
    if is_empty(promised_in, suggestion_id=suggestion_id):
        return []
    found = db.session.execute(_PROMISES, {"suggestion_id": suggestion_id}).unique()
    return [Row(promise, deadline, report, judgement) for promise, deadline, report, judgement in found]


def promised_in(_who: Anyone) -> sa.Select[Any]:
    """The same, as rows."""
    wanted = sa.select(Promise.id).join(Assignment, Assignment.id == Promise.assignment_id)
    return wanted.where(Assignment.suggestion_id == THIS)


_PROMISES = (
    sa.select(Promise, Deadline, PromiseReport, Judgement)
    .join(Promise.assignment)
    .outerjoin(Deadline, sa.and_(Deadline.promise_id == Promise.id, Deadline.kind == Kind.PROMISE))
    .outerjoin(PromiseReport, PromiseReport.id == _LAST_ID)
    .outerjoin(Judgement, sa.and_(Judgement.report_id == PromiseReport.id, Judgement.on.is_not(None)))
    .where(Assignment.suggestion_id == THIS)
    .options(contains_eager(Promise.assignment).joinedload(Assignment.body))
    .order_by(Promise.due_on, Promise.id)
)


def years(congress_id: int) -> list[int]:
    """The years of the meetings whose suggestions were promised something, the newest first."""
    wanted = (
        sa.select(Meeting.year)
        .where(
            Meeting.congress_id == congress_id,
            sa.select(Promise.id)
            .join(Promise.assignment)
            .join(Assignment.suggestion)
            .where(Suggestion.meeting_id == Meeting.id)
            .exists(),
        )
        .distinct()
        .order_by(Meeting.year.desc())
    )
    return list(db.session.scalars(wanted))


def whose(visitor: Visitor) -> list[sa.ColumnElement[bool]]:
    """A body sees its own; a mailed link those of its one assignment, and of its one reply."""
    which: list[sa.ColumnElement[bool]] = []
    if visitor.role in BODY:
        which.append(Assignment.body_id.in_(and_before(visitor.body_id)))
    if visitor.assignment_id is not None:
        which.append(Promise.assignment_id == visitor.assignment_id)
    if getattr(visitor, "reply_id", None) is not None:
        which.append(Promise.reply_id == visitor.reply_id)  # type: ignore[attr-defined]
    return which


def _runs() -> sa.ColumnElement[bool]:
    return sa.and_(Deadline.id.is_not(None), Deadline.met_on.is_(None), Deadline.voided_on.is_(None))


def _state(show: Show, today: Any) -> sa.ColumnElement[bool]:
    states = {
        Show.OPEN: _runs,
        Show.OVERDUE: lambda: sa.and_(_runs(), Deadline.due_on < today),
        Show.DISPUTED: lambda: DISPUTED,
        Show.SILENT: lambda: _silent(today),
        Show.ENDED: lambda: sa.not_(_runs()),
        Show.ALL: sa.true,
    }
    return states[show]()


def _silent(today: Any) -> sa.ColumnElement[bool]:
    """The deputy was asked about the last report, and the days in which he answers are over."""
    asked = sa.select(Judgement.id).where(
        Judgement.report_id == PromiseReport.id, Judgement.on.is_(None), Judgement.until_on < today
    )
    return asked.correlate(PromiseReport).exists()


def _narrowed(asked: Asked) -> Iterator[sa.ColumnElement[bool]]:
    last_day = sa.func.coalesce(Deadline.due_on, Promise.due_on)
    if asked.body_id is not None:
        yield Assignment.body_id.in_(and_before(asked.body_id))
    if asked.year is not None:
        yield Suggestion.meeting_id.in_(sa.select(Meeting.id).where(Meeting.year == asked.year))
    if asked.since is not None:
        yield last_day >= asked.since
    if asked.until is not None:
        yield last_day <= asked.until
