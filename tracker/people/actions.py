"""Signing in and out, accounts, and mailed links."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

import sqlalchemy as sa

from tracker import database
from tracker.actor import Actor
from tracker.audit.actions import trace
from tracker.database import db
from tracker.errors import N_, RuleBroken
from tracker.people import passwords, rules, tries
from tracker.people.models import Attempt, Awaits, Link, Purpose, SignIn, User
from tracker.roles import Role
from tracker.structure.models import Congress

SECRET_BYTES = 32


def digest(secret: str) -> str:
    """What is stored of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def note_attempt(email: str, *, source: str, at: datetime) -> None:
    """Write down a try before the password is looked at; to be committed first, so parallel tries all count."""
    db.session.add_all([Attempt(key=key, at=at) for key in _keys(email, source)])


def must_not_be_guessing(email: str, *, source: str, at: datetime) -> None:
    """:raises RuleBroken: too many wrong tries for this account or from this source (this try included)."""
    since = at - rules.WINDOW
    account, *places = (tries.failed(db.session, key, since) for key in _keys(email, source))
    if rules.too_many(account - 1, max(places, default=1) - 1):
        raise RuleBroken(N_("Too many tries. Please wait a quarter of an hour, or ask the administrator."))


def find_by_password(email: str, password: str) -> User | None:
    """The person whose password this is; takes as long for accounts that do not exist.

    No transaction is held while the hash is computed: it takes longer than everything else on the page.
    """
    wanted = sa.select(User).where(sa.func.lower(User.email) == email.strip().lower())
    user = db.session.scalar(wanted)
    password_hash = user.password_hash if user else None
    db.session.rollback()
    right = passwords.matches(password_hash, password)
    user = db.session.scalar(wanted) if right else None
    return user if user is not None and user.disabled_at is None else None


def sign_in(user: User, email: str, *, source: str, agent: str, at: datetime, awaits: Awaits | None = None) -> str:
    """Begin a session for a person whose password was right; the answer is the session's secret.

    His own wrong tries are forgiven; of the source's only this one, or any account's owner could guess on at others'.
    """
    account, *places = _keys(email, source)
    own = sa.and_(Attempt.key == account, Attempt.at >= at - rules.WINDOW)
    here = sa.and_(Attempt.key.in_(places), Attempt.at == at)
    db.session.execute(sa.update(Attempt).where(sa.or_(own, here)).values(failed=False))
    if awaits is None:
        trace("signed_in", user.actor(), at=at, source=source)
    return begin_session(user, source=source, agent=agent, at=at, awaits=awaits)


def finish_sign_in(half_id: int, user: User, *, source: str, agent: str, at: datetime) -> str:
    """The one-time code was right: the half session ends, and a whole one begins under a secret of its own."""
    end_session(half_id, at=at)
    trace("signed_in", user.actor(), at=at, source=source)
    return begin_session(user, source=source, agent=agent, at=at)


def refuse_sign_in(email: str, *, source: str, at: datetime) -> None:
    trace("sign_in_refused", None, at=at, source=source, account=rules.account_key(email)[:100])


def begin_session(user: User, *, source: str, agent: str, at: datetime, awaits: Awaits | None = None) -> str:
    """A new session; its secret goes into the cookie and is not kept here."""
    secret = secrets.token_urlsafe(SECRET_BYTES)
    seen = {"began_at": at, "seen_at": at, "address": source[:60], "agent": agent[:160]}
    db.session.add(SignIn(user_id=user.id, digest=digest(secret), awaits=awaits, **seen))
    return secret


def end_session(sign_in_id: int, *, at: datetime) -> None:
    db.session.execute(sa.update(SignIn).where(SignIn.id == sign_in_id).values(ended_at=at))


def end_all_sessions(user: User, *, at: datetime, but: int | None = None) -> None:
    """Sign a person out everywhere, perhaps but here."""
    still = sa.update(SignIn).where(SignIn.user_id == user.id, SignIn.ended_at.is_(None))
    if but is not None:
        still = still.where(SignIn.id != but)
    db.session.execute(still.values(ended_at=at))


def change_address(user: User, new: str, *, at: datetime) -> None:
    """Change the mail address one signs in with; links for a new password die.

    :raises RuleBroken: it is no address that can be used.
    """
    address = new.strip().lower()
    if db.session.scalar(sa.select(User.id).where(User.email == address)):
        raise RuleBroken(N_("This address cannot be used."))
    user.email = address
    revoke_links(sa.and_(Link.user_id == user.id, Link.purpose == Purpose.PASSWORD), at=at)
    trace("address_changed", user.actor(), at=at)


def set_password(user: User, new: str, *, at: datetime) -> None:
    """:raises RuleBroken: the password is weak."""
    place = db.session.scalar(sa.select(Congress.name).where(Congress.id == user.congress_id)) or ""
    rules.must_be_strong(new, email=user.email, name=user.name, local=place)
    user.password_hash = passwords.hashed(new)
    revoke_links(sa.and_(Link.user_id == user.id, Link.purpose == Purpose.PASSWORD), at=at)
    trace("password_changed", user.actor(), at=at)


def add_user(
    email: str,
    name: str,
    role: Role,
    *,
    congress_id: int | None,
    by: Actor,
    at: datetime,
    body_id: int | None = None,
    deputy_id: int | None = None,
    demo_only: bool = False,
) -> User:
    """A new account, without a password until its holder opens the one-time link.

    :raises RuleBroken: the address is taken, or the role needs a body or a deputy.
    """
    address = email.strip().lower()
    if db.session.scalar(sa.select(User.id).where(User.email == address)):
        raise RuleBroken(N_("There is already an account for %(email)s."), email=address)
    if role in (Role.BODY_HANDLER, Role.BODY_LEADER, Role.HUB, Role.COMMITTEE) and body_id is None:
        raise RuleBroken(N_("This role needs a body."))
    if role is Role.DEPUTY and deputy_id is None:
        raise RuleBroken(N_("A deputy's account needs the deputy."))
    user = User(
        email=address,
        name=name.strip(),
        role=role,
        congress_id=congress_id,
        body_id=body_id,
        deputy_id=deputy_id if role is Role.DEPUTY else None,
        created_at=at,
        demo_only=demo_only,
    )
    db.session.add(user)
    db.session.flush()
    trace("user_added", by, at=at, user=user.id, role=str(role))
    return user


def disable(user: User, *, by: Actor, at: datetime) -> None:
    """End a person's access at once; the name stays on old records."""
    user.disabled_at = at
    end_all_sessions(user, at=at)
    revoke_links(Link.user_id == user.id, at=at)
    trace("user_disabled", by, at=at, user=user.id)


def enable(user: User, *, by: Actor, at: datetime) -> None:
    user.disabled_at = None
    trace("user_enabled", by, at=at, user=user.id)


def make_link(purpose: Purpose, *, at: datetime, days: float, **holder: object) -> str:
    """A new link's secret; only its digest is kept. `holder` names the person, the capacity and the item."""
    secret = secrets.token_urlsafe(SECRET_BYTES)
    db.session.add(
        Link(digest=digest(secret), purpose=purpose, made_at=at, expires_at=at + timedelta(days=days), **holder)
    )
    return secret


def password_link(user: User, *, at: datetime, hours: float = 1) -> str:
    """A one-time link with which a person sets his password; earlier ones die."""
    revoke_links(sa.and_(Link.user_id == user.id, Link.purpose == Purpose.PASSWORD), at=at)
    return make_link(Purpose.PASSWORD, at=at, days=hours / 24, user_id=user.id, holder_name=user.name)


def revoke_links(which: sa.ColumnElement[bool], *, at: datetime) -> None:
    db.session.execute(sa.update(Link).where(which, Link.revoked_at.is_(None)).values(revoked_at=at))


def use_up(link: Link, *, at: datetime) -> None:
    """A link of one use was used.

    :raises RuleBroken: somebody was quicker.
    """
    spent = sa.update(Link).where(Link.id == link.id, Link.used_at.is_(None)).values(used_at=at)
    if db.session.execute(spent).rowcount != 1:  # type: ignore[attr-defined]
        raise RuleBroken(N_("This link has been used already."))


def choose_language(user: User, language: str) -> None:
    user.language = language


def touch(sign_in_id: int, *, at: datetime) -> None:
    """Note that a session is in use; a short transaction of its own, so that pages stay read-only."""
    with database.writing(), db.engine.begin() as connection:
        connection.execute(sa.update(SignIn).where(SignIn.id == sign_in_id).values(seen_at=at))


def _keys(email: str, source: str) -> tuple[str, ...]:
    """What a try is counted under: the account, and where it comes from, unless that stands for everybody."""
    account = rules.account_key(email)
    return (account,) if rules.place_of(source) is None else (account, f"source:{source[:60]}")


def end_session_of(user: User, sign_in_id: int, *, at: datetime) -> None:
    """End one of a person's own sessions; nothing happens to one of somebody else."""
    its = sa.update(SignIn).where(SignIn.id == sign_in_id, SignIn.user_id == user.id, SignIn.ended_at.is_(None))
    db.session.execute(its.values(ended_at=at))
