"""Letters to a person about his own account."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from tracker.mail.outbox import Addressee, post
from tracker.people.models import User


class Changed(StrEnum):
    """What of an account was changed; each has its sentence in the letter."""

    PASSWORD = "password"
    ADDRESS = "address"
    FACTOR = "factor"
    FACTOR_RESET = "factor_reset"


def account_changed(user: User, what: Changed, *, at: datetime, address: str = "") -> None:
    """Somebody changed how this person signs in: he is told, at the old address where that was changed."""
    if user.demo_only:
        return
    key = f"account_changed:{what}:user:{user.id}:{at.isoformat()}"
    post("account_changed", _of_user(user, address), key=key, at=at, what=str(what), on_time=at)


def password_forgotten(user: User, path: str, *, asked_at: datetime, at: datetime) -> None:
    """The one-time link with which he sets a new password; it works for an hour."""
    key = f"password_forgotten:{asked_at.isoformat()}:user:{user.id}"
    post("password_forgotten", _of_user(user), key=key, at=at, address=path)


def _of_user(user: User, address: str = "") -> Addressee:
    return Addressee(f"user:{user.id}", user.name, address or user.email, user.language or "zh_Hans_CN")
