"""Remarks: read by those they are for and nobody else, on the desk of whom they are addressed to, never deleted."""

from datetime import date

import pytest
import sqlalchemy as sa

from tests.makers import a_body, a_case, a_user
from tracker import clock
from tracker.database import db
from tracker.errors import RuleBroken
from tracker.mail.models import Letter
from tracker.remarks import actions, queries
from tracker.remarks.models import Remark
from tracker.remarks.rules import Audience, audiences
from tracker.roles import OFFICE, Role
from tracker.structure.actions import pair
from tracker.structure.models import Body

ON = date(2026, 5, 6)
WORDS = "路灯杆已到货"


class World:
    """Everybody who could read what somebody says."""

    def __init__(self) -> None:
        self.case = a_case()
        congress, lead = self.case.congress, db.session.get_one(Body, self.case.lead.body_id)
        hub = a_body(congress, "市政府办", is_hub=True)
        lead.hub_id = hub.id
        committee = a_body(congress, "城建环资委", is_committee=True)
        pair(committee, lead, by=self.case.by_office, at=clock.now())
        self.users = {
            "office": self.case.clerk,
            "lead": self.case.handler,
            "helper": a_user(congress, Role.BODY_HANDLER, body_id=self.case.co.body_id),
            "hub": a_user(congress, Role.HUB, body_id=hub.id),
            "committee": a_user(congress, Role.COMMITTEE, body_id=committee.id),
            "leader": a_user(congress, Role.LEADER),
            "deputy": a_user(congress, Role.DEPUTY, deputy_id=self.case.deputy.id),
        }
        db.session.commit()

    def say(self, who: str, audience: Audience, **more) -> Remark:
        user = self.users[who]
        facts = {"role": user.role, "by": user.actor(), "on": ON, "at": clock.now(), **more}
        said = actions.say(self.case.suggestion, WORDS, audience, **facts)
        db.session.commit()
        return said

    def readers(self) -> set[str]:
        found = {name: queries.remarks_of(self.case.suggestion.id, user) for name, user in self.users.items()}
        return {name for name, remarks in found.items() if remarks}


@pytest.fixture
def world(session, stopped_clock):
    stopped_clock(ON)
    return World()


@pytest.mark.parametrize(
    ("who", "audience", "readers"),
    [
        ("lead", Audience.OFFICE, {"office", "lead"}),
        ("lead", Audience.HUB, {"office", "lead", "hub"}),
        ("lead", Audience.ALL, {"office", "lead", "helper", "hub", "committee", "leader"}),
        ("office", Audience.OFFICE, {"office"}),
        ("office", Audience.HUB, {"office", "hub"}),
        ("office", Audience.DEPUTY, {"office", "lead", "helper", "hub", "committee", "leader", "deputy"}),
        ("committee", Audience.OFFICE, {"office", "committee"}),
    ],
)
def test_who_reads_it(world, who, audience, readers):
    world.say(who, audience)
    assert world.readers() == readers


def test_addressed_to_another_body_it_is_read_there_too(world):
    world.say("lead", Audience.OFFICE, to_body_id=world.case.co.body_id)
    assert world.readers() == {"office", "lead", "helper"}


def test_only_the_office_says_something_to_the_deputy(world):
    assert all(Audience.DEPUTY not in audiences(role) for role in Role if role not in OFFICE)
    with pytest.raises(RuleBroken, match="to the deputy"):
        world.say("lead", Audience.DEPUTY)


def test_nothing_is_said_to_a_body_without_a_part_nor_in_no_words(world):
    stranger = a_body(world.case.congress, "别局")
    with pytest.raises(RuleBroken, match="no part"):
        world.say("office", Audience.ALL, to_body_id=stranger.id)
    user = world.case.clerk
    with pytest.raises(RuleBroken, match="Write what"):
        actions.say(world.case.suggestion, " ", Audience.ALL, role=user.role, by=user.actor(), on=ON, at=clock.now())


def test_it_stands_on_the_timeline_for_those_and_only_those(world, reader):
    world.say("lead", Audience.HUB)
    path = f"/suggestions/{world.case.suggestion.id}"
    seen = {name for name, user in world.users.items() if WORDS in reader.signed_in_as(user).read(path).text}
    assert seen == {"office", "lead", "hub"}


def test_a_mention_waits_on_the_desk_until_it_is_seen_and_sends_no_mail(world, reader):
    before = db.session.scalar(sa.select(sa.func.count(Letter.id)))
    office = reader.signed_in_as(world.users["office"])
    path = f"/suggestions/{world.case.suggestion.id}"
    office.read(path)
    facts = {"text": WORDS, "audience": "office", "to": str(world.case.lead.body_id)}
    office.send(f"{path}/remarks", facts)
    assert db.session.scalar(sa.select(sa.func.count(Letter.id))) == before
    handler = reader.signed_in_as(world.users["lead"])
    assert "Remarks addressed to us" in handler.read("/").text
    for other in ("helper", "office"):
        assert "Remarks addressed to us" not in reader.signed_in_as(world.users[other]).read("/").text
    [said] = db.session.scalars(sa.select(Remark))
    reader.signed_in_as(world.users["helper"]).send(f"/remarks/{said.id}/seen", expect=404)
    handler.read(path)
    handler.send(f"/remarks/{said.id}/seen")
    assert "Remarks addressed to us" not in handler.read("/").text
    assert "seen by" in office.read(path).text


def test_to_the_office_it_waits_there(world, reader):
    handler = reader.signed_in_as(world.users["lead"])
    path = f"/suggestions/{world.case.suggestion.id}"
    handler.read(path)
    handler.send(f"{path}/remarks", {"text": WORDS, "audience": "office", "to": "office"})
    assert "Remarks addressed to us" in reader.signed_in_as(world.users["office"]).read("/").text


def test_an_empty_form_comes_back_with_what_was_chosen(world, reader):
    office = reader.signed_in_as(world.users["office"])
    path = f"/suggestions/{world.case.suggestion.id}"
    office.read(path)
    page = office.send(f"{path}/remarks", {"text": WORDS, "to": ""})
    assert "Choose one" in page.text
    assert WORDS in page.html


def test_taken_back_it_leaves_its_place_and_its_reason(world, reader):
    said = world.say("lead", Audience.ALL)
    handler, path = reader.signed_in_as(world.users["lead"]), f"/remarks/{said.id}/withdrawal"
    reader.signed_in_as(world.users["helper"]).read(path, expect=404)
    handler.read(path)
    assert "Please fill in" in handler.send(path, {"reason": ""}).text
    handler.send(path, {"reason": "写错了件"})
    for name in ("lead", "helper", "office"):
        text = reader.signed_in_as(world.users[name]).read(f"/suggestions/{world.case.suggestion.id}").text
        assert WORDS not in text
        assert "写错了件" in text
    db.session.rollback()
    assert db.session.scalar(sa.select(sa.func.count(Remark.id))) == 1
    with pytest.raises(RuleBroken, match="taken back already"):
        actions.take_back(db.session.get(Remark, said.id), "x", by=world.case.by_office, at=clock.now())


def test_who_cannot_see_the_suggestion_finds_no_form(world, reader):
    stranger = a_user(world.case.congress, Role.BODY_HANDLER, body_id=a_body(world.case.congress, "别局").id)
    path = f"/suggestions/{world.case.suggestion.id}/remarks"
    reader.signed_in_as(stranger).send(path, {"text": WORDS, "audience": "all"}, expect=404)
    reader.signed_in_as(world.users["deputy"]).send(path, {"text": WORDS, "audience": "all"}, expect=403)
