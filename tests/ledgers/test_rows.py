from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from tests.ledgers.sheets_made import HEADER, xlsx
from tracker.ledgers import cells, records, rows, values
from tracker.ledgers.rows import Ledger, read

TODAY = date(2026, 11, 22)


def ledger(
    tmp_path: Path, *lines: tuple[Any, ...], header: tuple[str, ...] = HEADER, merges: tuple[str, ...] = ()
) -> Ledger:
    return read(xlsx(tmp_path / "ledger.xlsx", [header, *lines], merges), today=TODAY)


def asked(read_in: Ledger) -> list[tuple[int, str, str]]:
    return [(question.row, question.column, question.why) for question in read_in.questions]


def test_blank_rows_totals_notes_and_repeated_headers_are_no_suggestions(tmp_path: Path) -> None:
    found = ledger(
        tmp_path,
        ("第1号", "赵甲一", "修路", "城建局", "", ""),
        ("",) * 6,
        HEADER,
        ("第2号", "钱乙", "架桥", "城建局", "", ""),
        ("合 计", "2件", "", "", "", ""),
        ("注：本表不含闭会建议", "", "", "", "", ""),
    )
    assert [row.row for row in found.rows] == [2, 5]
    assert found.skipped == [(6, records.TOTALS_ROW), (7, records.NOTE_ROW)]
    assert found.questions == []


def test_totals_that_do_not_fit_are_a_question(tmp_path: Path) -> None:
    found = ledger(tmp_path, ("1", "赵甲一", "修路", "城建局", "", ""), ("合计：3件", "", "", "", "", ""))
    assert asked(found) == [(3, "", rows.TOTAL_DIFFERS)]
    assert found.questions[0].values == {"said": 3, "counted": 1}


def test_a_title_that_begins_with_the_word_for_totals_is_a_suggestion(tmp_path: Path) -> None:
    assert len(ledger(tmp_path, ("合计划三", "赵甲一", "总计支出公开", "财政局", "", "")).rows) == 1


def test_a_heading_between_rows_names_the_delegation(tmp_path: Path) -> None:
    found = ledger(
        tmp_path,
        ("北山代表团（1件）", "", "", "", "", ""),
        ("1", "赵甲一", "修路", "", "", ""),
        ("南河代表团", "", "", "", "", ""),
        ("2", "钱乙", "架桥", "", "", ""),
        merges=("A2:F2", "A4:F4"),
    )
    assert [row.delegation for row in found.rows] == ["北山代表团", "南河代表团"]
    assert [skipped.row for skipped in found.skipped] == [2, 4]


def test_a_delegation_merged_downwards_holds_for_all_its_rows(tmp_path: Path) -> None:
    found = ledger(
        tmp_path,
        ("北山代表团", "1", "赵甲一", "修路"),
        ("", "2", "钱乙", "架桥"),
        header=("代表团", "编号", "领衔代表", "标题"),
        merges=("A2:A3",),
    )
    assert [row.delegation for row in found.rows] == ["北山代表团", "北山代表团"]


def test_a_suggestion_merged_over_two_rows_counts_once_with_both_bodies(tmp_path: Path) -> None:
    found = ledger(
        tmp_path,
        ("1", "赵甲一", "修路", "城建局", "", ""),
        ("", "", "", "财政局", "", ""),
        ("2", "钱乙", "架桥", "城建局", "", ""),
        merges=("A2:A3", "B2:B3", "C2:C3"),
    )
    assert [(row.number, len(row.bodies)) for row in found.rows] == [("1", 2), ("2", 1)]


def test_a_whole_row_becomes_facts(tmp_path: Path) -> None:
    header = (*HEADER, "办理情况", "责任领导", "联系人", "备注")
    reply = "东政函〔2025〕3号（A类） 赵甲一代表：您提的建议已办结。签发人：李丁"
    line = (
        1.0,
        "赵甲一、钱乙",
        "关于修路的建议",
        "城建局\n财政局",
        "2025.3.15",
        date(2025, 6, 1),
        reply,
        "周戊",
        "吴己",
        "重点督办",
    )
    row = ledger(tmp_path, line, header=header).rows[0]
    assert (row.number, row.number_key, row.title, row.key) == ("1", "1", "关于修路的建议", True)
    assert (row.lead_deputy, row.co_signers) == ("赵甲一", ("钱乙",))
    assert row.bodies == (("城建局", "lead", False), ("财政局", "co", False))
    assert (row.handed_over_on, row.replied_on) == (date(2025, 3, 15), date(2025, 6, 1))
    assert (row.class_label, row.document_number, row.signer) == ("A", "东政函〔2025〕3号", "李丁")
    assert (row.responsible_leader, row.handler, row.reply_text) == ("周戊", "吴己", reply)
    assert row.cells["交办日期"] == "2025.3.15"


def test_a_proposed_body_is_only_proposed(tmp_path: Path) -> None:
    found = ledger(tmp_path, ("1", "修路", "城建局、财政局"), header=("编号", "标题", "拟主办单位"))
    assert found.rows[0].bodies == (("城建局", "lead", True), ("财政局", "co", True))


def test_a_hand_over_after_its_reply_is_a_question_and_stays_out(tmp_path: Path) -> None:
    found = ledger(tmp_path, ("1", "赵甲一", "修路", "城建局", "2031年3月15日", "2022-06-16"))
    assert asked(found) == [(2, "交办日期", cells.AFTER_REPLY)]
    assert found.questions[0].value == "2031年3月15日"
    assert (found.rows[0].handed_over_on, found.rows[0].replied_on) == (None, date(2022, 6, 16))
    assert found.rows[0].cells["交办日期"] == "2031年3月15日"


def test_a_hand_over_in_the_future_is_a_question(tmp_path: Path) -> None:
    found = ledger(tmp_path, ("1", "赵甲一", "修路", "城建局", "2027-03-15", ""))
    assert asked(found) == [(2, "交办日期", cells.IN_FUTURE)]


def test_a_due_day_may_lie_in_the_future_but_not_before_the_hand_over(tmp_path: Path) -> None:
    header = ("编号", "标题", "交办日期", "办理时限")
    fine, wrong = ("1", "修路", "2026-10-01", "2027-01-01"), ("2", "架桥", "2026-10-01", "2026-01-01")
    found = ledger(tmp_path, fine, wrong, header=header)
    assert [row.due_on for row in found.rows] == [date(2027, 1, 1), None]
    assert (3, "办理时限", cells.DUE_BEFORE) in asked(found)


def test_a_date_without_a_year_keeps_its_row(tmp_path: Path) -> None:
    found = ledger(tmp_path, ("1", "赵甲一", "修路", "城建局", "3月15日", "2025-08"))
    assert asked(found) == [(2, "交办日期", values.NO_YEAR), (2, "答复日期", values.NO_DAY)]
    assert len(found.rows) == 1


def test_a_repeated_number_keeps_its_row_but_is_not_known_by_it(tmp_path: Path) -> None:
    found = ledger(tmp_path, ("第12号", "赵甲一", "修路", "", "", ""), ("012", "钱乙", "架桥", "", "", ""))
    assert asked(found) == [(3, "建议编号", rows.REPEATED_NUMBER)]
    assert found.questions[0].values == {"first": 2}
    assert [(row.number, row.number_key) for row in found.rows] == [("第12号", "12"), ("012", "")]


def test_without_numbers_title_and_deputy_tell_suggestions_apart(tmp_path: Path) -> None:
    header = ("领衔代表", "标题")
    found = ledger(tmp_path, ("赵甲一", "修路"), ("钱乙", "修路"), ("赵甲一", "修路"), header=header)
    assert asked(found) == [(4, "标题", rows.REPEATED_SUGGESTION)]
    assert len(found.rows) == 3


def test_a_row_without_deputy_number_or_title_is_asked_about_and_counts(tmp_path: Path) -> None:
    found = ledger(tmp_path, ("", "", "修路", "城建局", "", ""), ("2", "钱乙", "", "城建局", "", ""))
    assert asked(found) == [
        (2, "建议编号", cells.NO_NUMBER),
        (2, "领衔代表", cells.NO_DEPUTY),
        (3, "建议标题", cells.NO_TITLE),
    ]
    assert len(found.rows) == 2


def test_a_ledger_without_deputies_is_asked_about_once(tmp_path: Path) -> None:
    found = ledger(tmp_path, ("1", "修路"), ("2", "架桥"), header=("编号", "标题"))
    assert asked(found) == [(1, "", rows.NO_DEPUTY_COLUMN)]


def test_a_title_like_a_reply_or_a_letter_is_asked_about(tmp_path: Path) -> None:
    found = ledger(
        tmp_path,
        ("1", "赵甲一", "关于九届人大一次会议第7号建议的答复函（船舶）", "", "", ""),
        ("2", "赵甲一", "对市九届人大一次会议第8号建议的答复", "", "", ""),
        ("3", "赵甲一", "某小区居民来信反映噪声", "", "", ""),
        ("4", "赵甲一", "关于提高答复质量的建议", "", "", ""),
    )
    why = [cells.LIKE_A_REPLY, cells.LIKE_A_REPLY, cells.LIKE_A_LETTER]
    assert [question.why for question in found.questions] == why


def test_a_class_in_the_letter_that_contradicts_the_column_is_asked_about(tmp_path: Path) -> None:
    header = ("编号", "领衔代表", "标题", "等级", "答复内容")
    found = ledger(tmp_path, ("1", "赵甲一", "修路", "A", "（B类） 赵甲一代表：……"), header=header)
    assert asked(found) == [(2, "等级", cells.CLASS_DIFFERS)]


def test_two_bodies_in_the_lead_column_beside_a_co_column_are_asked_about(tmp_path: Path) -> None:
    header = ("编号", "领衔代表", "标题", "主办单位", "协办单位")
    found = ledger(tmp_path, ("1", "赵甲一", "修路", "城建局、交通局", "财政局"), header=header)
    assert [question.column for question in found.questions] == ["主办单位"]
    assert [role for _, role, _ in found.rows[0].bodies] == ["lead", "co", "co"]


def test_co_signers_named_elsewhere_complete_the_count(tmp_path: Path) -> None:
    header = ("编号", "领衔代表", "附议人", "标题")
    whole, short = ("1", "赵甲一等3名代表", "钱乙、孙丙三", "修路"), ("2", "赵甲一", "钱乙等5人", "架桥")
    found = ledger(tmp_path, whole, short, header=header)
    assert asked(found) == [(3, "附议人", "The list of co-signers is incomplete.")]
    assert found.rows[0].co_signers == ("钱乙", "孙丙三")
