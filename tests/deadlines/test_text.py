"""The reckoning in sentences."""

from datetime import date

import pytest

from tracker.deadlines import library
from tracker.deadlines.clauses import Kind, Start, Unit
from tracker.deadlines.rules import Light, due, moved
from tracker.deadlines.text import (
    TOLD,
    amount_text,
    article_text,
    clause_text,
    event_name,
    kind_name,
    light_name,
    sentences,
)
from tracker.workdays.seed import chinese_calendar

CHINA = chinese_calendar()
EVENT = Start.HAND_OVER
pytestmark = pytest.mark.engines("sqlite")


def told(name, kind, start, fixed_on=None, roll_over=None, deemed=False):
    rules = library.rules(name)
    return due(rules.clause(kind), start, CHINA, roll_over or rules.roll_over, fixed_on, deemed=deemed).steps


def test_a_reply_into_a_holiday_is_told_step_by_step(session):
    assert sentences(told("shanghai-2015", "reply", date(2026, 7, 1))) == [
        "The clock starts on 2026-07-01: the hand-over.",
        "The time for reply is 3 months (art. 19).",
        "The first day, 2026-07-01, is not counted (Civil Code, articles 200 to 204, by analogy).",
        "The period ends on the corresponding day, 2026-10-01.",
        "2026-10-01 is not a working day (National Day): the last day moves to 2026-10-08.",
    ]


def test_working_days_over_a_holiday_are_told_with_its_name_once(session):
    said = sentences(told("default", "hand_over", date(2026, 2, 10)))
    assert "2026-02-15, 2026-02-16, 2026-02-17" in said[3]
    assert said[3].count("Spring Festival") == 1
    assert said[4] == "Counted although on a weekend, as make-up working days: 2026-02-14 (Spring Festival)."
    assert said[5] == "5 working days later is 2026-02-24."


def test_every_record_there_is_has_a_sentence(session):
    records = [
        *told("zhejiang-2016", "return", date(2026, 3, 2), deemed=True),
        *told("default", "reply", date(2026, 7, 1), roll_over="none"),
        *told("default", "reply", date(2026, 7, 1), date(2026, 9, 15)),
        *told("default", "reply", date(2025, 11, 30), date(2026, 9, 15)),
        *told("default", "reply", date(2026, 7, 1)),
        *told("default", "hand_over", date(2026, 2, 10)),
        *told("default", "promise", date(2027, 3, 1)),
        moved(date(2026, 6, 2), date(2026, 7, 2), date(2026, 5, 20), {"kind": "extension"}),
        *due(
            library.rules("township-shandong-2015").clause("reply"), date(2026, 3, 2), CHINA, "none", event=EVENT
        ).steps,
        *told("default", "reply", date(2026, 12, 1)),
        {"kind": "capped", "values": {"asked_on": "2027-01-01", "latest_on": "2026-09-02"}},
        {
            "kind": "set_by_hand",
            "values": {
                "on": "2026-05-06",
                "from_on": "2026-06-02",
                "to_on": "2026-05-20",
                "by": "主任",
                "reason": "急",
            },
        },
        {"kind": "reopened", "values": {"on": "2026-05-28", "met_on": "2026-05-20", "by": "system"}},
    ]
    assert {record["kind"] for record in records} == set(TOLD)
    assert all(sentence.endswith(".") and "%(" not in sentence for sentence in sentences(records))


def test_units_know_one_and_many(session):
    assert [amount_text(n, unit) for unit in (Unit.MONTHS, Unit.WORKING_DAYS, Unit.DAYS) for n in (1, 2)] == [
        "1 month",
        "2 months",
        "1 working day",
        "2 working days",
        "1 calendar day",
        "2 calendar days",
    ]


def test_every_kind_event_and_light_has_a_name(session):
    assert all(map(kind_name, Kind))
    assert all(map(event_name, Start))
    assert len({light_name(light) for light in Light}) == len(Light)


def test_a_clause_is_told_in_one_line(session):
    clause = library.rules("chongqing-2017").clause("co_opinion")
    assert clause_text(clause) == "30 working days, counted from: the hand-over (art. 20)"
    own = library.rules("default").clause("reply")
    assert clause_text(own) == "3 months, counted from: the hand-over (art. 51 of the Deputies Law)"


@pytest.mark.parametrize(("written", "said"), [("19", "art. 19"), ("第十九条", "第十九条"), ("12(2)", "art. 12(2)")])
def test_an_article_is_named_as_it_was_written(session, written, said):
    assert article_text(written) == said
