"""This year beside last: by the same day of the course, as the last count has it."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from tests.figures.town import HANDED_OVER_ON, IN_TIME, TODAY, a_town
from tests.makers import assignments_of
from tracker.database import db
from tracker.dispatch.models import Part
from tracker.feedback.models import Verdict
from tracker.pictures import years
from tracker.pictures.years import ANSWERED, DISSATISFIED, RECEIVED, Course
from tracker.pictures.years import IN_TIME as BY_FIRST_DAY

SINCE_HAND_OVER = (IN_TIME - HANDED_OVER_ON).days


@pytest.fixture
def town(session, stopped_clock):
    """Two handed over on one day; one is answered in time to a deputy's dissatisfaction, the other not at all."""
    stopped_clock(TODAY)
    made = a_town()
    [one] = assignments_of(made.handed(("甲局", Part.SOLE)))
    made.handed(("乙局", Part.SOLE))
    made.rated(made.answered(one, IN_TIME), Verdict.DISSATISFIED, IN_TIME + timedelta(days=5))
    db.session.commit()
    return made


def test_each_measure_is_added_up_day_by_day_from_the_first_hand_over(town):
    [course] = years.courses(town.counted(), None, {})
    assert (course.year, course.began_on, course.until) == (2026, HANDED_OVER_ON, (TODAY - HANDED_OVER_ON).days)
    assert [course.by_day(RECEIVED, day) for day in (-1, 0, 400)] == [0, 2, 2]
    for measure in (ANSWERED, BY_FIRST_DAY):
        assert [course.by_day(measure, SINCE_HAND_OVER + day) for day in (-1, 0)] == [0, 1]
    assert [course.by_day(DISSATISFIED, SINCE_HAND_OVER + day) for day in (4, 5)] == [0, 1]
    straight = "SELECT count(*) FROM deadline WHERE kind = 'reply' AND met_on IS NOT NULL"
    assert course.total(ANSWERED) == db.session.execute(sa.text(straight)).scalar_one()


def test_a_body_has_a_course_of_its_own_and_a_count_is_gone_through_once(town):
    kept: years.Kept = {}
    made = town.counted()
    [own] = years.courses(made, [town.body("乙局").id], kept)
    assert (own.total(RECEIVED), own.total(ANSWERED)) == (1, 0)
    assert years.courses(made, [town.body("乙局").id], kept)[0] is own
    again = town.counted()
    years.courses(again, None, kept)
    assert {number for number, _bodies in kept} == {again.id}


def test_a_week_not_yet_reached_belongs_to_no_course():
    assert Course(2026, date(2026, 3, 2), 20).weeks == 2
    assert Course(2020, date(2020, 3, 2), 2_000).weeks == years.WEEKS
