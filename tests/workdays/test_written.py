"""The days of a year as a person writes them."""

from datetime import date

import pytest

from tracker.errors import RuleBroken
from tracker.workdays.written import lines_of, read_file, read_lines


def test_a_line_holds_a_day_a_word_and_a_name():
    assert read_lines("2027-02-06 off Spring Festival\n\n2027-02-14 worked\n") == [
        (date(2027, 2, 6), False, "Spring Festival"),
        (date(2027, 2, 14), True, ""),
    ]


def test_chinese_words_mean_the_same():
    said = read_lines("2027-02-06 放假 春节\n2027-02-14 补班 春节\n2027-07-01 休 台风停工")
    assert said == [
        (date(2027, 2, 6), False, "Spring Festival"),
        (date(2027, 2, 14), True, "Spring Festival"),
        (date(2027, 7, 1), False, "台风停工"),
    ]


def test_what_was_read_is_written_the_same_again():
    days = [(date(2027, 1, 1), False, "New Year's Day"), (date(2027, 1, 3), True, "")]
    assert read_lines(lines_of(days)) == days


@pytest.mark.parametrize("line", ["2027-02-30 off x", "6 Feb off x", "off 2027-02-06"])
def test_a_line_without_a_day_is_named(line):
    with pytest.raises(RuleBroken) as broken:
        read_lines("2027-01-01 off New Year's Day\n" + line)
    assert broken.value.values["number"] == 2


def test_a_word_that_says_neither_is_named():
    with pytest.raises(RuleBroken, match="neither|does not say"):
        read_lines("2027-02-06 perhaps Spring Festival")


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_file_has_three_columns(mark):
    content = f"{mark}day,working,name\n2027-02-06,0,春节\n2027-02-14,1,春节\n".encode()
    assert [(day.day, working) for day, working, _name in read_file(content)] == [(6, False), (14, True)]


def test_a_row_without_a_name_has_none():
    assert read_file(b"day,working,name\n2027-02-06,off\n") == [(date(2027, 2, 6), False, "")]


def test_a_name_too_long_is_refused_not_cut():
    with pytest.raises(RuleBroken, match="no more than"):
        read_lines("2027-02-06 off " + "x" * 81)


@pytest.mark.parametrize("content", [b"", b"a,b\n1,2\n", b"\xff\xfe\x00", b"PK\x03\x04"])
def test_another_file_is_refused(content):
    with pytest.raises(RuleBroken):
        read_file(content)


def test_a_file_of_thousands_of_lines_is_refused():
    with pytest.raises(RuleBroken, match="366"):
        read_file(b"day,working,name\n" + b"2027-02-06,0,x\n" * 400)
