"""Where things stand in the picture."""

from datetime import date

from tests.held.lines import day
from tracker.held.picture import MOST_TICKS, SIDE, WIDTH, Row, draw

END = WIDTH - SIDE


def test_the_first_day_stands_left_and_today_right_while_something_lasts():
    found = draw(
        [Row("office", [(day(1), day(11), "office", "")]), Row("roads", [(day(11), None, "body", "")])], [], [], day(21)
    )
    office, roads = (lane.bars[0] for lane in found.lanes)
    assert (office.x, office.lasts, roads.lasts) == (SIDE, False, True)
    assert office.x + office.width == roads.x == (SIDE + END) / 2
    assert roads.x + roads.width == found.today.x == END


def test_a_last_day_beyond_today_widens_the_picture():
    found = draw([Row("roads", [(day(1), None, "body", "")], [(day(31), "due", "")])], [], [], day(16))
    assert (found.lanes[0].dues[0].x, found.today.x) == (END, (SIDE + END) / 2)


def test_what_is_over_ends_with_its_last_turn():
    found = draw([Row("roads", [(day(1), day(6), "body", "")])], [], [], date(2027, 1, 1))
    assert (found.today, found.lanes[0].bars[0].width) == (None, END - SIDE)


def test_a_day_has_one_mark_and_numbers_keep_apart():
    moves = [(day(1), "a"), (day(1), "b"), (day(2), "c"), (day(31), "d")]
    found = draw([Row("roads", [(day(1), day(31), "body", "")])], moves, [], day(31))
    assert [(mark.text, mark.told) for mark in found.moves] == [("1", "a"), ("", "c"), ("4", "d")]


def test_months_are_few_enough_to_be_read():
    found = draw([Row("roads", [(date(2024, 1, 15), None, "body", "")])], [], [], date(2026, 6, 1))
    assert 2 <= len(found.ticks) <= MOST_TICKS
    assert found.ticks[0].text == "2024-02"


def test_a_month_that_would_touch_the_one_before_is_left_out():
    found = draw([Row("roads", [(date(2025, 8, 14), date(2026, 2, 10), "body", "")])], [], [], date(2026, 11, 30))
    assert [tick.text for tick in found.ticks] == ["2025-09", "2025-10", "2025-11", "2025-12", "2026-01"]


def test_nothing_happened_there_is_no_picture():
    assert draw([Row("office")], [], [], day(1)) is None
