"""What dispatch shows elsewhere: its panel on the suggestion's page, what waits, what is amiss."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import sqlalchemy as sa

from tracker.database import db
from tracker.dispatch import deciding, queries
from tracker.dispatch.actions.changing_lead import LEADING
from tracker.dispatch.actions.other_numbers import other_numbers
from tracker.dispatch.actions.recalling import has_lead
from tracker.dispatch.models import ANSWERING, Assignment
from tracker.errors import N_
from tracker.intake.panel import backlog_group
from tracker.intake.queries import backlogs
from tracker.roles import BODY, OFFICE, Role
from tracker.stage import Harm, Panel, Problem, Visitor, Waiting, WaitingGroup
from tracker.structure.models import Body
from tracker.suggestion import journey
from tracker.suggestion.anyone import Anyone
from tracker.suggestion.journey import MOVES, Stage, Standing
from tracker.suggestion.models import Suggestion
from tracker.web.addresses import url_for

PART_NAMES = {
    "lead": N_("Lead"),
    "joint": N_("Joint lead"),
    "co": N_("Co-handler"),
    "separate": N_("Separate part"),
    "sole": N_("Sole handler"),
}
FIRST = 25
TO_HAND_OVER = N_("To be handed over")
NOBODY = N_("Nobody answers it: to be assigned again")


def panel(suggestion: Suggestion, visitor: Visitor, _today: date) -> Panel | None:
    """Who was given what, when it was signed for, and what was returned."""
    assigned = queries.assigned_of(suggestion)
    if visitor.role in BODY:
        assigned = [one for one in assigned if one.standing not in (Standing.RETURNED, Standing.RECALLED)]
    proposed = queries.proposals([suggestion.id]).get(suggestion.id, []) if visitor.role in OFFICE else []
    may_propose = visitor.role in OFFICE and suggestion.stage is Stage.RECORDED
    numbers = other_numbers(suggestion.id)
    if not assigned and not proposed and not may_propose and not numbers:
        return None
    facts = {
        "other_numbers": numbers,
        "assigned": assigned,
        "proposed": proposed if not assigned else [],
        "may_propose": may_propose,
        "may_recall": MOVES["recall"].from_ if visitor.role in OFFICE else (),
        "may_change": {one.id for one in assigned if may_change_lead(one, visitor)},
        "may_assign": visitor.role in OFFICE and suggestion.stage is Stage.HANDED_OVER and not has_lead(assigned),
        "sees_returns": visitor.role not in BODY and visitor.role is not Role.DEPUTY,
        "part_names": PART_NAMES,
        "stage_names": journey.NAMES,
    }
    return Panel("dispatch/_panel.html", facts)


def may_change_lead(assignment: Assignment, visitor: Visitor) -> bool:
    """Whether this visitor can make another body the lead instead: the office, or the hub that dispatched it."""
    leads = assignment.part in LEADING and assignment.standing in journey.HANDLED
    of_hub = assignment.passed_on_from_id is not None and assignment.body.hub_id == visitor.body_id
    return leads and (visitor.role in OFFICE or (visitor.role is Role.HUB and of_hub))


def waiting(visitor: Visitor, today: date) -> Iterable[WaitingGroup]:
    if visitor.role in OFFICE:
        yield from _at_the_office(visitor, today)
    if visitor.role in (*OFFICE, *BODY, Role.HUB):
        yield from deciding.waiting(visitor, today)
    if visitor.role is Role.HUB:
        yield from _at_the_hub(visitor)


def _at_the_office(visitor: Visitor, today: date) -> Iterable[WaitingGroup]:
    """What waits for the hand-over, and what was handed over and has nobody left who answers."""
    found = backlogs(visitor, _waiting_at_the_office)
    if found[TO_HAND_OVER].count:
        home = url_for("dispatch.index")
        yield backlog_group(TO_HAND_OVER, home, Harm.AT_INTAKE, found[TO_HAND_OVER], today)
    if found[NOBODY].count:
        home = url_for("dispatch.assign_again", suggestion_id=found[NOBODY].first[0].id)
        yield backlog_group(NOBODY, home, Harm.TO_DECIDE, found[NOBODY], today, "dispatch.assign_again")


def _waiting_at_the_office(_who: Anyone) -> dict[str, sa.ColumnElement[bool]]:
    return {TO_HAND_OVER: Suggestion.stage == Stage.RECORDED, NOBODY: queries.without_lead()}


def _at_the_hub(visitor: Visitor) -> Iterable[WaitingGroup]:
    total = db.session.scalar(sa.select(sa.func.count()).select_from(queries.at_the_hub(visitor).subquery()))
    given = db.session.scalars(queries.at_the_hub(visitor).limit(FIRST)).unique().all()
    if given:
        lines = tuple(
            Waiting(
                N_("To be dispatched"),
                url_for("dispatch.pass_on", assignment_id=one.id),
                one.suggestion.number or "",
                one.suggestion.title,
                since_on=one.assigned_on,
                due_on=min((clock.due_on for clock in one.deadlines if clock.is_open), default=None),
                harm=Harm.TO_DISPATCH.after(0),
            )
            for one in given
        )
        yield WaitingGroup(N_("To be dispatched"), total or len(lines), url_for("dispatch.hub"), lines)


def problems() -> Iterable[Problem]:
    """Suggestions being handled without exactly one lead (unless several answer separately), or by nobody at all."""
    nobody = sa.select(Suggestion.id, Suggestion.number).where(queries.without_lead())
    for one_id, number in db.session.execute(nobody):
        told = N_("Suggestion %(number)s is being handled, but no body answers it.")
        yield Problem("no_lead", told, {"id": one_id, "number": number or one_id})
    live = Assignment.standing.not_in(
        (Standing.RETURNED, Standing.RECALLED, Standing.PASSED_ON, Standing.HANDLED_AGAIN)
    )
    leads, joint, separate = (
        sa.func.count().filter(Assignment.part.in_(parts)) for parts in (("lead", "sole"), ("joint",), ("separate",))
    )
    fits = sa.or_(
        sa.and_(leads == 1, joint == 0, separate == 0),
        sa.and_(leads == 0, joint.between(1, 2), separate == 0),  # one of two leads may have been taken back
        sa.and_(leads == 0, joint == 0, separate >= 1),
    )
    wanted = (
        sa.select(Suggestion.id, Suggestion.number, leads + joint)
        .join(Assignment, sa.and_(Assignment.suggestion_id == Suggestion.id, live))
        .where(Suggestion.stage.in_((Stage.HANDED_OVER, Stage.ANSWERED, Stage.RATED)))
        .where(Assignment.part.in_(ANSWERING))
        .group_by(Suggestion.id, Suggestion.number)
        .having(sa.not_(fits))
    )
    for row in db.session.execute(wanted):
        values = {"id": row[0], "number": row[1], "leads": row[2]}
        yield Problem("one_lead", N_("Suggestion %(number)s has %(leads)s leads."), values)
    yield from _at_closed_bodies()


def _at_closed_bodies() -> Iterable[Problem]:
    """Work in hand at a body that is closed: a reform on its page moves it to the successor."""
    wanted = (
        sa.select(Body.id, Body.name, sa.func.count())
        .join(Assignment, Assignment.body_id == Body.id)
        .where(Body.closed_on.is_not(None), Assignment.standing.in_(journey.LIVE))
        .group_by(Body.id, Body.name)
    )
    for body_id, name, count in db.session.execute(wanted):
        told = N_("%(body)s is closed and still has %(count)s suggestions in hand.")
        yield Problem("open_at_closed", told, {"id": body_id, "body": name, "count": count})
