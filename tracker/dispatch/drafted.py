"""The acts of the dispatch desk that a clerk may draw up for signature: hand-over, returns, objections.

The pages do them through the same functions where nothing waits for a signature, so both ways are one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from tracker.actor import Actor
from tracker.database import db
from tracker.dispatch import actions, going_round, queries
from tracker.dispatch.models import Part, Proposal
from tracker.errors import N_, Named, RuleBroken
from tracker.signing.kinds import Facts, Kind, Told, register
from tracker.stage import Visitor
from tracker.structure.models import Body
from tracker.structure.queries import get_body, get_meeting, the_congress
from tracker.structure.succession import present_body
from tracker.suggestion.journey import NAMES, Stage
from tracker.suggestion.models import Suggestion
from tracker.web.filters import in_language

HAND_OVER, RETURN, OBJECTION = "hand_over", "return", "objection"


def bodies_as_drawn_up(named: Mapping[int, Sequence[Proposal]], suggestion_ids: Sequence[int]) -> dict[str, Any]:
    """The bodies of each suggestion as the list shows them; whoever signs signs these and no others."""
    return {str(number): [[one.body_id, str(one.part)] for one in named[number]] for number in suggestion_ids}


def hand_over(thing_id: int, facts: Facts, who: Visitor, *, by: Actor, on: date) -> None:
    """The list of a meeting, as it was drawn up.

    :raises RuleBroken: a suggestion of it moved on, or its bodies are others now.
    """
    meeting = get_meeting(thing_id, _congress_of(who))
    chosen = _still_there(thing_id, facts)
    actions.hand_over(
        chosen,
        congress=the_congress(_congress_of(who)),
        meeting=meeting,
        document_number=facts["document_number"],
        through_hubs=facts["through_hubs"],
        by=by,
        on=date.fromisoformat(facts["on"]) if facts.get("on") else on,
    )


def decide_return(thing_id: int, facts: Facts, who: Visitor, *, by: Actor, on: date) -> None:
    asked = queries.get_return(thing_id, who)
    to = _body(facts["to_id"], who)
    actions.decide_return(asked, facts["granted"], to=to, note=facts["note"], by=by, on=on)


def settle_objection(thing_id: int, facts: Facts, who: Visitor, *, by: Actor, on: date) -> None:
    row = going_round.get_objection(thing_id, who)
    actions.settle_objection(row, _body(facts["to_id"], who), facts["note"], by=by, on=on)


def _still_there(meeting_id: int, facts: Facts) -> list[Suggestion]:
    drawn_up: Mapping[str, Any] = facts["bodies"]
    waiting = {one.id: one for one in queries.recorded(meeting_id)}
    now = queries.proposals(int(number) for number in drawn_up)
    for number in map(int, drawn_up):
        if number not in waiting:
            raise _moved_on(number)
        if bodies_as_drawn_up(now, [number] if number in now else []).get(str(number)) != drawn_up[str(number)]:
            told = N_("The bodies of %(number)s have changed since this was drawn up.")
            raise RuleBroken(told, number=waiting[number].number or "—")
    return [waiting[int(number)] for number in drawn_up]


def _moved_on(suggestion_id: int) -> RuleBroken:
    one = db.session.get(Suggestion, suggestion_id)
    told = N_("%(number)s has moved on since this was drawn up: it stands at “%(where)s”.")
    where = NAMES[one.stage] if one is not None else NAMES[Stage.DRAFT]
    return RuleBroken(told, number=(one.number if one is not None else None) or "—", where=Named(where))


def _told_hand_over(thing_id: int, facts: Facts, who: Visitor) -> Told:
    meeting = get_meeting(thing_id, _congress_of(who))
    chosen = _still_there(thing_id, facts)
    named = queries.proposals(one.id for one in chosen)
    route = _("Through the hubs, which dispatch onward") if facts["through_hubs"] else _("Straight to the bodies")
    labels = [(_("Meeting"), in_language(meeting)), (_("Document number"), facts["document_number"])]
    rows = [(one.number or "—", one.title, *_in_words(named.get(one.id, ()))) for one in chosen]
    headings = (_("Number"), _("Title"), _("Answering body"), _("Co-handlers"))
    return Told([*labels, (_("Route"), route), (_("Suggestions"), len(rows))], headings, rows)


def _told_return(thing_id: int, facts: Facts, who: Visitor) -> Told:
    asked = queries.get_return(thing_id, who)
    if asked.granted is not None:
        raise RuleBroken(N_("This return was decided already."))
    to = _body(facts["to_id"], who)
    return Told(
        [
            (_("Body"), in_language(asked.assignment.body)),
            (_("Asked on"), asked.asked_on.isoformat()),
            (_("Reason"), asked.reason),
            (_("Proposed body"), in_language(asked.proposed_body) if asked.proposed_body else None),
            (_("Decision"), _("Grant: it goes to another body") if facts["granted"] else _("Refuse: it stays")),
            (_("It goes to"), in_language(to) if to else None),
            (_("Reason of the decision"), facts["note"]),
        ]
    )


def _told_objection(thing_id: int, facts: Facts, who: Visitor) -> Told:
    row, to = going_round.get_objection(thing_id, who), _body(facts["to_id"], who)
    return Told(
        [
            (_("Body"), in_language(row.body)),
            (_("Reason"), row.reason),
            (_("Proposed body"), in_language(row.wished_body) if row.wished_body else None),
            (_("Decision"), _("Name another body") if to else _("Keep the body")),
            (_("It goes to"), in_language(to) if to else None),
            (_("Reason of the decision"), facts["note"]),
        ]
    )


def _in_words(named: Sequence[Proposal]) -> tuple[str, str]:
    answering = "、".join(in_language(one.body) for one in named if one.part is not Part.CO)
    return answering, "、".join(in_language(one.body) for one in named if one.part is Part.CO)


def _body(body_id: int | None, who: Visitor) -> Body | None:
    """The body that was named, or who does its work since it was drawn up."""
    return present_body(get_body(body_id, _congress_of(who))) if body_id else None


def _congress_of(who: Visitor) -> int:
    return int(who.congress_id or 0)


register(
    HAND_OVER,
    Kind(N_("Hand-over"), hand_over, _told_hand_over, lambda number: url_for("dispatch.hand_over", meeting_id=number)),
)
register(
    RETURN,
    Kind(
        N_("Decision on a return"),
        decide_return,
        _told_return,
        lambda number: url_for("dispatch.decide_return", return_id=number),
    ),
)
register(
    OBJECTION,
    Kind(
        N_("Objection before the meeting"),
        settle_objection,
        _told_objection,
        lambda number: url_for("dispatch.settle_objection", circulated_id=number),
    ),
)
