"""The fictitious city is complete, consistent and always the same for the same seed."""

from collections import Counter
from functools import cache
from random import Random

import pytest

from tracker.demo.city import city
from tracker.demo.items import areas_of, phrase, promise, refused, reply_text, suggestions
from tracker.demo.wording import content, fill, topics
from tracker.handling.models import Outcome
from tracker.structure.models import Branch, Rank

SEED = 7
CATEGORIES = {"财政经济", "农业农村", "城建环资", "教科文卫", "监察司法", "社会建设", "民族宗教侨务外事", "其他"}


@cache
def place():
    return city(SEED)


@cache
def asked(count=380):
    return suggestions(place(), SEED, count)


def short_names():
    return {body.short_name for body in place().bodies}


def test_it_has_the_bodies_of_every_branch():
    assert len(place().bodies) >= 70
    assert {body.branch for body in place().bodies} == {branch.value for branch in Branch}
    for field in ("name", "short_name", "mail", "doc_prefix"):
        assert len({getattr(body, field) for body in place().bodies}) == len(place().bodies), field


def test_seven_special_committees_watch_bodies_that_exist():
    committees = [body for body in place().bodies if body.committee]
    assert len(committees) == 7
    assert {name for body in committees for name in body.pairs} <= short_names()


def test_every_body_is_under_a_hub_that_exists_or_is_one():
    hubs = {body.short_name for body in place().bodies if body.hub}
    assert all(body.under in hubs or (body.hub and body.under is None) for body in place().bodies)


def test_its_deputies_are_320_people_in_twelve_delegations():
    deputies = place().deputies
    assert len({deputy.name for deputy in deputies}) == len(deputies) == 320
    assert len({deputy.card_number for deputy in deputies}) == 320
    assert {deputy.delegation for deputy in deputies} == {delegation.name for delegation in place().delegations}
    assert len(place().delegations) == 12


def test_every_body_has_its_chain_and_every_rank_is_filled():
    ranks = Counter((officer.body, officer.rank) for officer in place().officers)
    for body in short_names():
        assert all(ranks[body, rank] == 1 for rank in ("handler", "deputy_head", "head")), body
    assert {officer.rank for officer in place().officers} == {rank.value for rank in Rank}
    mails = [officer.mail for officer in place().officers]
    assert len(mails) == len(set(mails))
    assert all(mail.endswith(".example") for mail in mails)


def test_every_government_body_has_exactly_one_vice_mayor():
    charges = Counter(name for one in place().officers if one.rank == "vice_mayor" for name in one.in_charge_of)
    led = {
        body.short_name for body in place().bodies if body.branch in ("government", "enterprise", "lower_government")
    }
    assert charges == dict.fromkeys(led, 1)


def test_the_same_seed_gives_the_same_city():
    assert city(SEED) == place()
    assert suggestions(place(), SEED, 60) == suggestions(city(SEED), SEED, 60)
    assert city(SEED + 1).deputies != place().deputies


def test_topics_name_bodies_and_categories_that_exist():
    assert len(topics()) >= 100
    for topic in topics().values():
        assert {topic["lead"], *topic["co"]} <= short_names() | {"属地"}, topic["ref"]
        assert topic["category"] in CATEGORIES
        assert areas_of(topic["ref"]), topic["ref"]
        assert "的意见" in topic["refuse"], topic["ref"]


def test_what_a_reply_refuses_was_asked_for():
    for item in asked():
        wish = fill(refused(topics()[item.topic]), dict(item.places), Random(SEED))
        assert wish in item.text
        assert f"关于{wish}的意见" in reply_text(item, "not_feasible", Random(SEED))


@pytest.mark.parametrize("count", [380, 2000, 10_000])
def test_every_title_stands_alone(count):
    titles = {item.title for item in asked(count)}
    assert len(titles) == count
    assert all(title.startswith("关于") and title.endswith("的建议") for title in titles)
    assert max(map(len, titles)) <= 60


def test_a_text_has_a_readable_length_and_numbered_requests():
    for item in asked(2000):
        assert 200 <= len(item.text) <= 700, item.text
        assert "\n一、" in item.text
        assert "\n二、" in item.text
        assert "{" not in item.text


def test_the_years_suggestions_are_spread_as_a_citys_are():
    branch = {body.short_name: body.branch for body in place().bodies}
    elsewhere = [item for item in asked() if branch[item.lead] != "government"]
    assert 0.05 <= len(elsewhere) / len(asked()) <= 0.08
    assert {item.category for item in asked()} == CATEGORIES
    assert 1.3 <= 1 + sum(len(item.co) for item in asked()) / len(asked()) <= 1.7
    assert all(item.lead not in item.co and {item.lead, *item.co} <= short_names() for item in asked())
    assert all(item.lead_deputy not in item.co_signers for item in asked())


@pytest.mark.parametrize("outcome", list(Outcome))
def test_a_reply_has_a_readable_length_and_names_who_and_what(outcome):
    rng = Random(SEED)
    for item in asked(2000):
        text = reply_text(item, outcome.value, rng)
        assert 200 <= len(text) <= 600, text
        assert item.title in text
        assert item.lead_deputy.name in text
        assert "{" not in text


@pytest.mark.parametrize(("outcome", "most"), [("planned", 13), ("in_progress_this_year", 6)])
def test_a_reply_says_exactly_what_is_promised(outcome, most):
    for item in asked():
        what, owner, months = promise(item, outcome)
        text = reply_text(item, outcome, Random(SEED))
        assert what in text
        assert owner in text
        assert f"{months}个月" in text
        assert 3 <= months <= most


def test_every_sentence_of_the_phrases_can_be_filled():
    item = asked()[0]
    for kind, lists in content("phrases").items():
        for which in lists if kind not in ("suggestion", "reply") else ():
            for number in range(12):
                assert "{" not in phrase(item, kind, which, Random(number), proposed="市城管局")


def test_a_slot_nobody_fills_is_an_error():
    with pytest.raises(KeyError):
        fill("{nowhere}", {}, Random(SEED))
