"""Accounts, sessions and links, found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from tracker.database import db
from tracker.people.actions import digest
from tracker.people.models import Link, Purpose, SignIn, User
from tracker.structure.models import Congress

# Asked by every page: written once, so that no page builds it anew; the congress stands over every page too.
CONGRESS = ("id", "name", "name_en", "office_name", "office_name_en", "is_demo")
LIVING = (
    sa.select(User, SignIn.id, SignIn.began_at, SignIn.seen_at, *(getattr(Congress, name) for name in CONGRESS))
    .join(SignIn, User.id == SignIn.user_id)
    .outerjoin(Congress, Congress.id == User.congress_id)
    .where(SignIn.digest == sa.bindparam("digest"), SignIn.ended_at.is_(None), User.disabled_at.is_(None))
)


@dataclass(frozen=True)
class Living:
    """A session that lives: whose it is, and the congress of that person by name."""

    id: int
    began_at: datetime
    seen_at: datetime
    user: User
    congress: dict[str, Any] | None


def find_session(secret: str, *, at: datetime, idle: timedelta, longest: timedelta) -> Living | None:
    """The living session of a cookie's secret; None once idle, too old, ended or disabled."""
    row = db.session.execute(LIVING, {"digest": digest(secret)}).one_or_none()
    if row is None:
        return None
    user, sign_in_id, began_at, seen_at, *congress = row
    if at - seen_at > idle or at - began_at > longest:
        return None
    named = dict(zip(CONGRESS, congress, strict=True)) if user.congress_id is not None else None
    return Living(sign_in_id, began_at, seen_at, user, named)


def find_link(secret: str, *, at: datetime) -> Link | None:
    """A link that still works."""
    link = db.session.scalar(sa.select(Link).where(Link.digest == digest(secret)))
    if link is None or link.revoked_at is not None or link.expires_at < at:
        return None
    if link.purpose is Purpose.PASSWORD and link.used_at is not None:
        return None
    return link


def sessions_of(user: User) -> list[SignIn]:
    wanted = sa.select(SignIn).where(SignIn.user_id == user.id, SignIn.ended_at.is_(None)).order_by(SignIn.id.desc())
    return list(db.session.scalars(wanted))


def users_of(congress_id: int | None) -> list[User]:
    wanted = (
        sa.select(User)
        .where(User.congress_id == congress_id)
        .order_by(User.disabled_at.is_not(None), User.role, User.name)
    )
    return list(db.session.scalars(wanted))
