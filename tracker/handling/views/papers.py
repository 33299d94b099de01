"""The record of a contact and the reply, printed where one sees them: by number, or with the body's mailed link."""

from __future__ import annotations

from typing import Any

from flask import url_for

from tracker.dispatch import papers as hand_over
from tracker.errors import NotFound
from tracker.handling import decisions, papers, queries
from tracker.handling.addresses import address, reply_address
from tracker.handling.models import Contact, Reply
from tracker.handling.views import pages
from tracker.handling.views.acting import BOTH
from tracker.paper.printing import Order, answer
from tracker.people.visitors import link_token, visitor
from tracker.roles import BODY, OFFICE, Role
from tracker.structure.queries import the_congress
from tracker.web.gate import allow, by_link


@pages.route("/assignments/<int:assignment_id>/notice", methods=BOTH)
@pages.route("/links/<token>/notice", methods=BOTH)
@by_link
@allow(*BODY, Role.HUB, *OFFICE)
def notice(assignment_id: int | None = None, **_link: str) -> Any:
    """The hand-over letter about this one assignment."""
    own = queries.get_assignment(visitor().assignment_id or assignment_id, visitor())

    def write() -> Any:
        act = hand_over.act_of(own)
        return hand_over.notices(the_congress(own.congress_id), act, [own])

    order = Order([hand_over.notice_of_one_paper(own)], write, f"交办通知 {own.suggestion.number or own.id}")
    return answer(order, where=address("handling.notice", own))


@pages.route("/assignments/<int:assignment_id>/contact-record", methods=BOTH)
@pages.route("/links/<token>/contact-record", methods=BOTH)
@by_link
@allow(*BODY, Role.HUB, *OFFICE)
def blank_record(assignment_id: int | None = None, **_link: str) -> Any:
    """A record to be filled in by hand, with everything that is known already."""
    own = queries.get_assignment(visitor().assignment_id or assignment_id, visitor())
    order = Order(
        [papers.contact_paper(own)], lambda: [papers.contact_record(own)], f"沟通记录 {own.suggestion.number or own.id}"
    )
    return answer(order, where=address("handling.blank_record", own))


@pages.route("/assignments/<int:assignment_id>/contacts/<int:contact_id>/record", methods=BOTH)
@pages.route("/links/<token>/contacts/<int:contact_id>/record", methods=BOTH)
@by_link
@allow(*BODY, Role.HUB, *OFFICE)
def filled_record(contact_id: int, assignment_id: int | None = None, **_link: str) -> Any:
    """The record of a contact that is noted, to be signed."""
    own = queries.get_assignment(visitor().assignment_id or assignment_id, visitor())
    noted: Contact | None = next((one for one in queries.contacts_of([own.id]) if one.id == contact_id), None)
    if noted is None:
        raise NotFound
    order = Order(
        [papers.contact_paper(own, noted)],
        lambda: [papers.contact_record(own, noted)],
        f"沟通记录 {own.suggestion.number or own.id}",
    )
    return answer(order, where=address("handling.filled_record", own, contact_id=contact_id))


@pages.route("/extensions/<int:extension_id>/letter", methods=BOTH)
@pages.route("/links/<token>/extensions/<int:extension_id>/letter", methods=BOTH)
@by_link
@allow(*BODY, Role.HUB, *OFFICE)
def extension_letter(extension_id: int, **_link: str) -> Any:
    """What was decided of more time, as a letter to the body."""
    asked = decisions.get_decided(extension_id, visitor())
    order = Order(
        [papers.extension_paper(asked)],
        lambda: [papers.extension_letter(asked, the_congress(asked.assignment.congress_id))],
        f"延期复函 {asked.assignment.suggestion.number or asked.id}",
    )
    token = link_token()
    if token is None:
        return answer(order, where=url_for("handling.extension_letter", extension_id=extension_id))
    return answer(order, where=url_for("handling.extension_letter", token=token, extension_id=extension_id))


@pages.route("/replies/<int:reply_id>/letter", methods=BOTH)
@pages.route("/links/<token>/letter", methods=BOTH)
@by_link
@allow(*BODY, Role.HUB, *OFFICE)
def letter(reply_id: int | None = None, **_link: str) -> Any:
    """The reply as an official letter: the body prints its draft to be signed and stamped, the office what came."""
    found = _reply(reply_id)
    own = found.assignment
    order = Order(
        [papers.reply_paper(found, own)],
        lambda: [papers.reply_letter(found, own, the_congress(own.congress_id))],
        f"答复函 {own.suggestion.number or own.id}",
    )
    return answer(order, where=reply_address("handling.letter", found.id))


def _reply(reply_id: int | None) -> Reply:
    asking = visitor()
    if link_token() is None:
        return queries.get_reply(reply_id or 0, asking)
    found = queries.find_reply(queries.get_assignment(asking.assignment_id, asking).id)
    if found is None:
        raise NotFound
    return found
