"""The same person in a new term holds a new card, and keeps what was done under the old one."""

from datetime import date

import pytest

from tests.structure.conftest import ACTING
from tracker.errors import RuleBroken
from tracker.structure import actions, cards
from tracker.structure.models import Level
from tracker.structure.queries import delegations, deputies


@pytest.fixture
def terms(city):
    return [actions.add_term(city.id, number, date(1977 + 5 * number, 1, 10), **ACTING) for number in (8, 9, 10)]


@pytest.fixture
def wang(city, terms):
    facts = {"term_id": terms[0].id, "delegation_id": city.north.id, "card_number": "0001", "phone": "13900000000"}
    return actions.add_deputy(city.id, "王一", **facts, **ACTING)


def test_a_new_card_carries_the_contacts_and_ends_the_old_one(city, terms, wang):
    new = cards.new_card(wang, terms[1], card_number="0001", delegation=city.south, **ACTING)
    assert (new.phone, new.card_number, new.delegation_id, new.active) == ("13900000000", "0001", city.south.id, True)
    assert [one.id for one in cards.cards(wang)] == [one.id for one in cards.cards(new)] == [new.id, wang.id]
    assert [one.id for one in deputies(city.id)] == [new.id]


def test_nobody_holds_two_cards_in_one_term(city, terms, wang):
    cards.new_card(wang, terms[1], **ACTING)
    with pytest.raises(RuleBroken, match="a card in this term already"):
        cards.new_card(wang, terms[1], card_number="7", **ACTING)


def test_a_card_number_belongs_to_one_deputy_of_a_term(city, terms, wang):
    actions.add_deputy(city.id, "李二", term_id=terms[1].id, card_number="0001", **ACTING)
    with pytest.raises(RuleBroken, match="belongs to another deputy"):
        actions.add_deputy(city.id, "李三", term_id=terms[1].id, card_number="0001", **ACTING)


def test_namesakes_of_other_terms_are_offered_and_joined(city, terms, wang):
    second = actions.add_deputy(city.id, "王一", term_id=terms[1].id, card_number="0044", **ACTING)
    third = actions.add_deputy(city.id, "王一", term_id=terms[2].id, card_number="0008", **ACTING)
    assert [one.id for one in cards.namesakes(second)] == [third.id, wang.id]
    cards.join(third, second, **ACTING)
    cards.join(second, wang, **ACTING)
    assert [one.first_card_id for one in (wang, second, third)] == [None, wang.id, wang.id]
    with pytest.raises(RuleBroken, match="known to be the same"):
        cards.join(third, wang, **ACTING)
    assert cards.namesakes(wang) == []


@pytest.mark.parametrize("place", [0, 1])
def test_a_card_that_was_another_persons_stands_alone_again(city, terms, wang, place):
    second = cards.new_card(wang, terms[1], **ACTING)
    third = cards.new_card(second, terms[2], **ACTING)
    gone, *_others = [wang, second][place:]
    cards.part(gone, **ACTING)
    assert [one.id for one in cards.cards(gone)] == [gone.id]
    assert len(cards.cards(third)) == 2


def test_two_people_of_one_term_are_never_one(city, terms, wang):
    other = actions.add_deputy(city.id, "王一", term_id=terms[0].id, card_number="0002", **ACTING)
    with pytest.raises(RuleBroken, match="two cards in one term"):
        cards.join(wang, other, **ACTING)


def test_with_a_new_term_the_earlier_mandates_end(city, terms, wang):
    later = actions.add_deputy(city.id, "李二", term_id=terms[1].id, **ACTING)
    assert cards.end_earlier(terms[1], **ACTING) == 1
    assert (wang.active, later.active) == (False, True)


def test_a_delegation_has_its_name_once_a_term(city, terms, session):
    ninth = actions.add_delegation(city.id, "江北代表团", term_id=terms[1].id, **ACTING)
    tenth = actions.add_delegation(city.id, "江北代表团", term_id=terms[2].id, **ACTING)
    with pytest.raises(RuleBroken, match="already something called"):
        actions.add_delegation(city.id, "江北代表团", term_id=terms[2].id, **ACTING)
    shown = {one.id for one in delegations(city.id)}
    assert (ninth.id in shown, tenth.id in shown) == (True, False)  # the tenth begins in 2027


def test_levels_stand_in_their_order(city):
    county = actions.add_congress("江南县人大", Level.COUNTY, rules_name="default", parent_id=city.id, **ACTING)
    actions.add_congress("石桥镇人大", Level.TOWNSHIP, rules_name="default", parent_id=county.id, **ACTING)
    with pytest.raises(RuleBroken, match="does not stand above"):
        actions.amend_congress(city.congress, parent_id=county.id, **ACTING)
    with pytest.raises(RuleBroken, match="would not stand below"):
        actions.amend_congress(county, level=Level.TOWNSHIP, parent_id=city.id, **ACTING)


def test_a_form_opened_before_somebody_elses_change_is_refused(city, wang):
    opened = wang.version
    assert actions.amend_deputy(wang, phone="1", version=opened, **ACTING)
    with pytest.raises(RuleBroken, match="since you opened it"):
        actions.amend_deputy(wang, phone="2", version=opened, **ACTING)
    assert (wang.phone, wang.version) == ("1", opened + 1)
