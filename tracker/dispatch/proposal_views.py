"""What goes round to a body before the hand-over meeting: it agrees, or says whose it is instead."""

from __future__ import annotations

from typing import Any

from flask import flash, render_template, url_for
from flask_babel import gettext as _

from tracker import clock
from tracker.dispatch import actions, going_round, queries
from tracker.dispatch.desk import PART_NAMES
from tracker.dispatch.meeting_forms import AgreementForm, ObjectionForm
from tracker.dispatch.models import Circulated
from tracker.dispatch.views import pages
from tracker.errors import N_, NotFound, RuleBroken
from tracker.people.links import frame
from tracker.people.models import Purpose
from tracker.people.visitors import link_token, visitor
from tracker.roles import BODY, Role
from tracker.structure.queries import body_choices, get_body
from tracker.web import once
from tracker.web.forms import obeys
from tracker.web.gate import allow, by_link

__all__ = ["pages"]
BOTH = ["GET", "POST"]


def asking() -> Any:
    """Whoever is asked: a body's own people, or the holder of a link mailed for this very round.

    :raises NotFound: the link is for something else.
    """
    who = visitor()
    if link_token() is not None and who.purpose is not Purpose.CIRCULATION:
        raise NotFound
    return who


def address(endpoint: str, **values: Any) -> str:
    """Whoever came by a mailed link stays inside it."""
    token = link_token()
    return url_for(endpoint, token=token, **values) if token is not None else url_for(endpoint, **values)


@pages.route("/proposals", methods=BOTH)
@pages.route("/links/<token>/proposals", methods=BOTH)
@by_link
@allow(*BODY, Role.HUB)
def proposals(**_link: str) -> Any:
    """All that is proposed for the body now; what is ticked it agrees to."""
    form = AgreementForm()
    asked = going_round.asked_with_texts(asking())
    form.chosen.choices = [(one.id, one.suggestion.title) for one in asked]
    if form.validate_on_submit() and obeys(form, lambda: _agree(form)):
        form.remember_name()
        flash(_("Noted. Thank you."), "ok")
        return once.done(address("dispatch.proposals"))
    asked = going_round.asked_with_texts(asking())
    if not form.is_submitted():
        form.chosen.data = []
    ids = [one.suggestion_id for one in asked]
    return render_template(
        "dispatch/proposals.html",
        form=form,
        asked=asked,
        named=queries.proposals(ids),
        files=going_round.papers_of(ids),
        today=clock.today(),
        part_names=PART_NAMES,
        address=address,
        **frame(),
    )


def _agree(form: AgreementForm) -> None:
    rows = [one for one in going_round.asked_with_texts(asking()) if one.id in (form.chosen.data or [])]
    if not rows:
        raise RuleBroken(N_("Tick what is yours; to the rest you can object."))
    actions.agree_to_proposals(rows, by=visitor().actor(), on=clock.today())


@pages.route("/proposals/<int:circulated_id>/objection", methods=BOTH)
@pages.route("/links/<token>/proposals/<int:circulated_id>/objection", methods=BOTH)
@by_link
@allow(*BODY, Role.HUB)
def object_to_proposal(circulated_id: int, **_link: str) -> Any:
    form, row = ObjectionForm(), going_round.get_asked(circulated_id, asking())
    others = [choice for choice in body_choices(visitor().congress_id) if choice[0] != row.body_id]
    form.wished_id.choices = [(0, _("choose a body")), *others]
    if form.validate_on_submit() and obeys(form, lambda: _object(circulated_id, form)):
        form.remember_name()
        flash(_("Your objection is noted; you will be told what becomes of it."), "ok")
        return once.done(address("dispatch.proposals"))
    row = going_round.get_asked(circulated_id, asking())
    return render_template("dispatch/objection.html", form=form, row=row, address=address, **frame())


def _object(circulated_id: int, form: ObjectionForm) -> Circulated:
    row = going_round.get_asked(circulated_id, asking())
    if not form.wished_id.data:
        raise RuleBroken(N_("Name the body it goes to."))
    wished = get_body(form.wished_id.data, visitor().congress_id)
    actions.object_to_proposal(row, form.reason.data or "", wished, by=visitor().actor(), on=clock.today())
    return row
