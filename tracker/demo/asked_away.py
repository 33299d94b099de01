"""An official who has retired asked what is held about him and that it goes; a second one waits for confirmation."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa

from tracker import clock
from tracker.database import db
from tracker.demo.settling import Town
from tracker.people.models import User
from tracker.privacy import actions as privacy
from tracker.privacy.queries import Who, get_person
from tracker.roles import Role
from tracker.structure import actions as structure
from tracker.structure.models import Rank

# Name, telephone, why; whether it waits for a second person.
RETIRED = (
    ("沈退之", "13800001941", "本人退休后书面申请删除联系方式", False),
    ("顾归田", "13800001942", "本人调离后申请删除联系方式", True),
)


def leave(town: Town, on: date) -> None:
    """Both were entered by mistake of a predecessor's list, and are in office no more."""
    wanted = sa.select(User).where(User.congress_id == town.congress.id, User.role == Role.OFFICE_LEADER)
    leader = db.session.scalars(wanted.order_by(User.id)).first()
    if leader is None:
        return
    body = next(iter(town.bodies.values()))
    for name, phone, reason, waits in RETIRED:
        by, at = leader.actor(), clock.now()
        more = {"body_id": body.id, "phone": phone, "email": f"retired{phone[-2:]}@linjiang.example"}
        officer = structure.add_officer(town.congress.id, name, Rank.HANDLER, **more, by=by, at=at)
        structure.amend_officer(officer, active=False, by=by, at=at)
        person = get_person(Who.OFFICER, officer.id, town.congress.id)
        privacy.ask(person, town.congress.id, reason, [], two_steps=waits, by=by, on=on, at=at)
