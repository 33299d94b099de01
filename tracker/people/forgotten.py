"""A forgotten password: the page takes the wish down, whoever's it is; who gets a letter is decided apart from it.

So the page answers the same, and as fast, whether there is such an account or not.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa

from tracker.database import db
from tracker.errors import N_, RuleBroken
from tracker.mail.models import Letter
from tracker.people import letters, rules
from tracker.people.actions import password_link
from tracker.people.models import Attempt, PasswordWish, User

LETTER = "password_forgotten"


def wish(email: str, *, source: str, at: datetime) -> None:
    """Take down that somebody has forgotten the password of this address.

    :raises RuleBroken: too many such wishes from one place.
    """
    if rules.place_of(source) is not None:
        key = f"forgotten:{source[:60]}"
        counted = sa.select(sa.func.count()).where(Attempt.key == key, Attempt.at >= at - rules.WINDOW)
        if (db.session.scalar(counted) or 0) >= rules.SOURCE_TRIES:
            raise RuleBroken(N_("Too many tries. Please wait a quarter of an hour, or ask the administrator."))
        db.session.add(Attempt(key=key, at=at))
    db.session.add(PasswordWish(email=email.strip().lower()[:254], at=at))


def is_any() -> bool:
    return db.session.scalar(sa.select(PasswordWish.id).limit(1)) is not None


def answer_all(*, at: datetime) -> int:
    """Write the letters of the wishes taken down, at most three an hour to one person; answers how many."""
    written, asked = 0, set()
    for one in list(db.session.scalars(sa.select(PasswordWish).order_by(PasswordWish.id.desc()))):
        if one.email not in asked and at - one.at < timedelta(hours=1):
            written += _answer(one, at)
        asked.add(one.email)
        db.session.delete(one)
    return written


def _answer(one: PasswordWish, at: datetime) -> int:
    wanted = sa.select(User).where(User.email == one.email, User.disabled_at.is_(None), User.demo_only.is_(False))
    user = db.session.scalar(wanted)
    if user is None or _letters_of_hour(user, at) >= rules.MAILS_AN_HOUR:
        return 0
    letters.password_forgotten(user, f"/password/{password_link(user, at=at)}", asked_at=one.at, at=at)
    return 1


def _letters_of_hour(user: User, at: datetime) -> int:
    theirs = (Letter.person_key == f"user:{user.id}", Letter.kind == LETTER)
    counted = sa.select(sa.func.count()).where(*theirs, Letter.written_at > at - timedelta(hours=1))
    return db.session.scalar(counted) or 0
