"""What a suggestion asks for is found in its text: by numbers, by announcements, by the words that ask."""

import tomllib
from pathlib import Path

import pytest

from tracker.handling.requests import LONGEST_REQUEST, MOST_REQUESTS, requests_in

TEXTS = tomllib.loads(Path(__file__).with_name("asked.toml").read_text(encoding="utf-8"))["text"]
PRECISION, RECALL = 0.95, 0.95  # what was reached; asked.toml says what it was on texts never seen


def counted(which: str) -> tuple[int, int, int]:
    """Requests found rightly, found in all, and to be found, in the texts of a set."""
    right = found = wanted = 0
    for one in TEXTS:
        if one["set"] == which:
            told, asks = requests_in(one["text"]), list(one["asks"])
            right += sum(any(said.startswith(begin) for said in told) for begin in asks)
            found, wanted = found + len(told), wanted + len(asks)
    return right, found, wanted


def test_there_are_texts_enough_to_measure_on():
    assert len(TEXTS) >= 30


@pytest.mark.parametrize("one", [one for one in TEXTS if one["set"] == "tune"], ids=lambda one: one["text"][:12])
def test_each_request_of_a_usual_text_is_found_and_nothing_else(one):
    told = requests_in(one["text"])
    assert len(told) == len(one["asks"]), told
    assert all(said.startswith(begin) for said, begin in zip(told, one["asks"], strict=True)), told


def test_of_other_texts_most_requests_are_found_and_little_else():
    right, found, wanted = counted("held")
    assert right / found >= PRECISION
    assert right / wanted >= RECALL


def test_a_list_is_never_longer_than_a_form_can_show():
    many = "建议：\n" + "\n".join(f"{number}.改造第{number}条道路和管网。" for number in range(1, 60))
    assert len(requests_in(many)) == MOST_REQUESTS
    [long] = requests_in(f"建议{'拓宽道路，' * 400}")
    assert len(long) == LONGEST_REQUEST


def test_what_a_part_says_stays_with_its_request():
    [first, second] = requests_in("建议：\n一、修东河路。由县里出资。\n（1）先修东段。\n二、架设人行天桥。")
    assert first == "修东河路。由县里出资。先修东段。"
    assert second == "架设人行天桥。"


@pytest.mark.parametrize("text", ["", "   ", "道路狭窄。", "以上建议，请有关部门研究办理。"])
def test_where_nothing_is_asked_nothing_is_proposed(text):
    assert requests_in(text) == []
