"""A signed paper comes back by its number and becomes what it says, on behalf of whoever signed it."""

from __future__ import annotations

import io
from typing import Any

import pytest
import sqlalchemy as sa

from tests.files.papers import JPEG, PDF
from tests.makers import HANDED_OVER_ON, Case, a_case, a_submitted_reply, a_user, with_reading_by
from tests.reader import Page, Reader
from tracker.dispatch.models import Receipt
from tracker.feedback.models import Rating, RatingChannel
from tracker.files.models import File
from tracker.handling.actions import note_contact
from tracker.handling.models import Contact, Manner, ReplyFile
from tracker.handling.queries import find_reply
from tracker.paper.models import PaperScan
from tracker.roles import Role
from tracker.suggestion.journey import Standing
from tracker.suggestion.models import Entry

ON = HANDED_OVER_ON.isoformat()
CONTACT = {"on": ON, "manner": "visit", "person": "赵代表", "note": "当面谈过。"}
RATING = {"on": ON, "attitude": "satisfied", "result": "mostly", "comment": "望早日完工。"}


@pytest.fixture
def case(session, stopped_clock) -> Case:
    stopped_clock(HANDED_OVER_ON)
    return a_case()


@pytest.fixture
def clerk(case: Case, reader) -> Reader:
    return reader.signed_in_as(case.clerk)


def scan(name: str = "扫描件.pdf", content: bytes = PDF) -> dict[str, Any]:
    return {"files": [(io.BytesIO(content), name)]}


def taken_in(clerk: Reader, code: str, facts: dict[str, Any]) -> Page:
    """The number is typed, the page opens, the form is sent."""
    page = clerk.read(f"/papers?code={code}")
    return clerk.send(page.response.request.path, facts)


def newest(session, kind: type) -> Any:
    session.rollback()
    return session.scalars(sa.select(kind).order_by(sa.inspect(kind).primary_key[0].desc())).first()


def test_a_signed_record_becomes_a_contact_of_the_body(case: Case, clerk: Reader, session) -> None:
    clerk.send(f"/assignments/{case.lead.id}/contact-record", {"format": "pdf"})
    page = taken_in(clerk, "ms 2026 1", {**CONTACT, **scan()})
    assert "The signed record is kept with the contact." in page.text
    assert "扫描件.pdf" in page.links()
    contact, entry = newest(session, Contact), newest(session, Entry)
    assert (contact.assignment_id, contact.person, contact.note) == (case.lead.id, "赵代表", "当面谈过。")
    assert (entry.move, entry.on_behalf_of) == ("contact", "市交通局")
    kept = newest(session, PaperScan)
    assert (kept.became, kept.became_id, kept.taken_by) == ("contact", contact.id, "某人")
    assert "signed record" in clerk.read(f"/assignments/{case.lead.id}").links()
    assert clerk.read(clerk.page.links()["signed record"]).response.data == PDF


def test_a_record_of_a_noted_contact_joins_it_and_makes_no_other(case: Case, clerk: Reader, session, reader) -> None:
    noted = note_contact(case.lead, Manner.PHONE, "赵代表", by=case.by_body, on=HANDED_OVER_ON)
    session.commit()
    clerk.send(f"/assignments/{case.lead.id}/contacts/{noted.id}/record", {"format": "docx"})
    assert "put to it" in taken_in(clerk, "MS-2026-0001", scan()).text
    assert newest(session, PaperScan).became_id == noted.id
    assert session.scalar(sa.select(sa.func.count()).select_from(Contact)) == 1
    handler = reader.signed_in_as(case.handler)
    page = handler.read(f"/assignments/{case.lead.id}")
    assert handler.read(page.links()["signed record"]).response.data == PDF


def test_a_stamped_letter_joins_its_reply_once_it_is_handed_in(case: Case, clerk: Reader, session, reader) -> None:
    with_reading_by("office", case.congress)
    reply = a_submitted_reply(case.lead, HANDED_OVER_ON)
    session.commit()
    reader.signed_in_as(case.handler).send(f"/replies/{reply.id}/letter", {"format": "pdf"})
    page = taken_in(clerk, "DF-2026-0001", {"received_on": ON, "original": "y", **scan("盖章件.pdf")})
    assert "The stamped letter is kept with the reply." in page.text
    assert newest(session, ReplyFile).stamped
    kept = find_reply(case.lead.id)
    assert kept is not None
    assert (kept.received_on, kept.paper_original) == (HANDED_OVER_ON, True)
    assert "盖章件.pdf" in clerk.read(f"/replies/{reply.id}").links()
    assert newest(session, Entry).move == "record_original"
    assert "Original of the reply recorded" in clerk.read(f"/suggestions/{case.suggestion.id}").text


def test_where_nobody_reads_first_a_stamped_letter_by_its_number_goes_to_the_deputies(case, clerk, session, reader):
    with_reading_by("none", case.congress)
    reply = a_submitted_reply(case.lead, HANDED_OVER_ON, paper_original=False)
    session.commit()
    reader.signed_in_as(case.handler).send(f"/replies/{reply.id}/letter", {"format": "pdf"})
    taken_in(clerk, "DF-2026-0001", {"received_on": ON, **scan("盖章件.pdf")})
    session.expire_all()
    assert case.lead.standing is Standing.DELIVERED


def test_a_letter_of_a_draft_waits_until_it_is_handed_in(case: Case, clerk: Reader, session, reader) -> None:
    handler = reader.signed_in_as(case.handler)
    where = f"/assignments/{case.lead.id}/reply"
    handler.read(where)
    handler.send(where, {"text": "道路已经拓宽。", "version": "0", "act": "draft"})
    reply = find_reply(case.lead.id)
    assert reply is not None
    handler.send(f"/replies/{reply.id}/letter", {"format": "pdf"})
    page = clerk.read("/papers/DF-2026-0001")
    assert "has not handed this reply in yet" in page.text
    assert "道路已经拓宽" not in page.text
    clerk.send("/papers/DF-2026-0001/letter", {"received_on": ON, **scan()}, expect=404)
    assert newest(session, PaperScan) is None


def test_a_signed_opinion_form_is_the_deputys_rating_entered_by_the_office(case: Case, clerk: Reader, session) -> None:
    with_reading_by("none", case.congress)
    reply = a_submitted_reply(case.lead, HANDED_OVER_ON)
    session.commit()
    clerk.send(f"/replies/{reply.id}/opinion-forms/{case.deputy.id}", {"format": "pdf"})
    page = taken_in(clerk, "YJ-2026-0001", {**RATING, **scan("意见表.jpg", JPEG)})
    assert "The rating is entered, with the signed form." in page.text
    rating = newest(session, Rating)
    assert (rating.deputy_id, rating.channel, rating.entered_by) == (case.deputy.id, RatingChannel.PAPER, "某人")
    assert newest(session, PaperScan).became_id == rating.id
    rated = session.scalars(sa.select(Entry).where(Entry.move == "rate")).one()
    assert rated.on_behalf_of == "赵代表"
    assert f"/ratings/{rating.id}/scan" in clerk.read(f"/replies/{reply.id}/rating").links().values()
    again = clerk.read("/papers/YJ-2026-0001")
    assert "has rated this reply already" in again.text
    assert "reason" in {field["name"] for field in again.all("textarea")}


def test_nothing_is_entered_without_its_scan_and_what_was_typed_stays(case: Case, clerk: Reader, session) -> None:
    clerk.send(f"/assignments/{case.lead.id}/contact-record", {"format": "pdf"})
    page = taken_in(clerk, "MS-2026-0001", CONTACT)
    assert "Choose the file" in page.text
    assert "当面谈过。" in page.html
    assert newest(session, Contact) is None


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("记录.exe", b"MZ" + bytes(100), "is not taken"),
        ("机密★记录.pdf", PDF, "carries a secrecy marking"),
        ("记录.png", PDF, "by its content a pdf file"),
    ],
)
def test_scans_pass_the_same_checks_as_every_file(case: Case, clerk: Reader, session, name, content, said) -> None:
    clerk.send(f"/assignments/{case.lead.id}/contact-record", {"format": "pdf"})
    page = taken_in(clerk, "MS-2026-0001", {**CONTACT, **scan(name, content)})
    assert said in page.text
    assert (newest(session, Contact), newest(session, File)) == (None, None)


def test_a_signed_slip_signs_for_everything_on_the_letter(case: Case, clerk: Reader, session) -> None:
    act, body = case.lead.hand_over_id, case.lead.body_id
    clerk.send(f"/hand-overs/{act}/bodies/{body}/letter", {"format": "pdf"})
    page = taken_in(clerk, "JB-2026-0001", {"on": ON, "name": "林承办", **scan("回执.pdf")})
    assert "The receipt is noted" in page.text
    assert newest(session, Receipt).assignment_id == case.lead.id
    assert newest(session, Entry).on_behalf_of == "市交通局 林承办"
    assert session.scalar(sa.select(sa.func.count()).select_from(Receipt)) == 1
    page = clerk.read("/papers/JB-2026-0001")
    assert "Nothing on this paper waits to be signed for." in page.text
    clerk.send("/papers/JB-2026-0001/receipt", {"on": ON, **scan()})
    assert session.scalar(sa.select(sa.func.count()).select_from(PaperScan)) == 1


def test_the_list_of_a_whole_hand_over_is_signed_by_nobody(case: Case, clerk: Reader) -> None:
    clerk.send(f"/hand-overs/{case.lead.hand_over_id}/list", {"format": "pdf"})
    assert "Nothing on this paper waits" in clerk.read("/papers?code=QD-2026-0001").text


@pytest.mark.parametrize("typed", ["MS-2026-0077", "临交函〔2026〕47号", "#read(x)", "<b>"])
def test_an_unknown_number_gets_a_plain_sentence(case: Case, clerk: Reader, typed: str) -> None:
    page = clerk.read("paper.index", code=typed, expect=404)
    assert "There is no paper with the number" in page.text
    assert typed in page.text


def test_a_number_of_another_kind_opens_no_page_of_this_one(case: Case, clerk: Reader) -> None:
    clerk.send(f"/assignments/{case.lead.id}/notice", {"format": "pdf"})
    for where in ("contact", "letter", "rating"):
        clerk.read(f"/papers/JB-2026-0001/{where}", expect=404)
        clerk.send(f"/papers/JB-2026-0001/{where}", {**CONTACT, **RATING, "received_on": ON, **scan()}, expect=404)


def test_a_body_reads_no_scan_and_takes_nothing_in(case: Case, clerk: Reader, session, reader) -> None:
    clerk.send(f"/assignments/{case.lead.id}/contact-record", {"format": "pdf"})
    taken_in(clerk, "MS-2026-0001", {**CONTACT, **scan()})
    number = newest(session, PaperScan).id
    for role, of in ((Role.BODY_HANDLER, {"body_id": case.lead.body_id}), (Role.DEPUTY, {"deputy_id": case.deputy.id})):
        visitor = reader.signed_in_as(a_user(case.congress, role, **of))
        visitor.read(f"/papers/scans/{number}", expect=403)
        visitor.read("/papers/MS-2026-0001", expect=403)
