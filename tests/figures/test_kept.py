"""Counts are kept, thinned out and looked after."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from tests.figures.town import a_town
from tests.makers import assignments_of
from tracker import clock
from tracker.database import db
from tracker.dispatch.models import Part
from tracker.figures import health, lines, tables
from tracker.figures.jobs import count_figures
from tracker.figures.models import Counted, Reckoning

ON = date(2026, 9, 16)  # a Wednesday


@pytest.fixture
def town(session):
    town = a_town()
    assignments_of(town.handed(("甲局", Part.SOLE)))
    db.session.commit()
    return town


@pytest.mark.engines("sqlite")
def test_nightly_counts_of_long_ago_are_thinned_to_one_a_week(town):
    for back in range(50, 0, -1):
        made = {"on": ON - timedelta(days=back), "at": clock.now(), "by_name": "system", "kept": back == 48}
        db.session.add(Reckoning(congress_id=town.congress.id, **made))
    with clock.at(ON):
        assert count_figures(ON)["dropped"] == 12
    left = [(ON - on).days for on in db.session.scalars(sa.select(Reckoning.on).order_by(Reckoning.on))]
    assert left == [48, 45, 38, *range(35, -1, -1)]  # 45 and 38 days ago were Sundays, somebody asked for the first


@pytest.mark.engines("sqlite")
def test_a_year_before_is_what_was_counted_then_else_last_years_meetings(town):
    now = town.counted(ON)
    assert lines.a_year_before(now, "all") is None
    before = lines.a_year_before(now, "year:2026")
    assert (before.reckoning, before.period, before.as_of) == (now, "year:2025", None)
    then = town.counted(date(2025, 9, 10))
    before = lines.a_year_before(now, "all")
    assert (before.reckoning, before.as_of) == (then, date(2025, 9, 10))


def test_the_doctor_says_what_is_old_and_what_disagrees(town):
    with clock.at(ON):
        assert list(health.problems()) == []
        town.counted(ON)
        assert list(health.problems()) == []
        db.session.execute(sa.update(Counted).values(received=0))
        assert [one.values["measure"] for one in health.problems()] == ["received"]
    with clock.at(ON + timedelta(days=3)):
        assert next(iter(health.problems())).kind == "figures_old"


@pytest.mark.engines("sqlite")
def test_nothing_counted_is_nothing(town):
    assert tables.latest(town.congress.id) is None
    made = town.counted(ON)
    assert tables.whole(made, period="year:1999")["items"] == 0
