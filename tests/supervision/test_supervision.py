"""Key items are named, inspections recorded, and the committee sees what it watches."""

import re
from datetime import date
from io import BytesIO

import pytest
import sqlalchemy as sa

from tests.followup.promised import promised
from tests.makers import a_body, a_case, a_user
from tracker import clock
from tracker.database import db
from tracker.errors import RuleBroken
from tracker.roles import Role
from tracker.structure.actions import pair
from tracker.structure.models import Body
from tracker.suggestion.models import Entry
from tracker.supervision import actions
from tracker.supervision.models import Inspection, InspectionKind, KeyItem

ON = date(2026, 5, 6)
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
MEETING = "第三十一次主任会议"


@pytest.fixture
def case(session, stopped_clock):
    stopped_clock(ON)
    return a_case()


def roads(case):
    return db.session.get_one(Body, case.lead.body_id)


def a_committee(case, *, paired=True):
    committee = a_body(case.congress, "城建环资委", is_committee=True)
    if paired:
        pair(committee, roads(case), by=case.by_office, at=clock.now())
    return committee


def test_a_key_item_has_its_meeting_and_who_supervises_it(case):
    committee, facts = a_committee(case), {"by": case.by_office, "on": ON}
    with pytest.raises(RuleBroken, match="meeting that decided"):
        actions.name_key(case.suggestion, " ", committee=committee, **facts)
    with pytest.raises(RuleBroken, match="which committee or leader"):
        actions.name_key(case.suggestion, MEETING, **facts)
    with pytest.raises(RuleBroken, match="no committee"):
        actions.name_key(case.suggestion, MEETING, committee=roads(case), **facts)
    actions.name_key(case.suggestion, MEETING, committee=committee, leader="王副主任", **facts)
    assert case.suggestion.key
    entry = db.session.scalars(sa.select(Entry).where(Entry.move == "name_key")).one()
    assert entry.facts == {"meeting": MEETING, "committee": "城建环资委"}


def test_the_office_names_it_on_its_page(case, reader):
    committee = a_committee(case, paired=False)
    office, path = reader.signed_in_as(case.clerk), f"/suggestions/{case.suggestion.id}/key"
    office.read(path)
    form = {"on": "2026-05-06", "meeting": MEETING, "committee_id": str(committee.id), "leader": "", "note": "群众关注"}
    page = office.send(path, form)
    assert f"Named a key item at “{MEETING}”, supervised by 城建环资委" in page.text
    assert db.session.scalar(sa.select(sa.func.count(KeyItem.id))) == 1
    watcher = reader.signed_in_as(a_user(case.congress, Role.COMMITTEE, body_id=committee.id))
    assert "关于拓宽道路的建议" in watcher.read("/board").text


def test_an_inspection_says_who_where_and_what_was_found(case):
    facts = {"by": case.by_office, "on": ON, "place": "江滨路"}
    with pytest.raises(RuleBroken, match="who was there"):
        actions.inspect(case.suggestion, InspectionKind.VISIT, "李委员", " ", **facts)
    made = actions.inspect(case.suggestion, InspectionKind.VISIT, "李委员、赵代表", "路面已完成八成", **facts)
    assert (made.place, made.kind) == ("江滨路", "visit")
    with pytest.raises(RuleBroken, match="future"):
        actions.inspect(case.suggestion, InspectionKind.VISIT, "李委员", "x", by=case.by_office, on=date(2026, 5, 7))


def test_the_committee_records_it_with_a_picture_and_the_deputy_reads_that_it_was(case, reader):
    committee = a_committee(case)
    watcher = reader.signed_in_as(a_user(case.congress, Role.COMMITTEE, body_id=committee.id))
    path = f"/suggestions/{case.suggestion.id}/inspections/new"
    watcher.read(path)
    form = {"on": "2026-05-06", "kind": "visit", "people": "李委员", "place": "江滨路", "findings": "路面已完成八成"}
    page = watcher.send(path, {**form, "papers": (BytesIO(PDF), "现场.pdf")})
    [url] = [url for text, url in page.links().items() if "现场" in text]
    assert watcher.read(url).response.data == PDF
    assert "路面已完成八成" in reader.signed_in_as(case.handler).read(f"/suggestions/{case.suggestion.id}").text
    deputy = reader.signed_in_as(a_user(case.congress, Role.DEPUTY, deputy_id=case.deputy.id))
    text = deputy.read(f"/suggestions/{case.suggestion.id}").text
    assert "江滨路" in text
    assert "路面已完成八成" not in text
    deputy.read(url, expect=403)
    [made] = db.session.scalars(sa.select(Inspection))
    assert made.body_id == committee.id


def test_a_committee_that_does_not_watch_it_finds_nothing(case, reader):
    other = a_committee(case, paired=False)
    watcher = reader.signed_in_as(a_user(case.congress, Role.COMMITTEE, body_id=other.id))
    path = f"/suggestions/{case.suggestion.id}/inspections/new"
    watcher.read(path, expect=404)
    form = {"on": "2026-05-06", "kind": "visit", "people": "李委员", "findings": "x"}
    watcher.send(path, form, expect=404)
    assert "关于拓宽道路的建议" not in watcher.read("/board").text


def test_the_board_shows_what_is_late_and_what_is_disputed(session, stopped_clock, reader):
    stopped_clock(date(2026, 6, 20))
    world = promised()
    committee = a_committee(world.case)
    user = a_user(world.case.congress, Role.COMMITTEE, body_id=committee.id)
    watcher = reader.signed_in_as(user)
    world.judge(world.report(), False, "只装了两盏")
    session.commit()
    page = watcher.read("/board")
    assert f"/promises/{world.promise_id}" in page.links().values()
    stopped_clock(date(2026, 9, 2))
    counts = re.findall(r"panel-count num\">(\d+)", reader.signed_in_as(user).read("/board").html)
    assert counts == ["0", "0", "0", "1", "1"]


def test_replies_of_paired_bodies_that_are_late_stand_first(case, reader, stopped_clock):
    committee = a_committee(case)
    stopped_clock(date(2026, 6, 20))
    watcher = reader.signed_in_as(a_user(case.congress, Role.COMMITTEE, body_id=committee.id))
    [row] = watcher.read("/board").rows()
    assert "关于拓宽道路的建议" in row
    assert "市交通局" in row


def test_the_desk_names_the_body_of_a_promise_in_the_readers_language(session, stopped_clock, reader):
    stopped_clock(date(2026, 9, 2))
    world = promised()
    body = db.session.get_one(Body, world.case.lead.body_id)
    body.short_name, body.name_en = "交通局", "Roads Bureau"
    session.commit()
    user = a_user(world.case.congress, Role.COMMITTEE, body_id=a_committee(world.case).id)
    assert "Roads Bureau" in reader.signed_in_as(user).read("/").text
