"""The lists the demo's office keeps under names, for everybody in it."""

from __future__ import annotations

import sqlalchemy as sa

from tracker import clock
from tracker.database import db
from tracker.demo.settling import Town
from tracker.people.models import User
from tracker.people.named import keep_view
from tracker.roles import Role

VIEWS = (
    ("register.index", "light=overdue&sort=due", "超期未答复"),
    ("register.index", "key=y&sort=due", "重点督办件"),
    ("register.index", "sort=due&stage=recorded", "尚未交办"),
    ("feedback.index", "show=dissatisfied", "代表不满意"),
    ("followup.index", "show=overdue", "超期承诺"),
)


def keep_views(town: Town) -> None:
    """The clerk keeps what the office opens every morning."""
    wanted = sa.select(User).where(User.congress_id == town.congress.id, User.role == Role.OFFICE_CLERK)
    clerk = db.session.scalars(wanted.order_by(User.id)).first()
    if clerk is not None:
        for page, query, name in VIEWS:
            keep_view(clerk, page, query, name, shared=True, at=clock.now())
