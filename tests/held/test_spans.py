"""Whose turn it was, from when to when, and for what: from the lines of history alone."""

from tests.held.lines import HELP, OTHER, ROADS, day, given, line
from tracker.suggestion.spans import BODY, DEPUTY, HUB, OFFICE, Part, Task, spans

PARTS = {ROADS: Part("roads"), HELP: Part("help", is_co=True), OTHER: Part("other")}


def told(entries, parts=PARTS, **how):
    return [
        (one.holder, one.name, str(one.task), one.from_on.day, one.to_on and one.to_on.day)
        for one in spans(entries, parts, **how)
    ]


def test_recording_is_the_offices_and_handling_the_bodies():
    assert told(given(ROADS, HELP, on=5)) == [
        (OFFICE, "", "intake", 1, 5),
        (BODY, "roads", "handling", 5, None),
        (BODY, "help", "opinion", 5, None),
    ]


def test_a_return_lies_with_whoever_decides_it():
    asked = [*given(ROADS), line("ask_return", 4, ROADS)]
    assert told(asked)[-1] == (OFFICE, "", "return", 4, None)
    below = {ROADS: Part("roads", decided_by=HUB, hub="hub")}
    assert told(asked, below)[-1] == (HUB, "hub", "return", 4, None)


def test_a_granted_return_ends_the_first_bodys_time_and_begins_the_seconds():
    entries = [*given(ROADS), line("ask_return", 4, ROADS), line("grant_return", 9, ROADS), line("assign", 9, OTHER)]
    assert told(entries) == [
        (BODY, "roads", "handling", 1, 4),
        (OFFICE, "", "return", 4, 9),
        (BODY, "other", "handling", 9, None),
    ]


def test_an_extension_asked_lies_with_the_office_beside_the_body():
    entries = [*given(ROADS), line("ask_extension", 4, ROADS), line("grant_extension", 9, ROADS)]
    assert told(entries) == [(BODY, "roads", "handling", 1, None), (OFFICE, "", "extension", 4, 9)]


def test_an_extension_nobody_decided_ends_with_the_reply():
    entries = [*given(ROADS), line("ask_extension", 4, ROADS), line("submit", 7, ROADS)]
    assert (OFFICE, "", "extension", 4, 7) in told(entries)


def test_a_submitted_reply_lies_with_who_reads_it_or_with_the_body_where_nobody_does():
    entries = [*given(ROADS), line("submit", 4, ROADS)]
    assert told(entries)[-1] == (OFFICE, "", "reading", 4, None)
    assert told(entries, {ROADS: Part("roads", read_by=HUB, hub="hub")})[-1] == (HUB, "hub", "reading", 4, None)
    assert told(entries, {ROADS: Part("roads", read_by=BODY)})[-1] == (BODY, "roads", "original", 4, None)


def test_what_the_hub_dispatches_is_the_hubs_until_it_goes_on():
    parts = {HELP: Part("hub", is_hub=True), ROADS: Part("roads")}
    entries = [*given(HELP), line("pass_on", 3, HELP), line("assign", 3, ROADS)]
    assert told(entries, parts) == [(HUB, "hub", "dispatch", 1, 3), (BODY, "roads", "handling", 3, None)]


def test_delivered_it_is_the_deputys_and_rated_the_offices_to_conclude():
    entries = [*given(ROADS), line("submit", 4, ROADS), line("deliver", 6, ROADS), line("answer", 6)]
    entries += [line("rate_reply", 9, ROADS), line("rate", 9), line("close", 12)]
    assert told(entries)[2:] == [(DEPUTY, "", "rating", 6, 9), (OFFICE, "", "concluding", 9, 12)]


def test_separate_bodies_run_beside_each_other():
    entries = [*given(ROADS, OTHER), line("submit", 4, ROADS), line("deliver", 6, ROADS)]
    assert told(entries)[1:] == [
        (BODY, "other", "handling", 1, None),
        (OFFICE, "", "reading", 4, 6),
        (DEPUTY, "", "rating", 6, None),
    ]


def test_a_new_round_is_a_round_apart():
    entries = [*given(ROADS), line("submit", 4, ROADS), line("deliver", 6, ROADS), line("answer", 6)]
    entries += [line("renew", 9, ROADS), line("handle_again", 9), line("assign", 9, OTHER)]
    again = {**PARTS, OTHER: Part("roads", round=2)}
    assert [(one.name, one.round) for one in spans(entries, again) if one.holder == BODY] == [
        ("roads", 1),
        ("roads", 2),
    ]


def test_while_nobody_has_to_answer_the_office_must_name_a_body():
    entries = [*given(ROADS), line("recall", 4, ROADS), line("assign", 8, OTHER)]
    assert (OFFICE, "", "naming", 4, 8) in told(entries)
    assert told(entries[:-1])[-1] == (OFFICE, "", "naming", 4, None)
    assert not any(one[2] == "naming" for one in told(entries, whole=False))  # the reader may not see the others' lines


def test_a_withdrawal_asked_lies_with_the_deputies_while_it_is_handled_on():
    entries = [*given(ROADS), line("ask_withdrawal", 3), line("agree_to_withdraw", 5)]
    assert told(entries)[-1] == (DEPUTY, "", "withdrawal", 3, None)
    assert (DEPUTY, "", "withdrawal", 3, 6) in told([*entries, line("drop_withdrawal", 6)])
    assert all(one[4] == 7 for one in told([*entries, line("withdraw", 7), line("recall", 7, ROADS)]))


def test_what_is_entered_late_counts_from_its_day_whatever_others_did_meanwhile():
    entries = [*given(ROADS, HELP), line("submit", 20, ROADS), line("give_opinion", 10, HELP)]
    assert (BODY, "help", "opinion", 1, 10) in told(entries)


def test_what_is_entered_late_never_runs_backward_in_its_own_part():
    entries = [*given(ROADS), line("submit", 20, ROADS), line("send_back", 15, ROADS)]
    assert told(entries) == [(BODY, "roads", "handling", 1, None)]


def test_signing_for_it_begins_no_new_turn():
    entries = [*given(ROADS, OTHER), line("sign_for", 3, ROADS), line("submit", 9, ROADS)]
    assert told(entries)[:2] == [(BODY, "roads", "handling", 1, 9), (BODY, "other", "handling", 1, None)]


def test_a_reform_ends_the_old_bodys_time():
    entries = [*given(ROADS), line("succeed", 6, ROADS, **{"from": "old roads", "to": "roads"})]
    assert told(entries) == [(BODY, "old roads", "handling", 1, 6), (BODY, "roads", "handling", 6, None)]


def test_every_task_has_its_word():
    from tracker.held.names import TASKS

    assert set(TASKS) == set(Task)


def test_a_merged_one_is_with_nobody_until_it_is_separated():
    entries = [line("record", 1), line("merge", 4), line("separate", 9)]
    assert told(entries) == [(OFFICE, "", "intake", 1, 4), (OFFICE, "", "intake", 9, None)]
    assert [one.from_on for one in spans(entries, {})] == [day(1), day(9)]
