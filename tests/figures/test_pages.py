"""The pages of figures: what each reader sees of them, and the list behind every number."""

import pytest

from tests.figures.town import TODAY, a_town, told
from tests.makers import a_user
from tracker.database import db
from tracker.figures.models import Dimension
from tracker.roles import Role


@pytest.fixture
def town(session, stopped_clock):
    with told(a_town()) as town:
        town.counted()
        db.session.commit()
        stopped_clock(TODAY)
        yield town


@pytest.mark.engines("sqlite")
def test_every_table_opens_in_every_order(town, reader):
    clerk = reader.signed_in_as(a_user(town.congress, Role.OFFICE_CLERK))
    db.session.commit()
    for by in Dimension:
        for group in ("work", "time", "passing", "contact", "outcome", "satisfaction", "promises", "items"):
            page = clerk.read("figures.index", by=by, group=group)
            assert page.status == 200
            assert "Figures frozen at 2026-09-15" in page.text
