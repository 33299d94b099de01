"""Delivering a reply and sending it back, which a clerk may draw up for signature."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from tracker.actor import Actor
from tracker.errors import N_, NotFound, RuleBroken
from tracker.handling import actions, decisions, queries
from tracker.handling.agreement import digest_of
from tracker.handling.models import Reply, Way
from tracker.handling.names import WAYS
from tracker.handling.rules import SEND_BACK_REASONS
from tracker.signing.kinds import Facts, Kind, Told, register
from tracker.stage import Visitor
from tracker.web.filters import in_language

DELIVER, SEND_BACK = "deliver", "send_back"


def facts_of_delivery(reply: Reply, way: Way) -> dict[str, Any]:
    """What is drawn up: the way, and the text that was read; whoever signs releases this text and no other."""
    return {"way": str(way), "read": digest_of(reply)}


def facts_of_sending_back(reply: Reply, reasons: list[str], note: str) -> dict[str, Any]:
    return {"reasons": reasons, "note": note, "read": digest_of(reply)}


def deliver(thing_id: int, facts: Facts, who: Visitor, *, by: Actor, on: date) -> None:
    """:raises RuleBroken: the reply was written anew since, or its signed original is not here."""
    found = _as_read(thing_id, facts, who)
    actions.deliver(found, found.assignment, by=by, on=on, way=Way(facts["way"]))


def send_back(thing_id: int, facts: Facts, who: Visitor, *, by: Actor, on: date) -> None:
    """:raises RuleBroken: the reply was written anew since, or no reason is named."""
    found = _as_read(thing_id, facts, who)
    actions.send_back(found, found.assignment, facts["reasons"], facts["note"], by=by, on=on)


def to_decide(reply_id: int, who: Visitor) -> Reply:
    """:raises NotFound: it does not wait to be read, or not by this visitor."""
    found = queries.get_reply(reply_id, who)
    if not decisions.may_read_first(found, who):
        raise NotFound
    return found


def _as_read(reply_id: int, facts: Facts, who: Visitor) -> Reply:
    found = to_decide(reply_id, who)
    if facts["read"] != digest_of(found):
        raise RuleBroken(N_("The reply was written anew since this was drawn up."))
    return found


def _told_delivery(thing_id: int, facts: Facts, who: Visitor) -> Told:
    found = _as_read(thing_id, facts, who)
    return Told([*_about(found), (_("How it reaches the deputies"), _(WAYS[Way(facts["way"])]))])


def _told_sending_back(thing_id: int, facts: Facts, who: Visitor) -> Told:
    found = _as_read(thing_id, facts, who)
    reasons = "、".join(_(SEND_BACK_REASONS[one]) for one in facts["reasons"])
    return Told([*_about(found), (_("Why it goes back"), reasons), (_("What is to be done"), facts["note"])])


def _about(found: Reply) -> list[tuple[str, Any]]:
    return [(_("Body"), in_language(found.assignment.body)), (_("Class"), found.class_label), (_("Text"), found.text)]


def _page(number: int) -> str:
    return url_for("handling.read", reply_id=number)


register(DELIVER, Kind(N_("Delivery of a reply"), deliver, _told_delivery, _page, instead_of=(SEND_BACK,)))
register(SEND_BACK, Kind(N_("Sending a reply back"), send_back, _told_sending_back, _page, instead_of=(DELIVER,)))
