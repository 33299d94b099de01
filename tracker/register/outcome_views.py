"""What became of a suggestion, at a glance: for the deputy whose it is, by account or by his mailed link."""

from __future__ import annotations

from flask import render_template, url_for

from tracker import clock
from tracker.database import db
from tracker.deadlines.lamps import lamps
from tracker.deadlines.names import ASPECTS
from tracker.dispatch import queries as dispatch
from tracker.dispatch.models import Assignment
from tracker.errors import NotFound
from tracker.feedback import queries as feedback
from tracker.feedback.names import CHANNELS, FINDINGS, VERDICT_LOOKS, VERDICTS
from tracker.feedback.versions import Said, versions_of
from tracker.followup.names import STATE_LOOKS, STATES
from tracker.followup.queries import promises_of
from tracker.handling.names import OUTCOMES, PARTS
from tracker.handling.queries import replies_of
from tracker.people.links import frame, tell_if_ended
from tracker.people.visitors import link_token, visitor
from tracker.register.clocks import clocks_of
from tracker.register.deputy_views import pages
from tracker.register.names import STAGE_LOOKS
from tracker.register.words import NO_LONGER
from tracker.roles import Role
from tracker.structure.succession import cards_of
from tracker.suggestion.journey import NAMES
from tracker.suggestion.mergers import answered_in
from tracker.suggestion.queries import get_suggestion
from tracker.web.gate import allow, by_link

__all__ = ["pages"]
pages.after_request(tell_if_ended)


@pages.get("/suggestions/<int:suggestion_id>/outcome")
@pages.get("/links/<token>/outcome")
@by_link
@allow(Role.DEPUTY)
def outcome(suggestion_id: int | None = None, **_link: str) -> str:
    """Where it stands, who has it until when, what was answered and promised, and what he said of it."""
    asking, today = visitor(), clock.today()
    suggestion = get_suggestion(_asked_id(suggestion_id), asking)
    answered_id = answered_in(suggestion)
    assignments = dispatch.assignments_of(answered_id)
    ratings = _own(answered_id)
    return render_template(
        "register/outcome.html",
        suggestion=suggestion,
        held=[one for one in assignments if one.standing not in NO_LONGER],
        clocks=[
            one for one in clocks_of(suggestion, assignments, asking, lamps(asking.congress_id, today)) if one.lamp
        ],
        replies=[(one, _rating_url(one.id)) for one in replies_of(answered_id, asking)],
        promises=promises_of(answered_id),
        ratings=ratings,
        stage_name=NAMES[suggestion.stage],
        stage_look=STAGE_LOOKS[suggestion.stage],
        standing_names=NAMES,
        part_names=PARTS,
        outcome_names=OUTCOMES,
        state_names=STATES,
        state_looks=STATE_LOOKS,
        verdict_names=VERDICTS,
        verdict_looks=VERDICT_LOOKS,
        channel_names=CHANNELS,
        aspect_names=ASPECTS,
        finding_names=FINDINGS,
        **frame(),
    )


def _asked_id(suggestion_id: int | None) -> int:
    """The suggestion in the address; a link opens its own and no other.

    :raises NotFound: the link is about none.
    """
    asking = visitor()
    if link_token() is None:
        return suggestion_id or 0
    if asking.assignment_id is not None:
        found = db.session.get(Assignment, asking.assignment_id)
        return found.suggestion_id if found else 0
    if asking.suggestion_id is None:
        raise NotFound
    return int(asking.suggestion_id)


def _rating_url(reply_id: int) -> str:
    """Where the reply is read and rated; a link opens its own and no other."""
    token = link_token()
    if token is None:
        return url_for("feedback.rating", reply_id=reply_id)
    return url_for("feedback.rating", token=token) if visitor().reply_id == reply_id else ""


def _own(suggestion_id: int) -> list[Said]:
    """What this deputy said of the replies, under whatever card he held; each with its earlier versions."""
    cards = set(db.session.scalars(cards_of(visitor().deputy_id or 0)))
    return [one for one in versions_of(feedback.ratings_of(suggestion_id)) if one.now.deputy_id in cards]
