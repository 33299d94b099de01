"""Which passwords are strong enough. No database."""

import pytest

from tracker.errors import RuleBroken
from tracker.people.rules import SHORTEST, must_be_strong, too_many

WHO = {"email": "wangyi@city.example", "name": "Wang Yi"}


@pytest.mark.parametrize(
    "password",
    ["plum river lantern oak", "红灯笼 在 安静的 老街 上", "🀄🀅🀆🀇🀈🀉🀊🀋🀌🀍🀎🀏", "x7" * 6 + "Quiet", "k9!" + "a1b2c3" * 30],
)
def test_long_passwords_of_any_script_are_taken(password):
    must_be_strong(password, **WHO)


@pytest.mark.parametrize(
    "password",
    [
        "",
        "short",
        "a" * 40,
        "abababababab",
        "administrator1",
        "administrator2026!",
        "wangyi123456",
        "Wang Yi 2026",
        "x" * 201,
    ],
)
def test_short_endless_and_guessable_ones_are_refused(password):
    with pytest.raises(RuleBroken):
        must_be_strong(password, **WHO)


def test_the_shortest_is_twelve():
    assert SHORTEST == 12


@pytest.mark.parametrize(("account", "source", "shut"), [(7, 59, False), (8, 0, True), (0, 60, True)])
def test_a_source_may_be_wrong_more_often_than_an_account(account, source, shut):
    assert too_many(account, source) is shut
