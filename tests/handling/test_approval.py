"""A body whose leader approves first: the handler passes, the leader decides, only what he approved is submitted."""

import pytest
import sqlalchemy as sa

from tests.handling.papers import FORM, ON, the_reply
from tests.makers import a_content, a_handling_link, a_user, an_officer
from tracker import clock
from tracker.database import db
from tracker.errors import RuleBroken
from tracker.handling import actions, approvals
from tracker.handling.written import Approval, VersionKind
from tracker.mail.models import Letter
from tracker.roles import Role
from tracker.structure.models import Body, Rank
from tracker.suggestion.journey import Standing
from tracker.suggestion.models import Entry


@pytest.fixture
def body(case, session):
    found = session.get_one(Body, case.lead.body_id)
    an_officer(found, Rank.HEAD).name = "周局长"
    actions.set_approval(found, True, by=case.by_office, on=ON)
    session.commit()
    return found


def drafted(case, **changes):
    content = a_content(**changes)
    return actions.save_draft(case.lead, content, version=None, by=case.by_body, at=clock.now())


def passed(case):
    reply = drafted(case)
    actions.pass_to_leader(case.lead, reply, by=case.by_body, on=ON)
    return reply


def moves(session) -> list[str]:
    return list(
        session.scalars(sa.select(Entry.move).where(Entry.move.not_in(("assign", "contact"))).order_by(Entry.id))
    )


def leader_link(session) -> str:
    [letter] = session.scalars(sa.select(Letter).where(Letter.kind == "reply_to_approve"))
    return "/links/" + letter.body_text.partition("/links/")[2].split()[0]


def test_a_body_that_says_nothing_submits_as_ever(case):
    assert not approvals.is_needed(case.lead.body_id)
    actions.submit(case.lead, drafted(case), by=case.by_body, on=ON)
    assert case.lead.standing is Standing.SUBMITTED


def test_the_last_word_of_a_body_holds_and_is_recorded_by_name(case, body):
    assert approvals.is_needed(body.id)
    rule = actions.set_approval(body, False, by=case.by_body, on=ON)
    db.session.flush()
    assert not approvals.is_needed(body.id)
    assert rule.by_name == case.handler.name


def test_nothing_is_submitted_without_the_leader(case, body):
    with pytest.raises(RuleBroken, match="pass its leader first"):
        actions.submit(case.lead, drafted(case), by=case.by_body, on=ON)


def test_approved_it_is_submitted_with_a_version_of_each(case, body, session):
    reply = passed(case)
    assert case.lead.standing is Standing.ASSIGNED
    actions.approve(case.lead, reply, by=case.by_body, on=ON)
    session.flush()
    assert case.lead.standing is Standing.SUBMITTED
    session.refresh(reply, ["versions"])
    assert [one.kind for one in reply.versions] == [VersionKind.PASSED, VersionKind.SUBMITTED]
    assert moves(session)[-4:] == ["pass_to_leader", "approve_reply", "sign_for", "submit"]


def test_while_it_lies_with_the_leader_nobody_writes_on_it(case, body):
    reply = passed(case)
    with pytest.raises(RuleBroken, match="lies with your leader"):
        drafted(case, text="另一稿")
    with pytest.raises(RuleBroken, match="already"):
        actions.pass_to_leader(case.lead, reply, by=case.by_body, on=ON)
    actions.take_back(case.lead, reply, by=case.by_body, on=ON)
    db.session.flush()
    assert drafted(case, text="另一稿").text == "另一稿"
    with pytest.raises(RuleBroken, match="does not lie"):
        actions.approve(case.lead, reply, by=case.by_body, on=ON)


def test_given_back_with_a_remark_it_is_written_on_and_passed_again(case, body, session):
    reply = passed(case)
    with pytest.raises(RuleBroken, match="what is to be done"):
        actions.give_back(case.lead, reply, " ", by=case.by_body, on=ON)
    actions.give_back(case.lead, reply, "请写明日期", by=case.by_body, on=ON)
    [letter] = session.scalars(sa.select(Letter).where(Letter.kind == "reply_given_back"))
    assert case.handler.name in letter.body_text
    with pytest.raises(RuleBroken, match="pass its leader first"):
        actions.submit(case.lead, reply, by=case.by_body, on=ON)
    second = passed(case)
    actions.approve(case.lead, second, by=case.by_body, on=ON)
    assert case.lead.standing is Standing.SUBMITTED


def test_sent_back_by_the_office_it_passes_the_leader_again(case, body):
    reply = passed(case)
    actions.approve(case.lead, reply, by=case.by_body, on=ON)
    actions.send_back(reply, case.lead, ["form"], "", by=case.by_office, on=ON)
    with pytest.raises(RuleBroken, match="pass its leader first"):
        actions.submit(case.lead, drafted(case), by=case.by_body, on=ON)


def test_where_no_leader_is_known_it_says_so(case, session):
    actions.set_approval(session.get_one(Body, case.lead.body_id), True, by=case.by_office, on=ON)
    with pytest.raises(RuleBroken, match="No leader of your body"):
        actions.pass_to_leader(case.lead, drafted(case), by=case.by_body, on=ON)


@pytest.mark.engines("sqlite")
def test_from_the_handlers_link_to_the_leaders_link(case, body, reader, session):
    link = a_handling_link(case.lead)
    session.commit()
    page = reader.read(f"{link}/reply")
    assert [one.text for one in page.all("button") if one["value"] == "pass"] == ["Pass to the leader"]
    assert [one for one in page.all("button") if one["value"] == "submit"] == []
    page = reader.send(f"{link}/reply", {**FORM, "acting_name": "林承办", "act": "pass"})
    assert "lies with your leader now" in page.text
    assert "lies with your leader" in reader.read(f"{link}/reply").text
    reader.read(f"{link}/approval", expect=403)
    approving = leader_link(session)
    assert "道路已经拓宽" in reader.read(approving).text
    page = reader.send(approving, {"act": "give_back", "remark": "", "acting_name": "周局长"})
    assert "请写明修改意见" in page.text
    reader.send(approving, {"act": "approve", "remark": "", "acting_name": "周局长"})
    assert the_reply(case).submitted_by == "周局长"


@pytest.mark.engines("sqlite")
def test_the_leader_finds_it_on_his_desk_and_sets_the_rule(case, body, reader, session):
    leader = a_user(case.congress, Role.BODY_LEADER, body_id=body.id)
    passed(case)
    session.commit()
    asking = reader.signed_in_as(leader)
    assert "Replies to approve" in asking.read("/").text
    [link] = [
        url for url in asking.read("/approvals").links().values() if url.endswith("/approval") and "assign" in url
    ]
    asking.read(link)
    asking.send(link, {"act": "approve", "remark": ""})
    assert session.scalars(sa.select(Approval.approved)).all() == [True]
    asking.read("handling.approval_rule", body_id=body.id)
    asking.send("handling.approval_rule", {"needed": "no"}, body_id=body.id)
    session.expire_all()
    assert not approvals.is_needed(body.id)
    asking.read("handling.approval_rule", expect=404, body_id=case.co.body_id)


@pytest.mark.engines("sqlite")
def test_what_was_typed_while_it_lies_with_the_leader_stays_on_the_page(case, body, handler, session):
    handler.read("handling.reply", assignment_id=case.lead.id)
    hidden = handler.page.hidden(f"/assignments/{case.lead.id}/reply")
    typed = {**hidden, **FORM, "text": "第二个窗口", "act": "draft"}
    passed(case)
    session.commit()
    page = handler.send("handling.reply", typed, assignment_id=case.lead.id)
    assert "lies with your leader" in page.text
    assert "第二个窗口" in page.html
    handler.read("handling.take_back", assignment_id=case.lead.id)
    handler.send("handling.take_back", assignment_id=case.lead.id)
    page = handler.send("handling.reply", {**FORM, "text": "第二个窗口", "act": "draft"}, assignment_id=case.lead.id)
    assert the_reply(case) is not None
