"""Bars, columns and lines: every number has its place, none covers another, and nought is no bar."""

import pytest

from tracker.web.drawing.bars import ROOM, THINNEST, Bars
from tracker.web.drawing.columns import Columns
from tracker.web.drawing.lines import APART, Lines, spread
from tracker.web.drawing.measured import Kind, Picture, Row

KINDS = [Kind("late", "overdue", "red"), Kind("open", "open", "green")]


def picture(*rows, kinds=KINDS):
    return Picture("one", "A title", "What it says", kinds, rows, "Week", "item-bodies", "All")


def test_the_longest_bar_fills_the_room_and_the_others_are_drawn_to_its_scale():
    drawn = Bars.of(picture(Row("first", {"late": 30, "open": 10}), Row("second", {"open": 20})))
    assert [bar.end for bar in drawn.bars] == [ROOM, ROOM / 2]
    assert [piece.width for piece in drawn.bars[0].pieces] == [63.0, 21.0]


def test_the_parts_of_a_bar_touch_and_none_covers_another():
    [bar] = Bars.of(picture(Row("all", {"late": 7, "open": 3}))).bars
    first, second = bar.pieces
    assert second.x == pytest.approx(first.x + first.width)


def test_nought_has_no_part_and_one_of_thousands_is_still_seen():
    drawn = Bars.of(picture(Row("many", {"late": 1, "open": 9_999}), Row("none", {"late": 0})))
    many, none = drawn.bars
    assert many.pieces[0].width == THINNEST
    assert (list(none.pieces), none.end, none.total) == ([], 0, 0)


def test_a_number_is_written_into_a_part_only_where_it_has_room():
    [bar] = Bars.of(picture(Row("all", {"late": 2, "open": 98}))).bars
    assert [piece.told for piece in bar.pieces] == ["", "98"]


def test_a_picture_of_nothing_is_drawn_too():
    empty = picture(Row("first", {}))
    assert empty.is_empty
    assert Bars.of(empty).bars[0].end == 0
    assert Columns.of(empty).ticks[-1].value == 1
    assert Bars.of(picture()).height == 0
    assert list(Columns.of(picture()).columns) == []


def test_small_pictures_share_one_scale():
    one, other = Row("one", {"open": 40}), Row("other", {"open": 10})
    both = picture(one, other)
    ends = [Bars.alone(both, row, 40).bars[0].end for row in (one, other)]
    assert ends == [ROOM, ROOM / 4]


def test_columns_stand_on_the_foot_and_end_at_their_total():
    drawn = Columns.of(picture(Row("W01", {"late": 40, "open": 60}), Row("W02", {"late": 50})))
    first, second = drawn.columns
    assert first.pieces[0].y + first.pieces[0].height == drawn.foot
    assert first.top == next(tick.y for tick in drawn.ticks if tick.value == 100)
    assert second.x > first.x + first.width


def test_of_many_weeks_the_last_is_told_and_no_more_than_have_room():
    drawn = Columns.of(picture(*(Row(f"W{number}", {"open": number}) for number in range(26))))
    told = [column.name for column in drawn.columns if column.is_told]
    assert told[-1] == "W25"
    assert len(told) <= 6
    assert drawn.columns[-1].x + drawn.columns[-1].width <= 100


def test_a_week_without_an_issue_keeps_its_place_and_tells_no_nought():
    drawn = Columns.of(picture(Row("W01", {"open": 4}), Row("W02", {}), Row("W03", {"open": 0})))
    assert [column.told for column in drawn.columns] == ["4", "—", "0"]


def test_a_line_ends_where_nothing_more_is_known():
    rows = [Row("1", {"late": 1, "open": 2}), Row("2", {"late": 3, "open": 4}), Row("3", {"open": 9})]
    late, everything = Lines.of(picture(*rows)).courses
    assert (len(late.points), late.last.value) == (2, 3)
    assert (len(everything.pieces), everything.last.value) == (2, 9)


def test_a_line_of_one_point_has_no_piece_and_a_number():
    [only] = Lines.of(picture(Row("1", {"late": 5}))).courses
    assert (only.pieces, only.last.value) == ([], 5)


def test_numbers_at_the_ends_of_lines_never_cover_each_other():
    assert spread([100, 100, 40]) == [100, 100 + APART, 40]
    assert spread([]) == []


def test_the_key_names_only_what_there_is():
    assert [kind.key for kind in picture(Row("all", {"open": 3})).shown] == ["open"]
    assert picture(Row("all", {"open": 3}), Row("two", {"open": 4, "late": 1})).sums() == {"late": 1, "open": 7}
