"""The second factor (动态口令): a code from the phone besides the password, and recovery codes for when it is lost.

The seed is kept nowhere: it is reckoned from the installation's key and a salt of the person's own, so that neither a
copy of the database nor any page tells it. Whoever changes the key has the factors set up anew; recovery codes stay.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from collections.abc import Iterable
from datetime import datetime
from typing import Any

import pyotp
import sqlalchemy as sa
from flask import current_app

from tracker import database
from tracker.actor import Actor
from tracker.audit.actions import trace
from tracker.database import db
from tracker.errors import N_, RuleBroken
from tracker.people import rules, tries
from tracker.people.actions import digest
from tracker.people.models import Attempt, RecoveryCode, SecondFactor, User

SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # none that look alike
CODES, GROUPS, GROUP = 10, 4, 4  # 16 signs, 79 bits each
DIGITS = 6
RIGHT = ""
WRONG = N_("This code is not right, or was used already. Wait for the next one.")
TOO_MANY = N_("Too many tries. Please wait a quarter of an hour, or ask the administrator.")


def factor_of(user_id: int) -> SecondFactor | None:
    return db.session.get(SecondFactor, user_id)


def has_factor(user_id: int) -> bool:
    """Whether this person's password alone opens nothing."""
    wanted = sa.select(SecondFactor.user_id).where(SecondFactor.user_id == user_id, SecondFactor.salt.is_not(None))
    return db.session.scalar(wanted) is not None


def begin(user_id: int) -> None:
    """Prepare a new factor; one in force goes on until the new one is confirmed by a code."""
    found = factor_of(user_id)
    if found is None:
        db.session.add(found := SecondFactor(user_id=user_id, last_step=0))
    found.new_salt = secrets.token_urlsafe(24)
    db.session.flush()


def key_to_type(factor: SecondFactor) -> str:
    """The key of a factor that is being set up; of one in force there is none to be shown.

    :raises RuleBroken: nothing is being set up.
    """
    if factor.new_salt is None:
        raise RuleBroken(N_("Nothing is being set up. Begin anew."))
    return _seed(factor.user_id, factor.new_salt, _keys()[0])


def address_of_app(user: Any, key: str, issuer: str) -> str:
    """What the phone reads from the picture."""
    return pyotp.TOTP(key).provisioning_uri(name=user.email, issuer_name=issuer)


def confirm(user: User, code: str, *, at: datetime) -> list[str]:
    """The phone shows the right code: the new factor is in force; answers the recovery codes, shown once.

    :raises RuleBroken: nothing is being set up, or the code is not right.
    """
    found = factor_of(user.id)
    key = key_to_type(found or SecondFactor(user_id=user.id))
    step = _step_of([key], code, at)
    if found is None or step is None:
        raise RuleBroken(N_("This code is not right. Look whether the phone's clock is right, and try the next code."))
    found.salt, found.new_salt, found.set_at, found.last_step = found.new_salt, None, at, step
    trace("factor_set", user.actor(), at=at)
    return make_recovery_codes(user)


def make_recovery_codes(user: User) -> list[str]:
    """Ten new codes; earlier ones are dead."""
    db.session.execute(sa.delete(RecoveryCode).where(RecoveryCode.user_id == user.id))
    made = ["".join(secrets.choice(SIGNS) for _ in range(GROUPS * GROUP)) for _ in range(CODES)]
    db.session.add_all(RecoveryCode(user_id=user.id, digest=digest(one)) for one in made)
    return ["-".join(one[place : place + GROUP] for place in range(0, len(one), GROUP)) for one in made]


def codes_left(user_id: int) -> int:
    wanted = sa.select(sa.func.count()).where(RecoveryCode.user_id == user_id, RecoveryCode.used_at.is_(None))
    return db.session.scalar(wanted) or 0


def drop(user: User, *, by: Actor, at: datetime) -> bool:
    """The factor and its recovery codes are gone; False where there was none."""
    db.session.execute(sa.delete(RecoveryCode).where(RecoveryCode.user_id == user.id))
    found = factor_of(user.id)
    if found is None:
        return False
    db.session.delete(found)
    trace("factor_dropped", by, at=at, user=user.id)
    return True


def try_code(user_id: int, code: str, *, at: datetime) -> str:
    """Look whether a code opens, and use it up; else the sentence that says why not.

    Each try is written down before it is looked at, in a transaction of its own, so that parallel ones all count. A
    code is used up by the very statement that finds it unused: of twenty at once one is let in.
    """
    db.session.rollback()
    key = f"factor:{user_id}"
    with database.writing(), db.engine.begin() as connection:
        recent = tries.write_down(connection, key, at=at)
        of_day = tries.failed(connection, key, at - rules.DAY)
    if rules.too_many(recent - 1, 0) or of_day > rules.DAY_TRIES:
        return TOO_MANY
    with database.writing(), db.engine.begin() as connection:
        if not uses_up(connection, user_id, "".join(code.split()), at):
            return WRONG
        connection.execute(sa.update(Attempt).where(Attempt.key == key).values(failed=False))
    return RIGHT


def uses_up(connection: sa.Connection, user_id: int, code: str, at: datetime) -> bool:
    """Whether this code opens; then it is used up in the same statement, and opens nothing more."""
    if not (len(code) == DIGITS and code.isascii() and code.isdigit()):
        return _uses_recovery_code(connection, user_id, code, at)
    salt = connection.scalar(sa.select(SecondFactor.salt).where(SecondFactor.user_id == user_id))
    step = _step_of([_seed(user_id, salt, key) for key in _keys()], code, at) if salt else None
    if step is None:
        return False
    newer = sa.update(SecondFactor).where(SecondFactor.user_id == user_id, SecondFactor.last_step < step)
    return connection.execute(newer.values(last_step=step)).rowcount == 1


def _uses_recovery_code(connection: sa.Connection, user_id: int, code: str, at: datetime) -> bool:
    signs = "".join(sign for sign in code.upper() if sign.isalnum())
    theirs = sa.update(RecoveryCode).where(RecoveryCode.user_id == user_id, RecoveryCode.digest == digest(signs))
    return connection.execute(theirs.where(RecoveryCode.used_at.is_(None)).values(used_at=at)).rowcount == 1


def _step_of(keys: Iterable[str], code: str, at: datetime) -> int | None:
    """The half minute this is the code of; None for a wrong one."""
    given = "".join(code.split()).encode("utf-8", "replace")
    found = None
    for key in keys:
        reckoned = pyotp.TOTP(key)
        for step in rules.factor_steps(at):
            if hmac.compare_digest(reckoned.generate_otp(step).encode(), given):
                found = step
    return found


def _keys() -> tuple[bytes, ...]:
    """The installation's key, and earlier ones that still hold."""
    config = current_app.config
    return tuple(str(one).encode() for one in (config["SECRET_KEY"], *(config.get("SECRET_KEY_FALLBACKS") or ())))


def _seed(user_id: int, salt: str, key: bytes) -> str:
    """Twenty bytes, as phones take them (RFC 6238, SHA-1)."""
    reckoned = hmac.new(key, f"second factor:{user_id}:{salt}".encode(), hashlib.sha256).digest()
    return base64.b32encode(reckoned[:20]).decode()
