"""Which passwords are strong enough. No database."""

import pytest

from tracker.errors import RuleBroken
from tracker.people import passwords
from tracker.people.agents import in_words
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


COMMON = (
    "password1234", "Password2026!", "passw0rd!2026", "administrator", "admin@123456", "Admin12345678", "root12345678",
    "qwertyuiop12", "qwerty123456", "1qaz2wsx3edc", "1q2w3e4r5t6y", "letmein12345", "welcome12345", "iloveyou1314",
    "woaini1314520", "5201314520131", "zxcvbnm12345", "asdfghjkl123", "abcdef123456", "abc123abc123", "123456789012",
    "renda@2026!!", "rendabangong2026", "人大代表建议2026年!",
    "人民代表大会常务委员会2026", "临江人大办公室2026",
    "临江市人大2026年3月",    "linjiang人大!2026", "dragon123456", "monkey!!123456", "ｐａｓｓｗｏｒｄ１２３４",
    "test1234test1234", "guanliyuan123", "deputy2026!!",
)  # fmt: skip


@pytest.mark.parametrize("password", COMMON)
def test_what_everybody_would_try_first_is_refused(password):
    with pytest.raises(RuleBroken):
        must_be_strong(password, local="临江市人民代表大会", email="linjiang@city.example", name="王一")


@pytest.mark.parametrize("length", [12, 64, 200])
def test_a_long_password_is_taken_whole(length):
    """Not cut, not trimmed: another end, or a blank less, is another password."""
    password = ("灯 river 𠮷 quiet " * 30)[: length - 1] + " "
    must_be_strong(password, **WHO)
    kept = passwords.hashed(password)
    assert passwords.matches(kept, password)
    assert not passwords.matches(kept, password[:-1])
    assert not passwords.matches(kept, password[:-1] + "x")


def test_an_account_that_does_not_exist_takes_as_long_to_refuse_and_opens_with_nothing():
    assert not passwords._hasher.check_needs_rehash(passwords._nobody)
    assert passwords._hasher.verify(passwords._nobody, "nobody has this password")
    assert not passwords.matches(None, "nobody has this password")


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/130.0 Safari/537.36 Edg/130.0", "Edge, Windows"),
        ("Mozilla/5.0 (Linux; Android 14) Chrome/130.0 Mobile Safari/537.36 MicroMessenger/8.0", "WeChat, Android"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", "Firefox, Linux"),
        ("tests", "tests"),
        ("", ""),
    ],
)
def test_a_browser_is_told_in_two_words(agent, words):
    assert in_words(agent) == words


def test_the_shortest_is_twelve():
    assert SHORTEST == 12


@pytest.mark.parametrize(("account", "source", "shut"), [(7, 59, False), (8, 0, True), (0, 60, True)])
def test_a_source_may_be_wrong_more_often_than_an_account(account, source, shut):
    assert too_many(account, source) is shut
