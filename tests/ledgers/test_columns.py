from __future__ import annotations

from pathlib import Path

import pytest

from tests.ledgers.sheets_made import HEADER, csv_file, xlsx
from tracker.ledgers.overrides import Overrides, read_overrides
from tracker.ledgers.parts import LedgerUnreadable
from tracker.ledgers.rows import read

LONG = "东坡路年久失修，雨天积水，居民出行不便，" * 8


def fields(path: Path, **said: object) -> dict[str, str]:
    return read(path, **said).mapping.as_json()  # type: ignore[arg-type]


def test_the_title_above_the_header_is_the_ledgers_title(tmp_path: Path) -> None:
    rows = [
        ("东坡市第九届人大一次会议建议目录",),
        ("填报单位：某室", "2025年"),
        HEADER,
        ("1", "赵甲一", "修路", "", "", ""),
    ]
    ledger = read(xlsx(tmp_path / "a.xlsx", rows, merges=["A1:F1"]))
    assert ledger.title == "东坡市第九届人大一次会议建议目录"
    assert ledger.mapping.header_rows == (3,)


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_a_header_of_two_rows_is_read_with_and_without_merges(tmp_path: Path, kind: str) -> None:
    rows = [
        ("编号", "标题", "承办单位", "", "测评情况", "", ""),
        ("", "", "主办", "协办", "满意(80–100分)", "基本满意", "不满意"),
        ("1", "修路", "城建局", "财政局、公安局", "", "√", ""),
    ]
    merges = ["A1:A2", "B1:B2", "C1:D1", "E1:G1"]
    path = xlsx(tmp_path / "a.xlsx", rows, merges) if kind == "xlsx" else csv_file(tmp_path / "a.csv", rows)
    ledger = read(path)
    assert ledger.mapping.header_rows == (1, 2)
    assert ledger.rows[0].bodies == (("城建局", "lead", False), ("财政局", "co", False), ("公安局", "co", False))
    assert ledger.rows[0].satisfaction == "mostly"


def test_attitude_and_result_are_rated_apart(tmp_path: Path) -> None:
    rows = [
        ("编号", "标题", "办理态度", "", "办理结果评价", ""),
        ("", "", "满意", "不满意", "满意", "不满意"),
        ("1", "修路", "√", "", "", "√"),
    ]
    row = read(xlsx(tmp_path / "a.xlsx", rows, ["A1:A2", "B1:B2", "C1:D1", "E1:F1"])).rows[0]
    assert (row.attitude, row.satisfaction) == ("satisfied", "dissatisfied")


def test_the_first_suggestion_is_not_taken_for_a_second_header_row(tmp_path: Path) -> None:
    rows = [("编号", "标题", "承办单位"), ("1", "修路", "城建局")]
    assert read(xlsx(tmp_path / "a.xlsx", rows)).mapping.header_rows == (1,)


def test_content_is_the_title_only_where_no_title_stands(tmp_path: Path) -> None:
    alone = xlsx(tmp_path / "a.xlsx", [("编号", "内容"), ("1", "修路")])
    beside = xlsx(tmp_path / "b.xlsx", [("编号", "标题", "内容"), ("1", "修路", "路坏了")])
    both = xlsx(tmp_path / "c.xlsx", [("编号", "建议内容", "正文"), ("1", "修路", LONG)])
    assert fields(alone)["内容"] == "title"
    assert fields(beside)["内容"] == "text"
    assert fields(both) == {"编号": "number", "建议内容": "title", "正文": "text"}


def test_a_long_content_is_no_title(tmp_path: Path) -> None:
    assert fields(xlsx(tmp_path / "a.xlsx", [("编号", "建议内容"), ("1", LONG)]))["建议内容"] == "text"


def test_kind_is_the_subject_unless_it_holds_classes(tmp_path: Path) -> None:
    subject = xlsx(tmp_path / "a.xlsx", [("编号", "标题", "类别"), ("1", "修路", "城建环保")])
    result = xlsx(tmp_path / "b.xlsx", [("编号", "标题", "类别"), ("1", "修路", "A类"), ("2", "架桥", "B")])
    assert fields(subject)["类别"] == "category"
    assert fields(result)["类别"] == "class_label"


def test_handling_is_a_class_or_a_paragraph(tmp_path: Path) -> None:
    label = xlsx(tmp_path / "a.xlsx", [("编号", "标题", "办理情况"), ("1", "修路", "已解决"), ("2", "架桥", "B")])
    reply = xlsx(tmp_path / "b.xlsx", [("编号", "标题", "办理情况"), ("1", "修路", "赵甲一代表：您提出的建议收悉。")])
    assert fields(label)["办理情况"] == "class_label"
    assert fields(reply)["办理情况"] == "reply_text"


def test_the_serial_is_the_number_only_if_nothing_else_is(tmp_path: Path) -> None:
    alone = read(xlsx(tmp_path / "a.xlsx", [("序号", "标题"), (1, "修路")]))
    beside = read(xlsx(tmp_path / "b.xlsx", [("序号", "建议编号", "标题"), (1, "第7号", "修路")]))
    assert alone.rows[0].number == "1"
    assert beside.rows[0].number == "第7号"
    assert beside.mapping.unmapped == ("序号",)


def test_a_sheet_about_bodies_is_no_ledger_of_suggestions(tmp_path: Path) -> None:
    rows = [("序号", "承办单位", "承办建议数", "满意"), (1, "城建局", 12, 11)]
    with pytest.raises(LedgerUnreadable, match="No row with column headings"):
        read(xlsx(tmp_path / "a.xlsx", rows))


def test_a_layout_file_says_what_the_alias_table_does_not_know(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", [("件", "说的是", "谁说的", "备注"), ("7", "修路", "赵甲一", "重点督办")])
    said = tmp_path / "map.toml"
    said.write_text(
        'header_row = 1\nsheet = "台账"\n[columns]\n"件" = "number"\n"说的是" = "title"\n'
        '"谁说的" = "lead_deputy"\n"备注" = "ignore"',
        "utf-8",
    )
    ledger = read(path, mapping=read_overrides(said))
    assert (ledger.rows[0].number, ledger.rows[0].title, ledger.rows[0].lead_deputy) == ("7", "修路", "赵甲一")
    assert ledger.mapping.unmapped == ("备注",)
    assert not ledger.rows[0].key


def test_a_layout_file_may_correct_a_single_heading(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", [("编号", "标题", "单位"), ("7", "修路", "城建局")])
    assert read(path).rows[0].delegation == "城建局"
    assert read(path, mapping=Overrides({"单位": "lead_body"})).rows[0].bodies == (("城建局", "lead", False),)


@pytest.mark.parametrize(
    "said", ["[columns", '[columns]\n"a" = "nonsense"', "header_row = 0", "unknown = 1", 'header_row = "x"']
)
def test_a_layout_file_with_a_mistake_is_refused(tmp_path: Path, said: str) -> None:
    (tmp_path / "map.toml").write_text(said, "utf-8")
    with pytest.raises(LedgerUnreadable):
        read_overrides(tmp_path / "map.toml")
