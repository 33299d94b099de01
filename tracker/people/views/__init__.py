"""Pages of accounts: the door, my account, the second factor, forgotten passwords, accounts of others."""

from flask import Blueprint

pages = Blueprint("people", __name__)

from tracker.people.views import account, door, factor, hints, passwords, users  # noqa: E402

__all__ = ["account", "door", "factor", "hints", "pages", "passwords", "users"]
