"""What is measured of one item as a whole, from what was counted of its bodies.

It is as late as its latest body, and as satisfied as its worst reply.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from tracker.figures.facts import BROUGHT_BY
from tracker.figures.models import Counted, CountedDay
from tracker.figures.parts import Facts
from tracker.structure.models import Deputy, Meeting
from tracker.suggestion.journey import Stage
from tracker.suggestion.models import Suggestion

UNDER_WAY = (Stage.HANDED_OVER, Stage.ANSWERED, Stage.RATED, Stage.CLOSED)
ANSWERED = UNDER_WAY[1:]
# What of an item's bodies its own measures are made of.
_SUMMED = (
    "main", "late_original", "late_current", "extended", "returned", "first_asked", "first_rated", "first_mostly",
    "first_dissatisfied", "last_asked", "last_rated", "last_mostly", "last_dissatisfied",
)  # fmt: skip


def known(congress_id: int, on: date) -> sa.Subquery:
    """One row for every item of a congress that is no draft, with the sums over its bodies."""
    bodies, began, ceased = _bodies(congress_id), aliased(CountedDay), aliased(CountedDay)
    sums = [sa.func.coalesce(bodies.c[name], 0).label(name) for name in ("first_main", "last_main", *_SUMMED)]
    ended_on = sa.case((Suggestion.stage.in_(ANSWERED), bodies.c.ended_on)).label("ended_on")
    return (
        sa.select(
            Suggestion.id.label("suggestion_id"),
            BROUGHT_BY.label("delegation_id"),
            Suggestion.category,
            Suggestion.meeting_id,
            Meeting.year,
            Suggestion.stage,
            Suggestion.round,
            Suggestion.handed_over_on.label("began_on"),
            ended_on,
            (ceased.worked - began.worked).label("days"),
            *sums,
        )
        .join(Meeting, Meeting.id == Suggestion.meeting_id)
        .outerjoin(Deputy, Deputy.id == Suggestion.lead_deputy_id)
        .outerjoin(bodies, bodies.c.suggestion_id == Suggestion.id)
        .outerjoin(began, sa.and_(began.congress_id == congress_id, began.day == Suggestion.handed_over_on))
        .outerjoin(ceased, sa.and_(ceased.congress_id == congress_id, ceased.day == sa.func.coalesce(ended_on, on)))
        .where(Suggestion.congress_id == congress_id, Suggestion.stage != Stage.DRAFT)
        .subquery("item")
    )


def _bodies(congress_id: int) -> sa.Subquery:
    """What was counted of the bodies of each item; of the first round, and of what counts in the end, apart."""
    first = sa.case((_fact("further_round") == 0, _fact("main")), else_=0)
    counts = sa.or_(_fact("renewed") == 0, _fact("last_asked") == 1)
    last = sa.case((counts, _fact("main")), else_=0)
    return (
        sa.select(
            Counted.suggestion_id,
            sa.func.sum(first).label("first_main"),
            sa.func.sum(last).label("last_main"),
            sa.func.max(sa.case((_fact("main") == 1, Counted.ended_on))).label("ended_on"),
            *(sa.func.sum(_fact(name)).label(name) for name in _SUMMED),
        )
        .where(Counted.congress_id == congress_id, Counted.assignment_id.is_not(None))
        .group_by(Counted.suggestion_id)
        .subquery("bodies")
    )


def _fact(measure: str) -> Any:
    return getattr(Counted, measure)


def measured(of: Any) -> Facts:
    """Every measure of items over the columns of `known`: a condition."""
    items, answered = of.stage.in_(UNDER_WAY), of.stage.in_(ANSWERED)
    found: Facts = {
        "items_recorded": sa.true(),
        "items": items,
        "items_answered": answered,
        "items_open": sa.and_(items, sa.not_(answered)),
        "items_nobody": sa.and_(items, of.main == 0),
        "items_extended": sa.and_(items, of.extended > 0),
        "items_returned": sa.and_(items, of.returned > 0),
        "items_again": sa.and_(items, of.round > 1),
        "items_days": sa.case((sa.and_(items, of.days > 0), of.days), else_=0),
    }
    for name in ("original", "current"):
        late = sa.and_(items, of[f"late_{name}"] > 0)
        found |= {
            f"items_due_{name}": sa.or_(answered, late),
            f"items_in_time_{name}": sa.and_(answered, sa.not_(late)),
            f"items_late_{name}": late,
        }
    return found | _said(of, items, "first") | _said(of, items, "last")


def _said(of: Any, items: Any, when: str) -> Facts:
    """Dissatisfied with one reply is enough; for anything better every reply must be rated."""
    asked = sa.and_(items, of[f"{when}_asked"] > 0)
    dissatisfied = sa.and_(asked, of[f"{when}_dissatisfied"] > 0)
    all_rated = sa.and_(asked, of[f"{when}_dissatisfied"] == 0, of[f"{when}_rated"] >= of[f"{when}_main"])
    return {
        f"items_{when}_asked": asked,
        f"items_{when}_rated": sa.or_(dissatisfied, all_rated),
        f"items_{when}_satisfied": sa.and_(all_rated, of[f"{when}_mostly"] == 0),
        f"items_{when}_mostly": sa.and_(all_rated, of[f"{when}_mostly"] > 0),
        f"items_{when}_dissatisfied": dissatisfied,
        f"items_{when}_unrated": sa.and_(asked, sa.not_(dissatisfied), sa.not_(all_rated)),
    }
