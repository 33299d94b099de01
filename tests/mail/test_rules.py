"""What a letter's head may hold, and how patient the carrier is."""

from datetime import timedelta

import pytest

from tracker.mail.rules import MOST_TRIES, is_address, is_given_up, one_line, pause, without_secrets


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Road\r\nBcc: all@city.example", "Road Bcc: all@city.example"),
        ("a\x0bb\x00c\u2028d\x85e", "a b c d e"),
        ("关于\u202e道路\u200b的建议", "关于道路的建议"),
        ("  much   room ", "much room"),
    ],
)
def test_a_head_is_one_line_whatever_was_pasted(text, line):
    assert one_line(text, 300) == line


def test_a_head_is_not_too_long():
    assert len(one_line("长" * 900, 300)) == 300


@pytest.mark.parametrize("address", ["a@b.cn", "first.last+x@bureau.city.example", "root@localhost"])
def test_plain_addresses_are_addresses(address):
    assert is_address(address)


@pytest.mark.parametrize(
    "address",
    ["", "a", "a@", "@b", "a@b,c@d", "a@b\r\nRCPT TO:<x@y>", "a b@c", "a@b>", "张@b.cn", "a..b@c.cn", "a@-b.cn"],
)
def test_what_could_smuggle_is_no_address(address):
    assert not is_address(address)


def test_pauses_grow_and_never_keep_a_healthy_server_waiting_ten_minutes_on_the_first_day():
    middle = [pause(tries, 0.5) for tries in range(1, 200)]
    assert middle == sorted(middle)
    assert timedelta(seconds=30) < pause(1, 0)
    assert pause(200, 1) < timedelta(minutes=10)


def test_the_carrier_gives_up_after_about_three_days():
    total = sum((pause(tries, 0.5) for tries in range(1, MOST_TRIES)), timedelta())
    assert timedelta(hours=68) < total < timedelta(hours=76)
    assert not is_given_up(MOST_TRIES - 1)
    assert is_given_up(MOST_TRIES)


def test_a_mailed_link_is_made_useless_and_the_rest_stays():
    text = "http://h/links/Ab-9_xyzQWERT12/reply http://h/assignments/9"
    assert without_secrets(text) == "http://h/links/…/reply http://h/assignments/9"
