"""The code of an office (单位办理码): who submits from a shared mailbox knows it, who only reads need not."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import date, datetime

import sqlalchemy as sa
from flask import session

from tracker import database
from tracker.actor import Actor
from tracker.audit.actions import trace
from tracker.database import db
from tracker.errors import N_
from tracker.people import passwords, rules, tries
from tracker.people.models import Attempt, BodyCode
from tracker.structure.models import Body, Officer

DIGITS = 6
PASSED = "office_code"  # which links this browser has passed, and on which day
RIGHT = ""
WRONG = N_("This is not the code of your office.")
NONE_YET = N_("Your office has no code yet: ask the congress's office for one.")
TOO_MANY = N_("Too many tries. Please wait a quarter of an hour, or ask the administrator.")
MISSING = N_("Several people read this mailbox: give the code of your office.")


def make_code(body: Body, *, by: Actor, at: datetime) -> str:
    """A new code, which replaces the old one; it is shown once and kept as a hash only."""
    code = "".join(secrets.choice("0123456789") for _ in range(DIGITS))
    made = db.session.get(BodyCode, body.id) or BodyCode(body_id=body.id)
    made.code_hash, made.made_at, made.made_by = passwords.hashed(code), at, by.name
    db.session.add(made)
    trace("office_code_made", by, at=at, body=body.id)
    return code


def code_of(body_id: int) -> BodyCode | None:
    return db.session.get(BodyCode, body_id)


def hand_on_code(old: Iterable[Body], new: Body, *, by: Actor, at: datetime) -> None:
    """The code of a body that became another holds for that one, unless it has its own. Where several had one each the
    office makes a new one: nobody could know which.
    """
    theirs = [code for body in old if (code := code_of(body.id)) is not None]
    if len(theirs) == 1 and code_of(new.id) is None:
        [kept] = theirs
        db.session.add(BodyCode(body_id=new.id, code_hash=kept.code_hash, made_at=kept.made_at, made_by=kept.made_by))
        trace("office_code_kept", by, at=at, body=new.id)
        db.session.flush()


def shared_at(congress_id: int | None, name: str) -> int | None:
    """The body of the officer of this name whose mailbox several people read; None where it is his own."""
    wanted = sa.select(Officer.body_id).where(
        Officer.congress_id == congress_id, Officer.name == name, Officer.shared.is_(True), Officer.active.is_(True)
    )
    return db.session.scalar(wanted.limit(1))


def has_passed(link_id: int, today: date) -> bool:
    """Whether the code was given today in this browser for this link."""
    return session.get(PASSED, {}).get(str(link_id)) == today.isoformat()


def try_code(body_id: int, link_id: int, code: str, *, at: datetime, today: date) -> str:
    """Look whether the code is right, and remember it for today; else the sentence that says why not.

    Each try is written down before it is looked at, in a transaction of its own, so that parallel ones all count. No
    transaction is held while the hash is computed.
    """
    db.session.rollback()
    key = f"code:{body_id}"
    with database.writing(), db.engine.begin() as connection:
        of_late = tries.write_down(connection, key, at=at)
        kept = connection.scalar(sa.select(BodyCode.code_hash).where(BodyCode.body_id == body_id))
    if rules.too_many(of_late - 1, 0):
        return TOO_MANY
    if kept is None:
        return NONE_YET
    if not passwords.matches(kept, "".join(code.split())):
        return WRONG
    with database.writing(), db.engine.begin() as connection:
        forgiven = sa.update(Attempt).where(Attempt.key == key, Attempt.at >= at - rules.WINDOW)
        connection.execute(forgiven.values(failed=False))
    passed = {number: day for number, day in session.get(PASSED, {}).items() if day == today.isoformat()}
    session[PASSED] = {**passed, str(link_id): today.isoformat()}
    return RIGHT
