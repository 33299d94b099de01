"""What waits stands in one order, the most harmful first, whatever stage it comes from."""

from datetime import date

from tracker.desk.order import in_order, most_harmful
from tracker.stage import Waiting, WaitingGroup


def waiting(number, harm=0, due_on=None, kind="Reply overdue", body_name=""):
    return Waiting(kind, f"/{number}", number, number, due_on=due_on, harm=harm, body_name=body_name)


def group(*first, count=None, kind="Reply overdue"):
    return WaitingGroup(kind, len(first) if count is None else count, "/", first)


def test_harm_comes_before_the_last_day_and_no_day_last():
    early, late, none = waiting("1", due_on=date(2026, 1, 1)), waiting("2", due_on=date(2026, 2, 1)), waiting("3")
    worst = waiting("4", harm=9)
    assert most_harmful([group(none, late), group(early, worst)]) == [worst, early, late, none]


def test_the_same_thing_stands_once_but_once_for_each_body():
    roads, court = waiting("1", body_name="roads"), waiting("1", body_name="court")
    assert most_harmful([group(roads, court), group(roads)]) == [roads, court]


def test_no_more_than_twenty_five_are_shown():
    assert len(most_harmful([group(*(waiting(str(n)) for n in range(40)))])) == 25


def test_groups_in_which_nothing_waits_are_left_out():
    small, large = group(waiting("1", harm=1)), group(waiting("2"), count=90)
    assert in_order([large, group(), small]) == [small, large]
