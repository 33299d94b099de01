"""When a body becomes another one, its people and their links go along."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from tracker.actor import Actor
from tracker.audit.actions import trace
from tracker.database import db
from tracker.people.models import Link, User


def move_accounts(from_body_id: int, to_body_id: int, *, by: Actor, at: datetime) -> int:
    """The people of a body that became another one act for that one from now on; answers how many they are."""
    wanted = sa.select(User).where(User.body_id == from_body_id).order_by(User.id)
    users = list(db.session.scalars(wanted))
    for user in users:
        user.body_id = to_body_id
        trace("user_moved", by, at=at, user=user.id, body=to_body_id)
    return len(users)


def hand_on_links(assignment_id: int, from_body_id: int, to_body_id: int) -> None:
    """Links mailed for an assignment go on opening it when it passes to another body."""
    theirs = sa.update(Link).where(Link.assignment_id == assignment_id, Link.body_id == from_body_id)
    db.session.execute(theirs.values(body_id=to_body_id))
