"""What the yearly report is written from: one count of a year or meeting, and what else was found."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from flask_babel import force_locale
from flask_babel import gettext as _

from tracker.database import db
from tracker.figures import queries as figures
from tracker.figures import tables
from tracker.figures.lines import a_year_before, rows_before
from tracker.figures.models import Dimension, Reckoning
from tracker.figures.names import KINDS
from tracker.register.names import category_name
from tracker.reports.citing import Row
from tracker.reports.data_sheet import LANGUAGE
from tracker.reports.yearly import Year
from tracker.signals.known import all_kinds
from tracker.signals.models import Signal
from tracker.signals.queries import COUNTS
from tracker.stage import Visitor
from tracker.structure.kinds import Branch
from tracker.structure.models import Body, Congress, Meeting
from tracker.structure.names import BRANCHES
from tracker.structure.on_paper import office_on_paper
from tracker.suggestion.models import Suggestion
from tracker.suggestion.queries import scope


def year_of(congress: Congress, reckoning: Reckoning, period: str, visitor: Visitor) -> Year:
    """The figures of a period as its reader may see them; names in Chinese, as the report is."""
    before = (rows_before(a_year_before(reckoning, period), Dimension.WHOLE, None) or {}).get("")
    with force_locale(LANGUAGE):
        return Year(
            congress=congress.name,
            office=office_on_paper(congress),
            period=period_name(period),
            frozen_on=reckoning.on,
            whole=tables.whole(reckoning, period=period).numbers,
            before=before.numbers if before else None,
            branches=_branches(reckoning, period),
            bodies=_bodies(reckoning, period),
            subjects=_subjects(reckoning, period),
            signs=_signs(visitor, period),
            unseen=[(_(KINDS[one.kind]), one.count) for one in figures.unseen(visitor, reckoning.on, most=1)],
            minimum=tables.minimum(congress.id),
        )


def period_name(period: str) -> str:
    """“2026年”, or the meeting's own name."""
    kind, _colon, number = period.partition(":")
    if kind == "year":
        return _("the year %(year)s", year=number)
    if kind == "meeting":
        return db.session.get_one(Meeting, int(number)).name
    return _("All suggestions")


def _bodies(reckoning: Reckoning, period: str) -> list[Row]:
    rows = {int(one.key): one for one in tables.rows(reckoning, Dimension.BODY, period=period) if one.key}
    named = sa.select(Body.id, Body.name).where(Body.id.in_(rows)).order_by(Body.sort_key, Body.id)
    return [Row(one.name, Dimension.BODY, str(one.id), rows[one.id].numbers) for one in db.session.execute(named)]


def _branches(reckoning: Reckoning, period: str) -> list[Row]:
    rows = {one.key: one for one in tables.rows(reckoning, Dimension.BRANCH, period=period) if one.key}
    return [Row(_(BRANCHES[one]), Dimension.BRANCH, str(one), rows[one].numbers) for one in Branch if one in rows]


def _subjects(reckoning: Reckoning, period: str) -> list[Row]:
    rows = tables.rows(reckoning, Dimension.CATEGORY, period=period)
    named = [Row(category_name(one.key) if one.key else "", Dimension.CATEGORY, one.key, one.numbers) for one in rows]
    return sorted(named, key=lambda row: -row.figures["items"])


def _signs(visitor: Visitor, period: str) -> Sequence[tuple[str, int]]:
    """Open signals nobody dismissed, by kind, the most first."""
    wanted = (
        sa.select(Signal.kind, sa.func.count())
        .join(Suggestion, Suggestion.id == Signal.suggestion_id)
        .join(Meeting, Meeting.id == Suggestion.meeting_id)
        .where(scope(visitor), *COUNTS, within(period))
        .group_by(Signal.kind)
    )
    found: dict[str, int] = dict(db.session.execute(wanted).tuples().all())
    named = [(_(one.name), found[one.key]) for one in all_kinds() if one.key in found]
    return sorted(named, key=lambda one: -one[1])


def within(period: str) -> sa.ColumnElement[bool]:
    """The meetings of a period: of a year, one, or all."""
    kind, _colon, number = period.partition(":")
    if kind == "year":
        return Meeting.year == int(number)
    return Meeting.id == int(number) if kind == "meeting" else sa.true()
