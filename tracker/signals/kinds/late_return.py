"""A body got rid of it after the days in which it could be returned."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from tracker.database import db
from tracker.deadlines.models import RuleSet
from tracker.deadlines.queries import rules_of
from tracker.dispatch.clocks import Law, return_window
from tracker.dispatch.models import ANSWERING, Assignment, BodyReturn, Receipt
from tracker.errors import N_
from tracker.signals.kind import ITEM, About, Asked, Facts, SignalKind, told
from tracker.signals.kinds.passed_round import GIVEN_UP
from tracker.structure.models import Body
from tracker.suggestion.models import Entry, Suggestion

TAKEN = ("change_lead", "recall")


def found(asked: Asked) -> sa.Select[Any]:
    """Answering bodies of the present round that gave it back or were taken it from, with what the window needs.

    The rules refuse a return asked late; what the office takes back instead is one in all but name.
    """
    given = sa.select(sa.func.max(BodyReturn.asked_on)).where(BodyReturn.assignment_id == Assignment.id)
    taken = sa.select(sa.func.max(Entry.on)).where(Entry.assignment_id == Assignment.id, Entry.move.in_(TAKEN))
    left_on = sa.func.coalesce(taken.scalar_subquery(), given.scalar_subquery())
    window = {"handed_on": Assignment.handed_over_on, "signed_on": Receipt.on, "rule_set": Suggestion.rule_set_id}
    return (
        told(Assignment.id, left_on, of=Suggestion, body=Body.name, left_on=left_on, **window)
        .join(Assignment, Assignment.suggestion_id == Suggestion.id)
        .join(Body, Body.id == Assignment.body_id)
        .outerjoin(Receipt, Receipt.assignment_id == Assignment.id)
        .where(asked.covers(), Assignment.round == Suggestion.round, Assignment.part.in_(ANSWERING))
        .where(Assignment.standing.in_(GIVEN_UP), left_on.is_not(None))
    )


def reads(row: Any, asked: Asked) -> Facts | None:
    """The last day on which "not ours" could be said, if it was said later."""
    rule_set = db.session.get_one(RuleSet, row.fact_rule_set)
    law = Law(rule_set, rules_of(rule_set), asked.calendar)
    last_on, _clause = return_window(law, handed_over_on=row.fact_handed_on, received_on=row.fact_signed_on)
    return {"last_on": last_on} if last_on is not None and row.fact_left_on > last_on else None


SIGNAL = SignalKind(
    key="late_return",
    name=N_("Given up late"),
    rule=N_("A body was relieved of it after the last day on which the rules let it be returned."),
    evidence=N_("%(body)s could return it until %(last_on)s; it was relieved on %(left_on)s."),
    act=N_("Read the reason; the office decided it."),
    found=found,
    about=About.OFFICE,
    reads=reads,
    texts=("handed_on", "signed_on", "rule_set"),
    evidence_at=ITEM,
    act_at=ITEM,
)
