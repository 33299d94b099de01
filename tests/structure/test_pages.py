"""The pages of the structure: who may look, who may change, what is downloaded."""

from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from tests.structure.conftest import ACTING
from tracker.roles import Role
from tracker.structure import actions, queries
from tracker.structure.models import Body, Deputy, Rank

pytestmark = pytest.mark.engines("sqlite")


def rows_of(page):
    return CalamineWorkbook.from_filelike(BytesIO(page.response.data)).get_sheet_by_index(0).to_python()


def test_the_overview_says_how_many_there_are(clerk):
    page = clerk.read("structure.index")
    assert "Bodies" in page.links()
    assert "No meeting yet" in page.text


@pytest.mark.parametrize(
    "endpoint", ["index", "bodies", "officers", "deputies", "delegations", "add_body", "add_deputy"]
)
def test_every_page_opens(clerk, endpoint):
    clerk.read(f"structure.{endpoint}")


def test_a_body_is_added_shown_without_an_officer_and_changed(clerk, city, session):
    clerk.read("structure.add_body")
    page = clerk.send(
        "structure.add_body", {"name": "市水务局", "branch": "government", "hub_id": str(city.hub.id), "parent_id": "0"}
    )
    assert any("市水务局" in row and "no officer" in row for row in page.rows())
    body = queries.find_body("市水务局", city.id)
    clerk.read("structure.amend_body", body_id=body.id)
    sent = {"name": "市水利局", "branch": "government", "hub_id": "0", "parent_id": "0"}
    assert clerk.send("structure.amend_body", sent, body_id=body.id).heading == "市水利局"
    session.expire_all()
    assert (body.hub_id, body.former_names) == (None, "市水务局")


def test_what_a_rule_refuses_is_said_and_what_was_typed_is_kept(clerk):
    clerk.read("structure.add_body")
    page = clerk.send(
        "structure.add_body",
        {"name": "市教育局", "branch": "court", "short_name": "教", "hub_id": "0", "parent_id": "0"},
    )
    assert "There is already something called 市教育局 here." in page.text
    assert page.values()["short_name"] == "教"


def test_an_officer_is_added_from_the_page_of_his_body(clerk, city):
    clerk.read("structure.add_officer", body=city.schools.id)
    sent = {
        "name": "王一",
        "rank": "head",
        "body_id": str(city.schools.id),
        "channel": "mail",
        "language": "en",
        "active": "y",
    }
    page = clerk.send("structure.add_officer", {**sent, "email": "wang@city.example"})
    assert page.heading == "市教育局"
    assert any("王一" in row and "wang@city.example" in row for row in page.rows())


def test_a_leader_is_put_in_charge_and_a_committee_paired(clerk, city, session):
    mayor = actions.add_officer(city.id, "赵市长", Rank.VICE_MAYOR, **ACTING)
    session.commit()
    clerk.read("structure.body", body_id=city.schools.id)
    page = clerk.send(
        "structure.put_in_charge", {"officer_id": str(mayor.id), "from_on": "2026-01-01"}, body_id=city.schools.id
    )
    assert any("赵市长" in row for row in page.rows())
    page = clerk.send("structure.pair", {"committee_id": str(city.committee.id)}, body_id=city.schools.id)
    assert "教科文卫委员会" in page.text
    refused = clerk.send("structure.pair", {"committee_id": str(city.committee.id)}, body_id=city.schools.id)
    assert "are paired already" in refused.text


def test_a_meeting_is_added_and_amended(clerk, city):
    clerk.read("structure.add_meeting")
    facts = {"name": "第五次会议", "kind": "meeting", "term_id": "0", "year": "2026", "common_due_on": "2026-06-30"}
    page = clerk.send("structure.add_meeting", facts)
    assert any("第五次会议" in row and "2026-06-30" in row for row in page.rows())
    (meeting,) = queries.meetings(city.id)
    clerk.read("structure.amend_meeting", meeting_id=meeting.id)
    clerk.send("structure.amend_meeting", {**facts, "common_due_on": ""}, meeting_id=meeting.id)


def test_a_deputy_is_found_by_name_with_phone_for_the_office_only(clerk, reader, city, session):
    actions.add_deputy(city.id, "王一", delegation_id=city.north.id, phone="13900000000", **ACTING)
    actions.add_deputy(city.id, "李二", delegation_id=city.south.id, phone="13911111111", **ACTING)
    session.commit()
    page = clerk.read("structure.deputies", q="王")
    assert "13900000000" in page.text
    assert "李二" not in page.text
    auditor = reader.signed_in_as(city.person(Role.AUDITOR))
    assert "13900000000" not in auditor.read("structure.deputies").html
    assert "13900000000" not in str(rows_of(auditor.read("structure.deputies", format="xlsx")))
    assert "13900000000" in str(rows_of(clerk.read("structure.deputies", format="xlsx")))


def test_a_download_holds_what_the_page_shows_and_all_its_pages(clerk, city, session):
    for number in range(30):
        actions.add_deputy(city.id, f"代表{number}", delegation_id=city.north.id, **ACTING)
    session.commit()
    page = clerk.read("structure.deputies", delegation=city.north.id)
    assert "30 in all" in page.text
    assert len(rows_of(clerk.read(page.links()["Download (.xlsx)"]))) == 31


def test_a_hub_sees_its_own_bodies_and_changes_nothing(reader, city):
    hub = reader.signed_in_as(city.person(Role.HUB, body_id=city.hub.id))
    page = hub.read("structure.bodies")
    assert any("市教育局" in row for row in page.rows())
    assert "市中级人民法院" not in page.text
    hub.read("structure.body", body_id=city.schools.id)
    hub.read("structure.body", body_id=city.court.id, expect=404)
    hub.read("structure.deputies", expect=403)
    hub.read("structure.add_body", expect=403)


def test_an_auditor_looks_and_changes_nothing(reader, city):
    auditor = reader.signed_in_as(city.person(Role.AUDITOR))
    assert "Add a body" not in auditor.read("structure.bodies").links()
    auditor.read("structure.amend_body", body_id=city.schools.id, expect=403)


def test_what_belongs_to_another_congress_is_not_found(clerk, city, session):
    from tracker.structure.models import Branch, Level

    other = actions.add_congress("临海市人民代表大会", Level.CITY, rules_name="default", **ACTING)
    body: Body = actions.add_body(other.id, "市教育局", Branch.GOVERNMENT, **ACTING)
    deputy: Deputy = actions.add_deputy(other.id, "王一", **ACTING)
    session.commit()
    clerk.read("structure.body", body_id=body.id, expect=404)
    clerk.read("structure.amend_deputy", deputy_id=deputy.id, expect=404)


def test_the_empty_workbook_holds_all_sheets(clerk):
    page = clerk.read("structure.template")
    names = CalamineWorkbook.from_filelike(BytesIO(page.response.data)).sheet_names
    assert names == ["Terms", "Bodies", "Successions", "Officers", "Delegations", "Deputies", "Words"]
