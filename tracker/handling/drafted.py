"""The decision on an extension, which a clerk may draw up for signature."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from tracker.actor import Actor
from tracker.errors import N_
from tracker.handling import actions, decisions
from tracker.signing.kinds import Facts, Kind, Told, register
from tracker.stage import Visitor
from tracker.web.filters import in_language

EXTENSION = "extension"


def decide_extension(thing_id: int, facts: Facts, who: Visitor, *, by: Actor, on: date) -> None:
    """As it was decided on the page; `to` is empty where no day was typed."""
    asked = decisions.get_extension(thing_id, who)
    to = date.fromisoformat(facts["to"]) if facts["to"] else None
    actions.decide_extension(asked, facts["granted"], by=by, on=on, to=to, note=facts["note"])


def fill(form: Any, facts: Facts) -> None:
    """What the clerk typed before it came back."""
    form.decision.data = "grant" if facts["granted"] else "refuse"
    form.to.data = date.fromisoformat(facts["to"]) if facts["to"] else None
    form.note.data = facts["note"]


def _told(thing_id: int, facts: Facts, who: Visitor) -> Told:
    asked = decisions.get_extension(thing_id, who)
    return Told(
        [
            (_("Body"), in_language(asked.assignment.body)),
            (_("Asked on"), asked.asked_on.isoformat()),
            (_("Asked until"), asked.proposed_on.isoformat()),
            (_("Reason"), asked.reason),
            (_("Decision"), _("Granted until %(day)s", day=facts["to"]) if facts["granted"] else _("Refused")),
            (_("Reason of the decision"), facts["note"]),
        ]
    )


register(
    EXTENSION,
    Kind(
        N_("Decision on an extension"),
        decide_extension,
        _told,
        lambda number: url_for("handling.decide_extension", extension_id=number),
    ),
)
