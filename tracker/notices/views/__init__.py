"""The pages of notices: the list, drafting, one notice, its paper, and what is listed for the meeting."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, url_for

from tracker.deadlines.names import kind_name
from tracker.handling import links
from tracker.notices.names import ENDED, FINDINGS, KINDS, LOOKS, MEASURES, STATES
from tracker.notices.queries import live_items, number_of
from tracker.people.visitors import link_token
from tracker.roles import BODY, OFFICE, Role

pages = Blueprint("notices", __name__)
links.keep_inside(pages)
READERS = (*OFFICE, Role.HUB, *BODY, Role.COMMITTEE, Role.LEADER, Role.AUDITOR)
WORDS: dict[str, Any] = {
    "kinds": KINDS,
    "states": STATES,
    "looks": LOOKS,
    "findings": FINDINGS,
    "ended": ENDED,
    "measures": MEASURES,
    "number_of": number_of,
    "live_items": live_items,
    "clock_name": kind_name,
}


def notice_address(endpoint: str, notice_id: int, **values: Any) -> str:
    """The address of a page about a notice, inside the mailed link it was opened with."""
    token = link_token()
    if token is not None:
        return url_for(endpoint, token=token, **values)
    return url_for(endpoint, notice_id=notice_id, **values)


@pages.context_processor
def _addresses() -> dict[str, Any]:
    return {"notice_address": notice_address}


from tracker.notices.views import ledger, meeting, notice, on_paper  # noqa: E402

__all__ = ["READERS", "WORDS", "ledger", "meeting", "notice", "notice_address", "on_paper", "pages"]
