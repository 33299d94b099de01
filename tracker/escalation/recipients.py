"""Who the words of the ladder mean, and all who are to hear of new alarms, named in one statement."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from tracker.deadlines.models import Deadline
from tracker.dispatch.models import Assignment
from tracker.escalation.given import CONGRESS, TODAY, inserting, rows
from tracker.escalation.held import HOLDER, branch_of, with_holder
from tracker.escalation.models import Alarm, Duty, Told
from tracker.escalation.reached import its_kind
from tracker.structure.absence import reached_id
from tracker.structure.models import Body, Charge, Delegation, Deputy, Officer, Pairing, Rank
from tracker.suggestion.models import Suggestion

TOP = aliased(Body, name="top")
HUB_RANKS = (Rank.HANDLER, Rank.HEAD)
LAST_HEARER = "our_clerk"  # where nobody fills the ranks a step names, our clerk hears of it: no step is silent
LAST_ID = sa.bindparam("last_id", type_=sa.Integer)
NEW = sa.and_(Alarm.congress_id == CONGRESS, Alarm.id > LAST_ID, Alarm.raised_on == TODAY)
BY_STEP = (
    sa.column("rule_set_id", sa.Integer), sa.column("kind", sa.String), sa.column("branch", sa.String),
    sa.column("step", sa.Integer), sa.column("word", sa.String),
)  # fmt: skip
BY_ALARM = (sa.column("alarm_id", sa.Integer), sa.column("word", sa.String))
# What is read of an alarm for each word of its step; `met` below is a table of these.
OF_ALARM = (Alarm.id.label("alarm_id"), Alarm.congress_id, Alarm.assignment_id, Deadline.suggestion_id)
OF_HOLDER = (HOLDER.id.label("holder_id"), HOLDER.hub_id, HOLDER.is_hub, HOLDER.branch)
Finder = Callable[[Any], sa.Select[Any]]


def known(words: Iterable[str]) -> frozenset[str]:
    """The words that mean somebody."""
    return frozenset(word for word in words if word in FINDERS)


@cache
def of_clocks(words: frozenset[str], dialect: str) -> sa.Insert:
    """Inserts whom the words mean, for new alarms of clocks; which step has which words is given as `of`."""
    of = rows("of", BY_STEP, dialect)
    its = (of.c.rule_set_id == Deadline.rule_set_id, of.c.kind == its_kind, of.c.branch == branch_of(HOLDER))
    alarms = (
        sa.select(*OF_ALARM, *OF_HOLDER, of.c.word).select_from(Alarm).join(Deadline, Deadline.id == Alarm.deadline_id)
    )
    met = with_holder(alarms).join(of, sa.and_(*its, of.c.step == Alarm.step)).where(NEW)
    return _naming(met, words, dialect)


@cache
def of_instructions(words: frozenset[str], dialect: str) -> sa.Insert:
    """Inserts whom the words mean, for alarms of instructions; which alarm has which words is given as `of`."""
    of = rows("of", BY_ALARM, dialect)
    alarms = sa.select(*OF_ALARM, *OF_HOLDER, of.c.word).select_from(of).join(Alarm, Alarm.id == of.c.alarm_id)
    met = (
        alarms.join(Duty, Duty.id == Alarm.duty_id)
        .outerjoin(Deadline, Deadline.id == Alarm.deadline_id)
        .outerjoin(HOLDER, HOLDER.id == Duty.body_id)
    )
    return _naming(met, words, dialect)


@cache
def of_the_unheard(dialect: str) -> sa.Insert:
    """Inserts our clerk for new alarms of which nobody hears yet."""
    heard = sa.select(Told.alarm_id).where(Told.alarm_id > LAST_ID)  # read once: PostgreSQL may take it for empty
    alarms = sa.select(Alarm.id.label("alarm_id"), Alarm.congress_id, sa.literal(LAST_HEARER).label("word"))
    return _naming(alarms.where(NEW, Alarm.id.not_in(heard)), frozenset({LAST_HEARER}), dialect)


def _naming(met: sa.Select[Any], words: frozenset[str], dialect: str) -> sa.Insert:
    """Who is meant by several words is told once."""
    alarms = met.cte("met")
    finders = dict.fromkeys(finder for word, finder in FINDERS.items() if word in words)
    people = [
        finder(alarms).where(alarms.c.word.in_([word for word in sorted(words) if FINDERS[word] is finder]))
        for finder in finders
    ]
    wanted = sa.union_all(*people) if len(people) > 1 else people[0]
    return inserting(
        Told, ("alarm_id", "person_key", "officer_id", "word"), wanted, ("alarm_id", "person_key"), dialect
    )


def _officers(met: Any, on: sa.ColumnElement[bool], *through: tuple[Any, Any]) -> sa.Select[Any]:
    """The officers of a condition; for one who is absent today, his substitute."""
    alarms, reader = sa.select(met.c.alarm_id).select_from(met), reached_id(TODAY)
    for table, joined in through:
        alarms = alarms.join(table, joined)
    alarms = alarms.join(Officer, sa.and_(on, Officer.active.is_(True)))
    return alarms.add_columns(_key("officer", reader), reader, met.c.word)


def _named(met: Any) -> sa.ColumnElement[bool]:
    """The officer's rank is the word."""
    return sa.type_coerce(Officer.rank, sa.String) == met.c.word


def _at_body(met: Any) -> sa.Select[Any]:
    return _officers(met, sa.and_(Officer.body_id == met.c.holder_id, _named(met)))


def _at_hub(met: Any) -> sa.Select[Any]:
    """The people of the hub; where a body has none, those of its own office."""
    has_hub = sa.or_(met.c.hub_id.is_not(None), met.c.is_hub.is_(True))
    rank = sa.or_(Officer.rank == Rank.HUB_OFFICE, sa.and_(has_hub, Officer.rank.in_(HUB_RANKS)))
    return _officers(met, sa.and_(Officer.body_id == sa.func.coalesce(met.c.hub_id, met.c.holder_id), rank))


def _paired(met: Any) -> sa.Select[Any]:
    return _officers(met, Officer.body_id == Pairing.committee_id, (Pairing, Pairing.body_id == met.c.holder_id))


def _in_charge(met: Any) -> sa.Select[Any]:
    lasts = sa.or_(Charge.until_on.is_(None), Charge.until_on >= TODAY)
    charge = sa.and_(Charge.body_id == met.c.holder_id, Charge.from_on <= TODAY, lasts)
    return _officers(met, Officer.id == Charge.officer_id, (Charge, charge))


def _at_top(met: Any) -> sa.Select[Any]:
    """The leaders of the branch: officers of its bodies that have none above them."""
    same = sa.and_(TOP.congress_id == met.c.congress_id, TOP.branch == met.c.branch, TOP.parent_id.is_(None))
    return _officers(met, sa.and_(Officer.body_id == TOP.id, _named(met)), (TOP, same))


def _of_congress(met: Any) -> sa.Select[Any]:
    return _officers(met, sa.and_(Officer.congress_id == met.c.congress_id, _named(met)))


def _suggestions(met: Any) -> sa.Select[Any]:
    alarms = sa.select(met.c.alarm_id).select_from(met).outerjoin(Assignment, Assignment.id == met.c.assignment_id)
    its = sa.func.coalesce(Assignment.suggestion_id, met.c.suggestion_id)
    return alarms.join(Suggestion, Suggestion.id == its)


def _lead_deputy(met: Any) -> sa.Select[Any]:
    wanted = _suggestions(met).join(Deputy, Deputy.id == Suggestion.lead_deputy_id)
    return wanted.add_columns(_key("deputy", Deputy.id), NO_OFFICER, met.c.word)


def _liaison(met: Any) -> sa.Select[Any]:
    wanted = (
        _suggestions(met)
        .outerjoin(Deputy, Deputy.id == Suggestion.lead_deputy_id)
        .join(Delegation, Delegation.id == sa.func.coalesce(Suggestion.delegation_id, Deputy.delegation_id))
        .where(Delegation.liaison_name.is_not(None))
    )
    return wanted.add_columns(_key("delegation", Delegation.id), NO_OFFICER, met.c.word)


def _key(kind: str, number: Any) -> sa.ColumnElement[str]:
    return sa.literal(f"{kind}:") + sa.cast(number, sa.String)


NO_OFFICER: Any = sa.cast(sa.null(), sa.Integer)
FINDERS: dict[str, Finder] = {
    "handler": _at_body,
    "deputy_head": _at_body,
    "head": _at_body,
    "hub_office": _at_hub,
    "committee": _paired,
    "vice_mayor": _in_charge,
    "vice_president": _at_top,
    "president": _at_top,
    "mayor": _of_congress,
    "our_clerk": _of_congress,
    "our_director": _of_congress,
    "secretary_general": _of_congress,
    "directors_meeting": _of_congress,
    "deputy": _lead_deputy,
    "delegation_liaison": _liaison,
}
