"""The register's page, read in columns: what one line shows of a suggestion, and nothing it does not show.

The statements are written once for each kind of visitor and shape of question, and run with his numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from typing import Any, NamedTuple, cast

import sqlalchemy as sa

from tracker.database import columns, db
from tracker.deadlines.lamps import Lamp, Lamps, answered, not_rated
from tracker.deadlines.models import Deadline
from tracker.dispatch.models import Assignment, Part
from tracker.feedback.rates import waits_in_vain
from tracker.register import words
from tracker.register.asked import LONGEST_QUESTION, Asked, condition, first_clocks, has_clock, owed
from tracker.register.forms import Named
from tracker.register.found import Passage
from tracker.register.queries import ORDERS
from tracker.register.words import NO_LONGER
from tracker.stage import Visitor
from tracker.structure.models import Body, Delegation, Deputy, Meeting
from tracker.suggestion.anyone import Anyone, anyone, numbers
from tracker.suggestion.journey import Stage
from tracker.suggestion.models import Suggestion
from tracker.web.languages import spoken_now
from tracker.web.paging import ROWS, Page, most_counted


class Line(NamedTuple):
    """One line of the register: the suggestion, who answers, who helps, and how the most urgent reply stands."""

    id: int
    number: str | None
    title: str
    key: bool
    internal: bool
    round: int
    stage: str
    deputy: str | None
    delegation: str
    bodies: list[str]
    co_handlers: int
    lamp: Lamp | None
    passages: Sequence[Passage] = ()


MEETINGS = (
    sa.select(Meeting.id, Meeting.name, Meeting.name_en)
    .where(Meeting.congress_id == sa.bindparam("congress_id"))
    .order_by(Meeting.year.desc(), Meeting.id.desc())
)
BODIES = (
    sa.select(Body.id, Body.name, Body.name_en)
    .where(Body.congress_id == sa.bindparam("congress_id"), Body.closed_on.is_(None))
    .order_by(Body.sort_key, Body.id)
)
DELEGATIONS = (
    sa.select(Delegation.id, Delegation.name, Delegation.name_en)
    .where(Delegation.congress_id == sa.bindparam("congress_id"))
    .order_by(Delegation.id)
)
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


class Written(NamedTuple):
    """The statements of one shape of question: how many, one page; and, where clocks lead, what has none."""

    total: sa.Select[Any]
    page: sa.Select[Any]
    clocked: sa.Select[Any] | None = None
    rest: sa.Select[Any] | None = None


def offered(congress_id: int) -> list[list[Named]]:
    """The meetings, the newest first, the bodies in the ledger's order, the delegations: what a list is narrowed to."""
    asked = {"congress_id": congress_id}
    return [columns(wanted, asked) for wanted in (MEETINGS, BODIES, DELEGATIONS)]


def page_of(visitor: Visitor, asked: Asked, lamps: Lamps, number: int) -> Page:
    """One page of the list, or the last one if there are fewer; a long list is counted no farther than need be."""
    written, values = _written_for(visitor, asked, lamps)
    most = most_counted(number)
    total = columns(written.total, {**values, "most": most}).scalar_one()
    number = min(number, max(1, -(-total // ROWS)))
    found = _read(written, {**values, "offset": (number - 1) * ROWS, "limit": ROWS})
    return Page(_lines(found, visitor, lamps), number, total, or_more=total == most)


def _read(written: Written, values: dict[str, Any]) -> list[Any]:
    found = list(columns(written.page, values))
    if written.clocked is None or written.rest is None or len(found) == values["limit"]:
        return found
    before = columns(written.clocked, values).scalar_one()
    further = {"offset": max(0, values["offset"] - before), "limit": values["limit"] - len(found)}
    return [*found, *columns(written.rest, {**values, **further})]


def _written_for(visitor: Visitor, asked: Asked, lamps: Lamps) -> tuple[Written, dict[str, Any]]:
    """The statements for this question, with the values to run them with."""
    names = asked.names()
    if not set(names) <= {*COMPARED, "q"}:
        return _write(visitor, condition(visitor, asked, lamps), asked.sort), {}
    compared = tuple(name for name in names if name != "q")
    values = {f"asked_{name}": getattr(asked, name) for name in compared}
    if "q" not in names:
        return _kept(anyone(visitor), names, asked.sort), {**numbers(visitor), **values}
    question = asked.q[:LONGEST_QUESTION]
    shape = (words.who_of(visitor), compared, words.shape_of(question), asked.sort)
    written = _kept_with_words(db.engine.dialect.name, *shape)
    return written, {**values, **words.values_of(question, visitor.congress_id)}


@cache
def _kept(who: Anyone, names: tuple[str, ...], sort: str) -> Written:
    compared: dict[str, Any] = {name: sa.bindparam(f"asked_{name}") for name in names}
    lamps: Any = None  # nothing that is compared asks for lights
    return _write(who, condition(who, replace(Asked(), **compared), lamps), sort)


@lru_cache(maxsize=MOST_KEPT)
def _kept_with_words(
    _engine: str, who: tuple[Any, ...], names: tuple[str, ...], shape: tuple[bool, ...], sort: str
) -> Written:
    """As it is asked for words; written for one visitor, as the words are."""
    compared: dict[str, Any] = {name: sa.bindparam(f"asked_{name}") for name in names}
    visitor, lamps = Anyone(*who), cast("Any", None)
    which = sa.and_(condition(visitor, replace(Asked(), **compared), lamps), words.named_as(who, shape))
    return _write(visitor, which, sort)


def _write(who: Any, which: sa.ColumnElement[bool], sort: str) -> Written:
    total = sa.select(sa.func.count()).select_from(sa.select(Suggestion.id).where(which).limit(MOST).subquery())
    if sort != "due":
        return Written(total, _shown(sa.select(*SHOWN).where(which).order_by(*ORDERS[sort])))
    clocked = first_clocks(who).join(Suggestion, Suggestion.id == Assignment.suggestion_id).where(which)
    without = sa.select(*SHOWN).where(which, sa.not_(has_clock(who))).order_by(*ORDERS["newest"])
    return Written(
        total,
        _shown(clocked.with_only_columns(*SHOWN).order_by(Deadline.due_on, Deadline.id)),
        clocked.with_only_columns(sa.func.count()),
        _shown(without),
    )


def _shown(wanted: sa.Select[Any]) -> sa.Select[Any]:
    """With the lead deputy and the delegation, the suggestion's own or else the deputy's; one page of it."""
    delegation_id = sa.func.coalesce(Suggestion.delegation_id, Deputy.delegation_id)
    named = wanted.outerjoin(Deputy, Deputy.id == Suggestion.lead_deputy_id)
    return named.outerjoin(Delegation, Delegation.id == delegation_id).offset(OFFSET).limit(LIMIT)


@cache
def _parts(who: Anyone) -> sa.Select[Any]:
    """Who has the suggestions of a page, in the order they were given, each with its reply clock where one runs."""
    clock = sa.and_(Deadline.assignment_id == Assignment.id, *owed(who, Deadline, Assignment))
    return (
        sa.select(
            Assignment.suggestion_id,
            Assignment.id,
            sa.type_coerce(Assignment.part, sa.String).label("part"),
            sa.type_coerce(Assignment.standing, sa.String).label("standing"),
            Body.name,
            Body.name_en,
            Deadline.id.label("clock_id"),
            Deadline.due_on,
            Deadline.original_due_on,
            Deadline.rule_set_id,
            waits_in_vain(sa.bindparam("today", type_=sa.Date)).label("in_vain"),
        )
        .join(Body, Body.id == Assignment.body_id)
        .outerjoin(Deadline, clock)
        .where(Assignment.suggestion_id.in_(sa.bindparam("ids", expanding=True)))
        .order_by(Assignment.suggestion_id, Assignment.id)
    )


def _lines(found: list[Any], visitor: Visitor, lamps: Lamps) -> list[Line]:
    """The rows with their bodies and lamps: one statement for all of them."""
    if not found:
        return []
    asked = {**numbers(visitor), "ids": [row.id for row in found], "today": lamps.today}
    parts: dict[int, list[Any]] = {row.id: [] for row in found}
    for part in columns(_parts(anyone(visitor)), asked):
        parts[part.suggestion_id].append(part)
    blue, in_english = answered(), spoken_now() == "en"
    return [_line(row, parts[row.id], lamps, blue, in_english) for row in found]


def _line(row: Any, parts: Iterable[Any], lamps: Lamps, blue: Lamp, in_english: bool) -> Line:
    now = {one.id: one for one in parts if one.standing not in NO_LONGER}.values()
    bodies = [(in_english and one.name_en) or one.name for one in now if one.part != Part.CO]
    lamp = None
    if row.stage == Stage.ANSWERED:
        lamp = not_rated() if any(one.in_vain for one in parts) else blue
    clocks = [one for one in parts if one.clock_id is not None]
    if clocks:
        first = min(clocks, key=lambda one: (one.due_on, one.clock_id))
        lamp = lamps.of_days(first.due_on, first.original_due_on, first.rule_set_id, dissatisfied=row.round - 1)
    delegation = (in_english and row.name_en) or row.name or ""
    return Line._make((*row[:8], delegation, bodies, len(now) - len(bodies), lamp, ()))
