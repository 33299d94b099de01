"""From numbers to places: round ends, few ticks, nothing that breaks on zero."""

import pytest

from tracker.web.drawing.scales import MOST_TICKS, Scale, every, nice_top


@pytest.mark.parametrize(
    ("largest", "top"),
    [(0, 1), (1, 1), (3, 3), (5, 5), (6, 6), (7, 8), (11, 15), (90, 100), (101, 150), (6_727, 8_000)],
)
def test_a_scale_ends_on_a_round_number(largest, top):
    assert nice_top(largest) == top


@pytest.mark.parametrize("largest", [0, 1, 4, 9, 37, 99, 1_000, 12_345])
def test_ticks_are_few_whole_and_reach_the_top(largest):
    ticks = Scale.over(largest, 170).ticks
    assert ticks[0] == 0
    assert ticks[-1] >= largest
    assert len(ticks) <= MOST_TICKS + 1


def test_nothing_has_no_length_and_nothing_is_longer_than_the_room():
    scale = Scale.over(90, 170)
    assert (scale.of(0), scale.of(-3), scale.of(50), scale.of(5_000)) == (0, 0, 85, 170)
    assert Scale.to(0, 84).of(0) == 0


def test_of_many_in_a_row_only_so_many_are_told():
    assert [every(count, 6) for count in (0, 1, 6, 7, 26)] == [1, 1, 1, 2, 5]
