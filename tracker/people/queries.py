"""Accounts, sessions and links, found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from tracker.actor import Actor
from tracker.database import columns, db
from tracker.entities import Cells
from tracker.people.actions import digest
from tracker.people.models import Awaits, Link, Purpose, SecondFactor, SignIn, User
from tracker.roles import Role
from tracker.structure.models import Congress

# Asked by every page: written once, so that no page builds it anew; the congress stands over every page too.
CONGRESS = ("id", "name", "name_en", "office_name", "office_name_en", "is_demo")
READER = ("id", "congress_id", "email", "name", "role", "body_id", "deputy_id", "language", "demo_only")
SESSION = (SignIn.id.label("sign_in_id"), SignIn.began_at, SignIn.seen_at, SignIn.awaits, SignIn.address)
ACCOUNT = Cells(User)


def _living(*reader: Any) -> sa.Select[Any]:
    return (
        sa.select(*reader, *SESSION, *(getattr(Congress, name).label(f"of_{name}") for name in CONGRESS))
        .join(SignIn, User.id == SignIn.user_id)
        .outerjoin(Congress, Congress.id == User.congress_id)
        .where(SignIn.digest == sa.bindparam("digest"), SignIn.ended_at.is_(None), User.disabled_at.is_(None))
    )


LIVING = _living(*(getattr(User, name) for name in READER))
LIVING_WHOLE = _living(*ACCOUNT.columns)


@dataclass(frozen=True)
class Reader:
    """The user of a session as a page needs him that only reads; a page that writes loads the account."""

    id: int
    congress_id: int | None
    email: str
    name: str
    role: Role
    body_id: int | None
    deputy_id: int | None
    language: str | None
    demo_only: bool

    assignment_id = None
    suggestion_id = None
    circulation_id = None

    def actor(self) -> Actor:
        return Actor("user", self.id, self.name, self.body_id)


@dataclass(frozen=True)
class Living:
    """A session that lives: whose it is, where it began, when it ends, and the congress of that person by name."""

    id: int
    began_at: datetime
    seen_at: datetime
    awaits: Awaits | None
    address: str
    ends: tuple[datetime, datetime]  # if no page is opened from now on, and at the latest
    user: Reader | User  # the account itself where it was asked for
    congress: dict[str, Any] | None


def limits(config: Mapping[str, Any]) -> dict[str, timedelta]:
    """How long a session lives unused, and in all."""
    return {
        "idle": timedelta(minutes=config["SESSION_IDLE_MINUTES"]),
        "longest": timedelta(hours=config["SESSION_HOURS"]),
    }


def find_session(
    secret: str, *, at: datetime, idle: timedelta, longest: timedelta, whole: bool = False
) -> Living | None:
    """The living session of a cookie's secret, `whole` with the account; None once idle, too old, ended or disabled."""
    row = columns(LIVING_WHOLE if whole else LIVING, {"digest": digest(secret)}).one_or_none()
    if row is None or at - row.seen_at > idle or at - row.began_at > longest:
        return None
    user = ACCOUNT.entities(row, db.session())[0] if whole else Reader(*row[: len(READER)])
    named = dict(zip(CONGRESS, row[-len(CONGRESS) :], strict=True)) if user.congress_id is not None else None
    ends = min(at + idle, row.began_at + longest), row.began_at + longest
    return Living(row.sign_in_id, row.began_at, row.seen_at, row.awaits, row.address, ends, user, named)


def find_link(secret: str, *, at: datetime) -> Link | None:
    """A link that still works."""
    link = db.session.scalar(sa.select(Link).where(Link.digest == digest(secret)))
    if link is None or link.revoked_at is not None or link.expires_at < at:
        return None
    if link.purpose is Purpose.PASSWORD and link.used_at is not None:
        return None
    return link


def sessions_of(user_id: int, *, at: datetime, idle: timedelta, longest: timedelta) -> list[SignIn]:
    """A person's sessions that live, the newest first."""
    lives = (SignIn.ended_at.is_(None), SignIn.seen_at >= at - idle, SignIn.began_at >= at - longest)
    wanted = sa.select(SignIn).where(SignIn.user_id == user_id, *lives).order_by(SignIn.id.desc())
    return list(db.session.scalars(wanted))


def users_with_factor(congress_id: int | None) -> set[int]:
    """Who signs in with a one-time code."""
    wanted = sa.select(SecondFactor.user_id).join(User, User.id == SecondFactor.user_id)
    return set(db.session.scalars(wanted.where(User.congress_id == congress_id, SecondFactor.salt.is_not(None))))


def users_of(congress_id: int | None) -> list[User]:
    wanted = (
        sa.select(User)
        .where(User.congress_id == congress_id)
        .order_by(User.disabled_at.is_not(None), User.role, User.name)
    )
    return list(db.session.scalars(wanted))
