"""What a letter's head may hold, and how patient the carrier is."""

from datetime import timedelta

import pytest

from tracker.mail.rules import (
    LONGEST_WAIT,
    MOST_DOUBTS,
    MOST_REFUSALS,
    is_address,
    is_given_up,
    is_too_doubtful,
    one_line,
    pause,
    without_secrets,
)


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


def test_pauses_grow_and_never_keep_a_server_that_is_back_waiting_ten_minutes():
    middle = [pause(tries, 0, 0, 0.5) for tries in range(1, 200)]
    assert middle == sorted(middle)
    assert timedelta(seconds=30) < pause(1, 0, 0, 0)
    assert pause(10_000, 0, 0, 1) < timedelta(minutes=10)


def test_what_the_server_puts_off_is_given_up_after_about_three_days():
    total = sum((pause(number, number, 0, 0.5) for number in range(1, MOST_REFUSALS)), timedelta())
    assert timedelta(hours=68) < total < timedelta(hours=76)
    assert not is_given_up(MOST_REFUSALS - 1)
    assert is_given_up(MOST_REFUSALS)


def test_what_may_have_arrived_is_tried_few_times_and_far_apart():
    pauses = [pause(number, 0, number, 0.5) for number in range(1, MOST_DOUBTS + 1)]
    assert pauses == [timedelta(minutes=minutes) for minutes in (15, 30, 60, 120, 240)]
    assert not is_too_doubtful(MOST_DOUBTS - 1)
    assert is_too_doubtful(MOST_DOUBTS)


def test_no_pause_is_so_long_that_it_looks_like_a_wrong_clock():
    assert max(pause(999, 999, doubts, 1) for doubts in range(9)) < LONGEST_WAIT


def test_a_mailed_link_is_made_useless_and_the_rest_stays():
    text = "http://h/links/Ab-9_xyzQWERT12/reply http://h/assignments/9"
    assert without_secrets(text) == "http://h/links/…/reply http://h/assignments/9"
