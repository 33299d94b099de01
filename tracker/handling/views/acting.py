"""The body acts: signs for it, notes a contact, returns it, asks for time, gives its opinion."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import flash, render_template, request
from flask_babel import gettext as _

from tracker import clock
from tracker.actor import Actor
from tracker.database import db
from tracker.deadlines import queries as deadlines
from tracker.dispatch import actions as dispatch
from tracker.dispatch.models import ANSWERING, Assignment
from tracker.errors import NotFound
from tracker.files.store import keep
from tracker.handling import actions, queries, to_act
from tracker.handling.addresses import address
from tracker.handling.forms import (
    ActingForm,
    ContactForm,
    ExtensionForm,
    OpinionAgainForm,
    OpinionForm,
    ReceiptForm,
    ReturnForm,
)
from tracker.handling.page import extension_words, receipt_words, return_words
from tracker.handling.views import pages
from tracker.people.visitors import visitor
from tracker.roles import BODY, Role
from tracker.structure.queries import body_choices, get_body
from tracker.web import once
from tracker.web.forms import obeys
from tracker.web.gate import allow, by_link

BOTH = ["GET", "POST"]


def get_own(assignment_id: int | None) -> Assignment:
    """The assignment the visitor acts for, whether he came by its number or by a link.

    :raises NotFound: it is not his own body's.
    """
    asking = visitor()
    return _acting(queries.get_assignment(asking.assignment_id or assignment_id, asking))


def get_own_to_act(assignment_id: int | None, *, alone: bool = False) -> Assignment:
    """The same with what an act needs of it, where a form was sent; a page that is only looked at shows all of it.

    `alone`: nobody else acts on it meanwhile.

    :raises NotFound: it is not his own body's.
    """
    if request.method != "POST":
        return get_own(assignment_id)
    asking = visitor()
    return _acting(to_act.get_to_act(asking.assignment_id or assignment_id, asking, alone=alone))


def _acting(found: Assignment) -> Assignment:
    if not queries.may_act_for(found, visitor()):
        raise NotFound
    return found


@pages.route("/assignments/<int:assignment_id>/receipt", methods=BOTH)
@pages.route("/links/<token>/receipt", methods=BOTH)
@by_link
@allow(*BODY, Role.HUB)
def receipt(assignment_id: int | None = None, **_link: str) -> Any:
    return show_form(
        "handling/receipt.html",
        ReceiptForm(),
        assignment_id,
        lambda own, by: dispatch.sign_for(own, by=by, on=clock.today()),
        _("Signed for. Thank you."),
    )


@pages.route("/assignments/<int:assignment_id>/contact", methods=BOTH)
@pages.route("/links/<token>/contact", methods=BOTH)
@by_link
@allow(*BODY, Role.HUB)
def contact(assignment_id: int | None = None, **_link: str) -> Any:
    form = ContactForm(on=clock.today())

    def note(own: Assignment, by: Actor) -> None:
        facts = {"place": form.place.data or "", "note": form.note.data or ""}
        made = actions.note_contact(own, form.manner_chosen(), form.person.data, by=by, on=form.on.data, **facts)
        if form.record.data:
            actions.attach_record(made, keep(form.record.data, by=by, at=clock.now()))

    return show_form("handling/contact.html", form, assignment_id, note, _("The contact is noted."), _name_the_deputy)


@pages.route("/assignments/<int:assignment_id>/return", methods=BOTH)
@pages.route("/links/<token>/return", methods=BOTH)
@by_link
@allow(*BODY, Role.HUB)
def ask_return(assignment_id: int | None = None, **_link: str) -> Any:
    form, congress_id = ReturnForm(), visitor().congress_id
    others = [choice for choice in body_choices(congress_id) if choice[0] != visitor().body_id]
    form.proposed_id.choices = [(0, _("choose a body")), *others]

    def ask(own: Assignment, by: Actor) -> None:
        proposed = get_body(form.proposed_id.data, congress_id)
        dispatch.ask_return(own, form.reason.data, proposed, by=by, on=clock.today())

    done = _("The return is asked. You will be told what was decided; until then your time runs on.")
    answer = show_form("handling/ask_return.html", form, assignment_id, ask, done)
    if form.form_errors and dispatch.note_late_return(
        get_own(assignment_id), by=visitor().actor(), on=clock.today()
    ):  # a rule said no, and what was typed was taken back with it
        db.session.commit()
    return answer


@pages.route("/assignments/<int:assignment_id>/extension", methods=BOTH)
@pages.route("/links/<token>/extension", methods=BOTH)
@by_link
@allow(*BODY, Role.HUB)
def extension(assignment_id: int | None = None, **_link: str) -> Any:
    form = ExtensionForm()

    def ask(own: Assignment, by: Actor) -> None:
        actions.ask_extension(own, form.reason.data, form.proposed_on.data, by=by, on=clock.today())

    done = _("More time is asked for. Until it is decided the present day holds.")
    return show_form("handling/extension.html", form, assignment_id, ask, done)


@pages.route("/assignments/<int:assignment_id>/opinion", methods=BOTH)
@pages.route("/links/<token>/opinion", methods=BOTH)
@by_link
@allow(*BODY, Role.HUB)
def opinion(assignment_id: int | None = None, **_link: str) -> Any:
    form = OpinionForm()

    def give(own: Assignment, by: Actor) -> None:
        actions.give_opinion(own, form.text.data, by=by, on=clock.today())

    return show_form("handling/opinion.html", form, assignment_id, give, _("Your opinion is with the lead now."))


@pages.route("/assignments/<int:assignment_id>/opinions/<int:opinion_id>", methods=BOTH)
@pages.route("/links/<token>/opinions/<int:opinion_id>", methods=BOTH)
@by_link
@allow(*BODY, Role.HUB)
def ask_opinion_again(opinion_id: int, assignment_id: int | None = None, **_link: str) -> Any:
    """The lead asks a co-handler for more than it gave."""
    form = OpinionAgainForm()

    def look(own: Assignment) -> dict[str, Any]:
        opinion, whose = queries.get_opinion(opinion_id, own.suggestion_id)
        return {"opinion": opinion, "whose": whose}

    def ask(own: Assignment, by: Actor) -> None:
        opinion, whose = queries.get_opinion(opinion_id, own.suggestion_id)
        actions.ask_opinion_again(opinion, whose, own, form.reason.data, by=by, on=clock.today())

    done = _("The co-handler is asked again and told why.")
    return show_form("handling/opinion_again.html", form, assignment_id, ask, done, look=look)


def show_form(
    template: str,
    form: ActingForm,
    assignment_id: int | None,
    act: Callable[[Assignment, Actor], Any],
    done: str,
    fill: Callable[[Any, Assignment], None] | None = None,
    look: Callable[[Assignment], dict[str, Any]] | None = None,
) -> Any:
    """One form about one's own assignment: shown, sent, and back to the assignment's page."""
    own = get_own_to_act(assignment_id)
    if form.validate_on_submit() and obeys(form, lambda: act(own, visitor().actor())):
        form.remember_name()
        flash(done, "ok")
        return once.done(address("handling.assignment", own))
    own = get_own(assignment_id)
    if fill is not None and not form.is_submitted():
        fill(form, own)
    return render_template(
        template,
        form=form,
        assignment=own,
        suggestion=own.suggestion,
        running=_answer_clock(own),
        receipt_words=receipt_words(own),
        return_words=return_words(own),
        extension_words=extension_words(own),
        **(look(own) if look else {}),
    )


def _name_the_deputy(form: ContactForm, own: Assignment) -> None:
    deputy = own.suggestion.lead_deputy
    form.person.data = deputy.name if deputy else ""


def _answer_clock(own: Assignment) -> Any:
    return deadlines.latest_reply_deadline(own.id) if own.part in ANSWERING else None
