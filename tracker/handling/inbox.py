"""The body's inbox: its assignments, the most urgent first, a page at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any, NamedTuple

import sqlalchemy as sa

from tracker.database import columns
from tracker.deadlines.lamps import Lamp, Lamps
from tracker.deadlines.models import IS_OWED, Deadline
from tracker.dispatch.models import IS_LIVE, Assignment
from tracker.errors import N_
from tracker.handling.clocks import ANSWER_KINDS
from tracker.handling.queries import OWED
from tracker.stage import Visitor
from tracker.structure.models import Deputy
from tracker.structure.succession import and_before
from tracker.suggestion.anyone import Anyone, anyone, numbers
from tracker.suggestion.journey import Standing
from tracker.suggestion.models import Suggestion
from tracker.suggestion.queries import GONE, scope_within
from tracker.web.paging import ROWS, Page, most_counted


class Show(StrEnum):
    """What of the inbox is shown."""

    OPEN = "open"
    ANSWERED = "answered"
    ALL = "all"


SHOWN = {Show.OPEN: N_("still to do"), Show.ANSWERED: N_("answered"), Show.ALL: N_("all")}
ANSWERED = (
    Standing.SUBMITTED,
    Standing.OPINION_GIVEN,
    Standing.AGREED,
    Standing.DELIVERED,
    Standing.RATED,
    Standing.HANDLED_AGAIN,
    Standing.UNHEARD,
)


class Row(NamedTuple):
    """One line, in columns: what was given, and the clock of its own answer where there is one."""

    id: int
    part: str
    standing: str
    round: int
    handed_over_on: date
    assigned_on: date
    number: str | None
    title: str
    key: bool
    contact_wanted: bool
    deputy: str | None
    due_on: date | None
    original_due_on: date | None
    met_on: date | None
    provisional: bool | None
    lamp: Lamp | None

    @property
    def is_moved(self) -> bool:
        return self.due_on != self.original_due_on


COLUMNS = (
    Assignment.id,
    sa.type_coerce(Assignment.part, sa.String).label("part"),
    sa.type_coerce(Assignment.standing, sa.String).label("standing"),
    Assignment.round,
    Assignment.handed_over_on,
    Assignment.assigned_on,
    Suggestion.number,
    Suggestion.title,
    Suggestion.key,
    Suggestion.contact_wanted,
    Deputy.name,
    Deadline.due_on,
    Deadline.original_due_on,
    Deadline.met_on,
    Deadline.provisional,
)


def which(visitor: Visitor, show: Show) -> sa.ColumnElement[bool]:
    """The body's own assignments that are meant."""
    bodies = Assignment.body_id.in_(and_before(visitor.body_id))
    if show is Show.OPEN:
        return sa.and_(bodies, *_open(visitor))
    own = sa.and_(bodies, *_not_gone(visitor))
    return sa.and_(own, Assignment.standing.in_(ANSWERED)) if show is Show.ANSWERED else own


def _open(visitor: Visitor) -> tuple[sa.ColumnElement[bool], ...]:
    return *_not_gone(visitor), Assignment.standing.in_(OWED)


def _not_gone(visitor: Visitor) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        Assignment.congress_id == visitor.congress_id,
        Assignment.standing.not_in(GONE),
        *(Assignment.suggestion_id.in_(sa.select(Suggestion.id).where(one)) for one in scope_within(visitor)),
    )


def page_of(visitor: Visitor, show: Show, shining: Lamps, number: int) -> Page:
    """One page of the lines with the number of all, in one statement; beyond the last page the last one."""
    if show is Show.OPEN and (found := _urgent(visitor, shining, number)) is not None:
        return found
    rows = _page(visitor, show, number)
    if not rows and number > 1:
        first = _page(visitor, show, 1)
        number = max(1, -(-first[0].total // ROWS)) if first else 1
        rows = _page(visitor, show, number)
    return Page(list(_lit(rows, shining)), number, rows[0].total if rows else 0)


def _urgent(visitor: Visitor, shining: Lamps, number: int) -> Page | None:
    """A page of open lines whose clocks all run, at the same cost however many are open; None if it is no such page."""
    if visitor.body_id is None:
        return None
    most = most_counted(number)
    page = {"offset": (number - 1) * ROWS, "limit": ROWS, "most": most}
    rows = columns(_in_order(anyone(visitor), number == 1), {**numbers(visitor), **page}).all()
    if not rows or len(rows) < min(ROWS, rows[0].total - page["offset"]):
        return None
    return Page(list(_lit(rows, shining)), number, rows[0].total, or_more=rows[0].total == most)


def listed(visitor: Visitor, show: Show, shining: Lamps) -> Iterator[Row]:
    """All lines in one statement: what runs by its last day, then what is answered, newest first."""
    return _lit(columns(_listed(anyone(visitor), show, None), numbers(visitor)), shining)


def _page(visitor: Visitor, show: Show, number: int) -> Sequence[Any]:
    page = {"offset": (number - 1) * ROWS, "limit": ROWS}
    return columns(_listed(anyone(visitor), show, number == 1), {**numbers(visitor), **page}).all()


def _lit(found: Iterable[Any], shining: Lamps) -> Iterator[Row]:
    """The rows with the lamps of the clocks that run."""
    for _total, rule_set_id, *shown in found:
        row = Row._make((*shown, None))
        if rule_set_id is None or row.due_on is None or row.original_due_on is None or row.met_on is not None:
            yield row
        else:
            lamp = shining.of_days(row.due_on, row.original_due_on, rule_set_id, dissatisfied=row.round - 1)
            yield row._replace(lamp=lamp)


@cache
def _listed(who: Anyone, show: Show, is_first: bool | None) -> sa.Select[Any]:
    """The lines of the first page, of any page, or (`None`) all of them.

    What is on the page is found first, in indexes; then only its own lines are read.
    """
    clock = sa.and_(
        Deadline.assignment_id == Assignment.id, Deadline.kind.in_(ANSWER_KINDS), Deadline.voided_on.is_(None)
    )
    found = (
        sa.select(sa.func.count().over().label("total"), Assignment.id, Deadline.id.label("deadline_id"))
        .select_from(Assignment)
        .outerjoin(Deadline, clock)
        .where(which(who, show))
        .order_by(*_most_urgent_first())
    )
    return _shown(found if is_first is None else _paged(found, is_first=is_first))


@cache
def _in_order(who: Anyone, is_first: bool) -> sa.Select[Any]:
    """Open lines whose clocks run, as an index has them in order, and how many are open at all, as far as is counted.

    None where something is open at a body whose work came to this one: then there are several orders. A number
    that is not null, and `IS TRUE`, keep PostgreSQL from making joins of these questions, which would look at all that
    is open instead of a page of it.
    """
    of_this = (Assignment.body_id == who.body_id, *_open(who))
    counted = sa.select(Assignment.id).where(IS_LIVE, *of_this).limit(sa.bindparam("most", type_=sa.Integer)).subquery()
    before = and_before(who.body_id).subquery()
    open_before = sa.select(Assignment.id).where(Assignment.body_id == before.c.id, IS_LIVE, *_open(who)).exists()
    is_elsewhere = sa.select(before.c.id).where(before.c.id != who.body_id, open_before.is_(sa.true())).exists()
    is_open = sa.select(Assignment.id).where(Assignment.id == Deadline.assignment_id, *of_this).scalar_subquery()
    found = (
        sa.select(
            sa.select(sa.func.count()).select_from(counted).scalar_subquery().label("total"),
            Deadline.assignment_id.label("id"),
            Deadline.id.label("deadline_id"),
        )
        .where(Deadline.holder_body_id == who.body_id, IS_OWED, is_open.is_not(None), sa.not_(is_elsewhere))
        .order_by(Deadline.due_on, Deadline.assignment_id.desc())
    )
    return _shown(_paged(found, is_first=is_first))


def _paged(found: sa.Select[Any], *, is_first: bool) -> sa.Select[Any]:
    """Of the first page the number of rows is said in figures: of one it does not know, PostgreSQL thinks it is a tenth
    of all.
    """
    if is_first:
        return found.limit(ROWS)
    return found.offset(sa.bindparam("offset", type_=sa.Integer)).limit(sa.bindparam("limit", type_=sa.Integer))


def _shown(found: sa.Select[Any]) -> sa.Select[Any]:
    """What is shown of the lines that were found."""
    shown = found.subquery()
    return (
        sa.select(shown.c.total, Deadline.rule_set_id, *COLUMNS)
        .select_from(shown)
        .join(Assignment, Assignment.id == shown.c.id)
        .join(Assignment.suggestion)
        .outerjoin(Deputy, Deputy.id == Suggestion.lead_deputy_id)
        .outerjoin(Deadline, Deadline.id == shown.c.deadline_id)
        .order_by(*_most_urgent_first())
    )


def _most_urgent_first() -> tuple[Any, ...]:
    runs = sa.case((sa.and_(Deadline.id.is_not(None), Deadline.met_on.is_(None)), 0), else_=1)
    last_day = sa.case((Deadline.met_on.is_(None), Deadline.due_on))
    return runs, last_day, Deadline.met_on.is_(None), Deadline.met_on.desc(), Assignment.id.desc()
