"""Letters taken from others, and from an earlier year."""

from __future__ import annotations

from datetime import date

import pytest

from tests.makers import (
    CLERK,
    Case,
    a_body,
    a_case,
    a_content,
    a_deputy,
    a_meeting,
    a_submitted_reply,
    a_suggestion,
    actor_of,
    an_assignment,
)
from tests.signals.looking import facts, look, signs
from tracker import clock
from tracker.handling import actions as handling
from tracker.intake.actions.linking import link_same_matter
from tracker.recurrence import copying

LIFTS = (
    "幸福里小区六层住宅现有24个单元，其中11个单元提出加装电梯申请，8个单元因一二层住户反对未能开工。我局与街道派出协调小组"
    "提出补偿方案，低层住户免交管理费十年，已有5个单元达成一致。管线迁移费用由水电气企业承担三分之二。"
)
OWN = (
    "青云镇新建收储中心一处，离田收储企业4家，今年补贴标准由每吨40元提高到60元，七月底前投用。农技员12名逐村指导深翻。"
)
FIRST_ON, SAME_YEAR_ON, NEXT_YEAR_ON = date(2026, 3, 20), date(2026, 4, 20), date(2026, 10, 20)
pytestmark = [pytest.mark.usefixtures("session"), pytest.mark.engines("sqlite")]


def answered_again(case: Case, on: date, *, text: str = LIFTS, body=None):
    """A second suggestion, answered with these words by the same body or another one."""
    suggestion = a_suggestion(a_meeting(case.congress), a_deputy(case.congress), title="关于加装电梯的建议")
    [lead] = an_assignment(suggestion, body or case.lead.body)
    return lead, a_submitted_reply(lead, on, text=text, letter_on=on)


def compared(on: date) -> None:
    copying.compare(copying.waiting(10), on=on)


def test_a_letter_taken_from_another_until_it_is_written_anew():
    case = a_case()
    a_submitted_reply(case.lead, FIRST_ON, text=LIFTS, letter_on=FIRST_ON)
    lead, later = answered_again(case, SAME_YEAR_ON, body=a_body(case.congress, "市住建局"))
    compared(SAME_YEAR_ON)
    look(SAME_YEAR_ON)
    [found] = signs("copied")
    assert (found.thing_id, found.facts) == (later.id, {"percent": 100})
    assert signs("last_years_words") == []
    handling.send_back(later, lead, ["other"], "照抄", by=case.by_office, on=SAME_YEAR_ON)
    handling.save_draft(lead, a_content(text=OWN), version=None, by=actor_of(lead), at=clock.now())
    handling.submit(lead, later, by=actor_of(lead), on=SAME_YEAR_ON)
    compared(SAME_YEAR_ON)
    assert facts("copied", SAME_YEAR_ON) == []


def test_the_same_matter_answered_with_an_earlier_year_s_words():
    case = a_case()
    first = a_submitted_reply(case.lead, FIRST_ON, text=LIFTS, letter_on=FIRST_ON)
    lead, later = answered_again(case, NEXT_YEAR_ON)
    link_same_matter(case.suggestion, lead.suggestion, "同一小区", by=CLERK, on=NEXT_YEAR_ON)
    compared(NEXT_YEAR_ON)
    look(NEXT_YEAR_ON)
    [found] = signs("last_years_words")
    assert (found.thing_id, found.facts) == (later.id, {"percent": 100})
    assert signs("copied") == []
    assert first.id != later.id


def test_two_who_asked_the_same_in_one_year_may_be_answered_alike():
    case = a_case()
    a_submitted_reply(case.lead, FIRST_ON, text=LIFTS, letter_on=FIRST_ON)
    lead, _later = answered_again(case, SAME_YEAR_ON)
    link_same_matter(case.suggestion, lead.suggestion, "同一小区", by=CLERK, on=SAME_YEAR_ON)
    compared(SAME_YEAR_ON)
    assert facts("copied", SAME_YEAR_ON) == facts("last_years_words", SAME_YEAR_ON) == []
