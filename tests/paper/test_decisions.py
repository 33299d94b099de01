"""Decisions on more time and on returns as letters, and the form of the suggestion as a file."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from tests.makers import HANDED_OVER_ON, Case, a_case, a_handling_link, a_user
from tests.paper.read_back import docx_text, pdf_text
from tracker.dispatch import actions as dispatch
from tracker.handling import actions as handling
from tracker.roles import Role
from tracker.structure.models import Body

LATER = date(2026, 7, 1)


@pytest.fixture
def case(session, stopped_clock) -> Case:
    stopped_clock(HANDED_OVER_ON + timedelta(days=3))
    return a_case()


def test_more_time_is_told_on_paper_with_its_last_day(case: Case, reader, session) -> None:
    asked = handling.ask_extension(case.lead, "需与省厅会商。", LATER, by=case.by_body, on=HANDED_OVER_ON)
    session.flush()
    handling.decide_extension(asked, True, to=LATER, note="请抓紧办理。", by=case.by_office, on=HANDED_OVER_ON)
    session.commit()
    where = f"/extensions/{asked.id}/letter"
    handler = reader.signed_in_as(case.handler)
    assert where in {form["action"] for form in handler.read(f"/assignments/{case.lead.id}").all("form")}
    text = pdf_text(handler.send(where, {"format": "pdf"}).response.data)
    for said in (
        "JD-2026-0001",
        "市交通局：",
        "同意延期至2026年7月1日",
        "请抓紧办理。",
        "临江市人民代表大会常务委员会",
    ):
        assert said in text, said
    link = a_handling_link(case.lead)
    reader.read(link)
    assert "同意延期" in docx_text(reader.send(f"{link}{where}", {"format": "docx"}).response.data)
    stranger = reader.signed_in_as(a_user(case.congress, Role.BODY_HANDLER, body_id=case.co.body_id))
    stranger.read(where, expect=404)
    page = reader.signed_in_as(case.clerk).read("/papers/JD-2026-0001")
    assert "no signed copy of it comes back" in page.text


def test_what_is_not_decided_is_not_printed(case: Case, reader, session) -> None:
    asked = handling.ask_extension(case.lead, "需与省厅会商。", LATER, by=case.by_body, on=HANDED_OVER_ON)
    returned = dispatch.ask_return(
        case.co, "不属于本局职责。", session.get_one(Body, case.lead.body_id), by=case.by_body, on=HANDED_OVER_ON
    )
    session.commit()
    clerk = reader.signed_in_as(case.clerk)
    clerk.send(f"/extensions/{asked.id}/letter", {"format": "pdf"}, expect=404)
    clerk.send(f"/returns/{returned.id}/letter", {"format": "pdf"}, expect=404)


def test_a_refused_return_is_told_on_paper_with_its_reason(case: Case, reader, session) -> None:
    other = session.get_one(Body, case.lead.body_id)
    asked = dispatch.ask_return(case.co, "不属于本局职责。", other, by=case.by_body, on=HANDED_OVER_ON)
    session.flush()
    dispatch.decide_return(asked, False, note="资金安排由你局负责。", by=case.by_office, on=HANDED_OVER_ON)
    session.commit()
    clerk = reader.signed_in_as(case.clerk)
    page = clerk.read(f"/suggestions/{case.suggestion.id}")
    where = f"/returns/{asked.id}/letter"
    assert where in {form["action"] for form in page.all("form")}
    text = pdf_text(clerk.send(where, {"format": "pdf"}).response.data)
    for said in ("市财政局：", "不同意退办", "资金安排由你局负责。", "退办申请的复函"):
        assert said in text, said
    handler = reader.signed_in_as(case.handler)
    handler.read(where, expect=403)


def test_the_form_of_a_suggestion_is_a_file_whose_code_leads_to_where_it_is_taken_in(case: Case, reader) -> None:
    clerk = reader.signed_in_as(case.clerk)
    where = f"/suggestions/{case.suggestion.id}/sheet"
    assert f"{where}/file" in {form["action"] for form in clerk.read(where).all("form")}
    text = pdf_text(clerk.send(f"{where}/file", {"format": "pdf"}).response.data)
    for said in ("JY-2026-0001", "关于拓宽道路的建议", "道路狭窄,请予拓宽。", "赵代表", "钱附议", "■建议□批评□意见"):
        assert said in text, said
    page = clerk.read("/papers?code=JY-2026-0001")
    assert re.search(r"/suggestions/\d+/signed-form", page.response.request.path)
    case_word = clerk.send(f"{where}/file", {"format": "docx"}).response.data
    assert "领衔代表" in docx_text(case_word)
