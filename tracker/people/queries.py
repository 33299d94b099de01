"""Accounts, sessions and links, found."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa

from tracker.database import db
from tracker.people.actions import digest
from tracker.people.models import Link, Purpose, SignIn, User

# Asked by every page: written once, so that no page builds it anew.
LIVING = (
    sa.select(SignIn, User)
    .join(User, User.id == SignIn.user_id)
    .where(SignIn.digest == sa.bindparam("digest"), SignIn.ended_at.is_(None), User.disabled_at.is_(None))
)


def find_session(secret: str, *, at: datetime, idle: timedelta, longest: timedelta) -> tuple[SignIn, User] | None:
    """The living session of a cookie's secret, and whose it is; None once idle, too old, ended or disabled."""
    row = db.session.execute(LIVING, {"digest": digest(secret)}).one_or_none()
    if row is None:
        return None
    session, user = row
    if at - session.seen_at > idle or at - session.began_at > longest:
        return None
    return session, user


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
