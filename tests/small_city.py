"""A city of a few people and bodies, for tests that need somebody to act."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from tests.country import load_rules
from tracker import clock
from tracker.actor import SYSTEM, Actor
from tracker.database import db
from tracker.people.actions import add_user
from tracker.people.models import User
from tracker.roles import Role
from tracker.structure import actions
from tracker.structure.models import Body, Branch, Congress, Delegation, Deputy, Level, Meeting

OPENED_ON = date(2026, 1, 10)
MEETING = "某市第十五届人民代表大会第三次会议"


@dataclass
class SmallCity:
    congress: Congress
    meeting: Meeting
    delegation: Delegation
    clerk: User
    deputies: dict[str, Deputy] = field(default_factory=dict)
    bodies: dict[str, Body] = field(default_factory=dict)

    @property
    def by(self) -> Actor:
        return self.clerk.actor()

    def user(self, role: Role, **of: int) -> User:
        """Somebody who may sign in."""
        return add_user(
            f"{role}.{len(of)}@city.example",
            "某人",
            role,
            congress_id=self.congress.id,
            by=SYSTEM,
            at=clock.now(),
            **of,
        )


def small_city() -> SmallCity:
    """A congress under the default rules with one meeting, one delegation, two deputies, three bodies and a clerk."""
    now = {"by": SYSTEM, "at": clock.now()}
    load_rules(OPENED_ON)
    congress = actions.add_congress("某市人民代表大会", Level.CITY, rules_name="default", **now)
    meeting = actions.add_meeting(congress.id, MEETING, 2026, opened_on=OPENED_ON, closed_on=date(2026, 1, 15), **now)
    delegation = actions.add_delegation(congress.id, "北山代表团", **now)
    clerk = add_user("clerk@city.example", "孙办", Role.OFFICE_CLERK, congress_id=congress.id, **now)
    city = SmallCity(congress, meeting, delegation, clerk)
    for number, name in enumerate(("赵甲一", "钱乙"), start=1):
        of = {"delegation_id": delegation.id, "card_number": str(number)}
        city.deputies[name] = actions.add_deputy(congress.id, name, **of, **now)
    for name, short in (("市城建局", "城建局"), ("市财政局", "财政局"), ("市交通局", "交通局")):
        city.bodies[name] = actions.add_body(congress.id, name, Branch.GOVERNMENT, short_name=short, **now)
    db.session.commit()
    return city
