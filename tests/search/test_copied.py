"""How much of a letter was taken from another: precision and recall on the labelled pairs, and the rule's edges."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.copied import pairs, precision_and_recall
from tracker.search.copied import COPIED, HALF, LONGEST, How, beside, how_taken, letter, taken
from tracker.search.framing import body_of

SAID = (
    "青年路北段路灯因地埋电缆老化接头渗水不亮，我局组织市政工程公司抢修，更换灯头16盏，"
    "重新敷设电缆420米，夜间已恢复照明。"
)
OTHER = (
    "行道树枝叶遮挡灯臂，照度不足，园林中心修剪香樟46棵，加长灯臂9处，附近中学家长到现场看过，复测达到次干路标准要求。"
)
FRAME = (
    "赵敏代表：\n您提出的《关于修复{road}路灯的建议》（第12号）收悉，现答复如下：\n{said}\n"
    "下一步，我局将以此为契机，进一步提高政治站位，不断提升人民群众的获得感、幸福感、安全感。\n"
    "感谢您对我们工作的关心和支持。\n市城市管理局\n2026年5月20日"
)


@pytest.fixture(scope="module")
def known():
    return pairs()


def test_there_are_pairs_enough_half_of_them_honest(known):
    assert len(known) >= 120
    assert sum(one.how is not None for one in known) >= 60
    assert sum(one.how is None for one in known) >= 60


def test_what_was_taken_is_found_and_honest_letters_are_not(known):
    precision, recall = precision_and_recall(known)
    assert precision >= 0.98
    assert recall >= 0.98


def test_most_is_told_apart_too_whether_it_is_all_or_half(known):
    right = [how_taken(one.percent) is one.how for one in known if one.how]
    assert sum(right) / len(right) >= 0.95


def test_the_frame_of_a_letter_is_no_likeness():
    assert taken(letter(FRAME.format(road="青年路", said=SAID)), letter(FRAME.format(road="青年路", said=OTHER))) == 0


def test_other_names_and_numbers_and_another_frame_hide_nothing():
    swapped = SAID.replace("青年路", "建设东路").replace("16", "23").replace("420", "560")
    assert taken(letter(FRAME.format(road="建设东路", said=swapped)), letter(SAID)) >= 90


def test_a_letter_of_which_half_stands_in_another_is_half_taken_and_the_other_may_be_less():
    both = letter(f"{SAID}{OTHER}")
    assert how_taken(taken(both, letter(SAID))) is How.HALF
    assert how_taken(taken(letter(SAID), both)) is How.COPIED


def test_lines_may_be_set():
    assert [how_taken(share) for share in (COPIED, HALF, HALF - 1)] == [How.COPIED, How.HALF, None]
    assert how_taken(70, copied=80, half=75) is None


def test_a_letter_that_says_next_to_nothing_is_not_compared():
    assert taken(letter("已办结。"), letter("已办结。")) == 0
    assert taken(letter(""), letter(SAID)) == 0


def test_an_endless_letter_is_read_in_part():
    assert len(letter(SAID * 200).signs) <= LONGEST


def test_the_same_passages_are_marked_in_both_and_what_was_replaced_is_not():
    swapped = SAID.replace("青年路", "建设东路").replace("16盏", "23盏")
    mine, theirs = beside(FRAME.format(road="建设东路", said=swapped), FRAME.format(road="青年路", said=SAID))
    plain = ["".join(text for text, is_marked in line if not is_marked) for line in mine]
    marked = "".join(text for line in mine for text, is_marked in line if is_marked)
    assert "赵敏代表：" in plain
    assert "建设东" in plain[2]
    assert "23" in plain[2]
    assert "重新敷设电缆420米" in marked
    assert "感谢您" not in marked
    assert "获得感" not in marked
    assert ["".join(text for text, _is_marked in line) for line in theirs][2] == SAID


texts = st.text(alphabet="青年路灯电缆老化抢修更换12，。\n ", max_size=80)


@given(texts, texts)
def test_marking_changes_no_character_and_shares_are_shares(one, other):
    mine, theirs = beside(one, other)
    assert "\n".join("".join(text for text, _is_marked in line) for line in mine) == one
    assert "\n".join("".join(text for text, _is_marked in line) for line in theirs) == other
    assert 0 <= taken(letter(one), letter(other)) <= 100
    assert isinstance(body_of(one), str)
