"""Who exists is entered by rules: nothing twice, nothing of another congress, no name that begins a mail header."""

from datetime import date

import pytest
import sqlalchemy as sa

from tests.structure.conftest import ACTING
from tracker.audit.models import Trace
from tracker.errors import RuleBroken
from tracker.structure import actions, queries
from tracker.structure.models import Branch, Level, Rank


def refused(act, *arguments, **facts):
    with pytest.raises(RuleBroken) as broken:
        act(*arguments, **facts, **ACTING)
    return str(broken.value)


def test_a_body_is_there_once(city):
    assert "市教育局" in refused(actions.add_body, city.id, " 市教育局 ", Branch.GOVERNMENT)


def test_only_a_hub_dispatches(city):
    assert "no hub" in refused(actions.add_body, city.id, "市水务局", Branch.GOVERNMENT, hub_id=city.roads.id)


def test_a_hub_of_another_congress_is_refused(city):
    other = actions.add_congress("临海市人民代表大会", Level.CITY, rules_name="default", **ACTING)
    assert "another congress" in refused(actions.add_body, other.id, "市水务局", Branch.GOVERNMENT, hub_id=city.hub.id)


def test_a_hub_that_still_dispatches_stays_one(city):
    assert "still dispatches for 2" in refused(actions.amend_body, city.hub, is_hub=False)
    assert "still dispatches for 2" in refused(actions.close_body, city.hub, date(2026, 3, 1))


def test_a_body_does_not_stand_above_itself(city):
    assert "above itself" in refused(actions.amend_body, city.hub, hub_id=city.hub.id)


def test_a_name_given_up_still_finds_the_body(city):
    actions.amend_body(city.schools, name="市教育体育局", **ACTING)
    assert queries.find_body("市教育局", city.id) is city.schools


def test_what_does_not_differ_leaves_no_trace(city, session):
    before = session.scalar(sa.select(sa.func.count(Trace.id)))
    assert actions.amend_body(city.schools, name="市教育局", **ACTING) is False
    assert session.scalar(sa.select(sa.func.count(Trace.id))) == before


def test_the_trace_of_a_person_keeps_no_address(city, session):
    deputy = actions.add_deputy(city.id, "王一", delegation_id=city.north.id, **ACTING)
    actions.amend_deputy(deputy, phone="13900000000", **ACTING)
    last = session.scalars(sa.select(Trace).order_by(Trace.id.desc())).first()
    assert (last.act, last.facts) == ("deputy_amended", {"deputy": deputy.id, "changed": ["phone"]})


@pytest.mark.parametrize("name", ["王\r\nBcc: a@b.example", "王\u202e一", "王\u2028一", "<王>", "", "王" * 61])
def test_a_name_that_would_harm_a_letter_is_refused(city, name):
    refused(actions.add_officer, city.id, name, Rank.HANDLER)


@pytest.mark.parametrize(
    "email", ["a", "a@b", "a b@c.example", "a@c.example\n", "a@c.example\nBcc: d@e.example", "@c.example"]
)
def test_a_wrong_mail_address_is_refused_or_trimmed(city, email):
    if email.strip() == "a@c.example":
        assert actions.add_officer(city.id, "王一", Rank.HANDLER, email=email, **ACTING).email == "a@c.example"
    else:
        assert "not an e-mail address" in refused(actions.add_officer, city.id, "王一", Rank.HANDLER, email=email)


def test_two_deputies_of_one_name_are_told_apart_by_their_cards(city):
    actions.add_deputy(city.id, "王一", delegation_id=city.north.id, **ACTING)
    assert "card number" in refused(actions.add_deputy, city.id, "王一", delegation_id=city.north.id)
    actions.add_deputy(city.id, "王一", delegation_id=city.north.id, card_number="0002", **ACTING)
    assert "0002" in refused(actions.add_deputy, city.id, "李二", card_number="0002")


def test_a_new_leader_in_charge_ends_the_charge_of_the_one_before(city):
    first = actions.add_officer(city.id, "赵副市长", Rank.VICE_MAYOR, **ACTING)
    second = actions.add_officer(city.id, "钱副市长", Rank.VICE_MAYOR, **ACTING)
    earlier = actions.put_in_charge(first, city.schools, from_on=date(2026, 1, 1), **ACTING)
    actions.put_in_charge(second, city.schools, from_on=date(2026, 3, 1), **ACTING)
    assert earlier.until_on == date(2026, 2, 28)
    (in_charge,) = queries.charges_of([city.schools.id], on=date(2026, 3, 1))
    assert in_charge[1] is second
    assert "already" in refused(actions.put_in_charge, second, city.schools, from_on=date(2026, 4, 1))


def test_leaders_of_different_ranks_are_in_charge_together(city):
    for name, rank in (("赵副市长", Rank.VICE_MAYOR), ("孙副局长", Rank.DEPUTY_HEAD)):
        officer = actions.add_officer(city.id, name, rank, **ACTING)
        actions.put_in_charge(officer, city.schools, from_on=date(2026, 1, 1), **ACTING)
    assert len(queries.charges_of([city.schools.id], on=date(2026, 6, 1))) == 2


def test_only_a_committee_watches_and_only_once(city):
    assert "no special committee" in refused(actions.pair, city.court, city.schools)
    actions.pair(city.committee, city.schools, **ACTING)
    assert "already" in refused(actions.pair, city.committee, city.schools)


def test_a_meeting_does_not_end_before_it_begins(city):
    days = {"opened_on": date(2026, 1, 20), "closed_on": date(2026, 1, 10)}
    assert "cannot end" in refused(actions.add_meeting, city.id, "第一次会议", 2026, **days)
