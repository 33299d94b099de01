"""Point by point on the pages: proposed to the handler, read by the office, told to the deputy; nothing is lost."""

import io
from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests.handling.papers import FORM, ON, SCAN, the_reply
from tests.makers import a_handling_link, a_rating_link, a_submitted_reply, an_assignment
from tests.makers import a_meeting as another_meeting
from tests.makers import a_suggestion as another_suggestion
from tracker.database import db
from tracker.dispatch.models import Part
from tracker.handling.models import Contact
from tracker.handling.queries import get_reply
from tracker.handling.written import ClassChange, Point, ReplyVersion
from tracker.structure.models import Body, Officer
from tracker.suggestion.journey import Standing

pytestmark = pytest.mark.engines("sqlite")
ASKED = "道路狭窄。为此建议：\n一、拓宽道路。\n二、增设路灯。"
ANSWERED = {"points-0-request": "拓宽道路", "points-0-answer": "已于四月拓宽。", "points-1-request": "增设路灯"}
LONG = "关于您提出的建议，我局高度重视，组织专班到现场勘察，会同财政部门落实资金，现已完成道路拓宽并通过验收。"


@pytest.fixture
def asked(case, session):
    case.suggestion.text = ASKED
    session.commit()
    return case


def path(case) -> str:
    return f"/assignments/{case.lead.id}/reply"


def points(case) -> list[tuple[str, str, bool]]:
    db.session.rollback()
    return [(one.request, one.answer, one.in_letter) for one in db.session.scalars(sa.select(Point).order_by(Point.id))]


def shown(page) -> list[str]:
    """What stands in the requests of the form."""
    boxes = [one for one in page.all("textarea") if one["name"].endswith("-request")]
    return ["".join(one.parts).strip() for one in boxes]


def test_the_form_proposes_what_the_suggestion_asks_for(asked, handler):
    assert shown(handler.read(path(asked))) == ["拓宽道路。", "增设路灯。"]


def test_what_was_struck_is_not_proposed_again_but_can_be_looked_for(asked, handler):
    handler.read(path(asked))
    page = handler.send(path(asked), {**FORM, "points-0-request": "拓宽道路", "act": "draft"})
    assert shown(page) == ["拓宽道路"]
    page = handler.send(path(asked), {**FORM, "points-0-request": "拓宽道路", "act": "find"})
    assert shown(page) == ["拓宽道路", "拓宽道路。", "增设路灯。"]
    assert "道路已经拓宽" in page.html


def test_one_more_row_keeps_all_that_was_typed_up_to_the_most(asked, handler):
    handler.read(path(asked))
    page = handler.send(path(asked), {**FORM, **ANSWERED, "measures-0": "东段完工", "act": "point"})
    assert shown(page) == ["拓宽道路", "增设路灯", ""]
    assert "已于四月拓宽" in page.html
    page = handler.send(path(asked), {**FORM, "measures-0": "东段完工", "act": "measure"})
    assert page.values()["measures-0"] == "东段完工"
    assert "measures-1" in page.values()
    many = {f"promises-{row}-what": f"第{row}件" for row in range(12)}
    assert handler.send(path(asked), {**FORM, **many, "act": "row"}).values()["promises-11-what"] == "第11件"


def test_a_plain_reply_says_that_its_letter_answers_them_all(asked, handler):
    handler.read(path(asked))
    plain = {"points-0-request": "拓宽道路", "points-1-request": "增设路灯", "all_in_letter": "y"}
    handler.send(path(asked), {**FORM, **plain, "act": "submit"})
    assert points(asked) == [("拓宽道路", "", True), ("增设路灯", "", True)]


def test_what_is_left_is_hinted_and_stops_nobody(asked, handler):
    handler.read(path(asked))
    page = handler.send(path(asked), {**FORM, **ANSWERED, "act": "draft"})
    assert "without an answer: 1" in page.text
    handler.send(path(asked), {**FORM, **ANSWERED, "act": "submit"})
    assert the_reply(asked).submitted_on == ON


def test_reasons_that_are_missing_are_hinted_and_their_fields_stand_open(asked, handler):
    handler.read(path(asked))
    page = handler.send(path(asked), {**FORM, "class_label": "D", "act": "draft"})
    assert "no reason is given" in page.text
    [part] = [one for one in page.all("details") if "cannot be adopted" in one.text]
    assert "open" in part.attributes


def test_office_and_deputy_read_request_and_answer_side_by_side(asked, handler, office, reader, session):
    handler.read(path(asked))
    handler.send(
        path(asked), {**FORM, **ANSWERED, "refusal": "绿化权属不明", "measures-0": "东段完工", "act": "submit"}
    )
    reply = the_reply(asked)
    page = office.read(f"/replies/{reply.id}")
    for words in ("拓宽道路", "已于四月拓宽", "not answered", "绿化权属不明", "东段完工", "without an answer: 1"):
        assert words in page.text
    office.send(f"/replies/{reply.id}/delivery", {"way": "system"})
    session.expire_all()
    link = a_rating_link(get_reply(reply.id, asked.clerk), asked.deputy)
    session.commit()
    told = reader.read(f"{link}/rating").text
    assert "已于四月拓宽" in told
    assert "东段完工" in told


def test_two_tabs_and_an_ended_session_lose_no_answer(asked, handler):
    first, second = handler.read(path(asked)).hidden(path(asked)), handler.read(path(asked)).hidden(path(asked))
    handler.send(path(asked), {**FORM, **first, **ANSWERED, "act": "draft"})
    page = handler.send(
        path(asked), {**FORM, **second, "points-0-request": "拓宽道路", "points-0-answer": "另一答", "act": "draft"}
    )
    assert "另一答" in page.html
    assert points(asked)[0][1] == "已于四月拓宽。"
    handler.client.delete_cookie("session", domain="127.0.0.1")
    page = handler.send(path(asked), {**FORM, **ANSWERED, "act": "draft"}, expect=401)
    assert "已于四月拓宽" in page.text


def test_an_ended_link_gives_the_answers_back(asked, reader, session, stopped_clock):
    link = a_handling_link(asked.lead)
    session.commit()
    reader.read(f"{link}/reply")
    stopped_clock(ON + timedelta(days=201))
    page = reader.send(f"{link}/reply", {**ANSWERED, "refusal": "权属不明", "acting_name": "甲"}, expect=401)
    assert "已于四月拓宽" in page.text
    assert "权属不明" in page.text


def test_pressed_twice_it_is_submitted_once(asked, handler):
    hidden = handler.read(path(asked)).hidden(path(asked))
    for _press in (1, 2):
        handler.send(path(asked), {**hidden, **FORM, **ANSWERED, "act": "submit"})
    assert db.session.scalar(sa.select(sa.func.count()).select_from(ReplyVersion)) == 1


def test_a_copied_text_is_hinted_to_its_writer_and_its_reader(asked, handler, office, session):
    body = session.get_one(Body, asked.lead.body_id)
    other = another_suggestion(another_meeting(asked.congress), asked.deputy, title="关于另一条路的建议")
    [lead] = an_assignment(other, body, part=Part.SOLE)
    a_submitted_reply(lead, ON, text=LONG)
    session.commit()
    handler.read(path(asked))
    page = handler.send(path(asked), {**FORM, "text": LONG + "特此答复。", "act": "draft"})
    assert f"nearly that of another reply, to {other.number}" in page.text
    handler.send(path(asked), {**FORM, "text": LONG, "act": "submit"})
    assert "nearly that of another reply" in office.read(f"/replies/{the_reply(asked).id}").text


def test_the_office_uploads_the_scan_itself_and_delivers(asked, office, session):
    reply = a_submitted_reply(asked.lead, ON, paper_original=False)
    session.commit()
    page = office.read(f"/replies/{reply.id}")
    assert "no original yet" in page.text
    page = office.send(f"/replies/{reply.id}/delivery", {"way": "system"})
    assert "signed original is not here" in page.text
    page = office.send(f"/replies/{reply.id}/original", {"scan": (io.BytesIO(SCAN), "答复函.pdf"), "came_on": ""})
    assert "The original is recorded" in page.text
    assert "Delivered" in office.send(f"/replies/{reply.id}/delivery", {"way": "system"}).text


def test_the_office_changes_the_class_on_the_page(asked, office, handler, session):
    reply = a_submitted_reply(asked.lead, ON)
    session.commit()
    office.read(f"/replies/{reply.id}")
    page = office.send(f"/replies/{reply.id}/class", {"class_label": "B", "reason": ""})
    assert "Please fill in: Reason" in page.text
    page = office.send(f"/replies/{reply.id}/class", {"class_label": "B", "reason": "尚有一半未完成。"})
    assert "A became B" in page.text
    assert session.scalars(sa.select(ClassChange.by_name)).all() == [asked.clerk.name]
    assert "尚有一半未完成" in handler.read(f"/assignments/{asked.lead.id}").text
    handler.send(f"/replies/{reply.id}/class", {"class_label": "C", "reason": "x"}, expect=403)


def test_the_office_sees_what_changed_after_a_sending_back(asked, office, handler):
    handler.read(path(asked))
    handler.send(path(asked), {**FORM, "act": "submit"})
    reply = the_reply(asked)
    office.read(f"/replies/{reply.id}")
    office.send(f"/replies/{reply.id}/sending-back", {"reasons": ["form"], "note": ""})
    handler.read(path(asked))
    handler.send(path(asked), {**FORM, "text": "道路已拓宽并通车。", "act": "submit"})
    page = office.read(f"/replies/{reply.id}")
    assert [one.text for one in page.all("del")] == ["道路已经拓宽。"]
    assert [one.text for one in page.all("ins")] == ["道路已拓宽并通车。"]


def test_the_signed_record_of_a_contact_is_kept_and_others_never_find_it(asked, handler, reader, session):
    link = a_handling_link(asked.lead)
    strange = a_handling_link(asked.co)
    session.commit()
    reader.read(f"{link}/contact")
    facts = {"on": "2026-05-06", "manner": "visit", "person": "赵代表", "acting_name": "林承办"}
    page = reader.send(f"{link}/contact", {**facts, "record": (io.BytesIO(SCAN), "沟通记录.pdf")})
    assert "before the handling" in page.text
    address = page.links()["signed record"]
    assert reader.read(address).response.data == SCAN
    contact = session.scalars(sa.select(Contact.id)).one()
    reader.read(f"{strange}/contacts/{contact}/signed-record/{address.split('/')[-1]}", expect=404)


def test_progress_and_who_is_away_stand_on_the_page(asked, handler, session):
    [officer] = session.scalars(sa.select(Officer).where(Officer.body_id == asked.lead.body_id))
    officer.absent_from_on = ON
    session.commit()
    page = handler.read(f"/assignments/{asked.lead.id}/progress")
    page = handler.send(f"/assignments/{asked.lead.id}/progress", {"on": "2026-05-06", "text": "已完成勘察。"})
    assert "已完成勘察" in page.text
    assert "林承办 is away" in page.text
    assert asked.lead.standing is Standing.ASSIGNED
