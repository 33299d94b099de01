"""The body's one page: what it must do, by when and why, who else is involved, and where it stands."""

from __future__ import annotations

from typing import Any

from flask import current_app, render_template
from markupsafe import Markup

from tracker import clock
from tracker.dispatch.clocks import law_of
from tracker.dispatch.models import Assignment
from tracker.handling import along, queries
from tracker.handling.joint import together
from tracker.handling.names import MANNERS, PARTS
from tracker.handling.page import beside, clocks_of, law_title, may_do, receipt_words, return_words, waited_for
from tracker.handling.records import records_of
from tracker.handling.rules import SEND_BACK_REASONS
from tracker.handling.views import pages
from tracker.people.visitors import visitor
from tracker.roles import BODY, OFFICE, Role
from tracker.suggestion.ball import Held
from tracker.suggestion.journey import NAMES
from tracker.suggestion.queries import history
from tracker.suggestion.turns import READERS, turns
from tracker.web.gate import allow, by_link


@pages.get("/assignments/<int:assignment_id>")
@pages.get("/links/<token>")
@by_link
@allow(*BODY, Role.HUB, *OFFICE)
def assignment(assignment_id: int | None = None, **_link: str) -> str:
    """Looking changes nothing: whoever opens the link has not signed for anything."""
    asking = visitor()
    found = queries.get_assignment(asking.assignment_id or assignment_id, asking)
    acts = queries.may_act_for(found, asking)
    others = queries.others(found)
    reply = queries.find_reply(found.id)
    contacts = queries.contacts_of([found.id])
    return render_template(
        "handling/assignment.html",
        assignment=found,
        suggestion=found.suggestion,
        acts=acts,
        may=may_do(found, clock.today()) if acts else frozenset(),
        clocks=clocks_of(found, clock.today()),
        law=law_title(found),
        return_words=return_words(found),
        others=beside(found, others, clock.today()),
        waited_for=waited_for(found, others, clock.today()),
        told=along.contacts_told(found, contacts, reply),
        signed=records_of([one.id for one in contacts]),
        when_names=along.WHENS,
        progress=along.progress_of([found.id]),
        away=along.away(found.body_id, clock.today()),
        receipt_words=receipt_words(found),
        panels=_beside(found, asking),
        lies_with_leader=reply is not None and any(one.waits for one in reply.approvals),
        opinions=queries.opinions_of(found.suggestion_id),
        extensions=queries.extensions_of([found.id]),
        together=together(found),
        reply=reply if reply and (acts or reply.submitted_on) else None,
        held=_held(found, others, asking),
        shows_phone=queries.needs_the_deputy(found, asking),
        part_names=PARTS,
        manner_names=MANNERS,
        standing_names=NAMES,
        reason_names=SEND_BACK_REASONS,
    )


def _beside(found: Assignment, asking: Any) -> list[Markup]:
    """What later stages show beside: earlier answers to the same matter, and whatever they offer besides."""
    offers = (offer.beside for offer in current_app.extensions["offers"] if offer.beside is not None)
    shown = (beside(found, asking, clock.today()) for beside in offers)
    return [Markup(render_template(one.template, **one.facts)) for one in shown if one is not None]  # nosec B704


def _held(found: Assignment, others: list[Assignment], asking: Any) -> list[tuple[Held, str]]:
    """Who had it how long, as far as this reader may know."""
    read_by = READERS[law_of(found).rules.precheck]
    return turns(history(found.suggestion, asking), [found, *others], asking.role, clock.today(), read_by=read_by)
