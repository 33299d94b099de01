"""The statements behind the register's page: written once for each shape of question, run with what is asked.

Where words are asked for, the ids they mean are found first, and whole rows are read of one page only. A few are put in
order; of many the newest are found by going through all in their order, which ends with the page.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache, lru_cache
from typing import Any, NamedTuple, cast

import sqlalchemy as sa

from tracker.database import db
from tracker.deadlines.lamps import Lamps
from tracker.deadlines.models import Deadline
from tracker.dispatch.models import Assignment
from tracker.register import words
from tracker.register.asked import LONGEST_QUESTION, Asked, condition, first_clocks, has_clock
from tracker.register.queries import ORDERS
from tracker.stage import Visitor
from tracker.structure.models import Delegation, Deputy
from tracker.suggestion.anyone import Anyone, anyone, numbers
from tracker.suggestion.models import Suggestion
from tracker.suggestion.queries import sees_all_of_it
from tracker.web.paging import ROWS

SHOWN = (
    Suggestion.id,
    Suggestion.number,
    Suggestion.title,
    Suggestion.key,
    Suggestion.internal,
    Suggestion.round,
    sa.type_coerce(Suggestion.stage, sa.String).label("stage"),
    Deputy.name.label("deputy"),
    Delegation.name,
    Delegation.name_en,
)
OFFSET, LIMIT, MOST = (sa.bindparam(name, type_=sa.Integer) for name in ("offset", "limit", "most"))
# What is compared with the value asked for; the rest of a question is worked out anew each time.
COMPARED = ("meeting_id", "stage", "branch", "body_id", "category", "key", "again", "delegation_id", "since", "until")
MOST_KEPT = 200  # shapes of questions with words, for each who asks
FEW = 300  # about so many are put in order as fast as the newest of them are found in the order of all


class Written(NamedTuple):
    """The statements of one shape of question: how many, and one page.

    Where words are asked for, also one page for when they mean few; where clocks lead, how many have one, and one page
    of those that have none.
    """

    total: sa.Select[Any]
    page: sa.Select[Any]
    few: sa.Select[Any] | None = None
    clocked: sa.Select[Any] | None = None
    rest: sa.Select[Any] | None = None


def written_for(visitor: Visitor, asked: Asked, lamps: Lamps, is_first: bool) -> tuple[Written, dict[str, Any]]:
    """The statements for this question, with the values to run them with."""
    names = asked.names()
    if not set(names) <= {*COMPARED, "q"}:
        return _write(visitor, condition(visitor, asked, lamps), asked.sort, is_first), {}
    compared = tuple(name for name in names if name != "q")
    values = {f"asked_{name}": getattr(asked, name) for name in compared}
    if "q" not in names:
        return _kept(anyone(visitor), names, asked.sort, is_first), {**numbers(visitor), **values}
    question = asked.q[:LONGEST_QUESTION]
    shape = (words.who_of(visitor), compared, words.shape_of(question), asked.sort, is_first)
    written = _kept_with_words(db.engine.dialect.name, *shape)
    return written, {**values, **words.values_of(question, visitor.congress_id)}


@cache
def _kept(who: Anyone, names: tuple[str, ...], sort: str, is_first: bool) -> Written:
    compared: dict[str, Any] = {name: sa.bindparam(f"asked_{name}") for name in names}
    lamps: Any = None  # nothing that is compared asks for lights
    return _write(who, condition(who, replace(Asked(), **compared), lamps), sort, is_first)


@lru_cache(maxsize=MOST_KEPT)
def _kept_with_words(
    _engine: str, who: tuple[Any, ...], names: tuple[str, ...], shape: tuple[bool, ...], sort: str, is_first: bool
) -> Written:
    """As it is asked for words; written for one visitor, as the words are."""
    compared: dict[str, Any] = {name: sa.bindparam(f"asked_{name}") for name in names}
    visitor, lamps = Anyone(*who), cast("Any", None)
    others = condition(visitor, replace(Asked(), **compared), lamps)
    which, row_by_row = (sa.and_(others, words.named_as(who, shape, row_by_row=one)) for one in (False, True))
    written = _write(visitor, which, sort, is_first)
    if not shape:
        return written
    is_all = sees_all_of_it(visitor) and not names  # then what stands in the index need not be looked up
    found = sa.select(words.ids_as(who, shape).c.thing_id) if is_all else _by_number(sa.select(Suggestion.id), which)
    if sort == "due":
        return written._replace(total=_counted(found))
    order = ORDERS[sort]
    many = _page(sa.select(Suggestion.id).where(row_by_row).order_by(*order), is_first)
    few = _page(_by_number(sa.select(Suggestion.id), which).order_by(*_not_in_order(order)), is_first)
    return Written(_counted(found), *(_shown(_read(one).order_by(*order)) for one in (many, few)))


def _write(who: Any, which: sa.ColumnElement[bool], sort: str, is_first: bool) -> Written:
    total = _counted(sa.select(Suggestion.id).where(which))
    if sort != "due":
        return Written(total, _page(_shown(sa.select(*SHOWN).where(which).order_by(*ORDERS[sort])), is_first))
    clocked = first_clocks(who).join(Suggestion, Suggestion.id == Assignment.suggestion_id).where(which)
    led = clocked.with_only_columns(*SHOWN).order_by(Deadline.due_on, Deadline.id)
    without = sa.select(*SHOWN).where(which, sa.not_(has_clock(who))).order_by(*ORDERS["newest"])
    return Written(
        total,
        _page(_shown(led), is_first),
        clocked=clocked.with_only_columns(sa.func.count()),
        rest=_page(_shown(without), is_first=False),
    )


def _counted(wanted: sa.Select[Any]) -> sa.Select[Any]:
    return sa.select(sa.func.count()).select_from(wanted.limit(MOST).subquery())


def _by_number(wanted: sa.Select[Any], which: sa.ColumnElement[bool]) -> sa.Select[Any]:
    """Begin with what the words mean: SQLite cannot know that they mean few, and would look through all there is."""
    return wanted.where(which).with_hint(Suggestion, "NOT INDEXED", "sqlite")


def _not_in_order(order: tuple[Any, ...]) -> tuple[Any, ...]:
    """The same order, but such that no index is seen to have it: PostgreSQL cannot know either."""
    same = sa.func.coalesce(Suggestion.recorded_on, Suggestion.recorded_on)
    return tuple(same.desc() if one is ORDERS["newest"][0] else one for one in order)


def _read(picked: sa.Select[Any]) -> sa.Select[Any]:
    page = picked.subquery()
    return sa.select(*SHOWN).select_from(page).join(Suggestion, Suggestion.id == page.c.id)


def _shown(wanted: sa.Select[Any]) -> sa.Select[Any]:
    """With the lead deputy and the delegation, the suggestion's own or else the deputy's."""
    delegation_id = sa.func.coalesce(Suggestion.delegation_id, Deputy.delegation_id)
    named = wanted.outerjoin(Deputy, Deputy.id == Suggestion.lead_deputy_id)
    return named.outerjoin(Delegation, Delegation.id == delegation_id)


def _page(wanted: sa.Select[Any], is_first: bool) -> sa.Select[Any]:
    """One page. The first says how many rows it has: of a number it does not know, PostgreSQL thinks a tenth of all."""
    return wanted.limit(ROWS) if is_first else wanted.offset(OFFSET).limit(LIMIT)
