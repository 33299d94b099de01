"""Pages of the handling: one module per thing the office names."""

from flask import Blueprint

from tracker.handling import links

pages = Blueprint("handling", __name__)
links.keep_inside(pages)

from tracker.handling.views import (  # noqa: E402
    acting,
    approving,
    assignment,
    correcting,
    deciding,
    delivering,
    extensions,
    inbox,
    joint,
    last_day,
    noting,
    papers,
    reading,
    reply,
    taking,
)

__all__ = [
    "acting",
    "approving",
    "assignment",
    "correcting",
    "deciding",
    "delivering",
    "extensions",
    "inbox",
    "joint",
    "last_day",
    "noting",
    "pages",
    "papers",
    "reading",
    "reply",
    "taking",
]
