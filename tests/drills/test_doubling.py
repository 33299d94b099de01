"""A dozen presses at once and answers lost on the way: one thing each, and everybody is led to it."""

from tests.drills.doubling import press_often

FORMS, LOST = 2, 2  # `python3 start.py bench doubling` takes fifty and twenty


def test_nothing_is_doubled(app):
    told = press_often(app, forms=FORMS, lost=LOST)
    assert told["made"] == FORMS + LOST
    assert (told["not led on"], told["led elsewhere"], told["numbers missing or twice"]) == (0, 0, 0)
