"""Word files through the pages: sent, corrected, put off, recorded, thrown away; forty one after the other."""

from __future__ import annotations

import time

import pytest
import sqlalchemy as sa

from tests.documents.filling import filled
from tests.documents.forty import forty
from tests.documents.hostile import good, parcel, word
from tests.documents.wordings import all_names
from tests.files.papers import PDF
from tests.register.test_list import statements
from tracker import clock
from tracker.actor import SYSTEM
from tracker.audit.models import Trace
from tracker.documents import queries
from tracker.documents.models import Document, FileBeside, Sending, State
from tracker.files import store
from tracker.files.models import File
from tracker.intake.models import Attachment
from tracker.roles import Role
from tracker.structure import actions as structure
from tracker.suggestion.models import Signature, Suggestion

TWO = {"1 修路.docx": good("关于整修东坡路的建议"), "1 修路-照片说明.pdf": PDF, "2 治水.docx": good("关于治水的建议")}


def count(session, kind) -> int:
    return session.scalar(sa.select(sa.func.count()).select_from(kind))


def the_documents(session) -> list[Document]:
    session.expire_all()
    return list(session.scalars(sa.select(Document).order_by(Document.place)))


def record(clerk, document_id: int, **changed):
    page = clerk.read(f"/documents/{document_id}")
    return clerk.send(f"/documents/{document_id}", {**filled(page), "act": "record", **changed})


def test_a_document_becomes_a_suggestion_with_its_files(city, clerk, send, session, on_disk) -> None:
    page = send(("两件.zip", parcel(TWO)))
    assert "Documents 2 " in page.text
    assert count(session, Suggestion) == 0
    one, two = the_documents(session)
    page = clerk.read(f"/documents/{one.id}")
    assert "Title关于整修东坡路的建议" in page.text
    assert "1 修路-照片说明.pdf" in page.text
    following = record(clerk, one.id)
    assert following.heading.startswith("Document 2")
    suggestion = session.scalar(sa.select(Suggestion).options(sa.orm.undefer(Suggestion.text)))
    assert (suggestion.title, suggestion.number) == ("关于整修东坡路的建议", "2026-001")
    assert suggestion.text == "东坡路路面破损,雨天积水,行人摔倒。\n建议尽快整修。"
    assert suggestion.lead_deputy_id == city.deputies["赵甲一"].id
    assert suggestion.submitted_on.isoformat() == "2026-01-12"
    names = session.scalars(sa.select(File.name).join(Attachment, Attachment.file_id == File.id).order_by(File.id))
    assert list(names) == ["1 修路.docx", "1 修路-照片说明.pdf"]
    [one, two] = the_documents(session)
    assert (one.state, one.suggestion_id, one.found, one.shown) == (State.SAVED, suggestion.id, None, None)
    assert two.state is State.WAITING
    assert len(on_disk()) == 3
    assert list(store.problems()) == []


def test_what_is_corrected_is_what_is_recorded(city, clerk, send, session) -> None:
    send(("一.docx", good()))
    [document] = the_documents(session)
    signer = city.deputies["钱乙"].id
    record(clerk, document.id, title="关于重修东坡路的建议", co_signer_ids=[str(signer)], number="2026-077")
    suggestion = session.scalar(sa.select(Suggestion))
    assert (suggestion.title, suggestion.number) == ("关于重修东坡路的建议", "2026-077")
    assert session.scalar(sa.select(Signature.deputy_id)) == signer


def test_an_unknown_deputy_is_a_question_with_the_nearest_names(city, clerk, send, session) -> None:
    send(("一.docx", word("关于修路的建议", "路面破损,建议整修。", "领衔代表:赵佳一", "附议代表:钱已、孙某某")))
    [document] = the_documents(session)
    page = clerk.read(f"/documents/{document.id}")
    for asked in ("Who is meant by 赵佳一?", "Who is meant by 钱已?", "Who is meant by 孙某某?"):
        assert asked in page.text
    assert "No deputy has this name" in page.text
    refused = record(clerk, document.id)
    assert "Name the lead deputy or the delegation." in refused.text
    assert count(session, Suggestion) == 0
    lead, signer = city.deputies["赵甲一"].id, city.deputies["钱乙"].id
    record(clerk, document.id, answer_0=str(lead), answer_1=str(signer))
    assert session.scalar(sa.select(Suggestion.lead_deputy_id)) == lead
    assert list(session.scalars(sa.select(Signature.deputy_id))) == [signer]


def test_later_keeps_what_was_typed_even_if_it_is_not_whole(clerk, send, session) -> None:
    send(("两件.zip", parcel(TWO)))
    one, two = the_documents(session)
    page = clerk.read(f"/documents/{one.id}")
    typed = {**filled(page), "title": "", "remark": "请问代表", "submitted_on": "2026-01-09", "act": "later"}
    following = clerk.send(f"/documents/{one.id}", typed)
    assert following.heading.startswith("Document 2")
    assert the_documents(session)[0].state is State.LATER
    again = filled(clerk.read(f"/documents/{one.id}"))
    assert (again["title"], again["remark"], again["submitted_on"]) == ("", "请问代表", "2026-01-09")
    assert again["text"].startswith("东坡路")
    back = record(clerk, two.id)
    assert back.heading.startswith("Document 1")


def test_what_is_thrown_away_leaves_its_line_only(clerk, send, session, on_disk) -> None:
    send(("两件.zip", parcel(TWO)))
    one, two = the_documents(session)
    assert len(on_disk()) == 3
    for document in (one, two):
        clerk.read(f"/documents/{document.id}")
        page = clerk.send(f"/documents/{document.id}/removal")
    assert "All documents of this sending are done." in page.text
    assert [(one.state, one.title, one.file_id) for one in the_documents(session)] == [
        (State.THROWN_AWAY, "", None)
    ] * 2
    assert (count(session, File), count(session, FileBeside), on_disk()) == (0, 0, [])
    assert "document_thrown_away" in session.scalars(sa.select(Trace.act)).all()


def test_a_document_is_settled_once(clerk, send, session) -> None:
    send(("两件.zip", parcel(TWO)))
    one, _two = the_documents(session)
    page = clerk.read(f"/documents/{one.id}")
    form = {**filled(page), "version": str(one.version), "act": "record"}
    clerk.send(f"/documents/{one.id}", form)
    again = clerk.send(f"/documents/{one.id}", {**form, "press": "another-press"})
    assert "settled already" in again.text
    assert count(session, Suggestion) == 1
    clerk.page = None
    assert clerk.read(f"/documents/{one.id}", expect=302).status == 302


def test_somebody_elses_corrections_are_not_overwritten(clerk, send, session) -> None:
    send(("一.docx", good()))
    [document] = the_documents(session)
    page = clerk.read(f"/documents/{document.id}")
    stale = {**filled(page), "version": str(document.version)}
    clerk.send(f"/documents/{document.id}", {**stale, "title": "一", "act": "later", "press": "first"})
    again = clerk.send(f"/documents/{document.id}", {**stale, "title": "二", "act": "later", "press": "second"})
    assert "Somebody else changed this document" in again.text
    assert the_documents(session)[0].corrected["title"] == "一"


def test_a_hint_asks_for_a_decision_before_it_is_recorded(clerk, send, session) -> None:
    text = "本人因工资待遇问题多次上访,请求解决本人工作调动和住房。法院对我的案件判决不公。"
    send(("一.docx", word("关于解决我个人工作调动的建议", text, "建议人:赵甲一")))
    [document] = the_documents(session)
    page = record(clerk, document.id)
    if "What is decided" in page.text:
        assert count(session, Suggestion) == 0
        record(clerk, document.id, judgement="record_anyway", judgement_reason="代表坚持")
    assert count(session, Suggestion) == 1


def test_the_original_is_downloaded_by_the_office_only(city, clerk, reader, send, session) -> None:
    content = good()
    send(("一.docx", content))
    [document] = the_documents(session)
    address = f"/documents/{document.id}/files/{document.file_id}"
    assert clerk.read(address).response.get_data() == content
    clerk.read(f"/documents/{document.id}/files/999", expect=404)
    leader = reader.signed_in_as(city.user(Role.LEADER))
    for where in (address, f"/documents/{document.id}", "/documents", f"/documents/sendings/{document.sending_id}"):
        leader.read(where, expect=403)
        reader.read(where, expect=302)
    record(clerk, document.id)
    clerk.read(address, expect=404)


def test_another_congress_sees_nothing_of_it(city, reader, send, session) -> None:
    from tests.makers import a_congress, a_user

    send(("一.docx", good()))
    [document] = the_documents(session)
    other = reader.signed_in_as(a_user(a_congress(), Role.OFFICE_CLERK))
    for where in (f"/documents/{document.id}", f"/documents/sendings/{document.sending_id}"):
        other.read(where, expect=404)
    assert "一.docx" not in other.read("/documents").text


def test_forty_documents_are_gone_through_one_after_the_other(city, clerk, send, session) -> None:
    now = {"by": SYSTEM, "at": clock.now()}
    for place, name in enumerate(all_names()):
        structure.add_deputy(city.congress.id, name, card_number=f"9{place:03}", **now)
    made = forty()
    begun = time.process_time()
    page = send(("四十件.zip", parcel({one.name: one.content for one in made})))
    assert time.process_time() - begun < 20
    assert "Documents 40 " in page.text
    right = {one.name: one for one in made}
    following = page.links()["Go through them"]
    for step in range(40):
        page = clerk.read(following)
        assert f"{step} of 40 recorded, {40 - step} still open." in page.text
        expected = right[page.heading.split(": ")[1]]
        form = filled(page)
        assert form["title"] == expected.title
        changed = {} if expected.lead else {"lead_deputy_id": str(city.deputies["钱乙"].id)}
        following = clerk.send(following, {**form, "act": "record", **changed}).response.request.path
    assert count(session, Suggestion) == 40
    assert following.startswith("/documents/sendings/")
    recorded = dict(session.execute(sa.select(Suggestion.title, Suggestion.text)).all())
    assert {one.title: one.text for one in made} == recorded
    assert session.scalar(sa.select(sa.func.count()).select_from(Attachment)) == 40


@pytest.mark.engines("sqlite")
def test_pages_ask_as_often_for_many_documents_as_for_few(app, clerk, send, session) -> None:
    asked = []
    for number in (2, 12):
        send(("多件.zip", parcel({f"{place}.docx": good() for place in range(number)})))
        last = session.scalar(sa.select(sa.func.max(Sending.id)))
        first = queries.steps(last)[0]
        where = ("/documents", f"/documents/sendings/{last}", f"/documents/{first.id}")
        asked.append([len(statements(app, lambda page=page: clerk.read(page))) for page in where])
    assert asked[0] == asked[1]
    assert max(asked[0]) <= 16


def test_a_sending_of_nothing_is_told(city, clerk) -> None:
    clerk.read("/documents")
    assert "Choose a file." in clerk.send("/documents", {"meeting_id": city.meeting.id}).text
