"""Pages of intake: one module per thing the office names."""

from flask import Blueprint

from tracker.people.links import tell_if_ended

pages = Blueprint("intake", __name__)
pages.after_request(tell_if_ended)

from tracker.intake.views import (  # noqa: E402
    amending,
    attachments,
    checking,
    co_signing,
    drafting,
    merging,
    numbering,
    recording,
    sheets,
    withdrawing,
)

__all__ = [
    "amending",
    "attachments",
    "checking",
    "co_signing",
    "drafting",
    "merging",
    "numbering",
    "pages",
    "recording",
    "sheets",
    "withdrawing",
]
