"""The pages of what was promised: the ledger, one promise, and what lacks a day."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, url_for

from tracker.followup.names import FATE_LOOKS, FATES, STATE_LOOKS, STATES
from tracker.handling import links
from tracker.people.visitors import link_token
from tracker.roles import BODY, OFFICE, Role

pages = Blueprint("followup", __name__)
links.keep_inside(pages)
READERS = (*OFFICE, Role.HUB, *BODY, Role.COMMITTEE, Role.LEADER, Role.DEPUTY, Role.AUDITOR)
WORDS = {"fate_names": FATES, "fate_looks": FATE_LOOKS, "state_names": STATES, "state_looks": STATE_LOOKS}


def promise_address(endpoint: str, promise_id: int, **values: Any) -> str:
    """The address of a page about a promise, inside the mailed link it was opened with."""
    token = link_token()
    if token is not None:
        return url_for(endpoint, promise_id=promise_id, token=token, **values)
    return url_for(endpoint, promise_id=promise_id, **values)


@pages.context_processor
def _addresses() -> dict[str, Any]:
    return {"promise_address": promise_address}


from tracker.followup.views import ledger, promise  # noqa: E402

__all__ = ["READERS", "WORDS", "ledger", "pages", "promise", "promise_address"]
