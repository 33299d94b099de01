"""One form pressed twelve times at once makes one thing, and every press is led to it; a stale tab changes nothing."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa

from tests.concurrency.crowd import at_once, presses
from tests.feedback.law import with_law
from tests.makers import (
    Case,
    a_case,
    a_deputy,
    a_handling_link,
    a_meeting,
    a_rating_link,
    a_submitted_reply,
    a_suggestion,
    with_reading_by,
)
from tests.reader import Reader
from tracker.database import db
from tracker.dispatch.models import BodyReturn, HandOver, Proposal, Receipt
from tracker.feedback.models import Rating
from tracker.handling.models import Contact, Delivery, Reply
from tracker.handling.queries import get_reply
from tracker.mail.models import Letter
from tracker.suggestion.models import Entry, Suggestion

ON = date(2026, 3, 5)
TIMES = 12
REPLY = {
    "act": "submit", "class_label": "A", "document_number": "31", "letter_on": "2026-03-05", "signer": "周局长",
    "contact_person": "林承办", "publicity": "full", "text": "道路已经拓宽。", "way": "system", "acting_name": "林",
    "promises-0-what": "安装路灯", "promises-0-owner": "林承办", "promises-0-due_on": "2026-09-01",
}  # fmt: skip


@pytest.fixture
def case(session, stopped_clock) -> Case:
    stopped_clock(ON)
    made = a_case()
    with_reading_by("office", made.congress)
    with_law(made.congress, rehandling="at_once")
    session.commit()
    return made


def count(*kinds: type) -> list[int]:
    db.session.rollback()
    found = [db.session.scalar(sa.select(sa.func.count()).select_from(kind)) for kind in kinds]
    db.session.rollback()
    return found


def press_all(app, reader: Reader, path: str, data: dict[str, Any]) -> set[str]:
    """The form as the page gave it, filled in and sent twelve times at once; where the presses were led."""
    hidden = reader.page.hidden(path)
    assert hidden["press"]
    answers = at_once(app, ON, presses(reader, path, {**hidden, **data}, TIMES))
    assert [answer.status_code for answer in answers if answer.status_code not in (302, 303)] == []
    return {answer.location for answer in answers}


def test_recording_makes_one_suggestion(app, case, reader):
    clerk = reader.signed_in_as(case.clerk)
    deputy, meeting = a_deputy(case.congress, "孙三"), a_meeting(case.congress)
    page = clerk.read("/suggestions/new?secrecy=no")
    before = count(Suggestion, Entry)
    data = {"meeting_id": meeting.id, "title": "关于路灯的建议", "text": "夜间昏暗。", "lead_deputy_id": deputy.id}
    data |= {"delegation_id": 0, "origin": "meeting", "publicity": "full", "category": "", "survey_method": ""}
    hidden = {**page.hidden("/suggestions/new"), **data}
    answers = at_once(app, ON, presses(clerk, "/suggestions/new?secrecy=no", hidden, TIMES))
    assert {answer.status_code for answer in answers} == {302}
    assert len({answer.location for answer in answers}) == 1
    assert count(Suggestion, Entry) == [before[0] + 1, before[1] + 1]


@pytest.mark.parametrize(
    ("verb", "data", "kind"),
    [
        ("receipt", {}, Receipt),
        ("contact", {"on": "2026-03-05", "manner": "phone", "person": "赵代表"}, Contact),
        ("return", {"reason": "不属于我局职责"}, BodyReturn),
        ("reply", REPLY, Reply),
    ],
)
def test_what_a_body_does_by_link_is_done_once(app, case, reader, verb, data, kind):
    link = a_handling_link(case.lead)
    reader.read(f"{link}/{verb}")
    before = count(kind)[0]
    sent = {"acting_name": "林", "proposed_id": case.co.body_id, **data}
    assert len(press_all(app, reader, f"{link}/{verb}", sent)) == 1
    assert count(kind) == [before + 1]
    moves = list(db.session.scalars(sa.select(Entry.move).where(Entry.assignment_id == case.lead.id)))
    assert len(moves) == len(set(moves))
    db.session.rollback()


def test_delivering_reaches_each_deputy_once(app, case, reader):
    reply = a_submitted_reply(case.lead, ON)
    clerk = reader.signed_in_as(case.clerk)
    clerk.read(f"/replies/{reply.id}")
    press_all(app, clerk, f"/replies/{reply.id}/delivery", {"way": "system"})
    assert count(Delivery) == [2]
    delivered = sa.select(sa.func.count()).select_from(Letter).where(Letter.kind == "reply_delivered")
    assert db.session.scalar(delivered) == 2
    db.session.rollback()


def test_a_rating_is_given_once_and_begins_one_new_round(app, case, reader, session):
    reply = a_submitted_reply(case.lead, ON)
    session.commit()
    clerk = reader.signed_in_as(case.clerk)
    clerk.read(f"/replies/{reply.id}")
    clerk.send(f"/replies/{reply.id}/delivery", {"way": "system"})
    session.expire_all()
    link = f"{a_rating_link(get_reply(reply.id, case.clerk), case.deputy)}/rating"
    reader.read(link)
    words = {"attitude": "satisfied", "result": "dissatisfied", "comment": "没有下文。"}
    assert len(press_all(app, reader, link, words)) == 1
    assert count(Rating) == [1]
    rounds = sa.select(sa.func.count()).select_from(Entry).where(Entry.move == "handle_again")
    assert db.session.scalar(rounds) == 1
    db.session.rollback()


def test_a_meeting_is_handed_over_once(app, case, reader, session):
    meeting = a_meeting(case.congress)
    suggestion = a_suggestion(meeting, case.deputy, title="关于公园的建议")
    session.flush()
    session.add(Proposal(suggestion_id=suggestion.id, body_id=case.lead.body_id, part="sole"))
    session.commit()
    clerk, before = reader.signed_in_as(case.clerk), count(HandOver, Letter)
    path = f"/meetings/{meeting.id}/hand-over"
    clerk.read(path)
    press_all(app, clerk, path, {"on": "2026-03-05", "document_number": "6", "route": "straight", "confirmed": "y"})
    assert count(HandOver, Letter) == [before[0] + 1, before[1] + 2]  # the handler and the deputy


def test_an_answer_lost_on_the_way_is_given_again(case, reader):
    """The browser sends the same form once more, minutes later: it is led to what was made."""
    link = a_handling_link(case.lead)
    page = reader.read(f"{link}/contact")
    data = {
        **page.hidden(f"{link}/contact"),
        "acting_name": "林",
        "on": "2026-03-05",
        "manner": "phone",
        "person": "赵",
    }
    first = reader.send(f"{link}/contact", data, expect=302)
    again = [reader.send(f"{link}/contact", data, expect=302).response.location for _ in range(5)]
    assert set(again) == {first.response.location}
    assert count(Contact) == [1]


def test_a_stale_tab_is_refused_with_its_text_kept(case, reader):
    clerk = reader.signed_in_as(case.clerk)
    suggestion = a_suggestion(a_meeting(case.congress), case.deputy, title="关于公园的建议")
    db.session.commit()
    path = f"/suggestions/{suggestion.id}/amend"
    tabs = [clerk.read(path).hidden(path) for _ in range(2)]
    same = {
        "origin": "meeting", "lead_deputy_id": case.deputy.id, "delegation_id": 0, "category": "", "publicity": "full",
        "survey_method": "",
    }  # fmt: skip
    clerk.send(path, {**same, **tabs[0], "title": "关于城北公园的建议", "text": "第一个人写的。"})
    page = clerk.send(path, {**same, **tabs[1], "title": "关于城南公园的建议", "text": "第二个人写了很久。"})
    assert "Somebody else changed this suggestion" in page.text
    assert "第二个人写了很久。" in page.html
    assert "关于城南公园的建议" in page.html
    db.session.rollback()
    kept = db.session.scalars(sa.select(Suggestion.title).where(Suggestion.id == suggestion.id)).one()
    assert kept == "关于城北公园的建议"
    assert re.search("城北", clerk.read(f"/suggestions/{suggestion.id}").text)


def test_two_who_amend_at_once_are_not_both_right(app, case, reader):
    clerk = reader.signed_in_as(case.clerk)
    suggestion = a_suggestion(a_meeting(case.congress), case.deputy, title="关于公园的建议")
    db.session.commit()
    path = f"/suggestions/{suggestion.id}/amend"
    forms = []
    for number in range(4):
        data = {**clerk.read(path).hidden(path), "origin": "meeting", "lead_deputy_id": case.deputy.id}
        data |= {"delegation_id": 0, "category": "", "publicity": "full", "survey_method": ""}
        forms += presses(clerk, path, {**data, "title": f"第{number}版", "text": f"第{number}人写的。"}, 1)
    answers = at_once(app, ON, forms)
    assert sorted(answer.status_code for answer in answers)[-1] < 500
    assert [answer.status_code for answer in answers].count(302) == 1
    for number, answer in enumerate(answers):
        if answer.status_code != 302:
            assert f"第{number}人写的。" in answer.get_data(as_text=True)
    amended = sa.select(sa.func.count()).select_from(Entry).where(Entry.move == "amend")
    assert count(Suggestion)[0] == 2
    assert db.session.scalar(amended) == 1
    db.session.rollback()
