"""What may be said of a figure: shares, intervals, and the order of what can be compared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.errors import RuleBroken
from tracker.figures.measures import MEASURES
from tracker.figures.rules import (
    Share,
    Standing,
    interval,
    is_idle,
    must_be_minimum,
    must_be_statement,
    percent,
    ranked,
)

COUNTS = st.tuples(st.integers(0, 500), st.integers(0, 500)).map(sorted)


def order(rows, *, worst_is_most=True, worst_first=True, idle=()):
    """Names in order, and those apart; rows are name → (part, whole)."""
    made = ranked(
        rows,
        lambda name: Standing(Share(*rows[name]), name in idle),
        worst_is_most=worst_is_most,
        worst_first=worst_first,
    )
    return made.compared, made.too_few


def test_below_the_minimum_there_is_no_percentage_and_no_order():
    rows = {"甲": (1, 4), "乙": (3, 10), "丙": (4, 4)}
    assert order(rows) == (["乙"], ["甲", "丙"])
    assert Share(1, 4).percent is None
    assert Share(1, 4, minimum=3).percent == 25


def test_nothing_of_nothing_is_neither_none_nor_all():
    share = Share(0, 0, minimum=0)
    assert (share.is_told, share.percent, interval(0, 0)) == (False, None, None)
    assert order({"甲": (0, 0), "乙": (0, 9)}) == (["乙"], ["甲"])


def test_who_never_finished_anything_is_worst_by_whatever_column():
    rows = {"甲": (9, 10), "乙": (0, 0), "丙": (2, 10)}
    assert order(rows, idle={"乙"}) == (["乙", "甲", "丙"], [])
    assert order(rows, idle={"乙"}, worst_first=False) == (["丙", "甲", "乙"], [])
    assert order(rows, idle={"乙"}, worst_is_most=False) == (["乙", "丙", "甲"], [])


def test_of_equal_shares_the_one_with_more_cases_is_the_worse():
    assert order({"甲": (5, 10), "乙": (10, 20)})[0] == ["乙", "甲"]


def test_to_have_finished_nothing_takes_enough_that_was_due_or_has_no_last_day():
    assert is_idle(answered=0, due=5, without_clock=0, minimum=5)
    assert is_idle(answered=0, due=2, without_clock=3, minimum=5)
    assert not is_idle(answered=0, due=0, without_clock=0, minimum=5)  # nothing was due yet
    assert not is_idle(answered=1, due=9, without_clock=0, minimum=5)


@pytest.mark.parametrize(
    ("part", "whole", "told"), [(0, 9, 0), (9, 9, 100), (999, 1000, 99), (1, 1000, 1), (17, 20, 85)]
)
def test_all_and_none_are_told_only_of_all_and_none(part, whole, told):
    assert percent(part, whole) == told


@pytest.mark.parametrize(("part", "whole", "limits"), [(1, 1, (21, 100)), (0, 10, (0, 28)), (17, 20, (64, 95))])
def test_the_interval_is_that_of_wilson(part, whole, limits):
    assert interval(part, whole) == limits


@given(COUNTS)
def test_a_share_lies_in_its_interval_and_between_none_and_all(counts):
    part, whole = counts
    if whole:
        low, high = interval(part, whole)
        assert 0 <= low <= round(100 * part / whole) <= high <= 100


def test_a_minimum_and_a_statement_are_asked_within_reason():
    for minimum in (0, 101):
        with pytest.raises(RuleBroken):
            must_be_minimum(minimum)
    for text in ("  ", "长" * 501):
        with pytest.raises(RuleBroken):
            must_be_statement(text, longest=500)


def test_every_measure_is_a_part_of_one_that_is_there():
    for one in MEASURES.values():
        assert one.of in ("", *MEASURES)
        assert one.of != one.key
        assert one.name
        assert one.how.endswith(".")
