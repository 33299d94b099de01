"""What only the text of a reply tells."""

from __future__ import annotations

from datetime import date

import pytest

from tests.makers import Case, a_case, a_content, a_submitted_reply, actor_of
from tests.signals.looking import facts
from tracker import clock
from tracker.database import db
from tracker.followup.actions import date_promise
from tracker.handling import actions as handling
from tracker.handling.actions import PointContent

SENT_ON, LATER = date(2026, 3, 20), date(2026, 3, 25)
LAMPS = {"what": "安装路灯", "owner": "林承办", "due_on": "2026-09-01"}
TO_BE_DONE = "赵代表：您提出的建议收悉，现答复如下：青云路路灯的改造工作，我们将尽快组织实施。感谢您的关心。"
DONE = "赵代表：您提出的建议收悉，现答复如下：青云路30盏路灯已于2026年3月8日全部点亮。感谢您的关心。"
ASKS = "青云路夜间很暗，为此建议：一、在青云路增设路灯30盏；二、修复破损的人行道地砖；三、在校门口划设斑马线。"
pytestmark = [pytest.mark.usefixtures("session"), pytest.mark.engines("sqlite")]


def written_again(case: Case, reply, **changes) -> None:
    """Sent back by the office, written anew and submitted again."""
    handling.send_back(reply, case.lead, ["class_does_not_fit"], "", by=case.by_office, on=LATER)
    by = actor_of(case.lead)
    handling.save_draft(case.lead, a_content(**changes), version=None, by=by, at=clock.now())
    handling.submit(case.lead, reply, by=by, on=LATER)
    db.session.flush()


def test_solved_in_the_future_tense_until_it_is_written_anew():
    case = a_case()
    reply = a_submitted_reply(case.lead, SENT_ON, text=TO_BE_DONE)
    [found] = facts("solved_ahead", SENT_ON)
    assert found == {"sentence": "青云路路灯的改造工作，我们将尽快组织实施"}
    written_again(case, reply, text=DONE)
    assert facts("solved_ahead", LATER) == []


def test_to_be_done_without_date_or_owner_until_the_promise_is_dated():
    case = a_case()
    reply = a_submitted_reply(case.lead, SENT_ON, class_label="B", text="青云路路灯的改造工作将尽快组织实施。")
    assert facts("solved_ahead", SENT_ON) == []
    [found] = facts("undated", SENT_ON)
    assert found["missing"] == "both"
    handling.deliver(reply, case.lead, by=case.by_office, on=SENT_ON)
    reply.assignment = case.lead
    date_promise(reply, "安装路灯", "林承办", date(2026, 9, 1), by=case.by_body, on=LATER)
    db.session.flush()
    assert facts("undated", LATER) == []


@pytest.mark.parametrize(
    "said",
    [
        {"text": "青云路路灯由市灯饰中心负责，计划2026年10月底前完成改造。"},
        {"text": "青云路路灯的改造将尽快组织实施。", "promises": [LAMPS]},
    ],
    ids=["in the letter", "as a promise"],
)
def test_a_date_and_an_owner_may_stand_in_the_letter_or_beside_it(said):
    case = a_case()
    a_submitted_reply(case.lead, SENT_ON, class_label="B", **said)
    assert facts("undated", SENT_ON) == []


def test_a_letter_that_names_nothing_to_check():
    case = a_case()
    empty = "我局高度重视，多次专题研究，认真听取群众意见，加强统筹协调，切实抓好落实，确保取得实效。"
    reply = a_submitted_reply(case.lead, SENT_ON, text=empty)
    [found] = facts("nothing_to_check", SENT_ON)
    assert found["said"].startswith("我局高度重视")
    written_again(
        case, reply, text="青云路30盏路灯已于2026年3月8日全部点亮，市灯饰中心每周巡查一次，人行道地砖已修复120平方米。"
    )
    assert facts("nothing_to_check", LATER) == []


def test_who_does_not_adopt_gives_reasons_and_no_numbers():
    case = a_case()
    reasons = {"class_label": "D", "refusal": "不属本级事权"}
    a_submitted_reply(case.lead, SENT_ON, text="您的建议很有价值，我们留作参考。", **reasons)
    assert facts("nothing_to_check", SENT_ON) == []


def test_a_numbered_request_the_letter_does_not_speak_of():
    case = a_case()
    case.suggestion.text = ASKS
    reply = a_submitted_reply(case.lead, SENT_ON, text="青云路30盏路灯已点亮。人行道破损地砖已修复完毕。")
    assert facts("request_unanswered", SENT_ON) == [{"count": 1, "requests": "在校门口划设斑马线"}]
    written_again(case, reply, text=DONE + "人行道破损地砖已修复完毕。校门口斑马线已划设。")
    assert facts("request_unanswered", LATER) == []


def test_a_request_the_body_noted_and_left_open():
    case = a_case()
    points = [PointContent("增设路灯", in_letter=True), PointContent("修复人行道"), PointContent("划斑马线", "已划设")]
    reply = a_submitted_reply(case.lead, SENT_ON, points=points)
    assert facts("request_unanswered", SENT_ON) == [{"count": 1, "requests": "修复人行道"}]
    written_again(case, reply, points=[PointContent("修复人行道", "已修复")])
    assert facts("request_unanswered", LATER) == []


def test_a_co_handler_that_gave_its_opinion_and_is_not_named():
    case = a_case()
    handling.give_opinion(case.co, "同意安排资金。", by=actor_of(case.co), on=date(2026, 3, 15))
    reply = a_submitted_reply(case.lead, SENT_ON)
    assert facts("co_handler_unnamed", SENT_ON) == [{"names": "市财政局"}]
    written_again(case, reply, text="经与财政局研究，道路已经拓宽。")
    assert facts("co_handler_unnamed", LATER) == []


def test_a_silent_or_late_co_handler_need_not_be_named():
    case = a_case()
    a_submitted_reply(case.lead, SENT_ON)
    assert facts("co_handler_unnamed", SENT_ON) == []
    handling.give_opinion(case.co, "同意安排资金。", by=actor_of(case.co), on=LATER)
    assert facts("co_handler_unnamed", LATER) == []
