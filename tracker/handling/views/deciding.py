"""The office or hub decides on replies: one by one, or several delivered at once."""

from __future__ import annotations

from typing import Any

from flask import flash, request, url_for
from flask_babel import gettext as _

from tracker.database import db
from tracker.errors import RuleBroken
from tracker.handling import actions, drafted_reading
from tracker.handling.forms import DeliveryForm, SendingBackForm
from tracker.handling.models import Reply, Way
from tracker.handling.views import pages
from tracker.handling.views.reading import page_of_reply
from tracker.people.visitors import visitor
from tracker.roles import OFFICE, Role
from tracker.signing import acting
from tracker.web import once
from tracker.web.forms import obeys
from tracker.web.gate import allow
from tracker.web.numbers import row_number
from tracker.web.sentences import sentence

MOST_TOLD = 5


@pages.post("/replies/deliveries")
@allow(*OFFICE, Role.HUB)
def deliver_chosen() -> Any:
    """Those chosen on the list, each for itself: what cannot be delivered stays there and says why."""
    form, chosen = DeliveryForm(), request.form.getlist("chosen", type=row_number)
    way = Way(form.way.data) if form.validate_on_submit() else None
    told = [_one(reply_id, way) for reply_id in chosen] if way else []
    done, laid = told.count(DONE), told.count(LAID)
    if done:
        flash(_("Delivered: %(count)s. The deputies are being told.", count=done), "ok")
    if laid:
        flash(_("Laid into the folder: %(count)s. Nothing is done until the leader signs.", count=laid), "ok")
    for why in [one for one in told if one not in (DONE, LAID)][:MOST_TOLD]:
        flash(why, "bad")
    if not told:
        flash(_("Nothing was chosen."), "warn")
    return once.done(url_for("handling.reading"))


DONE, LAID = "done", "laid"


def _one(reply_id: int, way: Way) -> str:
    """Deliver one whole or not at all, or lay it into the folder; else the sentence that says why not."""
    found = drafted_reading.to_decide(reply_id, visitor())
    number = found.assignment.suggestion.number or "—"
    try:
        with db.session.begin_nested():
            return DONE if _deliver(found, way) else LAID
    except RuleBroken as broken:
        return _("Not delivered: %(number)s. %(why)s", number=number, why=sentence(broken))


@pages.post("/replies/<int:reply_id>/delivery")
@allow(*OFFICE, Role.HUB)
def deliver(reply_id: int) -> Any:
    form = DeliveryForm()
    done = _("Delivered. The deputies are being told.")
    if form.validate_on_submit() and obeys(form, lambda: acting.say(_deliver_as_typed(reply_id, form), done)):
        return once.done(_after_delivery(reply_id))
    return page_of_reply(reply_id, delivery=form)


@pages.post("/replies/<int:reply_id>/sending-back")
@allow(*OFFICE, Role.HUB)
def send_back(reply_id: int) -> Any:
    form = SendingBackForm()
    done = _("Sent back. The body's time runs again to the same last day.")
    if form.validate_on_submit() and obeys(form, lambda: acting.say(_send_back(reply_id, form), done)):
        return once.done(url_for("handling.reading"))
    return page_of_reply(reply_id, sending_back=form)


def _deliver_as_typed(reply_id: int, form: DeliveryForm) -> bool:
    return _deliver(drafted_reading.to_decide(reply_id, visitor()), Way(form.way.data))


def _deliver(found: Reply, way: Way) -> bool:
    facts = drafted_reading.facts_of_delivery(found, way)
    return acting.decide(drafted_reading.DELIVER, found.id, facts, found.assignment.suggestion_id)


def _after_delivery(reply_id: int) -> str:
    """To the next reply, or to the deputies this one has not reached yet."""
    waiting = [one for one in actions.deliveries_of(reply_id) if one.on is None and one.way is not Way.RELAYED]
    return url_for("handling.deliveries", reply_id=reply_id) if waiting else url_for("handling.reading")


def _send_back(reply_id: int, form: SendingBackForm) -> bool:
    found = drafted_reading.to_decide(reply_id, visitor())
    facts = drafted_reading.facts_of_sending_back(found, form.reasons.data or [], form.note.data or "")
    return acting.decide(drafted_reading.SEND_BACK, reply_id, facts, found.assignment.suggestion_id)
