from __future__ import annotations

import pytest

from tracker.errors import RuleBroken
from tracker.intake.hints import SOFT, Judgement, hints
from tracker.intake.sheet_names import HINT_NAMES, JUDGEMENTS, hint_sentence
from tracker.intake.sources import must_say_source
from tracker.suggestion.models import Origin

FACTS = "江滨路全长两公里，早晚高峰拥堵严重，沿线三所学校的学生出行不便，存在较大的交通安全隐患，群众反映强烈。"
REQUEST = "建议由交通部门牵头，尽快拓宽路面，完善人行道和过街设施。"
TITLE = "关于拓宽江滨路的建议"

EXCLUDED = [
    ("personal", "请为本人解决工作调动问题。"),
    ("personal", "我的宅基地被占用，至今没有说法。"),
    ("personal", "我儿子毕业后一直没有安排工作。"),
    ("single_case", "（2024）云01民终1234号一案至今没有执行。"),
    ("single_case", "当事人不服一审判决，多次反映。"),
    ("single_case", "应当依法改判，纠正这一错案。"),
    ("relayed", "现转交村民来信，请阅处。"),
    ("relayed", "附：业主联名信全文。"),
    ("complaint", "我要实名举报该局负责人。"),
    ("complaint", "要求严惩某某的违法行为。"),
    ("academic", "摘要：本文从理论探讨入手。关键词：治理"),
    ("academic", "浅析基层治理的三个维度。"),
    ("advertising", "我公司的产品已通过认证，可供选用。"),
    ("advertising", "欢迎订购，诚招代理。"),
    ("tender", "该项目中标结果不公，要求重新招标。"),
    ("beyond_powers", "建议国家尽快修改个人所得税起征点。"),
    ("against_law", "可以突破国家规定，先行建设。"),
]


def kinds(title: str, text: str) -> list[str]:
    return [hint.kind for hint in hints(title, text)]


@pytest.mark.parametrize(("kind", "said"), EXCLUDED)
def test_what_the_rules_exclude_is_hinted_at_with_the_passage(kind: str, said: str) -> None:
    found = {hint.kind: hint for hint in hints(TITLE, f"{FACTS}{said}{REQUEST}")}
    assert kind in found
    assert found[kind].passage.strip("…")[:4] in f"{FACTS}{said}{REQUEST}"
    assert found[kind].asks_for_a_decision


@pytest.mark.parametrize(
    "said",
    [
        "本人建议统筹安排资金。",
        "应当加强对个人信息的保护，依法打击侵权行为。",
        "要规范招标投标活动，营造公平环境。",
        "完善信访工作机制，畅通群众来信来访渠道。",
        "加强农产品品牌建设，推广优良品种。",
        "推动案件繁简分流，提高审判质效。",
        "我市公司债务风险总体可控。",
        "鼓励公众举报违法排污，健全举报奖励制度。",
    ],
)
def test_ordinary_suggestions_pass_without_a_hint(said: str) -> None:
    assert kinds(TITLE, f"{FACTS}{said}{REQUEST}") == []


@pytest.mark.parametrize(
    "title",
    ["关于拓宽江滨路和关于增加公交的建议", "关于教育卫生等几个问题的建议", "关于城市管理的三点建议"],
)
def test_several_matters_in_one_title_are_seen(title: str) -> None:
    assert kinds(title, FACTS + REQUEST) == ["several_matters"]


def test_several_headed_suggestions_in_one_text_are_seen() -> None:
    text = f"一、关于拓宽江滨路的建议\n{FACTS}{REQUEST}\n二、关于增加小学学位的建议\n{FACTS}{REQUEST}"
    assert "several_matters" in kinds(TITLE, text)


def test_measures_for_one_matter_are_one_matter() -> None:
    assert kinds(TITLE, f"{FACTS}建议：一、拓宽路面；二、增设信号灯；三、完善人行道。") == []


def test_length_and_request_are_only_remarked_on() -> None:
    assert kinds(TITLE, "路面破损。") == ["too_short", "no_request"]
    assert kinds(TITLE, (FACTS + REQUEST) * 40) == ["beyond_usual"]
    assert hints(TITLE, "路面破损。")[0].count == 5
    assert not any(hint.asks_for_a_decision for hint in hints(TITLE, "路面破损。"))


def test_an_empty_form_is_not_commented_on() -> None:
    assert hints("", "") == []


def test_every_kind_has_its_words(app) -> None:
    with app.test_request_context():
        for kind in HINT_NAMES:
            [hint] = [one for one in _one_of_each() if one.kind == kind]
            assert "%(" not in hint_sentence(hint)
    assert set(HINT_NAMES) > SOFT
    assert set(JUDGEMENTS) == {"record_anyway", "return_to_deputy", "treat_as_letter"}


def _one_of_each():
    texts = [*(said for _kind, said in EXCLUDED), "短", FACTS * 60]
    found = {hint.kind: hint for said in texts for hint in hints(TITLE, said)}
    [several] = hints("关于教育等几个问题的建议", FACTS + REQUEST)
    return [*found.values(), several]


def test_the_history_keeps_hints_passages_decision_and_reason() -> None:
    found = tuple(hints(TITLE, f"{FACTS}我的宅基地被占用。{REQUEST}"))
    facts = Judgement(found, "record_anyway", "所涉为普遍问题").facts()
    assert facts["hints"] == ["personal"]
    assert "宅基地" in facts["passages"][0]
    assert (facts["decision"], facts["reason"]) == ("record_anyway", "所涉为普遍问题")
    assert Judgement((), "record_anyway", "x").facts() == {}


@pytest.mark.parametrize(
    ("origin", "lacking", "whole"),
    [
        (Origin.MOTION, ("某议案", ""), ("", "12")),
        (Origin.INSPECTION, ("", "3"), ("养老服务视察报告", "")),
        (Origin.ORAL, ("", ""), ("李副主任", "")),
        (Origin.FROM_ABOVE, ("省人大常委会办公厅", ""), ("省人大常委会办公厅", "2026-118")),
        (Origin.FROM_BELOW, ("", "7"), ("青山县人大", "7")),
    ],
)
def test_each_origin_needs_what_leads_back_to_it(origin: Origin, lacking: tuple, whole: tuple) -> None:
    with pytest.raises(RuleBroken):
        must_say_source(origin, *lacking)
    must_say_source(origin, *whole)
    must_say_source(Origin.MEETING, "", "")
