"""A reply that says “in progress” and names no day is listed until somebody names one."""

from datetime import date
from io import BytesIO

import pytest
import sqlalchemy as sa

from tests.followup.promised import ON, promised
from tests.makers import a_body, a_user
from tracker.database import db
from tracker.deadlines.clauses import Kind
from tracker.deadlines.queries import open_for
from tracker.errors import RuleBroken
from tracker.followup import actions, undated
from tracker.handling.models import Promise
from tracker.handling.queries import find_reply
from tracker.roles import Role

TITLE = "关于拓宽道路的建议"
DAY = {"what": "安装路灯", "owner": "林承办", "due_on": "2026-09-01"}


@pytest.fixture
def world(session, stopped_clock):
    stopped_clock(ON)
    return promised(promises=[])


def reply_of(world):
    return find_reply(world.case.lead.id)


@pytest.mark.parametrize(
    ("label", "promises", "listed"), [("B", [], 1), ("A", [], 0), ("C", [], 1), ("D", [], 0), ("B", [DAY], 0)]
)
def test_only_what_is_still_to_be_done_and_has_no_day_is_listed(session, stopped_clock, label, promises, listed):
    stopped_clock(ON)
    world = promised(label, promises=promises)
    assert [row.title for row in undated.undated_of(world.case.clerk)] == [TITLE] * listed


def test_the_office_has_it_on_its_desk_and_among_what_it_cannot_see(world, reader):
    office = reader.signed_in_as(world.case.clerk)
    assert "Replies without a dated promise" in office.read("/").text
    assert "no day is named" in office.read("/unseen").text
    path = f"/replies/{reply_of(world).id}/promises/new"
    assert path in office.read("/promises/undated").links().values()
    office.read(path)
    assert "must lie ahead" in office.send(path, {**DAY, "due_on": "2026-05-06"}).text
    office.send(path, DAY)
    assert TITLE not in office.read("/promises/undated").text
    assert "Replies without a dated promise" not in office.read("/").text
    [made] = db.session.scalars(sa.select(Promise))
    [clock] = open_for(kind=Kind.PROMISE, promise_id=made.id)
    assert (clock.started_on, clock.due_on) == (ON, date(2026, 9, 1))


def test_the_body_names_the_day_itself_and_another_finds_nothing(world, reader):
    path = f"/replies/{reply_of(world).id}/promises/new"
    other = a_user(world.case.congress, Role.BODY_HANDLER, body_id=a_body(world.case.congress, "别局").id)
    assert TITLE not in reader.signed_in_as(other).read("/promises/undated").text
    reader.signed_in_as(other).send(path, DAY, expect=404)
    handler = reader.signed_in_as(world.case.handler)
    handler.read(path)
    handler.send(path, DAY)
    assert db.session.scalar(sa.select(sa.func.count(Promise.id))) == 1


def test_a_co_handler_names_no_day_for_the_lead(world, reader):
    helper = reader.signed_in_as(a_user(world.case.congress, Role.BODY_HANDLER, body_id=world.case.co.body_id))
    helper.send(f"/replies/{reply_of(world).id}/promises/new", DAY, expect=404)


def test_a_draft_gets_no_promise_from_outside(world):
    reply = reply_of(world)
    with pytest.raises(RuleBroken, match="who sees to it"):
        actions.date_promise(reply, "安装路灯", " ", date(2026, 9, 1), by=world.case.by_office, on=ON)
    reply.assignment.standing = "received"
    with pytest.raises(RuleBroken, match="not been delivered"):
        actions.date_promise(reply, "安装路灯", "林承办", date(2026, 9, 1), by=world.case.by_office, on=ON)


def test_the_ledger_is_narrowed_by_body_year_and_day(session, stopped_clock, reader):
    stopped_clock(ON)
    world = promised()
    office, body_id = reader.signed_in_as(world.case.clerk), world.case.lead.body_id
    for query in (f"body={body_id}", "year=2026", "since=2026-09-01", "until=2026-09-01"):
        assert len(office.read(f"/promises?{query}").rows()) == 1, query
    for query in (f"body={world.case.co.body_id}", "year=2025", "since=2026-09-02", "until=2026-08-31"):
        assert office.read(f"/promises?{query}").rows() == [], query
    assert office.read("/promises?since=gestern&body=x&year=x").status == 200


def test_what_shows_it_is_kept_with_the_report(session, stopped_clock, reader):
    stopped_clock(ON)
    world = promised()
    handler, path = reader.signed_in_as(world.case.handler), f"/promises/{world.promise.id}"
    handler.read(path)
    picture = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
    page = handler.send(
        f"{path}/report",
        {"fate": "kept", "note": "已安装", "new_due_on": "", "evidence": (BytesIO(picture), "现场照片.pdf")},
    )
    [url] = [url for text, url in page.links().items() if "现场照片" in text]
    assert handler.read(url).response.data == picture
    other = a_user(world.case.congress, Role.BODY_HANDLER, body_id=world.case.co.body_id)
    reader.signed_in_as(other).read(url, expect=404)
