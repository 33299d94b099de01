"""The words of documents as readers see them."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from tracker.documents.models import State

STATES: dict[State, Any] = {
    State.WAITING: _l("Still to be gone through"),
    State.LATER: _l("Put off"),
    State.SAVED: _l("Became a suggestion"),
    State.THROWN_AWAY: _l("Thrown away"),
}
STATE_KINDS: dict[State, str] = {
    State.WAITING: "info",
    State.LATER: "warn",
    State.SAVED: "ok",
    State.THROWN_AWAY: "muted",
}
# What a marked piece of the document was taken for.
FIELDS: dict[str, Any] = {
    "title": _l("Title"),
    "text": _l("Text"),
    "reasons": _l("Text"),
    "proposals": _l("Text"),
    "number": _l("Number"),
    "lead": _l("Lead deputy"),
    "name": _l("Lead deputy"),
    "co_signers": _l("Co-signers"),
    "delegation": _l("Delegation"),
    "card_number": _l("Card number"),
    "phone": _l("Phone"),
    "address": _l("Address"),
    "postcode": _l("Postcode"),
    "email": _l("E-mail"),
    "employer": _l("Employer"),
    "contact_person": _l("Contact person"),
    "wished_body": _l("Body the deputy wishes to answer"),
    "date": _l("Handed in on"),
    "category": _l("Category"),
    "publicity": _l("May it be published?"),
    "survey_method": _l("How it was worked out"),
    "long_unsolved": _l("Made for years and still not solved"),
    "contact_wanted": _l("The deputy wants to be contacted while it is handled"),
    "reference_only": _l("For reference only, no written reply wanted"),
}
ENCLOSED: dict[str, Any] = {"picture": _l("Picture"), "embedded": _l("Embedded file")}
CONTACT = ("card_number", "phone", "address", "postcode", "email", "employer")
