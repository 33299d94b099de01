from __future__ import annotations

import io
from datetime import date
from xml.etree import ElementTree

import pytest
import sqlalchemy as sa

from tests.files.papers import PDF
from tests.intake.test_intake import record
from tests.intake.test_intake import sheet as filled
from tests.small_city import SmallCity, small_city
from tracker.audit.models import Trace
from tracker.intake import actions, queries
from tracker.intake.models import AttachmentKind, Nature
from tracker.roles import Role
from tracker.suggestion.models import Entry
from tracker.web.codes import qr_code

ON = date(2026, 1, 12)
SAID = {
    "nature": "criticism",
    "unsolved_for": "three_years",
    "co_signers_wanted": "y",
    "wished_body": "市交通局",
    "wished_way": "separate",
    "contact_person": "孙联络",
    "contact_phone": "0871-123",
    "contact_address": "云汀市江滨路1号 650000",
}


@pytest.fixture
def city(session, stopped_clock) -> SmallCity:
    stopped_clock(ON)
    return small_city()


def test_everything_on_the_paper_is_recorded_amended_and_printed(city: SmallCity, reader) -> None:
    clerk = reader.signed_in_as(city.clerk)
    clerk.read("/suggestions/new?secrecy=no")
    page = clerk.send("/suggestions/new?secrecy=no", filled(city, **SAID))
    for said in ("市交通局", "孙联络", "0871-123", "650000", "Criticism", "Three years"):
        assert said in page.text
    number = int(page.response.request.path.rpartition("/")[2])
    clerk.read(f"/suggestions/{number}/amend")
    page = clerk.send(f"/suggestions/{number}/amend", filled(city, **{**SAID, "wished_body": "市公安局"}))
    assert "Amended: Body the deputy wishes to answer" in page.text
    paper = clerk.read(f"/suggestions/{number}/sheet").text
    for said in ("2026-001", "市公安局", "路面破损。", "☑ Criticism", "☐ Opinion", "☑ Three years", "赵甲一", "钱乙"):
        assert said in paper


def test_a_form_that_says_nothing_more_leaves_no_row(city: SmallCity, session) -> None:
    plain = record(city)
    said = record(city, details=actions.Details(nature=Nature.OPINION))
    session.flush()
    assert queries.sheet_of(plain.id) is None
    assert queries.sheet_of(said.id).nature is Nature.OPINION


def test_the_code_is_drawn_in_the_page_and_needs_no_style() -> None:
    drawn = ElementTree.fromstring(qr_code("https://office.example/suggestions/1/signed-form", "a <label>"))
    assert drawn.get("viewBox", "").startswith("0 0 ")
    assert "style" not in {name for part in drawn.iter() for name in part.attrib}
    assert drawn.findtext("title") == "a <label>"


def test_the_printed_form_leads_to_where_the_signed_one_is_taken_in(city: SmallCity, reader, session) -> None:
    made = record(city)
    session.commit()
    clerk = reader.signed_in_as(city.clerk)
    assert "<svg" in clerk.read(f"/suggestions/{made.id}/sheet").html
    where = f"/suggestions/{made.id}/signed-form"
    clerk.read(where)
    assert "Choose the file" in clerk.send(where, {}).text
    page = clerk.send(where, {"files": [(io.BytesIO(PDF), "签名页.pdf")]})
    assert "Signed form" in page.text
    assert "签名页.pdf" in page.links()
    [kept] = queries.attachments_of(made.id)
    assert kept.kind is AttachmentKind.SIGNED_FORM
    assert session.scalars(sa.select(Entry).order_by(Entry.id.desc())).first().facts == {"fields": ["signed_form"]}


def test_only_the_office_sees_the_signed_form(city: SmallCity, reader, session) -> None:
    made = record(city)
    session.commit()
    clerk = reader.signed_in_as(city.clerk)
    clerk.read(f"/suggestions/{made.id}/signed-form")
    clerk.send(f"/suggestions/{made.id}/signed-form", {"files": [(io.BytesIO(PDF), "签名页.pdf")]})
    [kept] = queries.attachments_of(made.id)
    clerk.read(f"/attachments/{kept.id}")
    deputy = reader.signed_in_as(city.user(Role.DEPUTY, deputy_id=city.deputies["赵甲一"].id))
    assert "签名页" not in deputy.read(f"/suggestions/{made.id}").text
    deputy.read(f"/attachments/{kept.id}", expect=404)
    deputy.read(f"/suggestions/{made.id}/sheet", expect=403)


def test_after_the_hand_over_the_trail_says_that_the_signed_form_came(city: SmallCity, reader, session) -> None:
    made = record(city)
    actions.treat_as_letter(made, "属信访事项", by=city.by, on=ON)
    session.commit()
    clerk = reader.signed_in_as(city.clerk)
    clerk.read(f"/suggestions/{made.id}/signed-form")
    clerk.send(f"/suggestions/{made.id}/signed-form", {"files": [(io.BytesIO(PDF), "签名页.pdf")]})
    assert session.scalars(sa.select(Trace).where(Trace.act == "signed_form_kept")).one().facts["suggestion"] == made.id
