"""The body's pages by account, and the office's: from the inbox to the delivered reply."""

from datetime import date

import sqlalchemy as sa

from tests.handling.papers import FORM, ON, the_reply
from tests.makers import (
    a_body,
    a_meeting,
    a_submitted_reply,
    a_suggestion,
    a_user,
    an_assignment,
)
from tracker.database import db
from tracker.handling.models import Contact, SendingBack
from tracker.roles import Role
from tracker.structure.models import Body
from tracker.suggestion.journey import Standing
from tracker.suggestion.models import Entry


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
    helper.read("handling.read", expect=404, reply_id=the_reply(case).id)


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
    assert "Propose the body that should answer." in page.text
    sent = {"reason": "不属本局", "proposed_id": str(case.co.body_id)}
    page = handler.send("handling.ask_return", sent, assignment_id=case.lead.id)
    assert "ended on" in page.text
    assert "不属本局" in page.html


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
