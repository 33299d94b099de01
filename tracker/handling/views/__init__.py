"""Pages of the handling: one module per thing the office names."""

from flask import Blueprint

from tracker.handling import links

pages = Blueprint("handling", __name__)
links.keep_inside(pages)

from tracker.handling.views import acting, assignment, extensions, inbox, joint, last_day, reading, reply  # noqa: E402

__all__ = ["acting", "assignment", "extensions", "inbox", "joint", "last_day", "pages", "reading", "reply"]
