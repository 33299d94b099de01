"""Taking an assignment back, assigning again, and changing the lead, which a clerk may draw up for signature."""

from __future__ import annotations

from datetime import date

from flask import url_for
from flask_babel import gettext as _

from tracker.actor import Actor
from tracker.dispatch import actions, queries
from tracker.dispatch.actions.recalling import has_lead
from tracker.dispatch.desk import PART_NAMES
from tracker.dispatch.models import Part
from tracker.errors import N_, RuleBroken
from tracker.signing.kinds import Facts, Kind, Told, register
from tracker.stage import Visitor
from tracker.structure.models import Body
from tracker.structure.queries import get_body
from tracker.structure.succession import present_body
from tracker.suggestion.journey import MOVES, Stage
from tracker.suggestion.queries import get_suggestion
from tracker.web.filters import in_language

RECALL, CHANGE_LEAD, ASSIGN_AGAIN = "recall", "change_lead", "assign_again"


def recall(thing_id: int, facts: Facts, who: Visitor, *, by: Actor, on: date) -> None:
    actions.recall(queries.get_assignment(thing_id, who), facts["reason"], by=by, on=on)


def change_lead(thing_id: int, facts: Facts, who: Visitor, *, by: Actor, on: date) -> None:
    """:raises RuleBroken: no body is named, or it is not possible (any more)."""
    assignment = queries.get_leading(thing_id, who)
    actions.change_lead(assignment, _new_lead(facts, who), facts["reason"], stays=facts["stays"], by=by, on=on)


def assign_again(thing_id: int, facts: Facts, who: Visitor, *, by: Actor, on: date) -> None:
    """Of a suggestion nobody answers any more: to the bodies that were named.

    :raises RuleBroken: a body answers it (again), or the parts do not fit together.
    """
    actions.assign_again(get_suggestion(thing_id, who), _bodies_named(facts, who), by=by, on=on)


def _bodies_named(facts: Facts, who: Visitor) -> list[tuple[Body, Part]]:
    """With their parts; who became another body meanwhile is followed by it."""
    own = int(who.congress_id or 0)
    return [(present_body(get_body(body_id, own)), Part(part)) for body_id, part in facts["bodies"]]


def _new_lead(facts: Facts, who: Visitor) -> Body:
    """The body that was named, or who does its work since it was drawn up."""
    if not facts["to_id"]:
        raise RuleBroken(N_("Name the body it goes to."))
    return present_body(get_body(facts["to_id"], int(who.congress_id or 0)))


def _told_recall(thing_id: int, facts: Facts, who: Visitor) -> Told:
    assignment = queries.get_assignment(thing_id, who)
    if assignment.standing not in MOVES["recall"].from_:
        raise RuleBroken(N_("This body has answered or no longer has it."))
    return Told([(_("Body"), in_language(assignment.body)), (_("Reason"), facts["reason"])])


def _told_change(thing_id: int, facts: Facts, who: Visitor) -> Told:
    assignment = queries.get_leading(thing_id, who)
    if assignment.standing not in MOVES["change_lead"].from_:
        raise RuleBroken(N_("This body has answered or no longer has it."))
    return Told(
        [
            (_("Lead until now"), in_language(assignment.body)),
            (_("New lead"), in_language(_new_lead(facts, who))),
            (_("The body that led"), _("goes on as co-handler") if facts["stays"] else _("leaves")),
            (_("Reason"), facts["reason"]),
        ]
    )


def _told_again(thing_id: int, facts: Facts, who: Visitor) -> Told:
    suggestion = get_suggestion(thing_id, who)
    if suggestion.stage is not Stage.HANDED_OVER or has_lead(queries.assignments_of(thing_id)):
        raise RuleBroken(N_("It has a body that answers it: recall that one first."))
    return Told([(_(PART_NAMES[part]), in_language(body)) for body, part in _bodies_named(facts, who)])


register(
    ASSIGN_AGAIN,
    Kind(
        N_("Assigning again"),
        assign_again,
        _told_again,
        lambda number: url_for("dispatch.assign_again", suggestion_id=number),
    ),
)
register(
    RECALL,
    Kind(
        N_("Taking back an assignment"),
        recall,
        _told_recall,
        lambda number: url_for("dispatch.recall", assignment_id=number),
        instead_of=(CHANGE_LEAD,),
    ),
)
register(
    CHANGE_LEAD,
    Kind(
        N_("Change of lead"),
        change_lead,
        _told_change,
        lambda number: url_for("dispatch.change_lead", assignment_id=number),
        instead_of=(RECALL,),
    ),
)
