"""What is read from the text of a reply alone: on labelled sentences and letters, and the rules one by one."""

import tomllib
from pathlib import Path

import pytest

from tracker.handling.ahead import ahead, lacking, sentence_ahead
from tracker.handling.checkable import checkable
from tracker.handling.named import names_body, unnamed
from tracker.handling.requests import numbered_in
from tracker.handling.unanswered import left_unanswered

HERE = Path(__file__).parent
LETTER = """王建国代表：
您提出的《关于2027年在青云路增设30盏路灯的建议》（第2026045号）收悉，现答复如下：
{said}
感谢您对城市照明工作的关心，我们将继续努力，欢迎您今后提出更多宝贵意见。
专此答复。
市城市管理局
2026年5月20日
联系人：李强，电话：1234567"""


def read(name):
    return tomllib.loads((HERE / f"{name}.toml").read_text(encoding="utf-8"))


def precision_and_recall(answers):
    """Of pairs of what was found and what is so."""
    answers = [(bool(found), bool(wanted)) for found, wanted in answers]
    right = sum(found and wanted for found, wanted in answers)
    return right / sum(found for found, _wanted in answers), right / sum(wanted for _found, wanted in answers)


SENTENCES = [(name, said) for name, some in read("ahead").items() for said in some]
PAIRS = read("left")["pair"]


def test_there_are_sentences_and_letters_enough_to_measure_on():
    assert len(SENTENCES) >= 60
    assert len(PAIRS) >= 20


def test_what_is_still_to_be_done_is_told_from_what_is_done():
    precision, recall = precision_and_recall((sentence_ahead(said), "ahead" in name) for name, said in SENTENCES)
    assert precision >= 0.97
    assert recall >= 0.97


def test_the_frame_of_a_letter_is_nothing_that_is_still_to_be_done():
    assert ahead(LETTER.format(said="青云路30盏路灯已于5月8日点亮。")) == []
    [found] = ahead(LETTER.format(said="青云路30盏路灯由市灯饰中心负责，计划今年10月点亮。"))
    assert (found.until, found.owner) == ("今年", "由市灯饰中心负责")


@pytest.mark.parametrize("one", read("lacking")["reply"], ids=lambda one: one["text"][:12])
def test_what_a_reply_to_be_done_lacks(one):
    found = lacking(LETTER.format(said=one["text"]))
    assert [name for name in ("date", "owner") if found and getattr(found, name)] == one["lacks"]


def test_what_is_lacking_is_shown_by_its_sentence():
    assert lacking("路面已清扫。我局将尽快增设路灯。").sentence == "我局将尽快增设路灯。"
    assert lacking("我们高度重视您的建议。").sentence == ""


@pytest.mark.parametrize("which", ["number", "place", "date"])
def test_numbers_places_and_dates_are_found(which):
    letters = read("checkable")["reply"]
    found = ((getattr(checkable(LETTER.format(said=one["text"])), which), which in one["has"]) for one in letters)
    precision, recall = precision_and_recall(found)
    assert precision >= 0.95
    assert recall >= 0.88


def test_a_letter_that_names_nothing_names_nothing_but_in_its_frame():
    found = checkable(LETTER.format(said="我局高度重视，将进一步加强管理。"))
    assert found.is_nothing
    assert found.missing == ("number", "place", "date")


def test_a_co_handler_is_known_by_its_name_and_by_its_short_forms():
    replies = read("named")["reply"]
    precision, recall = precision_and_recall((names_body(one["text"], [one["body"]]), one["named"]) for one in replies)
    assert precision >= 0.95
    assert recall >= 0.95


def test_a_former_name_names_the_body_too():
    bodies = {"市数据局": ["", "市大数据中心"], "市财政局": [""]}
    assert unnamed("经会同市大数据中心研究。", bodies) == ["市财政局"]


def test_requests_left_unanswered_are_found_and_no_others():
    answers = []
    for one in PAIRS:
        left = left_unanswered(one["asks"], LETTER.format(said=one["reply"]), title=one.get("title", ""))
        answers += [(said in left, n in one["left"]) for n, said in enumerate(numbered_in(one["asks"]), 1)]
    precision, recall = precision_and_recall(answers)
    assert precision >= 0.9
    assert recall >= 0.9


def test_a_request_answered_beside_the_letter_is_answered_and_a_tick_is_no_answer():
    asks = "建议：\n1.更新站台候车亭。\n2.开通学生定制公交。"
    points = [("更新站台候车亭", "已更新12座。"), ("开通学生定制公交。", "")]
    assert left_unanswered(asks, "您的建议很好。", points=points) == ["开通学生定制公交。"]


def test_what_numbers_nothing_leaves_nothing_unanswered():
    assert left_unanswered("建议尽快拓宽青云路。", "我局高度重视。") == []
    assert numbered_in("建议：\n1.拓宽青云路。") == []
