"""Signing in as a browser does, with password and one-time code; and what a phone would show."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pyotp

from tests.reader import Reader
from tracker import clock
from tracker.database import db
from tracker.people import second_factor
from tracker.people.actions import set_password
from tracker.people.models import User

NOON = datetime(2026, 3, 5, 12, 0, 5, tzinfo=ZoneInfo("Asia/Shanghai"))
PASSWORD = "plum river lantern oak"


def with_password(user: User) -> User:
    set_password(user, PASSWORD, at=clock.now())
    db.session.commit()
    return user


def with_factor(user: User) -> tuple[str, list[str]]:
    """The key in the person's phone, and the recovery codes."""
    second_factor.begin(user.id)
    key = second_factor.key_to_type(second_factor.factor_of(user.id))
    codes = second_factor.confirm(user, shown(key, clock.now()), at=clock.now())
    db.session.commit()
    return key, codes


def shown(key: str, at: datetime) -> str:
    """What the phone shows at an instant."""
    return pyotp.TOTP(key).at(at)


def gives(reader: Reader, email: str, password: str = PASSWORD, **more: Any) -> Any:
    """Password and address at the door; the answer, not followed."""
    reader.read("/sign-in?again=1")
    return reader.send("/sign-in", {"email": email, "password": password, **more}, expect=303)


def gives_code(reader: Reader, code: str, expect: int = 303) -> Any:
    reader.read("/sign-in")
    return reader.send("/sign-in", {"code": code}, expect=expect)


def cookie_of(reader: Reader) -> str:
    kept = reader.client.get_cookie("session", domain="127.0.0.1")
    return kept.value if kept else ""
