"""Who has the ball, and for how many calendar days each has had it."""

from datetime import date
from types import SimpleNamespace

import pytest

from tests.makers import a_case, a_submitted_reply, a_user, with_reading_by
from tracker.handling.actions import deliver
from tracker.roles import Role
from tracker.suggestion.ball import BODY, DEPUTY, HUB, OFFICE, Held, Holder, Part, held

ROADS, HELP = 1, 2
PARTS = {ROADS: Part("市交通局"), HELP: Part("市财政局")}
ROADS_BUREAU, FINANCE = Holder(BODY, "市交通局"), Holder(BODY, "市财政局")


def line(move, day, part=None):
    return SimpleNamespace(move=move, on=date(2026, 3, day), assignment_id=part)


def told(*entries, until=31, parts=PARTS):
    return {one.holder: (one.days, one.since_on is not None) for one in held(entries, parts, date(2026, 3, until))}


def test_before_the_hand_over_the_office_has_it():
    assert told(line("record", 1), until=5) == {Holder(OFFICE): (4, True)}


def test_each_who_works_on_it_has_it_at_the_same_time():
    entries = [line("record", 1), line("hand_over", 5), line("assign", 5, ROADS), line("assign", 5, HELP)]
    assert told(*entries, line("give_opinion", 15, HELP), until=25) == {
        Holder(OFFICE): (4, False),
        ROADS_BUREAU: (20, True),
        FINANCE: (10, False),
    }


def test_a_return_and_a_reply_are_the_offices_until_it_decides():
    entries = [line("record", 1), line("hand_over", 1), line("assign", 1, ROADS)]
    asked = [*entries, line("ask_return", 5, ROADS), line("refuse_return", 8, ROADS)]
    assert told(*asked, line("submit", 10, ROADS), line("send_back", 14, ROADS), until=20) == {
        Holder(OFFICE): (7, False),
        ROADS_BUREAU: (12, True),
    }


def test_what_the_hub_reads_is_the_hubs():
    parts = {ROADS: Part("市交通局", decided_by=HUB, read_by=HUB), HELP: Part("市府办", is_hub=True)}
    entries = [line("record", 1), line("hand_over", 1), line("assign", 1, HELP), line("pass_on", 3, HELP)]
    entries += [line("assign", 3, ROADS), line("submit", 10, ROADS)]
    assert told(*entries, until=12, parts=parts) == {
        Holder(HUB, "市府办"): (2, False),
        ROADS_BUREAU: (7, False),
        Holder(HUB): (2, True),
    }


def test_answered_it_is_the_deputys_and_closed_nobodys():
    entries = [line("record", 1), line("hand_over", 1), line("assign", 1, ROADS), line("submit", 5, ROADS)]
    entries += [line("deliver", 7, ROADS), line("answer", 7)]
    assert told(*entries, until=10)[Holder(DEPUTY)] == (3, True)
    closed = told(*entries, line("rate_reply", 9, ROADS), line("rate", 9), line("close", 12), until=31)
    assert closed[Holder(DEPUTY)] == (2, False)
    assert closed[Holder(OFFICE)] == (5, False)
    assert not any(now for _days, now in closed.values())


def test_what_is_entered_late_never_runs_backward():
    entries = [line("record", 1), line("hand_over", 10), line("assign", 10, ROADS), line("contact", 4, ROADS)]
    assert told(*entries, until=12) == {Holder(OFFICE): (9, False), ROADS_BUREAU: (2, True)}


def test_who_has_it_now_stands_first_then_the_longest():
    entries = [line("record", 1), line("hand_over", 10), line("assign", 10, ROADS)]
    assert held(entries, PARTS, date(2026, 3, 12)) == [
        Held(ROADS_BUREAU, 2, date(2026, 3, 10)),
        Held(Holder(OFFICE), 9, None),
    ]


def test_a_line_of_one_body_never_lengthens_the_time_of_another():
    entries = [line("record", 1), line("hand_over", 1), line("assign", 1, ROADS), line("assign", 1, HELP)]
    entries += [line("alarm", 20, ROADS), line("give_opinion", 10, HELP)]  # its paper was entered late
    assert told(*entries, until=21) == {ROADS_BUREAU: (20, True), FINANCE: (9, False)}


def test_whoever_decides_an_extension_has_it_beside_the_body():
    entries = [line("record", 1), line("hand_over", 1), line("assign", 1, ROADS), line("ask_extension", 5, ROADS)]
    assert told(*entries, until=8) == {ROADS_BUREAU: (7, True), Holder(OFFICE): (3, True)}
    assert told(*entries, line("refuse_extension", 9, ROADS), until=12)[Holder(OFFICE)] == (4, False)


def test_nothing_happened_nobody_has_it():
    assert held([], {}, date(2026, 3, 1)) == []


@pytest.fixture
def case(session, stopped_clock):
    stopped_clock(date(2026, 5, 6))
    made = a_case()
    with_reading_by("office", made.congress)
    reply = a_submitted_reply(made.lead, date(2026, 4, 1))
    deliver(reply, made.lead, by=made.by_office, on=date(2026, 4, 11))
    session.commit()
    return made


def test_it_stands_at_the_head_of_the_page_and_the_deputy_is_told_less(case, reader):
    path = f"/suggestions/{case.suggestion.id}"
    office = reader.signed_in_as(case.clerk).read(path).text
    assert "Now with: the deputy (since 2026-04-11)" in office
    assert "市交通局 30" in office
    assert "the office 15" in office  # five days before the hand-over, ten to read
    deputy = reader.signed_in_as(a_user(case.congress, Role.DEPUTY, deputy_id=case.deputy.id)).read(path).text
    assert "市交通局 30" not in deputy
    assert "the handling side 40" in deputy


def test_the_bodys_page_tells_its_own_part(case, reader):
    handler = reader.signed_in_as(case.handler)
    text = handler.read(f"/assignments/{case.lead.id}").text
    assert "calendar days" in text
    assert "市交通局 30" in text
