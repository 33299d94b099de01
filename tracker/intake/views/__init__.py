"""Pages of intake: one module per thing the office names."""

from flask import Blueprint

pages = Blueprint("intake", __name__)

from tracker.intake.views import amending, attachments, checking, recording  # noqa: E402

__all__ = ["amending", "attachments", "checking", "pages", "recording"]
