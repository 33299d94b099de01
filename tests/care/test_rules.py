"""Which backups are kept, day after day."""

from datetime import UTC, datetime, timedelta

from tracker.care.rules import Keep, to_keep

KEEP = Keep(days=7, weeks=5, months=12)
FIRST = datetime(2026, 1, 1, 1, 30, tzinfo=UTC)


def after(days: int, keep: Keep = KEEP, quiet: range = range(0)) -> dict[int, datetime]:
    """What lies in the folder after so many nights, of which the quiet ones made none."""
    there: dict[int, datetime] = {}
    for day in range(days):
        if day not in quiet:
            there[day] = FIRST + timedelta(days=day)
            there = {number: there[number] for number in to_keep(there, keep)}
            assert day in there
    return there


def test_after_four_hundred_nights_days_weeks_and_months_are_left():
    there = sorted(after(400))
    assert there[-7:] == list(range(393, 400))
    assert len(there) <= 7 + 5 + 12
    months = {(FIRST + timedelta(days=day)).strftime("%Y-%m") for day in there}
    assert len(months) == 12
    assert max(b - a for a, b in zip(there, there[1:], strict=False)) <= 31


def test_nothing_goes_because_none_was_made():
    assert after(100) == after(300, quiet=range(100, 300))


def test_the_newest_stays_whatever_is_asked():
    assert list(after(50, Keep(0, 0, 0))) == [49]


def test_two_of_one_day_leave_the_later():
    morning, noon = FIRST, FIRST + timedelta(hours=10)
    assert to_keep({1: morning, 2: noon}, Keep(2, 0, 0)) == {2}


def test_a_backup_made_under_a_clock_set_back_is_not_the_newest():
    assert to_keep({1: FIRST, 2: FIRST - timedelta(days=1)}, Keep(1, 0, 0)) == {1}
