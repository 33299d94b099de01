"""The newest seal of the trail goes out by mail, so that a chain made anew is known from the letters."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa

from tracker.audit.models import Seal
from tracker.database import db
from tracker.mail.outbox import Addressee, Draft, post_many
from tracker.people.models import User
from tracker.roles import Role

KEEPERS = (Role.AUDITOR, Role.OFFICE_LEADER)


def seal_of_the_trail(*, on: date, at: datetime) -> int:
    """Each auditor and each leader of the office gets the newest digest once a week; answers how many letters."""
    newest = db.session.scalars(sa.select(Seal).order_by(Seal.id.desc()).limit(1)).first()
    if newest is None:
        return 0
    rows = db.session.scalar(sa.select(sa.func.sum(Seal.rows))) or 0
    year, week, _day = on.isocalendar()
    facts = {"sealed_at": newest.sealed_at, "rows": rows, "digest": newest.digest, "seal": newest.id}
    keepers = sa.select(User).where(User.role.in_(KEEPERS), User.disabled_at.is_(None)).order_by(User.id)
    drafts = [
        Draft(
            Addressee(f"user:{user.id}", user.name, user.email, user.language or "zh_Hans_CN"),
            f"trail_sealed:{year}-W{week:02d}:user:{user.id}",
            None,
            facts,
        )
        for user in db.session.scalars(keepers)
    ]
    return len(post_many("trail_sealed", drafts, at=at))
