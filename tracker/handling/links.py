"""Pages opened with a mailed link stay inside it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint

from tracker.handling.addresses import address, reply_address
from tracker.people.links import frame, tell_if_ended


def keep_inside(pages: Blueprint) -> None:
    """Pages of this stage may be opened with a mailed link."""
    pages.after_request(tell_if_ended)
    pages.context_processor(_frame)


def _frame() -> dict[str, Any]:
    """Every address leads back through the link."""
    return {**frame(), "address": address, "reply_address": reply_address}
