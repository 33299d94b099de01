"""What comes of the turns: stays that are not counted twice, what was passed on, the co-handler's share, the median."""

from collections import Counter

from tests.held.lines import HELP, OTHER, ROADS, day, given, line
from tracker.held import rules
from tracker.held.rules import Stay, Way
from tracker.suggestion.spans import BODY, OFFICE, Part, spans
from tracker.workdays.rules import PLAIN_WEEK, working_days_between

PARTS = {ROADS: Part(11), HELP: Part(12, is_co=True), OTHER: Part(13)}


def worked(on, end):
    return working_days_between(on, end, PLAIN_WEEK)


def stays(entries, parts=PARTS):
    return rules.stays(spans(entries, parts), worked)


def passes(entries, parts=PARTS):
    return rules.passes(entries, parts, answering=lambda number: not parts[number].is_co)


def test_one_task_is_one_stay_and_also_the_whole():
    [office, roads] = stays(given(ROADS, on=9))
    assert office == Stay(OFFICE, None, "intake", True, 8, 6, None)
    assert roads == Stay(BODY, 11, "handling", True, 0, 0, day(9))


def test_several_tasks_have_a_whole_beside_them():
    entries = [*given(ROADS, on=3), line("submit", 10, ROADS), line("send_back", 12, ROADS)]
    office = [(one.task, one.is_whole, one.days) for one in stays(entries) if one.holder == OFFICE]
    assert office == [("intake", False, 2), ("reading", False, 2), ("", True, 4)]


def test_two_replies_read_at_once_are_one_time_of_the_office():
    entries = [*given(ROADS, OTHER, on=1), line("submit", 4, ROADS), line("submit", 6, OTHER)]
    entries += [line("deliver", 8, ROADS), line("deliver", 9, OTHER)]
    [office] = [one for one in stays(entries) if one.holder == OFFICE]
    assert (office.task, office.days) == ("reading", 5)


def test_the_whole_of_a_holder_never_exceeds_the_days_there_were():
    entries = [
        *given(ROADS, OTHER),
        line("submit", 4, ROADS),
        line("ask_extension", 3, OTHER),
        line("submit", 9, OTHER),
    ]
    [whole] = [one for one in stays(entries) if one.holder == OFFICE and one.is_whole]
    assert (whole.days, whole.since_on) == (0, day(3))


def test_a_granted_return_counts_the_days_lost_before_the_final_body():
    entries = [*given(ROADS), line("ask_return", 4, ROADS), line("grant_return", 9, ROADS), line("assign", 9, OTHER)]
    [one] = passes(entries)
    assert (one.way, one.from_body, one.to_body, one.days) == (Way.RETURNED, 11, 13, 8)
    assert rules.lost_days([one]) == {1: 8}


def test_a_refused_return_passes_nothing_on():
    assert passes([*given(ROADS), line("ask_return", 4, ROADS), line("refuse_return", 9, ROADS)]) == []


def test_a_change_of_the_lead_is_a_pass_and_a_co_handlers_recall_is_none():
    entries = [*given(ROADS, HELP), line("change_lead", 9, ROADS), line("assign", 9, OTHER)]
    assert [(one.way, one.to_body) for one in passes(entries)] == [(Way.LEAD_CHANGED, 13)]
    assert passes([*given(ROADS, HELP), line("recall", 9, HELP), line("assign", 12, OTHER)]) == []


def test_what_was_recalled_goes_to_the_body_assigned_next_once_nobody_answers():
    recalled = [*given(ROADS), line("recall", 5, ROADS), line("assign", 8, OTHER)]
    assert [(one.way, one.days) for one in passes(recalled)] == [(Way.RECALLED, 7)]
    third = {**PARTS, 4: Part(14)}
    beside = [*given(ROADS, 4), line("recall", 5, ROADS), line("assign", 8, OTHER)]
    assert passes(beside, third) == []


def test_a_later_reform_does_not_change_who_passed_it_on():
    entries = [*given(ROADS), line("ask_return", 4, ROADS), line("grant_return", 9, ROADS), line("assign", 9, OTHER)]
    entries += [line("succeed", 20, OTHER, **{"from": "old", "to": "new"})]
    [one] = rules.passes(entries, PARTS, answering=lambda _: True, called=lambda name: f"was {name}")
    assert one.to_body == "was old"


def test_a_lead_late_because_the_co_handlers_time_passed_shows_it_on_the_co_handler():
    entries = [*given(ROADS, HELP), line("give_opinion", 20, HELP)]
    found = spans(entries, PARTS)
    lead, helping = [one for one in found if one.name == 11], [one for one in found if one.name == 12]
    assert rules.waited_days(lead, helping, {HELP: day(15)}, day(31)) == {HELP: 5}
    assert rules.waited_days(lead, helping, {HELP: day(20)}, day(31)) == {}
    assert rules.waited_days(lead, helping, {}, day(31)) == {}  # no clock, no last day


def test_the_lead_waits_no_longer_than_it_has_it():
    entries = [*given(ROADS, HELP), line("submit", 17, ROADS), line("answer_without", 17, HELP)]
    found = spans(entries, PARTS)
    lead, helping = [one for one in found if one.name == 11], [one for one in found if one.name == 12]
    assert rules.waited_days(lead, helping, {HELP: day(15)}, day(31)) == {HELP: 2}


def test_nine_of_ten_had_gone_on_by_then():
    counted = Counter({1: 8, 5: 1, 60: 1})
    assert (rules.within(counted, 0.5), rules.within(counted, 0.9), rules.within(counted, 1)) == (1, 5, 60)


def test_no_median_is_told_of_fewer_than_five():
    assert rules.within(Counter({3: 4}), 0.5) is None
    assert rules.within(Counter({3: 4, 9: 1}), 0.5) == 3
