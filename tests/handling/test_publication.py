"""A delivered reply is published where it may be: its clock, where it was, and what ends it."""

import pytest
import sqlalchemy as sa

from tests.handling.papers import ON
from tests.makers import a_submitted_reply
from tracker.deadlines.clauses import Kind
from tracker.deadlines.models import Deadline
from tracker.deadlines.queries import deadlines_of, open_for
from tracker.dispatch.actions import renew
from tracker.errors import RuleBroken
from tracker.handling import actions
from tracker.handling.models import Publication, ReplyPublicity
from tracker.suggestion.models import Publicity


def delivered(case, publicity=ReplyPublicity.FULL):
    reply = a_submitted_reply(case.lead, ON, publicity=publicity)
    actions.deliver(reply, case.lead, by=case.by_office, on=ON)
    return reply


def publish(case, reply, place="市人大网"):
    return actions.publish(reply, case.lead, place, by=case.by_body, on=ON)


def test_from_delivery_the_body_has_the_time_of_the_rules(case):
    [clock] = open_for(kind=Kind.PUBLISH, reply_id=delivered(case).id)
    assert (clock.holder, clock.holder_body_id, clock.started_on) == ("body", case.lead.body_id, ON)
    assert clock.clause["amount"] == 20


@pytest.mark.parametrize("publicity", [ReplyPublicity.ON_REQUEST, ReplyPublicity.NO])
def test_what_is_not_public_has_no_clock_and_is_not_published(case, publicity):
    reply = delivered(case, publicity)
    assert open_for(kind=Kind.PUBLISH, reply_id=reply.id) == []
    with pytest.raises(RuleBroken, match="not to be published"):
        publish(case, reply)


def test_a_deputy_who_objects_is_heard(case):
    case.suggestion.publicity = Publicity.NO
    reply = delivered(case)
    assert open_for(kind=Kind.PUBLISH, reply_id=reply.id) == []


def test_publishing_meets_the_clock_once(case, session):
    reply = delivered(case)
    publish(case, reply)
    session.flush()
    [clock] = deadlines_of(kind=Kind.PUBLISH, reply_id=reply.id)
    assert clock.met_on == ON
    with pytest.raises(RuleBroken, match="noted already"):
        publish(case, reply)


def test_it_says_where(case):
    with pytest.raises(RuleBroken, match="Say where"):
        publish(case, delivered(case), " ")


def test_before_delivery_nothing_is_published(case):
    reply = a_submitted_reply(case.lead, ON, publicity=ReplyPublicity.FULL)
    with pytest.raises(RuleBroken, match="is not possible now"):
        publish(case, reply)


def test_handled_again_the_old_reply_is_not_waited_for(case, session):
    reply = delivered(case)
    session.flush()
    renew(case.lead, by=case.by_office, on=ON)
    [clock] = deadlines_of(kind=Kind.PUBLISH, reply_id=reply.id)
    assert (clock.voided_on, clock.void_reason) == (ON, "handled_again")


@pytest.mark.engines("sqlite")
def test_the_body_notes_it_on_the_page_of_the_reply(case, handler, session):
    reply_id = delivered(case).id
    handler.read("handling.read", reply_id=reply_id)
    page = handler.send("handling.publish", {"on": "2026-03-01", "place": ""}, reply_id=reply_id)
    assert "Please fill in" in page.text
    page = handler.send("handling.publish", {"on": ON.isoformat(), "place": "市人大网"}, reply_id=reply_id)
    assert "市人大网" in page.text
    assert session.scalar(sa.select(sa.func.count()).select_from(Publication)) == 1
    assert session.scalar(sa.select(Deadline.met_on).where(Deadline.kind == Kind.PUBLISH)) == ON
    handler.send("handling.publish", {"on": ON.isoformat(), "place": "x"}, reply_id=reply_id, expect=404)
