"""A small congress: a hub with two bodies, a committee, a court, two delegations."""

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from tracker.actor import SYSTEM
from tracker.people.actions import add_user
from tracker.roles import Role
from tracker.structure import actions
from tracker.structure.models import Body, Branch, Congress, Delegation, Level

AT = datetime(2026, 1, 5, 1, tzinfo=UTC)
ACTING = {"by": SYSTEM, "at": AT}


@dataclass
class City:
    congress: Congress
    hub: Body
    schools: Body
    roads: Body
    committee: Body
    court: Body
    north: Delegation
    south: Delegation

    @property
    def id(self):
        return self.congress.id

    def person(self, role, **more):
        return add_user(f"{role}@city.example", f"甲{role}", role, congress_id=self.id, **more, **ACTING)


@pytest.fixture
def city(session):
    congress = actions.add_congress(
        "临江市人民代表大会", Level.CITY, rules_name="default", name_en="Linjiang", **ACTING
    )

    def body(name, branch, **more):
        return actions.add_body(congress.id, name, branch, **more, **ACTING)

    hub = body("市政府办公室", Branch.GOVERNMENT, is_hub=True)
    made = City(
        congress=congress,
        hub=hub,
        schools=body("市教育局", Branch.GOVERNMENT, short_name="教育局", hub_id=hub.id),
        roads=body("市交通局", Branch.GOVERNMENT, hub_id=hub.id),
        committee=body("教科文卫委员会", Branch.CONGRESS, is_committee=True),
        court=body("市中级人民法院", Branch.COURT),
        north=actions.add_delegation(congress.id, "江北代表团", **ACTING),
        south=actions.add_delegation(congress.id, "江南代表团", **ACTING),
    )
    session.commit()
    return made


@pytest.fixture
def clerk(city, reader):
    return reader.signed_in_as(city.person(Role.OFFICE_CLERK))
