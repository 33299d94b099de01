"""The holes through which weak units escape elsewhere (found in peers), each closed here."""

from datetime import date

import pytest

from tests.figures.town import IN_TIME, LATE, TODAY, a_town
from tests.makers import CLERK, actor_of, assignments_of
from tracker import clock
from tracker.database import db
from tracker.deadlines import actions as clocks
from tracker.deadlines import queries as deadlines
from tracker.dispatch import actions as dispatch
from tracker.dispatch.models import Part
from tracker.feedback.models import Verdict
from tracker.figures import lines
from tracker.figures.measures import MEASURES
from tracker.figures.models import Dimension
from tracker.figures.tables import rows
from tracker.followup import actions as followup
from tracker.followup.models import Fate
from tracker.handling import actions as handling
from tracker.handling.models import Promise

pytestmark = pytest.mark.engines("sqlite")
SOLE, LEAD, CO, APART = Part.SOLE, Part.LEAD, Part.CO, Part.SEPARATE
PROMISE = {"what": "安装路灯", "owner": "林承办", "due_on": "2026-07-01"}


@pytest.fixture
def town(session):
    return a_town()


def given(town, name, number=1, **more):
    return [assignments_of(town.handed((name, SOLE), **more))[0] for _ in range(number)]


def named(town, found):
    return [next(name for name, body in town.bodies.items() if str(body.id) == one.key) for one in found]


def table(town, sort, *, worst_first=True):
    made = town.counted()
    found = rows(made, Dimension.BODY)
    names = {row.key: row.key for row in found}
    return lines.table(found, [MEASURES[sort]], MEASURES[sort], names=names, worst_first=worst_first)


def test_a_body_that_never_finished_anything_is_last_and_not_neutral(town):
    """MuckRock: no answer, no average, so “neutral”."""
    given(town, "从不答复局", 5)
    for assignment in given(town, "晚答复局", 5):
        town.rated(town.answered(assignment, LATE), Verdict.DISSATISFIED, date(2026, 6, 20))
    for sort in ("late_original", "last_dissatisfied", "contact_before"):
        best_first = table(town, sort, worst_first=False)
        assert named(town, best_first.compared)[-1] == "从不答复局", sort
        assert best_first.too_few == []


def test_open_and_late_counts_as_late_against_both_days(town):
    """FixMyStreet, Cixi: who does not answer is in no figure of lateness."""
    given(town, "甲局")
    figures = town.of_body("甲局")
    assert [figures[name] for name in ("late_original", "late_current", "in_time_original", "answered")] == [1, 1, 0, 0]


def test_a_bulk_extension_erases_no_lateness(town):
    """NYC: one command extends the whole backlog, and the old date is overwritten."""
    for assignment in given(town, "甲局", 2):
        with clock.at(IN_TIME):
            asked = handling.ask_extension(assignment, "汛期", date(2026, 9, 1), by=actor_of(assignment), on=IN_TIME)
            handling.decide_extension(asked, True, by=CLERK, on=IN_TIME, tell=False)
    figures = town.of_body("甲局", date(2026, 7, 1))
    assert [figures[name] for name in ("extended", "moved", "late_original", "open_late_original")] == [2, 2, 2, 2]
    assert figures["late_current"] == 0


def test_an_item_without_a_last_day_is_not_invisible(town):
    """Emirati_Pathways: an item with no due date is never overdue."""
    for assignment in given(town, "甲局", 5):
        for running in deadlines.open_for(kind="reply", assignment_id=assignment.id):
            clocks.void(running, on=IN_TIME, reason="lost")
    figures = town.of_body("甲局")
    assert figures["no_clock"] == figures["open"] == 5
    assert figures.is_idle


def test_there_is_no_average_over_what_is_finished(town):
    """FixMyStreet: the average over the fixed only makes who leaves things undone quick."""
    quick, _left = given(town, "甲局", 2)
    town.answered(quick, date(2026, 3, 4))
    figures = town.of_body("甲局")
    days = lines.cell(figures, MEASURES["days_held"])
    assert (days.whole, days.number) == (2, 2 + 137)  # two days, and all the working days until today
    assert days.mean == 69.5


def test_what_is_given_back_resets_nothing(town):
    """PQ: rejection returns the item with no clock on the rejecting unit."""
    [assignment] = given(town, "甲局")
    on, to = date(2026, 3, 9), town.body("乙局")
    with clock.at(on):
        asked = dispatch.ask_return(assignment, "不属本单位", to, by=actor_of(assignment), on=on)
        asked.assignment = assignment
        dispatch.decide_return(asked, True, by=CLERK, on=on, to=to, tell=False)
    first, second = town.of_body("甲局"), town.of_body("乙局")
    assert [first[name] for name in ("assigned", "received", "returned", "days_held")] == [1, 0, 1, 5]
    assert [second[name] for name in ("received", "returned")] == [1, 0]
    whole = town.of_all()
    assert whole["items_days"] == first["days_held"] + second["days_held"]
    assert whole["items_returned"] == 1


def test_an_item_is_as_satisfied_as_its_worst_reply_and_silence_is_not_satisfaction(town):
    """Cixi: satisfied by default. Of two bodies that answer apart one is praised, of the other nothing is said."""
    good, mute = assignments_of(town.handed(("甲局", APART), ("乙局", APART)))
    praised, silent = town.answered(good, IN_TIME), town.answered(mute, IN_TIME)
    town.rated(praised, Verdict.SATISFIED, date(2026, 5, 12))
    whole = town.of_all()
    assert [whole[name] for name in ("items_last_satisfied", "items_last_rated", "items_last_unrated")] == [0, 0, 1]
    mute_figures = town.of_body("乙局")
    assert [mute_figures[name] for name in ("last_asked", "last_rated", "last_unrated")] == [1, 0, 1]
    town.rated(silent, Verdict.DISSATISFIED, date(2026, 9, 1))
    assert town.of_all()["items_last_dissatisfied"] == 1


def test_a_new_round_nobody_answers_does_not_erase_who_is_dissatisfied(town):
    [assignment] = given(town, "甲局")
    rating = town.rated(town.answered(assignment, IN_TIME), Verdict.DISSATISFIED, date(2026, 5, 20))
    new = town.handled_again(rating, date(2026, 5, 25))
    before = town.of_body("甲局")
    assert [before[name] for name in ("last_dissatisfied", "renewed", "further_round", "late_original")] == [1, 1, 1, 1]
    town.rated(town.answered(new, date(2026, 9, 2)), Verdict.SATISFIED, date(2026, 9, 4))
    after = town.of_body("甲局")
    assert [after[name] for name in ("first_dissatisfied", "last_dissatisfied", "last_satisfied")] == [1, 0, 1]
    assert after["late_original"] == 1


def test_a_promise_that_is_moved_or_withdrawn_is_not_forgotten(town):
    """Decidim: progress without a date."""
    moved, withdrawn = given(town, "甲局", 2)
    for assignment, fate in ((moved, Fate.MOVED), (withdrawn, Fate.WITHDRAWN)):
        reply = town.answered(assignment, IN_TIME, promises=[PROMISE])
        promise = db.session.query(Promise).filter_by(reply_id=reply.id).one()
        promise.assignment = reply.assignment
        more = {"new_due_on": date(2026, 12, 1)} if fate is Fate.MOVED else {}
        with clock.at(date(2026, 6, 20)):
            followup.report(promise, fate, "暂缓", by=actor_of(assignment), on=date(2026, 6, 20), **more)
    figures = town.of_body("甲局")
    kept = figures.share("promises_kept")
    assert (kept.part, kept.whole) == (0, 2)
    assert [figures[name] for name in ("promises_missed", "promises_withdrawn", "promises_moved")] == [1, 1, 1]


def test_a_co_handler_nobody_waited_for_is_late_all_the_same(town):
    lead, _silent = assignments_of(town.handed(("甲局", LEAD), ("丙局", CO)))
    town.rated(town.answered(lead, IN_TIME), Verdict.SATISFIED, date(2026, 5, 12))
    figures = town.of_body("丙局")
    assert [figures[name] for name in ("co_unheard", "co_late", "co_in_time")] == [1, 1, 0]


def test_below_the_minimum_bodies_stand_apart(town):
    given(town, "四件局", 4)
    for assignment in given(town, "六件局", 6):
        town.answered(assignment, IN_TIME)
    made = table(town, "late_original")
    assert (named(town, made.compared), named(town, made.too_few)) == (["六件局"], ["四件局"])
    assert made.too_few[0].cells[0].percent is None
    assert made.compared[0].cells[0].percent == 0


def test_a_reply_that_is_sent_back_is_late_when_the_better_one_is(town):
    [assignment] = given(town, "甲局")
    with clock.at(IN_TIME):
        reply = town.submitted(assignment, IN_TIME)
        handling.send_back(reply, assignment, ["form"], "", by=CLERK, on=IN_TIME, tell=False)
        db.session.flush()
    figures = town.of_body("甲局", TODAY)
    assert [figures[name] for name in ("replied", "answered", "sent_back", "late_original")] == [1, 0, 1, 1]
