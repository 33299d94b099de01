"""Whoever changes how he signs in gives his present password once more: an open browser is not enough."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from tracker import database
from tracker.database import db
from tracker.errors import N_, RuleBroken
from tracker.people import passwords, rules, tries
from tracker.people.models import Attempt, User


def must_know_password(user: User, current: str, *, at: datetime) -> None:
    """Each try is written down before it is looked at, and counts with those at the door.

    No transaction is held while the hash is computed.

    :raises RuleBroken: the password is wrong, or was wrong too often.
    """
    key, password_hash = rules.account_key(user.email), user.password_hash
    db.session.rollback()
    with database.writing(), db.engine.begin() as connection:
        of_late = tries.write_down(connection, key, at=at)
    if rules.too_many(of_late - 1, 0):
        raise RuleBroken(N_("Too many tries. Please wait a quarter of an hour, or ask the administrator."))
    if not passwords.matches(password_hash, current):
        raise RuleBroken(N_("The current password is not right."))
    with database.writing(), db.engine.begin() as connection:
        connection.execute(sa.update(Attempt).where(Attempt.key == key).values(failed=False))
