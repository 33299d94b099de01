"""The reply form: nothing typed is lost, nothing is sent twice, hints never stop anybody."""

import io

import sqlalchemy as sa

from tests.handling.papers import FORM, SCAN, the_reply
from tracker.database import db
from tracker.handling.models import ReplyFile
from tracker.suggestion.journey import Standing


def test_a_draft_may_lack_anything_and_is_kept(case, handler):
    handler.read("handling.reply", assignment_id=case.lead.id)
    page = handler.send("handling.reply", {"text": "草稿", "way": "system", "act": "draft"}, assignment_id=case.lead.id)
    assert "The draft is saved" in page.text
    assert "No contact with the deputy is noted yet" in page.text
    assert "草稿" in page.html


def test_submitting_says_what_is_missing_and_keeps_what_is_there(case, handler):
    handler.read("handling.reply", assignment_id=case.lead.id)
    page = handler.send("handling.reply", {**FORM, "signer": "", "act": "submit"}, assignment_id=case.lead.id)
    assert "Name who signed the reply" in page.text
    assert "道路已经拓宽" in page.html
    assert the_reply(case) is None


def test_one_more_promise_keeps_all_that_was_typed(case, handler):
    handler.read("handling.reply", assignment_id=case.lead.id)
    typed = {**FORM, "promises-0-what": "安装路灯", "promises-0-due_on": "2026-09-01", "act": "row"}
    empty = {f"promises-{row}-{name}": "" for row in (1, 2) for name in ("what", "owner", "due_on")}
    page = handler.send("handling.reply", {**typed, **empty}, assignment_id=case.lead.id)
    values = page.values()
    assert values["promises-0-what"] == "安装路灯"
    assert "promises-3-what" in values
    assert values["signer"] == "周局长"
    assert the_reply(case) is None


def test_a_reply_goes_from_the_form_to_the_office_and_to_the_deputies(case, handler, office):
    handler.read("handling.reply", assignment_id=case.lead.id)
    promised = {"promises-0-what": "安装路灯", "promises-0-owner": "林承办", "promises-0-due_on": "2026-09-01"}
    scan = {"scan": (io.BytesIO(SCAN), "答复函.pdf")}
    handler.send("handling.reply", {**FORM, **promised, **scan, "act": "submit"}, assignment_id=case.lead.id)
    reply = the_reply(case)
    file = db.session.scalars(sa.select(ReplyFile)).one()
    assert file.stamped
    assert "关于拓宽道路的建议" in office.read("/replies").text
    page = office.read("handling.read", reply_id=reply.id)
    assert "安装路灯" in page.text
    assert office.read("handling.reply_file", reply_id=reply.id, file_id=file.file_id).response.data == SCAN
    assert "Delivered" in office.send("handling.deliver", {"way": "paper"}, reply_id=reply.id).text
    assert db.session.get(type(case.lead), case.lead.id, populate_existing=True).standing is Standing.DELIVERED


def test_two_tabs_the_later_one_is_told_and_keeps_its_text(case, handler):
    path, mine, theirs = f"/assignments/{case.lead.id}/reply", {"text": "第一稿"}, {"text": "另一稿"}
    first, second = handler.read(path).hidden(path), handler.read(path).hidden(path)
    handler.send(path, {**FORM, **first, **mine, "act": "draft"})
    page = handler.send(path, {**FORM, **second, **theirs, "act": "draft"})
    assert "Somebody else saved this reply" in page.text
    assert "另一稿" in page.html
    assert "第一稿" in page.text
    assert the_reply(case).text == "第一稿"
    handler.send(path, {**FORM, **theirs, "act": "draft"})
    assert the_reply(case).text == "另一稿"


def test_an_ended_session_gives_the_text_back(case, handler):
    handler.read("handling.reply", assignment_id=case.lead.id)
    handler.client.delete_cookie("session", domain="127.0.0.1")
    page = handler.send("handling.reply", {**FORM, "act": "draft"}, expect=401, assignment_id=case.lead.id)
    assert "道路已经拓宽" in page.text
