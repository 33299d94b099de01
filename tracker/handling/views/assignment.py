"""The body's one page: what it must do, by when and why, who else is involved, and where it stands."""

from __future__ import annotations

from flask import render_template

from tracker import clock
from tracker.handling import queries
from tracker.handling.joint import together
from tracker.handling.names import MANNERS, PARTS
from tracker.handling.page import beside, clocks_of, law_title, may_do, return_words, waited_for
from tracker.handling.rules import SEND_BACK_REASONS
from tracker.handling.views import pages
from tracker.people.visitors import visitor
from tracker.roles import BODY, OFFICE, Role
from tracker.suggestion.journey import NAMES
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
        contacts=queries.contacts_of([found.id]),
        opinions=queries.opinions_of(found.suggestion_id),
        extensions=queries.extensions_of([found.id]),
        together=together(found),
        reply=reply if reply and (acts or reply.submitted_on) else None,
        shows_phone=queries.needs_the_deputy(found, asking),
        part_names=PARTS,
        manner_names=MANNERS,
        standing_names=NAMES,
        reason_names=SEND_BACK_REASONS,
    )
