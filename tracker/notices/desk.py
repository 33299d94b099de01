"""What notices show elsewhere: what waits on the desks, the panel of a suggestion, and what the doctor looks at."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from tracker.database import db
from tracker.dispatch.awaiting import TODAY, Awaited, in_columns, waits
from tracker.errors import N_
from tracker.notices import climbed, queries
from tracker.notices.models import Notice, NoticeItem
from tracker.notices.names import KINDS, LOOKS, STATES
from tracker.notices.queries import digest_of, in_state, number_of, readable
from tracker.notices.rules import State, number_text
from tracker.roles import BODY, OFFICE, Role
from tracker.stage import Harm, Panel, Problem, Visitor, Waiting
from tracker.structure.models import Body
from tracker.suggestion.anyone import Anyone
from tracker.suggestion.models import Suggestion
from tracker.web.addresses import url_for

TO_BE_SIGNED = N_("Steps of the ladder to be signed or listed")
DRAFTS, LATE = N_("Drafts of notices to be issued"), N_("Notices not answered in time")
TO_JUDGE, TO_ANSWER = N_("Answers to notices to be judged"), N_("Supervision notices to answer")
PARTS = (queries.of_suggestion,)
EACH = aliased(NoticeItem)
FIRST_ITEM = (
    sa.select(sa.func.min(EACH.id)).where(EACH.notice_id == Notice.id, EACH.ended_on.is_(None)).correlate(Notice)
)


def panel(suggestion: Suggestion, visitor: Visitor, today: date) -> Panel | None:
    """The notices about it; a deputy reads that one was issued, and no more."""
    if visitor.role is Role.ADMIN:
        return None
    rows = queries.of_this(suggestion.id, visitor)
    if not rows:
        return None
    told = [(row, number_text(row.kind, row.year, row.number), queries.state_of(row, today)) for row in rows]
    is_deputy = visitor.role is Role.DEPUTY
    facts = {"notices": told, "kinds": KINDS, "states": STATES, "looks": LOOKS, "is_deputy": is_deputy}
    return Panel("notices/_panel.html", facts)


def awaited(visitor: Visitor) -> Iterable[Awaited]:
    """To the office what is to be drafted, issued, judged, and what nobody answered; to a body what it is to answer."""
    if visitor.role in OFFICE:
        yield Awaited(TO_BE_SIGNED, climbed.waiting, lambda: url_for("notices.new"), _climbed)
        for kind, list_, state, harm in (
            (DRAFTS, _drafts, State.DRAFT, Harm.TO_DECIDE),
            (LATE, _late, State.OVERDUE, Harm.LADDER),
            (TO_JUDGE, _answered, State.ANSWERED, Harm.TO_READ),
        ):
            yield Awaited(kind, list_, _list(state), _told(kind, harm))
    if visitor.role in (*BODY, Role.HUB):
        yield Awaited(TO_ANSWER, _open, lambda: url_for("notices.index"), _told(TO_ANSWER, Harm.LADDER))


def _climbed(row: Any, today: date) -> Waiting:
    """A row leads where it is dealt with."""
    step, page = row.more % climbed.LISTED_MARK, "notices.listed" if row.more >= climbed.LISTED_MARK else "notices.new"
    over = min(99, max(0, (today - row.due_on).days))
    return waits(TO_BE_SIGNED, row, url_for(page), Harm.LADDER.after(step * 100 + over))


def _told(kind: str, harm: Harm) -> Any:
    def line(row: Any, today: date) -> Waiting:
        late = max(0, (today - row.due_on).days)
        return waits(kind, row, url_for("notices.notice", notice_id=row.thing_id), harm.after(late))

    return line


def _list(state: State) -> Any:
    return lambda: url_for("notices.index", state=str(state))


@cache
def _drafts(who: Anyone) -> sa.Select[Any]:
    return _shown(who, in_state(State.DRAFT, TODAY), Notice.drafted_on)


@cache
def _late(who: Anyone) -> sa.Select[Any]:
    return _shown(who, in_state(State.OVERDUE, TODAY), Notice.issued_on)


@cache
def _answered(who: Anyone) -> sa.Select[Any]:
    return _shown(who, in_state(State.ANSWERED, TODAY), Notice.issued_on)


@cache
def _open(who: Anyone) -> sa.Select[Any]:
    return _shown(who, sa.and_(queries.IS_RUNNING, sa.not_(queries.IS_ANSWERED)), Notice.issued_on)


def _shown(who: Anyone, which: sa.ColumnElement[bool], since_on: Any) -> sa.Select[Any]:
    """A notice by its first item."""
    wanted = (
        sa.select(Notice)
        .join(NoticeItem, NoticeItem.id == FIRST_ITEM.scalar_subquery())
        .join(Suggestion, Suggestion.id == NoticeItem.suggestion_id)
        .join(Body, Body.id == Notice.body_id)
        .where(readable(who), which)
        .order_by(Notice.answer_by_on, Notice.id)
    )
    return in_columns(wanted, Notice.id, since_on=since_on, due_on=Notice.answer_by_on, more=sa.literal(0))


def problems() -> Iterable[Problem]:
    """An issued notice is frozen: what it says now is what was issued; and no number is missing."""
    last: dict[tuple[int, str, int], int] = {}
    wanted = sa.select(Notice.id).where(queries.ISSUED).order_by(Notice.congress_id, Notice.year, Notice.number)
    for notice_id in db.session.scalars(wanted).all():
        one = queries.of_id(notice_id)
        series = (one.congress_id, str(one.kind), one.year or 0)
        if digest_of(one) != one.digest:
            yield Problem("notice_changed", N_("%(number)s is not what was issued."), {"number": number_of(one)})
        if one.number != last.get(series, 0) + 1:
            yield Problem("notice_gap", N_("The numbers before %(number)s have a gap."), {"number": number_of(one)})
        last[series] = one.number or 0
