"""Bodies' records, limited to who is asking: a body its own, a hub its arm's, a committee those it is paired with."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from flask_babel import force_locale
from flask_babel import gettext as _

from tracker.database import db
from tracker.deadlines.clauses import REPLIES
from tracker.deadlines.models import Deadline
from tracker.dispatch.models import Assignment
from tracker.errors import NotFound
from tracker.feedback.models import Rating
from tracker.feedback.names import VERDICTS
from tracker.figures import tables
from tracker.figures.lines import a_year_before, rows_before
from tracker.figures.models import Dimension, Reckoning
from tracker.figures.seen import bodies_of
from tracker.figures.statements import latest_of
from tracker.handling.models import Reply
from tracker.handling.names import PARTS
from tracker.reports.body_record import Record
from tracker.reports.data_sheet import LANGUAGE, day_or_dash
from tracker.reports.year import period_name, within
from tracker.signals.models import Signal
from tracker.signals.queries import COUNTS
from tracker.stage import Visitor
from tracker.structure.models import Body, Meeting
from tracker.suggestion.models import Suggestion
from tracker.suggestion.queries import GONE, scope

MOST_ITEMS = 1_000


def readable(visitor: Visitor) -> sa.ColumnElement[bool]:
    """Whose record a visitor may read: whose figures he may."""
    own, theirs = Body.congress_id == visitor.congress_id, bodies_of(visitor)
    return own if theirs is None else sa.and_(own, Body.id.in_(theirs))


def bodies(visitor: Visitor) -> list[Body]:
    """The bodies that were ever given something, in the order of the list of bodies."""
    given = sa.select(Assignment.body_id).where(Assignment.congress_id == visitor.congress_id)
    wanted = sa.select(Body).where(readable(visitor), Body.id.in_(given)).order_by(Body.sort_key, Body.id)
    return list(db.session.scalars(wanted))


def record_of(body_id: int, reckoning: Reckoning, period: str, visitor: Visitor) -> Record:
    """:raises NotFound: there is no such body, or its record is not this visitor's to read."""
    found = db.session.scalars(sa.select(Body).where(Body.id == body_id, readable(visitor))).one_or_none()
    if found is None:
        raise NotFound
    keys = [str(body_id)]
    rows = tables.rows(reckoning, Dimension.BODY, period=period, keys=keys)
    before = (rows_before(a_year_before(reckoning, period), Dimension.BODY, keys) or {}).get(str(body_id))
    stated = latest_of([body_id]).get(body_id)
    items = list(db.session.execute(_items(body_id, period, visitor)))
    with force_locale(LANGUAGE):
        return Record(
            body=found.name,
            period=period_name(period),
            frozen_on=reckoning.on,
            figures=rows[0].numbers if rows else {},
            before=before.numbers if before else None,
            whole=tables.whole(reckoning, period=period).numbers,
            statement=stated.text if stated else "",
            stated_on=stated.on if stated else None,
            items=[_line(row) for row in items[:MOST_ITEMS]],
            more=max(0, len(items) - MOST_ITEMS),
            minimum=tables.minimum(reckoning.congress_id),
        )


def _items(body_id: int, period: str, visitor: Visitor) -> sa.Select[Any]:
    """What the body received in a period, as its reader may see it, with the lead deputy's last word."""
    clock = (
        sa.select(sa.func.max(Deadline.id))
        .where(Deadline.assignment_id == Assignment.id, Deadline.kind.in_(REPLIES), Deadline.voided_on.is_(None))
        .correlate(Assignment)
        .scalar_subquery()
    )
    last = (
        sa.select(Rating.result)
        .where(Rating.reply_id == Reply.id, Rating.deputy_id == Suggestion.lead_deputy_id)
        .order_by(Rating.version.desc())
        .limit(1)
        .scalar_subquery()
    )
    signs = sa.select(sa.func.count()).where(Signal.assignment_id == Assignment.id, *COUNTS).scalar_subquery()
    return (
        sa.select(
            Suggestion.number,
            Suggestion.title,
            Suggestion.internal,
            Assignment.part,
            Assignment.round,
            Deadline.original_due_on,
            Deadline.due_on,
            Reply.submitted_on,
            Reply.class_label,
            last.label("result"),
            signs.label("signs"),
        )
        .select_from(Assignment)
        .join(Suggestion, Suggestion.id == Assignment.suggestion_id)
        .join(Meeting, Meeting.id == Suggestion.meeting_id)
        .outerjoin(Deadline, Deadline.id == clock)
        .outerjoin(Reply, Reply.assignment_id == Assignment.id)
        .where(Assignment.body_id == body_id, Assignment.standing.not_in(GONE), scope(visitor), within(period))
        .order_by(Suggestion.number_key, Assignment.id)
    )


def _line(row: Any) -> list[str]:
    return [
        row.number or "—",
        "（内部件，题目不列）" if row.internal else row.title,
        _(PARTS[row.part]),
        str(row.round),
        *(day_or_dash(one) for one in (row.original_due_on, row.due_on, row.submitted_on)),
        row.class_label or "—",
        _(VERDICTS[row.result]) if row.result else "—",
        str(row.signs) if row.signs else "—",
    ]
