"""The lists people read: each can be downloaded where it is seen, and kept as a view under a name."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, urlencode

from flask import request, url_for
from flask_babel import lazy_gettext as _l

# Endpoint of the list, and what it is called.
LISTS: dict[str, Any] = {
    "register.index": _l("Register"),
    "intake.drafts_index": _l("Drafts"),
    "documents.index": _l("Word files"),
    "dispatch.index": _l("Hand over"),
    "dispatch.hub": _l("Dispatch to bodies"),
    "handling.inbox": _l("Our inbox"),
    "handling.reading": _l("Replies to read"),
    "paper.index": _l("Papers"),
    "handling.undelivered": _l("Deliveries"),
    "handling.extensions": _l("Extensions to decide"),
    "feedback.index": _l("Ratings"),
    "followup.index": _l("Promises"),
    "followup.undated_index": _l("Replies without a dated promise"),
    "supervision.instructions": _l("Instructions"),
    "escalation.index": _l("Ladder"),
    "notices.index": _l("Notices"),
    "signals.index": _l("Signs of weak handling"),
    "figures.index": _l("Figures"),
    "figures.unseen": _l("What we cannot see"),
    "held.index": _l("Where time goes"),
    "held.bodies": _l("Time held, body by body"),
    "held.between": _l("From body to body"),
    "bulletin.index": _l("Weekly bulletin"),
    "pictures.open_replies": _l("Owing a reply"),
    "ledgers.index": _l("Ledgers read in"),
    "mail.outbox": _l("Outbox"),
    "structure.index": _l("Structure"),
    "structure.bodies": _l("Bodies"),
    "structure.officers": _l("Officers"),
    "structure.delegations": _l("Delegations"),
    "structure.deputies": _l("Deputies"),
    "people.users": _l("People"),
    "deadlines.rules": _l("Rules and calendar"),
    "schedule.index": _l("Timetable"),
    "audit.trail": _l("Trail"),
}
PASSING = ("page", "format", "layout", "press")
LONGEST_QUERY = 1000


def query_of(address_query: str) -> str:
    """What makes a list this list: its filters and order, in one spelling; never the page of it one has open."""
    asked = parse_qsl(address_query, max_num_fields=100)
    kept = sorted((name, value) for name, value in asked if name not in PASSING and value.strip())
    return urlencode(kept)


def query_here() -> str:
    """The filters and the order of the list that is open."""
    return query_of(request.query_string.decode("utf-8", "ignore"))


def list_url(page: str, query: str) -> str:
    """The address of a list with these filters."""
    return url_for(page) + (f"?{query}" if query else "")
