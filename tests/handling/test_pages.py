"""The body's pages by account, and the office's: from the inbox to the delivered reply."""

import io
from datetime import date

import pytest
import sqlalchemy as sa

from tests.makers import (
    a_body,
    a_case,
    a_meeting,
    a_submitted_reply,
    a_suggestion,
    a_user,
    an_assignment,
    with_reading_by,
)
from tracker.database import db
from tracker.handling.models import Contact, Reply, ReplyFile, SendingBack
from tracker.roles import Role
from tracker.structure.models import Body
from tracker.suggestion.journey import Standing
from tracker.suggestion.models import Entry

ON = date(2026, 5, 6)
FORM = {
    "class_label": "A",
    "document_number": "临交〔2026〕31号",
    "letter_on": "2026-05-06",
    "signer": "周局长",
    "contact_person": "林承办",
    "contact_phone": "0571",
    "publicity": "full",
    "text": "道路已经拓宽。",
    "way": "system",
}
SCAN = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@pytest.fixture
def case(session, stopped_clock):
    stopped_clock(ON)
    made = a_case()
    with_reading_by("office", made.congress)
    return made


@pytest.fixture
def handler(case, reader):
    return reader.signed_in_as(case.handler)


@pytest.fixture
def office(case, reader):
    return reader.signed_in_as(case.clerk)


def reply_of(case) -> Reply | None:
    db.session.rollback()
    return db.session.scalar(sa.select(Reply).where(Reply.assignment_id == case.lead.id))


def test_the_inbox_shows_what_is_owed_with_its_day(case, handler):
    [row] = handler.read("/inbox").rows()
    assert "关于拓宽道路的建议" in row
    assert "2026-06-02" in row
    assert "working days left" in row
    assert handler.read("/inbox?show=answered").rows() == []
    sheet = handler.read("/inbox?format=xlsx")
    assert sheet.response.mimetype.endswith("spreadsheetml.sheet")


def test_the_inbox_asks_as_many_questions_for_many_rows_as_for_one(case, handler):
    def statements() -> int:
        asked = []
        engine = db.engine
        sa.event.listen(engine, "before_cursor_execute", lambda *of: asked.append(of[2]))
        handler.read("/inbox")
        return len(asked)

    handler.read("/inbox")
    one = statements()
    meeting, body = a_meeting(case.congress), db.session.get_one(Body, case.lead.body_id)
    for number in range(30):
        an_assignment(a_suggestion(meeting, case.deputy, title=f"第{number}件"), body)
    db.session.commit()
    many = statements() // 2  # the first listener still counts along
    assert many <= one <= 16


def test_the_page_says_what_to_do_by_when_and_why(case, handler):
    page = handler.read("handling.assignment", assignment_id=case.lead.id)
    for words in ("Sign for it", "Write the reply", "The clock starts on 2026-03-02", "2026-06-02", "市财政局"):
        assert words in page.text
    assert "return it" not in page.text, "the days in which it could be returned are over"


def test_what_the_rules_would_refuse_is_not_offered(case, handler, stopped_clock):
    stopped_clock(date(2026, 3, 4))
    page = handler.read(f"/assignments/{case.lead.id}")
    assert "It can be returned until" in page.text
    assert {"It is not ours: return it", "Ask for more time"} <= set(page.links())
    stopped_clock(date(2026, 6, 3))
    assert "Ask for more time" not in handler.read(f"/assignments/{case.lead.id}").links()


def test_the_deputys_phone_is_for_the_answering_body_only(case, handler, reader):
    case.deputy.phone = "13800000000"
    helper = a_user(case.congress, Role.BODY_HANDLER, body_id=case.co.body_id)
    db.session.commit()
    assert "13800000000" in handler.read("handling.assignment", assignment_id=case.lead.id).text
    theirs = reader.signed_in_as(helper).read("handling.assignment", assignment_id=case.co.id)
    assert "13800000000" not in theirs.text


def test_another_bodys_assignment_is_not_found(case, reader):
    stranger = reader.signed_in_as(a_user(case.congress, Role.BODY_HANDLER, body_id=a_body(case.congress, "别局").id))
    for page in ("assignment", "receipt", "contact", "ask_return", "extension", "opinion", "reply"):
        stranger.read(f"handling.{page}", expect=404, assignment_id=case.lead.id)
    stranger.send("handling.receipt", expect=404, assignment_id=case.lead.id)


def test_a_co_handler_finds_no_reply_form_and_no_draft_of_the_lead(case, handler, reader):
    handler.read("handling.reply", assignment_id=case.lead.id)
    handler.send("handling.reply", {**FORM, "text": "未定的草稿", "act": "draft"}, assignment_id=case.lead.id)
    helper = reader.signed_in_as(a_user(case.congress, Role.BODY_HANDLER, body_id=case.co.body_id))
    helper.read("handling.reply", expect=404, assignment_id=case.co.id)
    helper.read("handling.assignment", expect=404, assignment_id=case.lead.id)
    helper.read("handling.read", expect=404, reply_id=reply_of(case).id)


def test_looking_signs_for_nothing_and_signing_does(case, handler):
    handler.read("handling.receipt", assignment_id=case.lead.id)
    assert case.lead.standing is Standing.ASSIGNED
    page = handler.send("handling.receipt", assignment_id=case.lead.id)
    assert "Signed for" in page.text


def test_a_contact_is_noted_once_however_often_the_button_is_pressed(case, handler):
    page = handler.read("handling.contact", assignment_id=case.lead.id)
    assert page.values()["person"] == "赵代表"
    said = {"on": "2026-05-05", "manner": "phone", "person": "赵代表", "place": "", "note": "已说明"}
    token = page.hidden(f"/assignments/{case.lead.id}/contact")
    for _press in range(2):
        handler.send("handling.contact", {**token, **said}, assignment_id=case.lead.id)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Contact)) == 1


def test_a_return_is_asked_inside_its_window_only(case, handler, stopped_clock):
    handler.read("handling.ask_return", assignment_id=case.lead.id)
    page = handler.send("handling.ask_return", {"reason": "不属本局", "proposed_id": "0"}, assignment_id=case.lead.id)
    assert "ended on" in page.text
    assert "不属本局" in page.html


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
    assert reply_of(case) is None


def test_one_more_promise_keeps_all_that_was_typed(case, handler):
    handler.read("handling.reply", assignment_id=case.lead.id)
    typed = {**FORM, "promises-0-what": "安装路灯", "promises-0-due_on": "2026-09-01", "act": "row"}
    empty = {f"promises-{row}-{name}": "" for row in (1, 2) for name in ("what", "owner", "due_on")}
    page = handler.send("handling.reply", {**typed, **empty}, assignment_id=case.lead.id)
    values = page.values()
    assert values["promises-0-what"] == "安装路灯"
    assert "promises-3-what" in values
    assert values["signer"] == "周局长"
    assert reply_of(case) is None


def test_a_reply_goes_from_the_form_to_the_office_and_to_the_deputies(case, handler, office):
    handler.read("handling.reply", assignment_id=case.lead.id)
    promised = {"promises-0-what": "安装路灯", "promises-0-owner": "林承办", "promises-0-due_on": "2026-09-01"}
    scan = {"scan": (io.BytesIO(SCAN), "答复函.pdf")}
    handler.send("handling.reply", {**FORM, **promised, **scan, "act": "submit"}, assignment_id=case.lead.id)
    reply = reply_of(case)
    file = db.session.scalars(sa.select(ReplyFile)).one()
    assert file.stamped
    assert "关于拓宽道路的建议" in office.read("/replies").text
    page = office.read("handling.read", reply_id=reply.id)
    assert "安装路灯" in page.text
    assert office.read("handling.reply_file", reply_id=reply.id, file_id=file.file_id).response.data == SCAN
    assert "Delivered" in office.send("handling.deliver", {"way": "paper"}, reply_id=reply.id).text
    assert db.session.get(type(case.lead), case.lead.id, populate_existing=True).standing is Standing.DELIVERED


def test_the_office_sends_back_with_reasons_and_the_body_reads_them(case, handler, office):
    reply = a_submitted_reply(case.lead, ON)
    db.session.commit()
    office.read("handling.read", reply_id=reply.id)
    page = office.send("handling.send_back", {"note": "请先沟通"}, reply_id=reply.id)
    assert "Choose at least one reason" in page.text
    assert "请先沟通" in page.html
    office.send("handling.send_back", {"reasons": ["no_contact", "form"], "note": "请先沟通"}, reply_id=reply.id)
    assert db.session.scalars(sa.select(SendingBack)).one().reasons == ["no_contact", "form"]
    told = handler.read("handling.assignment", assignment_id=case.lead.id).text
    assert "The deputy was not contacted" in told
    assert "请先沟通" in told
    office.read("handling.read", expect=404, reply_id=reply.id)


def test_only_who_reads_first_decides(case, handler, reader):
    reply = a_submitted_reply(case.lead, ON)
    db.session.commit()
    hub = reader.signed_in_as(
        a_user(case.congress, Role.HUB, body_id=a_body(case.congress, "市政府办", is_hub=True).id)
    )
    handler.send("handling.deliver", {"way": "system"}, expect=403, reply_id=reply.id)
    hub.send("handling.deliver", {"way": "system"}, expect=404, reply_id=reply.id)


def test_two_tabs_the_later_one_is_told_and_keeps_its_text(case, handler):
    path, mine, theirs = f"/assignments/{case.lead.id}/reply", {"text": "第一稿"}, {"text": "另一稿"}
    first, second = handler.read(path).hidden(path), handler.read(path).hidden(path)
    handler.send(path, {**FORM, **first, **mine, "act": "draft"})
    page = handler.send(path, {**FORM, **second, **theirs, "act": "draft"})
    assert "Somebody else saved this reply" in page.text
    assert "另一稿" in page.html
    assert "第一稿" in page.text
    assert reply_of(case).text == "第一稿"
    handler.send(path, {**FORM, **theirs, "act": "draft"})
    assert reply_of(case).text == "另一稿"


def test_an_ended_session_gives_the_text_back(case, handler):
    handler.read("handling.reply", assignment_id=case.lead.id)
    handler.client.delete_cookie("session", domain="127.0.0.1")
    page = handler.send("handling.reply", {**FORM, "act": "draft"}, expect=401, assignment_id=case.lead.id)
    assert "道路已经拓宽" in page.text


def test_more_time_is_asked_and_decided(case, handler, office):
    handler.read("handling.extension", assignment_id=case.lead.id)
    handler.send("handling.extension", {"proposed_on": "2026-07-10", "reason": "勘察未完"}, assignment_id=case.lead.id)
    [link] = [url for text, url in office.read("/extensions").links().items() if "拓宽" in text]
    assert "2026-06-02" in office.read(link).text
    page = office.send(link, {"decision": "grant", "to": "2026-07-10", "note": ""})
    assert "Decided" in page.text
    assert "2026-07-10" in handler.read("handling.assignment", assignment_id=case.lead.id).text


def test_history_names_who_acted(case, handler):
    handler.read("handling.receipt", assignment_id=case.lead.id)
    handler.send("handling.receipt", assignment_id=case.lead.id)
    entry = db.session.scalars(sa.select(Entry).where(Entry.move == "sign_for")).one()
    assert (entry.actor_id, entry.body_id) == (case.handler.id, case.lead.body_id)


def test_the_suggestions_page_has_the_handling_on_it(case, office):
    reply = a_submitted_reply(case.lead, ON)
    db.session.commit()
    page = office.read("register.show", suggestion_id=case.suggestion.id)
    assert "Handling and replies" in page.text
    assert f"/replies/{reply.id}" in page.html
