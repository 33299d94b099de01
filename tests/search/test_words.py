"""Which words a text is made of, and where they stand in it."""

import hashlib
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.search import marking
from tracker.search.pinyin import sounds
from tracker.search.rules import (
    FORM,
    PIECE,
    RUN,
    THINGS,
    Kind,
    pieces,
    place,
    places,
    places_of,
    plain,
    sought,
    tokens,
    words,
)


def marked(text: str, question: str) -> list[str]:
    return [one.text for one in marking.parts(text, sought(question)) if one.is_hit]


def test_chinese_is_pairs_and_the_last_character_alone():
    assert tokens("增设5G基站") == ["增设", "设", "5g", "基站", "站"]


ANY = st.text(
    alphabet=st.one_of(st.sampled_from("养老𬭎々5Gé·．，：（）％～…！ａﬁ①\u0301 \n-_"), st.characters(codec="utf-8"))
)


@given(ANY)
def test_a_text_is_cut_as_if_it_were_cut_pair_by_pair(text):
    slowly = unicodedata.normalize("NFKC", text).casefold()
    slowly = re.sub("[\u00c0-\u024f\u1e00-\u1eff]", lambda found: unicodedata.normalize("NFD", found[0])[0], slowly)
    slowly = re.sub("[·•・‧．]", "", slowly)
    assert plain(text) == slowly
    pairs = [[one[at : at + 2] for at in range(len(one))] if one else [word[:60]] for one, word in RUN.findall(slowly)]
    assert tokens(text) == [one for some in pairs for one in some]


def test_who_cuts_texts_otherwise_raises_the_form_and_has_the_index_built_anew_in_a_migration():
    cut = words("２０２６年增设5G基站。阿不都·热合曼、CAFÉ：𬭎桥、ﬁ①，WiFi-6_x" + "a" * 70)
    assert (FORM, hashlib.sha256(cut.encode()).hexdigest()[:12]) == (1, "3541ad13c8e2")


def test_no_pair_reaches_across_a_comma():
    assert "老老" not in tokens("养老，老人")


@pytest.mark.parametrize(("written", "same"), [("５Ｇ", "5G"), ("CAFÉ", "cafe"), ("阿不都·热合曼", "阿不都热合曼")])
def test_width_case_marks_and_dots_make_no_difference(written, same):
    assert tokens(written) == tokens(same)


def test_rare_characters_of_names_are_characters():
    assert tokens("𬭎桥") == ["𬭎桥", "桥"]


def test_a_question_has_as_many_words_as_it_is_written_in():
    assert [one.tokens for one in sought("养老 服务,5G　桥")] == [("养老",), ("服务",), ("5g",), ("桥",)]


def test_a_single_character_and_letters_may_go_on():
    assert [one.open for one in sought("桥 wang a 养老")] == [True, True, False, False]


@pytest.mark.parametrize("question", ["", "   ", "%", "_", "🚲", "\"'*()", "，。", "——", "\x00"])
def test_signs_are_no_words(question):
    assert sought(question) == []


@pytest.mark.parametrize(
    ("text", "question", "hits"),
    [
        ("关于增设养老服务驿站的建议", "养老", ["养老"]),
        ("养老养老", "养老", ["养老养老"]),
        ("<b>养老</b>", "养老", ["养老"]),
        ("阿不都·热合曼", "阿不都热合曼", ["阿不都·热合曼"]),
        ("ＧＤＰ与gdp", "GDP", ["ＧＤＰ", "gdp"]),
        ("traffic on aitraf", "traf", ["traf"]),
        ("2026-031", "2026-031", ["2026-031"]),
        ("㎡桥㎡桥", "桥", ["桥", "桥"]),
        ("12012", "12", ["12"]),
        ("", "养老", []),
    ],
)
def test_words_are_marked_where_they_stand(text, question, hits):
    assert marked(text, question) == hits


def test_a_passage_shows_the_first_place_of_each_word():
    text = "一" * 200 + "养老" + "二" * 200 + "停车" + "三" * 200
    said = "".join(one.text for one in marking.passage(text, sought("停车 养老")))
    assert "养老" in said
    assert "停车" in said
    assert len(said) < 150
    assert said.count("…") == 3


@given(st.text(max_size=60), st.text(alphabet="养老服务ab1 -,·", min_size=1, max_size=8))
def test_marking_never_changes_a_text(text, question):
    assert "".join(one.text for one in marking.parts(text, sought(question))) == text


@given(st.text(alphabet="养老服务ab12 ，-", max_size=40), st.integers(0, 38), st.integers(2, 5))
def test_what_is_cut_out_of_a_text_is_found_in_it(text, begin, length):
    for word in sought(text[begin : begin + length].strip("ab12")):
        if not word.said.isascii():
            assert marking.holds(text, word), (text, word)


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("王秀英", ["wangxiuying", "xiuying", "wxy", "wang", "ying"]),
        ("曾国藩", ["zengguofan", "zgf"]),
        ("单田芳", ["shantianfang", "stf"]),
        ("吕强", ["lvqiang", "luqiang", "lyuqiang"]),
        ("欧阳修", ["ouyangxiu", "oyx"]),
        ("阿不都·热合曼", ["reheman", "rhm"]),
    ],
)
def test_a_name_is_found_as_it_sounds(name, typed):
    assert set(typed) <= set(sounds(name))


def test_a_name_in_letters_has_no_other_sound():
    assert sounds("Bob") == []


def test_a_place_says_whose_text_it_is():
    first, last = places_of(7, Kind.TITLE, 12)
    low, high = places(7, Kind.NUMBER, Kind.TEXT)
    assert low < first < last < high < place(7, Kind.DEPUTY) < place(8, Kind.NUMBER)
    assert first >> 10 & THINGS == 12


@pytest.mark.parametrize("too_large", [{"congress_id": 1 << 18}, {"thing_id": 1 << 31}, {"thing_id": -1}])
def test_what_has_no_room_in_the_index_is_refused(too_large):
    with pytest.raises(ValueError, match="too large"):
        place(**{"congress_id": 1, "kind": Kind.TITLE, **too_large})


def test_a_long_text_is_kept_in_pieces_that_overlap():
    text = "".join(chr(0x4E00 + n % 9_000) for n in range(PIECE * 2 + 5))
    parts = pieces(text)
    assert [part[:2] for part in parts] == [text[:2], text[PIECE : PIECE + 2], text[2 * PIECE : 2 * PIECE + 2]]
    assert text[PIECE - 50 : PIECE + 50] in parts[0]
