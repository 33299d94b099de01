from __future__ import annotations

from datetime import date, datetime

import pytest

from tracker.ledgers import values
from tracker.ledgers.letter_head import read_class, read_letter_head, read_publicity
from tracker.ledgers.names import BODIES_INCOMPLETE, BODY_UNCLEAR, read_bodies, read_persons, with_roles
from tracker.ledgers.values import number_key, number_of, read_date, read_rating, read_ticks


@pytest.mark.parametrize(
    ("printed", "key"),
    [
        ("第0076号", "76"), ("76", "76"), ("第76号", "76"), ("７６", "76"), ("No.76", "76"), ("第十二号", "12"),
        ("闭08号", "闭8"), ("温36号", "温36"), ("财政经济类第2号", "财政经济类2"), ("第173169号", "173169"),
        ("[2023]闭08号", "[2023]闭8"), ("100", "100"), ("A007", "A7"), ("", ""),
    ],
)  # fmt: skip
def test_the_spellings_of_a_number_share_a_key(printed: str, key: str) -> None:
    assert number_key(number_of(printed)) == key


def test_a_number_keeps_its_printed_form_and_a_float_loses_its_point() -> None:
    assert number_of("第 0076 号") == "第0076号"
    assert number_of(1.0) == "1"


@pytest.mark.parametrize(
    "cell",
    [
        "2018-03-15", "2018年3月15日", "2018.3.15", "2018/3/15", "20180315", "2018年3月15日前", "２０１８年３月１５日",
        "2018-03-15 00:00:00", "二〇一八年三月十五日", "43174", 43174.0, date(2018, 3, 15),
        datetime(2018, 3, 15, 9, 30),
    ],
)  # fmt: skip
def test_every_spelling_of_a_whole_date_is_read(cell: values.Cell) -> None:
    assert read_date(cell) == values.DateRead(date(2018, 3, 15))


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        ("2.9", values.NO_YEAR), (2.9, values.NO_YEAR), ("3月19日", values.NO_YEAR), ("6月30日前", values.NO_YEAR),
        ("2025-08", values.NO_DAY), ("2025年8月底", values.NO_DAY), ("2025年", values.NO_DAY),
        ("2025-02-29", values.IMPOSSIBLE), ("2025.13.1", values.IMPOSSIBLE), ("2月30日", values.IMPOSSIBLE),
        ("25.3.15", values.SHORT_YEAR), ("2025-3-1至2025-6-1", values.SEVERAL_DATES), ("三个月内", values.NO_DATE),
        ("1025-03-15", values.YEAR_OUT_OF_REASON), ("2205-03-15", values.YEAR_OUT_OF_REASON),
    ],
)  # fmt: skip
def test_a_date_that_cannot_be_known_is_a_question_and_no_guess(cell: values.Cell, why: str) -> None:
    assert read_date(cell, latest=date(2026, 1, 1)) == values.DateRead(None, why)


@pytest.mark.parametrize("cell", ["", None, "—", "无", "/"])
def test_an_empty_date_is_neither_day_nor_question(cell: values.Cell) -> None:
    assert read_date(cell) == values.DateRead()


@pytest.mark.parametrize(
    ("cell", "lead", "others", "delegation"),
    [
        ("北山代表团,赵甲一", "赵甲一", (), "北山代表团"),
        ("北山代表团、赵甲一", "赵甲一", (), "北山代表团"),
        ("某某机械公司，钱乙", "钱乙", (), "某某机械公司"),
        ("赵甲一、钱乙、孙丙三", "赵甲一", ("钱乙", "孙丙三"), ""),
        ("赵甲一代表", "赵甲一", (), ""),
        ("钱 乙", "钱乙", (), ""),
        ("赵甲一 钱乙", "赵甲一", ("钱乙",), ""),
        ("阿依·古丽（领衔）、孙丙三", "阿依·古丽", ("孙丙三",), ""),
        ("南河代表团", "", (), "南河代表团"),
        ("", "", (), ""),
    ],
)
def test_a_person_cell_tells_lead_co_signers_and_delegation(
    cell: str, lead: str, others: tuple[str, ...], delegation: str
) -> None:
    persons = read_persons(cell)
    assert (persons.lead, persons.co_signers, persons.delegation) == (lead, others, delegation)
    assert not persons.incomplete


@pytest.mark.parametrize(
    ("cell", "count"), [("赵甲一等3名代表", 3), ("赵甲一等3人", 3), ("赵甲一等×人", None), ("赵甲一等", None)]
)
def test_and_others_is_no_list_of_co_signers(cell: str, count: int | None) -> None:
    persons = read_persons(cell)
    assert (persons.lead, persons.co_signers, persons.count, persons.incomplete) == ("赵甲一", (), count, True)


def test_a_count_that_fits_the_names_leaves_nothing_open() -> None:
    assert not read_persons("赵甲一、钱乙、孙丙三等3名代表").incomplete


@pytest.mark.parametrize(
    "cell", ["城建局、财政局", "城建局\n财政局", "城建局，财政局", "城建局 财政局", "主办：城建局；协办：财政局"]
)
def test_the_first_body_of_a_cell_leads(cell: str) -> None:
    assert with_roles(read_bodies(cell).named, "lead") == [("城建局", "lead"), ("财政局", "co")]


def test_roles_written_behind_the_body_are_read() -> None:
    assert read_bodies("财政局（会办）、城建局（主办）").named == (("财政局", "co"), ("城建局", "lead"))
    assert read_bodies("财政局（共同主办）、城建局（共同主办）").named == (("财政局", "joint"), ("城建局", "joint"))


def test_brackets_of_a_body_stay_whole() -> None:
    assert read_bodies("市改革办（营商局、法治办）、城建局").named == (
        ("市改革办（营商局、法治办）", ""),
        ("城建局", ""),
    )


def test_an_incomplete_list_of_bodies_is_a_question_and_the_bodies_stay() -> None:
    read = read_bodies("城建局、财政局等")
    assert [name for name, _ in read.named] == ["城建局", "财政局"]
    assert read.questions == (BODIES_INCOMPLETE,)


def test_bodies_without_their_city_are_fine_and_unnamed_ones_are_a_question() -> None:
    assert read_bodies("县卫健委、发改委").questions == ()
    assert read_bodies("市级有关部门") == read_bodies("相关单位")
    assert read_bodies("各乡镇").questions == (BODY_UNCLEAR,)


@pytest.mark.parametrize(
    ("head", "label"),
    [
        ("类别：C 赵甲一代表：您提出的建议收悉", "C"), ("办理结果：B 是否完成对外公开：是。赵甲一代表：", "B"),
        ("（B类） 尊敬的赵甲一代表：", "B"), ("[办理结果标注(A1)] 赵甲一代表：", "A1"),
        ("B2类 同意公开 赵甲一代表：", "B2"),
        ("关于第9号建议办理情况（B）的函 赵甲一代表：", "B"), ("赵甲一代表：改造A类道路三条", ""), ("", ""),
    ],
)  # fmt: skip
def test_the_class_is_read_from_the_head_of_the_letter_only(head: str, label: str) -> None:
    assert read_letter_head(head).class_label == label


def test_a_letter_head_tells_its_number_signer_and_contact() -> None:
    head = read_letter_head("东政函〔2022〕20号 签发：孙丙三 赵甲一代表：依据国发〔2019〕5号……联系人：钱乙")
    assert (head.document_number, head.signer, head.handler) == ("东政函〔2022〕20号", "孙丙三", "钱乙")
    assert read_letter_head("赵甲一代表：依据国发〔2019〕5号办理").document_number == ""


@pytest.mark.parametrize(
    ("text", "publicity"),
    [
        ("同意公开", "public"), ("（此回复件公开）", "public"), ("[是否同意公开(是)]", "public"),
        ("[是否同意公开(否)]", "not_public"),
        ("不同意公开", "not_public"), ("不予公开", "not_public"), ("注：“主动公开”", "public"),
        ("依申请公开", "on_request"),
        ("摘要公开", "summary"), ("", ""), ("看情况", None),
    ],
)  # fmt: skip
def test_publicity_is_read_with_its_refusals(text: str, publicity: str | None) -> None:
    assert read_publicity(text) == publicity


@pytest.mark.parametrize(
    ("cell", "label"), [("B类", "B"), ("（A1）", "A1"), ("C 黄", "C"), ("已解决", "已解决"), ("/", "")]
)
def test_a_class_cell_keeps_the_local_label(cell: str, label: str) -> None:
    assert read_class(cell) == label


@pytest.mark.parametrize("tick", ["√", "✓", "是", 92.0, "满意"])
def test_a_tick_or_a_score_in_its_column_is_a_rating(tick: values.Cell) -> None:
    assert read_ticks({"satisfied": tick, "mostly": "", "dissatisfied": None}).value == "satisfied"


def test_two_ticks_or_a_score_in_the_wrong_column_are_questions() -> None:
    assert read_ticks({"satisfied": "√", "mostly": "√"}).question == values.TICKED_TWICE
    assert read_ticks({"satisfied": "", "mostly": "85"}).question == values.SCORE_MISPLACED
    assert read_ticks({"satisfied": "×", "mostly": ""}).question == values.TICK_UNCLEAR


@pytest.mark.parametrize(
    ("cell", "rating"),
    [
        ("80", "satisfied"),
        (100.0, "satisfied"),
        ("79分", "mostly"),
        ("60", "mostly"),
        ("59", "dissatisfied"),
        ("基本满意", "mostly"),
    ],
)
def test_a_score_falls_into_its_band(cell: values.Cell, rating: str) -> None:
    assert read_rating(cell).value == rating


def test_a_score_above_a_hundred_is_a_question() -> None:
    assert read_rating("101").question == values.TICK_UNCLEAR
