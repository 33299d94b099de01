"""Letters meant for an officer who is away go to his substitute, in the days of his absence."""

from datetime import date

import pytest

from tests.structure.conftest import ACTING
from tracker.errors import RuleBroken
from tracker.structure import actions
from tracker.structure.absence import reached_for
from tracker.structure.models import Rank
from tracker.structure.queries import officers_of

FIRST, LAST = date(2026, 3, 2), date(2026, 3, 13)


@pytest.fixture
def pair(city):
    """A handler of the schools and the one who reads for him."""
    handler = actions.add_officer(
        city.id, "孙三", Rank.HANDLER, body_id=city.schools.id, email="sun@a.example", **ACTING
    )
    other = actions.add_officer(city.id, "李四", Rank.HANDLER, body_id=city.roads.id, email="li@a.example", **ACTING)
    days = {"absent_from_on": FIRST, "absent_until_on": LAST}
    actions.amend_officer(handler, substitute_id=other.id, **days, **ACTING)
    return handler, other


@pytest.mark.parametrize(
    ("day", "email"),
    [
        (date(2026, 3, 1), "sun@a.example"),
        (FIRST, "li@a.example"),
        (LAST, "li@a.example"),
        (date(2026, 3, 14), "sun@a.example"),
    ],
)
def test_both_days_of_an_absence_count(city, pair, day, email):
    [one] = officers_of([city.schools.id], Rank.HANDLER, on=day)
    assert (one.email, one.body_id, one.rank) == (email, city.schools.id, Rank.HANDLER)
    assert one.stands_in is (email == "li@a.example")


def test_without_a_last_day_it_lasts(city, pair):
    actions.amend_officer(pair[0], absent_until_on=None, **ACTING)
    assert reached_for([pair[0].id], date(2027, 1, 1))[pair[0].id].id == pair[1].id


def test_who_has_no_substitute_gets_his_letters_himself(city, pair):
    actions.amend_officer(pair[0], substitute_id=None, **ACTING)
    assert [one.name for one in officers_of([city.schools.id], on=FIRST)] == ["孙三"]


def test_a_substitute_who_has_left_reads_nothing(city, pair):
    actions.amend_officer(pair[1], active=False, **ACTING)
    assert [one.name for one in officers_of([city.schools.id], on=FIRST)] == ["孙三"]


def test_who_stands_in_for_a_colleague_gets_one_letter(city, pair):
    handler, _other = pair
    second = actions.add_officer(city.id, "周五", Rank.HANDLER, body_id=city.schools.id, **ACTING)
    actions.amend_officer(handler, substitute_id=second.id, **ACTING)
    assert [one.name for one in officers_of([city.schools.id], Rank.HANDLER, on=FIRST)] == ["周五"]


def test_a_substitute_is_somebody_else_in_office_who_is_there(city, pair):
    handler, other = pair
    with pytest.raises(RuleBroken, match="cannot stand in"):
        actions.amend_officer(handler, substitute_id=handler.id, **ACTING)
    actions.amend_officer(other, absent_from_on=LAST, **ACTING)
    with pytest.raises(RuleBroken, match="absent in these days too"):
        actions.amend_officer(handler, absent_until_on=date(2026, 4, 1), **ACTING)
    with pytest.raises(RuleBroken, match="from which day"):
        actions.amend_officer(handler, absent_from_on=None, **ACTING)
    with pytest.raises(RuleBroken, match="cannot end"):
        actions.amend_officer(handler, absent_until_on=date(2026, 3, 1), **ACTING)
