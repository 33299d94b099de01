from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.files.papers import PDF
from tests.small_city import SmallCity, small_city
from tracker import clock
from tracker.audit.models import Trace
from tracker.errors import RuleBroken, Stale
from tracker.files.models import File
from tracker.intake import actions, drafts, queries
from tracker.intake.models import Draft, Sheet
from tracker.roles import Role
from tracker.suggestion.models import Entry, Suggestion

ON = date(2026, 1, 12)
TEXT = (
    "江滨路高峰拥堵，沿线三所学校的学生出行不便，存在交通安全隐患，群众反映强烈。"
    "建议尽快拓宽路面，完善人行道和过街设施，方便群众出行。"
)
NEW = "/suggestions/new?secrecy=no"


@pytest.fixture
def city(session, stopped_clock) -> SmallCity:
    stopped_clock(ON)
    return small_city()


@pytest.fixture
def clerk(city: SmallCity, reader):
    return reader.signed_in_as(city.clerk)


def save(city: SmallCity, key: str = "k", page: str = "p", version: int = 0, **said: str) -> Draft:
    typed = {name: [value] for name, value in said.items()}
    facts = {"congress_id": city.congress.id, "internal": False, "page": page, "version": version}
    return actions.save_draft(key, typed, by=city.by, on=ON, at=clock.now(), **facts)


def sheet(city: SmallCity, **filled) -> dict[str, object]:
    lead = city.deputies["赵甲一"].id
    facts = {"meeting_id": city.meeting.id, "origin": "meeting", "title": "关于拓宽江滨路的建议", "text": TEXT}
    return {
        **facts,
        "lead_deputy_id": lead,
        "delegation_id": 0,
        "category": "",
        "publicity": "full",
        "survey_method": "",
        **filled,
    }


def on_disk(app) -> list[Path]:
    return [path for path in (Path(app.instance_path) / "files").rglob("*") if path.is_file()]


def count(session, row) -> int:
    session.expire_all()
    return session.scalar(sa.select(sa.func.count()).select_from(row))


def test_a_page_that_did_not_hear_the_answer_does_not_stand_in_its_own_way(city: SmallCity) -> None:
    save(city, title="关于路")
    assert save(city, title="关于路灯").version == 2
    assert save(city, title="关于路灯的建议", version=0).title == "关于路灯的建议"


def test_another_page_never_writes_over_what_it_has_not_seen(city: SmallCity) -> None:
    seen = save(city, title="甲").version
    save(city, title="乙", page="another", version=seen)
    with pytest.raises(Stale):
        save(city, title="丙", version=seen)


def test_a_draft_with_a_secrecy_marking_is_not_kept(city: SmallCity, session) -> None:
    with pytest.raises(RuleBroken, match="secrecy"):
        save(city, title="关于某事的建议", text="机密★1年\n内容")
    assert count(session, Draft) == 0


def test_a_half_filled_form_is_kept_and_opened_again_as_it_was(city: SmallCity, clerk, session) -> None:
    clerk.read(NEW)
    chosen = [city.deputies["钱乙"].id]
    sent = {"title": "关于路灯的建议", "act": "draft", "submitted_on": "12月", "co_signer_ids": chosen}
    page = clerk.send(NEW, {**sent, "files": [(io.BytesIO(PDF), "照片.pdf")]})
    assert "The draft is saved" in page.text
    assert (page.values()["title"], page.values()["submitted_on"]) == ("关于路灯的建议", "12月")
    assert "照片.pdf" in page.links()
    assert (count(session, Suggestion), count(session, Entry)) == (0, 0)


def test_recording_a_draft_gives_the_number_and_takes_its_files_along(city: SmallCity, clerk, session) -> None:
    clerk.read(NEW)
    clerk.send(NEW, sheet(city, act="draft", files=[(io.BytesIO(PDF), "照片.pdf")]))
    [draft] = drafts.drafts(city.clerk)
    page = clerk.send(f"/suggestions/drafts/{draft.id}", sheet(city))
    assert "Recorded as 2026-001" in page.text
    made = session.scalars(sa.select(Suggestion)).one()
    assert [one.file.name for one in queries.attachments_of(made.id)] == ["照片.pdf"]
    assert [entry.move for entry in session.scalars(sa.select(Entry).order_by(Entry.id))] == ["draft", "record"]
    assert count(session, Draft) == 0


def test_what_was_recorded_is_not_begun_anew_by_a_page_left_open(city: SmallCity, clerk, session) -> None:
    clerk.read(NEW)
    clerk.send(NEW, sheet(city, act="draft"))
    [draft] = drafts.drafts(city.clerk)
    key = draft.key
    clerk.send(f"/suggestions/drafts/{draft.id}", sheet(city))
    answer = clerk.send("/suggestions/drafts", {"draft_key": key, "title": "又一次"}, expect=409)
    assert "recorded already" in answer.response.json["refused"]
    assert count(session, Draft) == 0


def test_the_page_itself_saves_what_is_typed_and_is_answered_with_hints(city: SmallCity, clerk, session) -> None:
    clerk.read(NEW)
    said = {"draft_key": "k1", "secrecy": "internal", "title": "关于本人的住房的建议", "text": TEXT}
    answer = clerk.send("/suggestions/drafts", said).response.json
    assert "Saved as a draft" in answer["saved"]
    assert "own matter" in answer["hints"]
    draft = session.scalars(sa.select(Draft)).one()
    assert (draft.internal, draft.title, answer["version"]) == (True, "关于本人的住房的建议", 1)
    assert answer["address"].endswith(f"/{draft.id}")


def test_a_deleted_draft_leaves_no_word_and_no_file(city: SmallCity, clerk, session, app) -> None:
    clerk.read(NEW)
    clerk.send(NEW, sheet(city, act="draft", files=[(io.BytesIO(PDF), "照片.pdf")]))
    [draft] = drafts.drafts(city.clerk)
    page = clerk.send(f"/suggestions/drafts/{draft.id}/deletion", {})
    assert "deleted" in page.text
    assert (count(session, Draft), count(session, File), on_disk(app)) == (0, 0, [])
    left = session.scalars(sa.select(Trace).where(Trace.act == "draft_deleted")).one()
    assert "江滨路" not in str(left.facts)


def test_a_file_is_taken_off_a_draft(city: SmallCity, clerk, session, app) -> None:
    clerk.read(NEW)
    files = [(io.BytesIO(PDF), "一.pdf"), (io.BytesIO(PDF), "二.pdf")]
    clerk.send(NEW, sheet(city, act="draft", files=files))
    [draft] = drafts.drafts(city.clerk)
    first = drafts.files_of(draft.id)[0].file_id
    clerk.read(f"/suggestions/drafts/{draft.id}/files/{first}")
    page = clerk.send(f"/suggestions/drafts/{draft.id}/files/{first}/deletion", {})
    assert "二.pdf" in page.links()
    assert "一.pdf" not in page.links()
    assert len(on_disk(app)) == 1
    crowd = [(io.BytesIO(PDF), f"{number}.pdf") for number in range(3)]
    assert (
        "At most 3 files" in clerk.send(f"/suggestions/drafts/{draft.id}", sheet(city, act="draft", files=crowd)).text
    )
    assert len(on_disk(app)) == 1


def test_drafts_are_the_offices_own(city: SmallCity, reader, session) -> None:
    draft = save(city, title="关于路灯的建议")
    session.commit()
    deputy = city.user(Role.DEPUTY, deputy_id=city.deputies["赵甲一"].id)
    session.commit()
    reader.signed_in_as(deputy).read(f"/suggestions/drafts/{draft.id}", expect=403)
    other = reader.signed_in_as(city.user(Role.OFFICE_LEADER))
    assert "关于路灯的建议" in other.read("/suggestions/drafts").text


def test_the_desk_shows_my_drafts(city: SmallCity, clerk, session) -> None:
    save(city, title="关于路灯的建议")
    session.commit()
    assert "My drafts" in clerk.read("/").text


def test_what_looks_like_no_suggestion_is_recorded_only_with_a_decision_and_its_reason(
    city: SmallCity, clerk, session
) -> None:
    doubtful = sheet(city, text=f"{TEXT}其中我的宅基地也受影响。")
    clerk.read(NEW)
    page = clerk.send(NEW, doubtful)
    assert "own matter" in page.text
    assert "我的宅基地" in page.text
    page = clerk.send(NEW, {**doubtful, "judgement": "record_anyway"})
    assert "Give the reason" in page.text
    assert count(session, Suggestion) == 0
    page = clerk.send(NEW, {**doubtful, "judgement": "record_anyway", "judgement_reason": "所涉为普遍问题"})
    assert "Recorded as 2026-001" in page.text
    assert "hints: own or a relative's matter" in page.text
    [entry] = session.scalars(sa.select(Entry))
    assert (entry.facts["decision"], entry.facts["reason"]) == ("record_anyway", "所涉为普遍问题")


@pytest.mark.parametrize(
    ("decision", "stage"), [("return_to_deputy", "returned_to_deputy"), ("treat_as_letter", "letter")]
)
def test_what_is_turned_away_gets_no_number(city: SmallCity, clerk, session, decision: str, stage: str) -> None:
    clerk.read(NEW)
    clerk.send(NEW, sheet(city, text=f"{TEXT}请为本人解决工作调动。"))
    decided = {"judgement": decision, "judgement_reason": "属个人事项"}
    page = clerk.send(NEW, sheet(city, text=f"{TEXT}请为本人解决工作调动。", **decided))
    assert "属个人事项" in page.text
    made = session.scalars(sa.select(Suggestion)).one()
    assert (made.number, str(made.stage)) == (None, stage)
    clerk.send(NEW, sheet(city))
    assert session.scalar(sa.select(Suggestion.number).where(Suggestion.id != made.id)) == "2026-001"
    if decision == "return_to_deputy":
        clerk.send(f"/suggestions/{made.id}/record", {})
        session.expire_all()
        assert made.number == "2026-002"


def test_a_signed_paper_is_entered_on_behalf_of_who_signed_it(city: SmallCity, clerk, session) -> None:
    clerk.read(NEW)
    page = clerk.send(NEW, sheet(city, on_paper="y"))
    assert "on behalf of 赵甲一" in page.text
    assert session.scalars(sa.select(Entry)).one().on_behalf_of == "赵甲一"
    assert session.scalars(sa.select(Sheet)).one().on_paper


def test_an_origin_without_what_it_needs_is_not_recorded(city: SmallCity, clerk, session) -> None:
    clerk.read(NEW)
    page = clerk.send(NEW, sheet(city, origin="from_above", source="省人大常委会办公厅"))
    assert "its number there" in page.text
    page = clerk.send(NEW, sheet(city, origin="from_above", source="省人大常委会办公厅", source_number="2026-118"))
    assert "2026-118" in page.text
    assert session.scalars(sa.select(Sheet)).one().source_number == "2026-118"
