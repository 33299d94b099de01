"""How alike suggestions are: the rules one by one, and precision and recall on the labelled pairs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.likeness import labelled, precision_and_recall
from tracker.search.likeness import bigrams, likeness, places, profile, telling
from tracker.search.passages import PASSAGE, passages

LIFT = (
    "关于解决幸福里小区加装电梯难的建议",
    "幸福里小区六层住宅没有电梯，老人上下楼困难。建议财政补助加装电梯，简化审批手续。",
)


def test_at_least_eight_of_ten_shown_are_the_same_matter_and_eight_of_ten_are_shown():
    precision, recall = precision_and_recall(labelled())
    assert precision >= 0.82
    assert recall >= 0.85


@pytest.mark.parametrize("which", ["tune", "kept"])
def test_what_was_written_afterwards_does_hardly_worse(which):
    precision, recall = precision_and_recall([one for one in labelled() if one.which == which])
    assert precision >= 0.75
    assert recall >= 0.75


def test_there_are_sixty_pairs_with_hard_ones_of_every_kind():
    pairs = labelled()
    assert len(pairs) >= 60
    for kind in ("place", "matter", "template", "near"):
        assert sum(one.kind == kind for one in pairs) >= 5, kind


def test_the_same_place_with_another_matter_is_never_shown():
    assert [one for one in labelled() if one.kind == "place" and one.score > 0.6] == []


def test_word_for_word_is_alike_and_nothing_in_common_is_not():
    same, other = profile(*LIFT), profile("关于推广秸秆还田的建议", "秸秆焚烧屡禁不止。")
    assert likeness(same, same).score == 1
    assert likeness(same, other).score == 0


def test_the_same_words_about_another_place_are_not_the_same_matter():
    elsewhere = tuple(part.replace("幸福里小区", "翠湖花园小区") for part in LIFT)
    found = likeness(profile(*LIFT), profile(*elsewhere))
    assert found.other_places
    assert not found.is_alike


def test_of_two_crossings_one_road_may_be_the_same():
    one, other = (profile(f"关于在滨江大道与{road}交叉口增设红绿灯的建议", "") for road in ("学院路", "文昌路"))
    assert likeness(one, other).other_places


def test_another_word_for_the_same_thing_counts_as_the_same():
    one, other = profile("关于增加停车泊位的建议", ""), profile("关于增加停车位的建议", "")
    assert likeness(one, other).score == 1


def test_old_ledgers_without_text_are_compared_by_title():
    assert likeness(profile(*LIFT), profile("关于幸福里小区加装电梯的建议", "")).is_alike


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("治理白沙河黑臭水体", {"白沙河"}),
        ("维修建设东路破损路面", {"设东路"}),
        ("解决石桥镇饮水问题", {"石桥镇"}),
        ("整治火车站乱象", {"火车站"}),
        ("加强农村道路和老旧小区管理", set()),
    ],
)
def test_places_are_known_by_their_kind(title, found):
    assert places(title, "") == found


def test_a_road_the_text_names_once_is_no_place_of_the_suggestion():
    assert places("加强路灯管理", "例如青年路没有路灯。") == frozenset()
    assert places("加强路灯管理", "青年路没有路灯，青年路居民不便。") == {"青年路"}


def test_what_is_looked_up_holds_the_title_first_and_nothing_common():
    words = telling(profile("关于进一步加强幸福里小区电梯管理的建议", "群众反映强烈，建议有关部门研究办理加装事宜。"))
    assert "电梯" in words
    assert not {"进一", "加强", "有关", "部门"} & set(words)


def test_the_passage_that_is_alike_is_found_and_marked():
    theirs = "近年来成效明显。小区里加装电梯无人出钱，审批手续繁琐。请予研究。"
    [found] = passages(" ".join(LIFT), theirs)
    assert found.text == "小区里加装电梯无人出钱，审批手续繁琐。"
    assert ("加装电梯", True) in found.pieces
    assert ("审批手续", True) in found.pieces


def test_a_long_sentence_is_shown_around_what_is_alike():
    [found] = passages("加装电梯费用由谁补助", "无关" * 60 + "加装电梯费用由谁补助" + "其他" * 60)
    assert len(found.text) <= PASSAGE + 2
    assert "加装电梯" in found.text
    assert found.text.startswith("…")


texts = st.text(alphabet="加装电梯停车幸福里小区路村a1，。\n ", max_size=60)


@given(texts, texts, texts, texts)
def test_likeness_is_the_same_both_ways_and_between_nought_and_one(title, text, other_title, other_text):
    one, other = profile(title, text), profile(other_title, other_text)
    assert likeness(one, other).score == likeness(other, one).score
    assert 0 <= likeness(one, other).score <= 1


@given(texts, texts)
def test_marking_changes_no_character(mine, theirs):
    for passage in passages(mine, theirs):
        assert passage.text.strip("…") in theirs
        assert all(bigrams(piece) for piece, is_marked in passage.pieces if is_marked)
