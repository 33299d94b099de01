"""Promises by month: against the day first promised and the present one, the same as the ledger of promises lists."""

from datetime import date

import pytest
import sqlalchemy as sa

from tests.figures.town import IN_TIME, TODAY, a_town
from tests.figures.town import _promises as became
from tests.makers import a_user, assignments_of
from tracker.database import db
from tracker.dispatch.models import Part
from tracker.followup import queries as ledger
from tracker.pictures import promises
from tracker.pictures.rules import Month, months_around
from tracker.roles import Role

STRAIGHT = "SELECT substr(CAST(due_on AS TEXT), 1, 7), count(*) FROM deadline WHERE kind = 'promise' GROUP BY 1"
PROMISED = [("路灯", "2026-07-01"), ("绿化", "2026-07-02"), ("停车", "2026-08-03"), ("电梯", "2027-01-05")]


@pytest.fixture
def town(session, stopped_clock):
    """Kept by its day; kept late; moved to 30 August and missed again; still to come."""
    stopped_clock(TODAY)
    made = a_town()
    [one] = assignments_of(made.handed(("甲局", Part.SOLE)))
    made.answered(one, IN_TIME, promises=[{"what": what, "owner": "林承办", "due_on": due} for what, due in PROMISED])
    became(made)
    db.session.commit()
    return made


def test_each_promise_stands_in_the_month_and_state_it_is_in(town):
    clerk = a_user(town.congress, Role.OFFICE_CLERK)
    found = {
        (row.year, row.month, row.state): row.count for row in promises.by_month(clerk, months_around(TODAY), TODAY)
    }
    assert found == {
        (2026, 7, promises.KEPT): 1,
        (2026, 7, promises.KEPT_LATE): 1,
        (2026, 8, promises.OVERDUE): 1,
        (2027, 1, promises.OPEN): 1,
    }
    assert dict(db.session.execute(sa.text(STRAIGHT)).all()) == {"2026-07": 2, "2026-08": 1, "2027-01": 1}


def test_a_promise_moved_to_a_later_day_says_that_its_first_day_has_passed(town):
    clerk = a_user(town.congress, Role.OFFICE_CLERK)
    [state] = [row.state for row in promises.by_month(clerk, [Month(2026, 8)], date(2026, 8, 10))]
    assert state == promises.MOVED


@pytest.mark.parametrize("role", [Role.OFFICE_CLERK, Role.LEADER, Role.BODY_HANDLER])
def test_a_month_opens_a_ledger_as_long_as_its_number(town, role):
    body = town.body("甲局")
    asking = a_user(town.congress, role, **({"body_id": body.id} if role is Role.BODY_HANDLER else {}))
    month = Month(2026, 7)
    [row, other] = promises.by_body(asking, month, TODAY)
    assert (row.id, other.id, row.count + other.count) == (body.id, body.id, 2)
    asked = ledger.Asked(show=ledger.Show.ALL, since=month.first, until=month.last)
    assert ledger.count(ledger.ledger(asking, ledger.Show.ALL, TODAY, asked=asked)) == 2


def test_another_body_and_a_deputy_count_no_promise_that_is_not_theirs(town):
    other = a_user(town.congress, Role.BODY_HANDLER, body_id=town.body("乙局").id)
    assert promises.by_month(other, months_around(TODAY), TODAY) == []
