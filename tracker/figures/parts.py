"""What is measured of one item-body: each measure as a condition on what is known of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import sqlalchemy as sa

from tracker.deadlines.clauses import Outcome
from tracker.dispatch.models import ANSWERING, Part
from tracker.feedback.models import Verdict
from tracker.handling.queries import DELIVERED
from tracker.suggestion.journey import Standing
from tracker.suggestion.queries import GONE

# Where no clock was met and yet the body has answered.
_HAS_ANSWERED = (Standing.SUBMITTED, Standing.AGREED, *DELIVERED)
Facts = dict[str, sa.ColumnElement[Any]]


def measured(of: Any, on: date) -> Facts:
    """Every measure of item-bodies over the columns of `facts.known`: a condition, or a number."""
    found = _work(of)
    for more in (_time(on), _passing, _contact, _outcomes, _satisfaction):
        found |= more(of, found)
    return found | _numbers(of, found)


def _work(of: Any) -> Facts:
    assigned = of.standing != Standing.PASSED_ON
    received = sa.and_(assigned, of.standing.not_in(GONE))
    main, has_clock = sa.and_(received, of.part.in_(ANSWERING)), of.clock_id.is_not(None)
    by_clock = sa.and_(has_clock, of.met_on.is_not(None))
    answered = sa.and_(main, sa.or_(by_clock, sa.and_(~has_clock, of.standing.in_(_HAS_ANSWERED))))
    co = sa.and_(received, of.part == Part.CO)
    co_due = sa.and_(co, sa.func.coalesce(of.opinions_due, 0) > 0)
    late = sa.func.coalesce(of.opinions_late, 0) > 0
    return {
        "assigned": assigned,
        "received": received,
        "main": main,
        "co": co,
        "answered": answered,
        "open": sa.and_(main, sa.not_(answered)),
        "no_clock": sa.and_(main, ~has_clock),
        "co_due": co_due,
        "co_in_time": sa.and_(co_due, sa.not_(late)),
        "co_late": sa.and_(co_due, late),
        "co_unheard": sa.and_(co, of.standing == Standing.UNHEARD),
    }


def _time(on: date) -> Callable[[Any, Facts], Facts]:
    """In time and late against the first and against the present last day; open and late is late in both."""

    def facts(of: Any, found: Facts) -> Facts:
        timed: Facts = {
            "extended": sa.and_(found["main"], sa.func.coalesce(of.granted, 0) > 0),
            "moved": sa.and_(found["main"], of.due_on > of.original_due_on),
        }
        for name, last_on in (("original", of.original_due_on), ("current", of.due_on)):
            met = sa.and_(found["main"], of.met_on.is_not(None))
            open_late = sa.and_(found["main"], of.met_on.is_(None), last_on < on)
            timed |= {
                f"due_{name}": sa.or_(met, open_late),
                f"in_time_{name}": sa.and_(met, of.met_on <= last_on),
                f"late_{name}": sa.or_(sa.and_(met, of.met_on > last_on), open_late),
                f"open_late_{name}": open_late,
            }
        return timed

    return facts


def _passing(of: Any, found: Facts) -> Facts:
    main, back = found["main"], sa.func.coalesce(of.times_back, 0) > 0
    return {
        "return_asked": sa.and_(found["assigned"], sa.func.coalesce(of.returns, 0) > 0),
        "returned": of.standing == Standing.RETURNED,
        "return_refused": sa.and_(found["assigned"], sa.func.coalesce(of.refused, 0) > 0),
        "replied": sa.and_(main, sa.or_(found["answered"], back)),
        "sent_back": sa.and_(main, back),
        "signalled": sa.and_(found["received"], sa.func.coalesce(of.signs, 0) > 0),
        "further_round": sa.and_(main, of.round > 1),
        "renewed": sa.and_(found["answered"], of.standing == Standing.HANDLED_AGAIN),
    }


def _contact(of: Any, found: Facts) -> Facts:
    """A reply without a clock counts from the day it was submitted."""
    answered_on = sa.func.coalesce(of.met_on, of.submitted_on)
    before = sa.and_(found["answered"], of.contact_on <= answered_on)
    return {
        "contact_before": before,
        "contact_after": sa.and_(found["answered"], of.contact_on.is_not(None), sa.not_(_sure(before))),
        "contact_none": sa.and_(found["answered"], of.contact_on.is_(None)),
    }


def _outcomes(of: Any, found: Facts) -> Facts:
    final = sa.and_(found["answered"], of.standing != Standing.HANDLED_AGAIN)
    classes = {str(one): sa.and_(final, of.outcome == one) for one in Outcome}
    return {"final": final, **classes, "unclassed": sa.and_(final, of.outcome.is_(None))}


def _satisfaction(of: Any, found: Facts) -> Facts:
    """Of one reply, by its lead deputy; whoever says nothing is neither satisfied nor dissatisfied."""
    delivered = sa.and_(found["main"], of.standing.in_(DELIVERED))
    first = sa.and_(delivered, of.round == 1)
    last = sa.and_(delivered, sa.not_(of.rated_later))
    silent = sa.and_(last, of.last_said.is_(None))
    in_vain, awaited = (sa.func.coalesce(one, 0) > 0 for one in (of.in_vain, of.awaited))
    said: Facts = {}
    for verdict in Verdict:
        said[f"first_{verdict}"] = sa.and_(first, of.first_said == verdict)
        said[f"last_{verdict}"] = sa.and_(last, of.last_said == verdict)
    return {
        "delivered": delivered,
        "first_asked": first,
        "first_rated": sa.and_(first, of.first_said.is_not(None)),
        "first_unrated": sa.and_(first, of.first_said.is_(None)),
        "last_asked": last,
        "last_rated": sa.and_(last, of.last_said.is_not(None)),
        "last_unrated": sa.and_(silent, in_vain),
        "last_awaited": sa.and_(silent, awaited, sa.not_(in_vain)),
        "last_unasked": sa.and_(silent, sa.not_(in_vain), sa.not_(awaited)),
        **said,
    }


def _numbers(of: Any, found: Facts) -> Facts:
    """What is more than yes or no of one item-body: working days, promises, deputies who spoke."""
    promised = ("", "_due", "_kept", "_kept_late", "_missed", "_broken", "_withdrawn", "_moved")
    numbers = {f"promises{name}": of[f"promises{name}"] for name in promised}
    voices = {"voices": of.said} | {f"voices_{one}": of[f"said_{one}"] for one in Verdict}
    spoken = {name: sa.case((found["delivered"], column), else_=0) for name, column in voices.items()}
    signs = sa.case((found["received"], of.signs), else_=0)
    days = sa.case((sa.and_(found["assigned"], of.days > 0), of.days), else_=0)
    return {
        name: sa.func.coalesce(column, 0)
        for name, column in {**numbers, **spoken, "days_held": days, "signals": signs}.items()
    }


def _sure(condition: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    """Unknown is no."""
    return sa.func.coalesce(condition, sa.false())
