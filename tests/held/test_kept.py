"""What is kept of time held agrees with whose turn it is now, and with a straight count over the history."""

from datetime import date

import pytest
import sqlalchemy as sa

from tests.held.city import a_city_with_everything
from tests.held.now import lasting, turns_now
from tracker.database import db
from tracker.held import jobs, keeping, passing, queries
from tracker.held.models import Passed, Stay, Tally
from tracker.held.queries import Which
from tracker.suggestion.ball import BODY, DEPUTY, HUB, OFFICE
from tracker.suggestion.models import Suggestion

TODAY = date(2026, 6, 22)

# Turns by another road: days between lines, counted by the database from where each part stood after each line.
STRAIGHT = """
SELECT a.body_id, SUM(ended - begun) FROM (
  SELECT e.assignment_id, {day}(e."on") AS begun, {day}(COALESCE(
    (SELECT n."on" FROM entry n WHERE n.assignment_id = e.assignment_id AND n.id > e.id AND n.move IN {moves}
     ORDER BY n.id LIMIT 1), DATE '{today}')) AS ended
  FROM entry e WHERE e.move IN ('assign', 'sign_for', 'refuse_return', 'send_back', 'ask_opinion_again')
) t JOIN assignment a ON a.id = t.assignment_id JOIN body b ON b.id = a.body_id
WHERE NOT b.is_hub GROUP BY a.body_id
"""
MOVING = (
    "('sign_for', 'ask_return', 'refuse_return', 'pass_on', 'change_lead', 'recall', 'absorb', 'give_opinion', "
    "'ask_opinion_again', 'answer_without', 'agree_to_reply', 'submit', 'send_back')"
)
PASSES = """
SELECT a.body_id, b.body_id, COUNT(*) FROM entry e
JOIN assignment a ON a.id = e.assignment_id
JOIN entry n ON n.id = (SELECT MIN(x.id) FROM entry x
                        WHERE x.suggestion_id = e.suggestion_id AND x.id > e.id AND x.move = 'assign')
JOIN assignment b ON b.id = n.assignment_id
WHERE e.move IN ('grant_return', 'change_lead', 'recall') GROUP BY a.body_id, b.body_id
"""


@pytest.fixture
def city(session, stopped_clock):
    stopped_clock(TODAY)
    made = a_city_with_everything()
    jobs.reckon_held(TODAY)
    return made


def asked(statement):
    postgres = db.engine.dialect.name == "postgresql"
    text = statement.format(day="" if postgres else "julianday", moves=MOVING, today=TODAY)
    return [tuple(row) for row in db.session.execute(sa.text(text if postgres else text.replace("DATE '", "'")))]


def test_what_is_kept_equals_a_straight_count_over_the_history_and_whose_turn_it_is_now(city):
    bodies = {body_id: int(days) for body_id, days in asked(STRAIGHT)}
    ours = queries.by_body(Which(city.congress.id), TODAY)
    assert len(bodies) == 3
    assert {body_id: one.days for body_id, one in ours.items()} == bodies
    passed = {(one, other): many for one, other, many in asked(PASSES)}
    cells = passing.flows(Which(city.congress.id))
    assert len(passed) == 2
    assert {(one.from_body_id, one.to_body_id): one.times for one in cells} == passed
    now = turns_now()
    assert lasting() == now
    assert {holder for _suggestion_id, holder, _body_id in now} == {OFFICE, HUB, BODY, DEPUTY}
    by_task = queries.by_task(Which(city.congress.id), TODAY)
    assert by_task[OFFICE, ""].stays == db.session.scalar(sa.select(sa.func.count(Suggestion.id)))
    assert all(one.stays <= by_task[holder, ""].stays for (holder, _task), one in by_task.items())


def kept():
    rows = db.session.execute(sa.select(*[column for column in Stay.__table__.c if column.name != "id"]))
    tally = db.session.execute(sa.select(*Tally.__table__.c))
    passed = db.session.execute(sa.select(*[column for column in Passed.__table__.c if column.name != "id"]))
    return [sorted(map(str, some)) for some in (rows, tally, passed)]


def test_following_line_by_line_is_the_same_as_reckoning_anew(city):
    before = kept()
    assert not jobs.has_work()
    city.write_more()
    assert jobs.has_work()
    assert jobs.reckon_held(TODAY) == {"rows": 2}
    followed = kept()
    assert followed != before
    assert jobs.reckon_all()["rows"] > 2
    assert kept() == followed
    assert jobs.reckon_held(TODAY) == {"rows": 0}
    assert list(keeping.problems()) == []
    db.session.execute(sa.update(Tally).values(stays=Tally.stays + 1))
    assert [one.kind for one in keeping.problems()] == ["held_tally"]


def test_days_go_on_while_nothing_is_written_and_another_calendar_counts_them_anew(city):
    which = Which(city.congress.id)
    now, then = (queries.by_task(which, on)[OFFICE, ""] for on in (TODAY, date(2026, 6, 29)))
    assert then.days == now.days + 7 * now.still
    assert (then.stays, then.working_days > now.working_days) == (now.stays, True)
    before = queries.by_body(which, TODAY)
    city.one_day_off(date(2026, 3, 6))
    jobs.reckon_held(TODAY)
    after = queries.by_body(which, TODAY)
    assert any(after[body_id].working_days < one.working_days for body_id, one in before.items())
    assert all(after[body_id].days == one.days for body_id, one in before.items())
