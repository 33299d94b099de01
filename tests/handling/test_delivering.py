"""Each deputy is reached and recorded one by one; what did not arrive is work again, and the rating waits for it."""

from __future__ import annotations

from datetime import date

import pytest
import sqlalchemy as sa

from tests.feedback.law import with_law
from tests.handling.papers import ON
from tests.makers import a_submitted_reply, a_user, assignments_of
from tracker.actor import Actor
from tracker.database import db
from tracker.deadlines.clauses import Kind
from tracker.deadlines.queries import find_deadline, open_for
from tracker.errors import RuleBroken
from tracker.feedback.actions import rate
from tracker.feedback.models import RatingChannel, Verdict
from tracker.handling import desk
from tracker.handling.actions import deliver, deliveries_of, lose, reach, relay
from tracker.handling.jobs import follow_letters, has_work
from tracker.handling.models import Way
from tracker.handling.queries import find_reply
from tracker.mail.models import Letter, LetterState
from tracker.roles import Role
from tracker.suggestion.models import Entry

LATER = date(2026, 5, 8)


@pytest.fixture
def reply(case, stopped_clock):
    made = a_submitted_reply(case.lead, ON)
    stopped_clock(LATER)
    return made


def ways(reply) -> list[tuple[str, bool]]:
    return [(str(one.way), one.on is not None) for one in deliveries_of(reply.id)]


def rating_clock(reply):
    return open_for(kind=Kind.EVALUATE, reply_id=reply.id)


def test_mail_reaches_who_has_an_address_and_paper_is_owed_to_the_others(case, reply):
    case.signer.email = None
    deliver(reply, case.lead, by=case.by_office, on=ON)
    assert ways(reply) == [("system", True), ("paper", False)]
    assert find_deadline(Kind.EVALUATE, reply_id=reply.id).started_on == ON


def test_the_time_to_rate_begins_when_the_lead_deputy_was_reached(case, reply):
    lead, signer = deliver(reply, case.lead, by=case.by_office, on=ON, way=Way.PAPER)
    assert rating_clock(reply) == []
    reach(signer, Way.PAPER, by=case.by_office, on=ON)
    assert rating_clock(reply) == []
    with pytest.raises(RuleBroken, match="nobody had it before"):
        reach(lead, Way.PAPER, by=case.by_office, on=date(2026, 3, 1))
    reach(lead, Way.HANDED_OVER, by=case.by_office, on=LATER, note="本人签收")
    [clock] = rating_clock(reply)
    assert clock.started_on == LATER
    with pytest.raises(RuleBroken, match="recorded already"):
        reach(lead, Way.PAPER, by=case.by_office, on=LATER)


def test_each_act_of_delivery_is_a_line_of_the_history(case, reply, session):
    lead, _signer = deliver(reply, case.lead, by=case.by_office, on=ON, way=Way.PAPER)
    reach(lead, Way.PAPER, by=case.by_office, on=ON)
    lose(lead, "地址已变更", by=case.by_office, on=LATER, told="地址已变更")
    lines = sa.select(Entry.move, Entry.facts).where(Entry.move.in_(("reach", "lose"))).order_by(Entry.id)
    told = session.execute(lines).all()
    assert [(move, facts["deputy"]) for move, facts in told] == [("reach", "赵代表"), ("lose", "赵代表")]


def test_what_came_back_is_to_be_delivered_again_and_the_clock_begins_anew(case, reply):
    lead, _signer = deliver(reply, case.lead, by=case.by_office, on=ON)
    [first] = rating_clock(reply)
    lose(lead, "退信", by=case.by_office, on=LATER)
    assert (lead.on, lead.lost_on, first.void_reason) == (None, LATER, "not_delivered")
    reach(lead, Way.PAPER, by=case.by_office, on=LATER)
    [second] = rating_clock(reply)
    assert second.started_on == LATER


def test_who_has_rated_has_it_whatever_the_mail_says(case, reply):
    case.deputy.email = None
    [lead, _signer] = deliver(reply, case.lead, by=case.by_office, on=ON)
    whole = find_reply(case.lead.id)
    by, said = Actor("link", None, "赵代表"), Verdict.SATISFIED
    rate(whole, case.deputy, said, said, "", channel=RatingChannel.LINK, by=by, on=ON)
    assert lead.on == ON
    assert find_deadline(Kind.EVALUATE, reply_id=reply.id).met_on == ON
    with pytest.raises(RuleBroken, match="so he has it"):
        lose(lead, "退信", by=case.by_office, on=LATER)


def letter_to(delivery) -> Letter:
    return db.session.get_one(Letter, delivery.letter_id)


@pytest.mark.parametrize("state", [LetterState.FAILED, LetterState.KEPT])
def test_a_letter_that_was_never_mailed_makes_its_delivery_work_again(case, reply, state):
    lead, signer = deliver(reply, case.lead, by=case.by_office, on=ON)
    db.session.commit()
    assert not has_work()
    letter_to(lead).state = state
    db.session.commit()
    assert has_work()
    assert follow_letters(LATER)["lost"] == 1
    assert not has_work()
    assert (lead.on, lead.lost_why, signer.on) == (None, str(state), ON)
    letter_to(lead).state = LetterState.SENT
    db.session.commit()
    assert follow_letters(LATER)["found"] == 1
    assert lead.on == LATER


def test_where_the_lead_passes_it_on_the_co_signers_wait_for_him(case, reply, session):
    with_law(case.congress, reply_to="lead_relays")
    [lead, signer] = deliver(reply, case.lead, by=case.by_office, on=ON)
    assert (lead.on, signer.way, signer.on) == (ON, Way.RELAYED, None)
    assert session.scalar(sa.select(sa.func.count(Letter.id)).where(Letter.kind == "reply_delivered")) == 1
    assert relay(reply, case.lead, by=Actor("link", None, "赵代表"), on=LATER) == 1
    assert signer.on == LATER
    with pytest.raises(RuleBroken, match="No co-signer waits"):
        relay(reply, case.lead, by=Actor("link", None, "赵代表"), on=LATER)


def test_undelivered_replies_are_work_on_the_desk_until_they_are_recorded(case, reply, app):
    case.signer.email = None
    _lead, signer = deliver(reply, case.lead, by=case.by_office, on=ON)
    db.session.commit()

    def waits() -> dict[str, int]:
        db.session.commit()
        with app.test_request_context():
            return {group.kind: group.count for group in desk.waiting(case.clerk, ON)}

    assert waits() == {"Replies to deliver": 1}
    case.lead = assignments_of(case.suggestion)[0]
    reach(signer, Way.PAPER, by=case.by_office, on=ON)
    assert waits() == {}


def test_the_page_records_those_who_were_reached_together(case, reply, reader):
    deliver(reply, case.lead, by=case.by_office, on=ON, way=Way.PAPER)
    db.session.commit()
    office = reader.signed_in_as(case.clerk)
    assert len(office.read("/deliveries").rows()) == 2
    page = office.read(f"/replies/{reply.id}/deliveries")
    ids = [one["value"] for one in page.all("input") if one["name"] == "deputies"]
    path = f"/replies/{reply.id}/deliveries"
    assert "Tick at least one" in office.send(path, {"way": "paper", "on": ON.isoformat()}).text
    office.send(path, {"deputies": ids, "way": "handed_over", "on": ON.isoformat(), "note": "代表小组会上"})
    assert office.read("/deliveries").rows() == []
    assert "代表小组会上" in office.read(path).text
    office.read(f"/deliveries/{ids[0]}/loss")
    office.send(f"/deliveries/{ids[0]}/loss", {"why": "原址查无此人"})
    assert "原址查无此人" in office.read("/deliveries").text


def test_the_lead_deputy_says_by_his_account_that_he_passed_it_on(case, reply, reader):
    with_law(case.congress, reply_to="lead_relays")
    deliver(reply, case.lead, by=case.by_office, on=ON)
    deputy = a_user(case.congress, Role.DEPUTY, deputy_id=case.deputy.id)
    signer = a_user(case.congress, Role.DEPUTY, deputy_id=case.signer.id)
    db.session.commit()
    path = f"/replies/{reply.id}/relay"
    reader.signed_in_as(signer).read(path, expect=404)
    lead = reader.signed_in_as(deputy)
    assert "1 co-signer" in lead.read(path).text
    assert "your co-signers have the reply" in lead.send(path, {}).text
    lead.read(path, expect=404)


def test_a_hub_records_only_for_its_own_bodies(case, reply, reader):
    deliver(reply, case.lead, by=case.by_office, on=ON, way=Way.PAPER)
    hub = a_user(case.congress, Role.HUB, body_id=case.co.body_id)
    db.session.commit()
    visitor = reader.signed_in_as(hub)
    assert visitor.read("/deliveries").rows() == []
    visitor.read(f"/replies/{reply.id}/deliveries", expect=404)
