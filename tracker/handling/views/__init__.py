"""Pages of the handling: one module per thing the office names."""

from flask import Blueprint

from tracker.handling import links

pages = Blueprint("handling", __name__)
links.keep_inside(pages)

from tracker.handling.views import (  # noqa: E402
    acting,
    assignment,
    delivering,
    extensions,
    inbox,
    last_day,
    reading,
    reply,
)

__all__ = ["acting", "assignment", "delivering", "extensions", "inbox", "last_day", "pages", "reading", "reply"]
