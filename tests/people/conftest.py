"""A congress with one clerk who has a password."""

from datetime import UTC, datetime

import pytest

from tracker.actor import SYSTEM
from tracker.people import actions
from tracker.roles import Role
from tracker.structure.actions import add_congress
from tracker.structure.models import Level

AT = datetime(2026, 1, 5, 1, tzinfo=UTC)
ACTING = {"by": SYSTEM, "at": AT}
PASSWORD = "plum river lantern oak"


@pytest.fixture
def congress(session):
    made = add_congress("临江市人民代表大会", Level.CITY, rules_name="default", name_en="Linjiang", **ACTING)
    session.commit()
    return made


@pytest.fixture
def clerk(congress, session):
    user = actions.add_user("clerk@city.example", "王一", Role.OFFICE_CLERK, congress_id=congress.id, **ACTING)
    actions.set_password(user, PASSWORD, at=AT)
    session.commit()
    return user
