"""Who prints what where he sees it: numbers, both formats, and nothing of others."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
import sqlalchemy as sa

from tests.makers import (
    HANDED_OVER_ON,
    Case,
    a_case,
    a_content,
    a_handling_link,
    a_rating_link,
    a_submitted_reply,
    a_suggestion,
    a_user,
    an_assignment,
    entered,
)
from tests.paper.read_back import docx_text, pdf_text
from tests.reader import Reader
from tracker import clock
from tracker.audit.models import Trace
from tracker.dispatch.models import HandOver
from tracker.handling.actions import deliver, note_contact, save_draft
from tracker.handling.models import Manner
from tracker.handling.queries import get_reply
from tracker.paper.models import Paper
from tracker.roles import Role
from tracker.structure import actions as structure
from tracker.structure.models import Body, Level, Meeting
from tracker.suggestion.journey import Standing

CONTACTED = "当面谈过，代表希望今年动工。"


@pytest.fixture
def case(session, stopped_clock) -> Case:
    stopped_clock(HANDED_OVER_ON)
    return a_case()


def printed(who: Reader, where: str, kind: str = "pdf") -> bytes:
    """The button is pressed, and the file comes."""
    return who.send(where, {"format": kind}).response.data


def codes(session) -> list[str]:
    session.rollback()
    return list(session.scalars(sa.select(Paper.code).order_by(Paper.id)))


def test_a_paper_has_its_number_from_the_first_press_and_keeps_it(case: Case, reader, session) -> None:
    clerk = reader.signed_in_as(case.clerk)
    where = f"/assignments/{case.lead.id}/contact-record"
    clerk.read(where, expect=404)
    assert codes(session) == []
    first, again = printed(clerk, where), printed(clerk, where, "docx")
    assert codes(session) == ["MS-2026-0001"]
    assert "MS-2026-0001" in pdf_text(first)
    assert "MS-2026-0001" in docx_text(again)
    printed(clerk, f"/assignments/{case.co.id}/contact-record")
    printed(clerk, f"/assignments/{case.lead.id}/notice")
    assert codes(session) == ["MS-2026-0001", "MS-2026-0002", "JB-2026-0001"]


def test_fetching_a_paper_changes_nothing_and_the_trail_says_who_took_it(case: Case, reader, session) -> None:
    clerk = reader.signed_in_as(case.clerk)
    printed(clerk, f"/assignments/{case.lead.id}/notice")
    page = clerk.read(f"/assignments/{case.lead.id}/notice?format=docx")
    assert "filename*=UTF-8''" in page.response.headers["Content-Disposition"]
    session.rollback()
    taken = session.scalars(sa.select(Trace).where(Trace.act == "export")).all()
    assert [one.facts["what"] for one in taken] == ["handling.notice", "handling.notice"]


def test_the_letter_to_a_body_names_what_it_was_given_and_nothing_else(case: Case, reader, session) -> None:
    other = a_suggestion(session.get_one(Meeting, case.suggestion.meeting_id), case.deputy, title="关于别的事的建议")
    an_assignment(other, session.get_one(Body, case.co.body_id))
    session.commit()
    clerk = reader.signed_in_as(case.clerk)
    act, body = case.lead.hand_over_id, case.lead.body_id
    text = pdf_text(printed(clerk, f"/hand-overs/{act}/bodies/{body}/letter"))
    for said in (
        "市交通局：",
        "关于拓宽道路的建议",
        "赵代表等2人",
        "主办",
        "市财政局",
        "2026年6月2日",
        "临人办〔2026〕5号",
    ):
        assert said in text, said
    assert "别的事" not in text
    handler = reader.signed_in_as(case.handler)
    assert "拓宽道路" in docx_text(printed(handler, f"/hand-overs/{act}/bodies/{body}/letter", "docx"))
    handler.read(f"/hand-overs/{act}/bodies/{case.co.body_id}/letter", expect=404)
    handler.send(f"/hand-overs/{act}/bodies/{case.co.body_id}/letter", {"format": "pdf"}, expect=404)
    handler.read(f"/hand-overs/{act}/letters", expect=403)


def test_a_whole_hand_over_is_one_pdf_or_one_zip(case: Case, reader, session) -> None:
    clerk, act = reader.signed_in_as(case.clerk), case.lead.hand_over_id
    page = clerk.read(f"/hand-overs/{act}")
    assert "市交通局" in page.text
    assert f"/hand-overs/{act}" in clerk.read("/hand-overs").links().values()
    text = pdf_text(printed(clerk, f"/hand-overs/{act}/letters"))
    assert "市交通局：" in text
    assert "市财政局：" in text
    with zipfile.ZipFile(io.BytesIO(printed(clerk, f"/hand-overs/{act}/letters", "docx"))) as archive:
        assert archive.namelist() == ["JB-2026-0001 市交通局.docx", "JB-2026-0002 市财政局.docx"]
    text = pdf_text(printed(clerk, f"/hand-overs/{act}/list"))
    for said in ("代表建议交办清单", "关于拓宽道路的建议", "市交通局", "市财政局", "QD-2026-0001"):
        assert said in text


def test_titles_of_internal_items_stand_on_no_letter_and_no_list(case: Case, reader, session) -> None:
    case.suggestion.internal = True
    session.commit()
    clerk, act = reader.signed_in_as(case.clerk), case.lead.hand_over_id
    for where in ("letters", "list", f"bodies/{case.lead.body_id}/letter", f"bodies/{case.lead.body_id}/list"):
        text = pdf_text(printed(clerk, f"/hand-overs/{act}/{where}"))
        assert "拓宽" not in text
        assert "内部件" in text


def test_who_came_by_a_link_prints_his_own_item_without_signing_in(case: Case, reader) -> None:
    link = a_handling_link(case.lead)
    reader.read(link)
    assert "拓宽道路" in pdf_text(printed(reader, f"{link}/notice"))
    assert "市交通局" in docx_text(printed(reader, f"{link}/contact-record", "docx"))
    reader.send(f"{link}/letter", {"format": "pdf"}, expect=404)
    reader.read(f"/assignments/{case.lead.id}/notice", expect=302)


def test_a_contact_that_is_noted_is_printed_filled_in(case: Case, reader, session) -> None:
    noted = note_contact(case.lead, Manner.VISIT, "赵代表", by=case.by_body, on=HANDED_OVER_ON, note=CONTACTED)
    session.commit()
    where = f"/assignments/{case.lead.id}/contacts/{noted.id}/record"
    text = pdf_text(printed(reader.signed_in_as(case.handler), where))
    for said in ("2026年3月2日", "■走访□座谈", CONTACTED, "代表（签名）"):
        assert said in text
    other = a_user(case.congress, Role.BODY_HANDLER, body_id=case.co.body_id)
    reader.signed_in_as(other).send(where, {"format": "pdf"}, expect=404)


def test_the_body_prints_its_draft_and_the_office_what_was_handed_in(case: Case, reader, session) -> None:
    draft = save_draft(case.lead, a_content(), version=None, by=case.by_body, at=clock.now())
    session.commit()
    handler, clerk = reader.signed_in_as(case.handler), reader.signed_in_as(case.clerk)
    text = pdf_text(printed(handler, f"/replies/{draft.id}/letter"))
    head = ("市交通局文件", "临交〔2026〕31号", "签发人：周局长", "赵代表等2名代表：")
    for said in (*head, "道路已经拓宽。", "联系人：林承办", "抄送"):
        assert said in text, said
    assert re.search(r"DF-2026-0001A", text)
    clerk.send(f"/replies/{draft.id}/letter", {"format": "pdf"}, expect=404)
    a_submitted_reply(case.lead, HANDED_OVER_ON)
    session.commit()
    assert "DF-2026-0001" in docx_text(printed(clerk, f"/replies/{draft.id}/letter", "docx"))


def test_a_reply_that_begins_with_its_addressee_is_not_given_another(case: Case, reader, session) -> None:
    draft = save_draft(
        case.lead, a_content(text="尊敬的赵代表：\n道路已经拓宽。"), version=None, by=case.by_body, at=clock.now()
    )
    session.commit()
    text = pdf_text(printed(reader.signed_in_as(case.handler), f"/replies/{draft.id}/letter"))
    assert text.count("代表：") == 1


def test_the_opinion_form_is_in_duplicate_and_ticks_nothing(case: Case, reader, session) -> None:
    reply = a_submitted_reply(case.lead, HANDED_OVER_ON)
    if case.lead.standing is not Standing.DELIVERED:
        deliver(reply, case.lead, by=case.by_office, on=HANDED_OVER_ON)
    session.commit()
    clerk = reader.signed_in_as(case.clerk)
    text = pdf_text(printed(clerk, f"/replies/{reply.id}/opinion-forms/{case.signer.id}"))
    assert text.count("YJ-2026-0001") == 2
    assert "第一联" in text
    assert "第二联交市交通局" in text
    assert text.count("□满意□基本满意□不满意") == 10
    assert "■" not in text
    link = a_rating_link(get_reply(reply.id, case.clerk), case.deputy)
    reader.read(f"{link}/rating")
    assert "赵代表" in pdf_text(printed(reader, f"{link}/opinion-forms/{case.deputy.id}"))
    reader.send(f"{link}/opinion-forms/{case.signer.id}", {"format": "pdf"}, expect=404)


def test_another_congress_finds_nothing(case: Case, reader, session) -> None:
    assert session.get_one(HandOver, case.lead.hand_over_id).congress_id == case.congress.id
    other = structure.add_congress("别处人民代表大会", Level.CITY, rules_name="default", **entered())
    clerk = reader.signed_in_as(case.clerk)
    printed(clerk, f"/assignments/{case.lead.id}/notice")
    stranger = reader.signed_in_as(a_user(other, Role.OFFICE_CLERK))
    stranger.read(f"/hand-overs/{case.lead.hand_over_id}", expect=404)
    stranger.read("/papers/JB-2026-0001", expect=404)
    assert "JB-2026-0001" not in stranger.read("/papers").text
