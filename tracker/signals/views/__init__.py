"""The pages of signals: the list, one signal with what is said to it, and what is looked for."""

from __future__ import annotations

from flask import Blueprint

from tracker.handling.links import keep_inside

pages = Blueprint("signals", __name__)
keep_inside(pages)


from tracker.signals.views import kinds, listing, signal  # noqa: E402

__all__ = ["kinds", "listing", "pages", "signal"]
