"""Who the words of the ladder mean: each word finds the people to be told of an alarm, in one statement for all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from tracker.deadlines.models import Deadline
from tracker.dispatch.models import Assignment
from tracker.escalation.held import HOLDER, with_both
from tracker.escalation.models import Alarm
from tracker.structure.absence import reached_id
from tracker.structure.models import Body, Charge, Delegation, Deputy, Officer, Pairing, Rank
from tracker.suggestion.models import Suggestion

TOP = aliased(Body, name="top")
HUB_RANKS = (Rank.HANDLER, Rank.HEAD)
Finder = Callable[[sa.Select[Any], str, date], sa.Select[Any]]


def told_people(word: str, which: sa.ColumnElement[bool], today: date) -> sa.Select[Any]:
    """Alarm, person key and officer for everyone the word means, for the alarms of the condition.

    Columns: alarm_id, person_key, officer_id, word. A word unknown here means nobody.
    """
    alarms = with_both(sa.select().select_from(Alarm)).where(which)
    return FINDERS.get(word, _nobody)(alarms, word, today)


def _officers(alarms: sa.Select[Any], word: str, today: date, on: sa.ColumnElement[bool]) -> sa.Select[Any]:
    """The officers of a condition; for one who is absent today, his substitute."""
    met, reader = alarms.join(Officer, sa.and_(on, Officer.active.is_(True))), reached_id(today)
    return met.add_columns(Alarm.id, _key("officer", reader), reader, sa.literal(word)).distinct()


def _at_body(alarms: sa.Select[Any], word: str, today: date) -> sa.Select[Any]:
    at_holder = sa.and_(Officer.body_id == HOLDER.id, Officer.rank == Rank(word))
    return _officers(alarms, word, today, at_holder)


def _at_hub(alarms: sa.Select[Any], word: str, today: date) -> sa.Select[Any]:
    """The people of the hub; where a body has none, those of its own office."""
    has_hub = sa.or_(HOLDER.hub_id.is_not(None), HOLDER.is_hub.is_(True))
    rank = sa.or_(Officer.rank == Rank.HUB_OFFICE, sa.and_(has_hub, Officer.rank.in_(HUB_RANKS)))
    at_hub = sa.and_(Officer.body_id == sa.func.coalesce(HOLDER.hub_id, HOLDER.id), rank)
    return _officers(alarms, word, today, at_hub)


def _paired(alarms: sa.Select[Any], word: str, today: date) -> sa.Select[Any]:
    alarms = alarms.join(Pairing, Pairing.body_id == HOLDER.id)
    return _officers(alarms, word, today, Officer.body_id == Pairing.committee_id)


def _in_charge(alarms: sa.Select[Any], word: str, today: date) -> sa.Select[Any]:
    lasts = sa.or_(Charge.until_on.is_(None), Charge.until_on >= today)
    alarms = alarms.join(Charge, sa.and_(Charge.body_id == HOLDER.id, Charge.from_on <= today, lasts))
    return _officers(alarms, word, today, Officer.id == Charge.officer_id)


def _at_top(alarms: sa.Select[Any], word: str, today: date) -> sa.Select[Any]:
    """The leaders of the branch: officers of its bodies that have none above them."""
    same = sa.and_(TOP.congress_id == Alarm.congress_id, TOP.branch == HOLDER.branch, TOP.parent_id.is_(None))
    alarms = alarms.join(TOP, same)
    return _officers(alarms, word, today, sa.and_(Officer.body_id == TOP.id, Officer.rank == Rank(word)))


def _of_congress(alarms: sa.Select[Any], word: str, today: date) -> sa.Select[Any]:
    ours = sa.and_(Officer.congress_id == Alarm.congress_id, Officer.rank == Rank(word))
    return _officers(alarms, word, today, ours)


def _with_suggestion(alarms: sa.Select[Any]) -> sa.Select[Any]:
    return alarms.outerjoin(Assignment, Assignment.id == Alarm.assignment_id).join(
        Suggestion, Suggestion.id == sa.func.coalesce(Assignment.suggestion_id, Deadline.suggestion_id)
    )


def _lead_deputy(alarms: sa.Select[Any], word: str, _today: date) -> sa.Select[Any]:
    wanted = _with_suggestion(alarms).join(Deputy, Deputy.id == Suggestion.lead_deputy_id)
    return wanted.add_columns(Alarm.id, _key("deputy", Deputy.id), sa.null(), sa.literal(word))


def _liaison(alarms: sa.Select[Any], word: str, _today: date) -> sa.Select[Any]:
    wanted = (
        _with_suggestion(alarms)
        .outerjoin(Deputy, Deputy.id == Suggestion.lead_deputy_id)
        .join(Delegation, Delegation.id == sa.func.coalesce(Suggestion.delegation_id, Deputy.delegation_id))
        .where(Delegation.liaison_name.is_not(None))
    )
    return wanted.add_columns(Alarm.id, _key("delegation", Delegation.id), sa.null(), sa.literal(word))


def _nobody(alarms: sa.Select[Any], word: str, _today: date) -> sa.Select[Any]:
    return alarms.add_columns(Alarm.id, sa.literal(""), sa.null(), sa.literal(word)).where(sa.false())


def _key(kind: str, number: Any) -> sa.ColumnElement[str]:
    return sa.literal(f"{kind}:") + sa.cast(number, sa.String)


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
