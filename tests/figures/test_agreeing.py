"""The weekly bulletin and the tables tell the same of the same day."""

from datetime import timedelta

import pytest

from tests.figures.town import TODAY, a_town, told
from tracker import clock
from tracker.bulletin.figures import figures
from tracker.bulletin.tally import Tally
from tracker.bulletin.week import Week
from tracker.figures import tables
from tracker.figures.models import Dimension
from tracker.workdays.queries import calendar

# What the bulletin calls it, and what the tables.
SAME = {
    "total": "main",
    "answered": "answered",
    "open": "open",
    "open_late": "open_late_current",
    "open_late_original": "open_late_original",
    "late": "late_original",
}


@pytest.mark.engines("sqlite")
def test_the_bulletin_and_the_tables_agree(session):
    with told(a_town()) as town, clock.at(TODAY):
        week = Week(town.congress.id, TODAY, TODAY - timedelta(days=7), calendar(town.congress.id))
        issue, made = figures(week, Tally()), town.counted()
        of_bodies = {row.key: row for row in tables.rows(made, Dimension.BODY)}
        whole = tables.whole(made)
        for said, key in SAME.items():
            assert issue["whole"][said] == whole[key], said
            for row in issue["by_body"]:
                assert row[said] == of_bodies[str(row["body_id"])][key], (row["body"], said)
