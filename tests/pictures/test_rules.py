"""Bands of days without gap or overlap, months across a year's end, and bodies in their three groups."""

from datetime import date, timedelta

import pytest

from tracker.figures.measures import MEASURES
from tracker.figures.tables import Figures
from tracker.pictures.bodies import Ranked
from tracker.pictures.rules import OVER, SINCE, Month, band_of, months_around

TODAY = date(2026, 6, 15)


@pytest.mark.parametrize(("bands", "first"), [(SINCE, 0), (OVER, 1)])
def test_every_day_lies_in_one_band_and_no_more(bands, first):
    for days in range(first, 400):
        assert len([band for band in bands if band.holds(days)]) == 1
    assert band_of(first - 1, bands) is None


@pytest.mark.parametrize("band", [*SINCE, *OVER])
def test_a_band_told_in_days_of_the_calendar_is_the_same_band(band):
    earliest, latest = band.days_on(TODAY)
    for back in range(400):
        day = TODAY - timedelta(days=back)
        assert (day <= latest and (earliest is None or day >= earliest)) == band.holds(back)


def test_months_go_on_across_the_end_of_a_year():
    months = months_around(TODAY, back=6, ahead=7)
    assert [str(month) for month in (months[0], months[-1])] == ["2025-12", "2027-01"]
    assert (months[0].last, months[-1].first) == (date(2025, 12, 31), date(2027, 1, 1))


@pytest.mark.parametrize("text", ["", "2026", "2026-13", "2026-5", "05-2026", "2026-05-01", "²026-05"])
def test_what_is_no_month_is_none(text):
    assert Month.named(text) is None


def test_a_month_is_read_as_it_is_written():
    assert str(Month.named("2026-05")) == "2026-05"


def figures(name: str, **numbers: int) -> Figures:
    return Figures(name, {**dict.fromkeys(MEASURES, 0), **numbers})


def test_a_body_that_never_answered_stands_last_with_the_word_and_is_not_neutral():
    idle = figures("idle", main=2, open=2, due_original=2, late_original=2, open_late_original=2)
    good = figures("good", main=9, answered=9, due_original=9, in_time_original=9)
    ranked = Ranked.of([good, idle])
    assert ([row.key for row in ranked.compared], [row.key for row in ranked.never]) == (["good"], ["idle"])


def test_open_and_late_counts_as_late_and_puts_a_body_before_those_that_answered():
    busy = figures("busy", main=10, answered=9, due_original=10, in_time_original=9, late_original=1)
    slow = figures("slow", main=10, answered=1, due_original=9, in_time_original=1, late_original=8)
    assert [row.key for row in Ranked.of([busy, slow]).compared] == ["slow", "busy"]


def test_of_too_few_nobody_is_compared_and_who_has_nothing_is_left_out():
    few = figures("few", main=3, answered=1, due_original=3, late_original=2)
    ranked = Ranked.of([few, figures("none")])
    assert ([row.key for row in ranked.few], ranked.compared, ranked.never) == (["few"], [], [])


def test_a_body_whose_time_still_runs_is_not_called_idle():
    waiting = figures("waiting", main=7, open=7)
    assert [row.key for row in Ranked.of([waiting]).few] == ["waiting"]
