"""The papers on a clerk's table in her first week: the structure workbook, two ledgers, a parcel of Word files."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl

from tests.documents.forty import Made
from tests.documents.hostile import parcel, with_part, word
from tests.documents.wordings import DELEGATIONS, all_names
from tests.ledgers.sheets_made import xlsx

MEETING = "临江市第十五届人民代表大会第三次会议"
ROADS, SCHOOLS, HOUSES = "市交通运输局", "市教育局", "市住房和城乡建设局"
# Name, short name, former names, branch, is a hub, hub.
BODIES = (
    ("市政府办公室", "市府办", "", "政府", "是", ""),
    (ROADS, "市交通局", "市公路局", "政府", "", "市政府办公室"),
    (SCHOOLS, "", "", "政府", "", "市政府办公室"),
    (HOUSES, "市住建局", "市城建局", "政府", "", "市政府办公室"),
    ("市中级人民法院", "市中院", "", "法院", "", ""),
)
# Body, name, rank, address, absent from, absent until, substitute.
OFFICERS = (
    (ROADS, "林承办", "联系人", "lin@city.example", "2026-02-01", "2026-02-28", f"{ROADS}/何副局长"),
    (ROADS, "何副局长", "分管负责人", "he@city.example", "", "", ""),
    (SCHOOLS, "郑承办", "联系人", "zheng@city.example", "", "", ""),
    (HOUSES, "吴承办", "联系人", "wu@city.example", "", "", ""),
    ("市政府办公室", "秦督查", "督查室", "qin@city.example", "", "", ""),
)
BODY_HEADINGS = ("名称", "简称", "曾用名", "系统", "是否枢纽", "分办单位")
OFFICER_HEADINGS = ("单位", "姓名", "层级", "电子邮箱", "离岗起始日期", "离岗结束日期", "代理人")
DEPUTY_HEADINGS = ("姓名", "届次", "代表团", "代表证号", "电子邮箱")
# Last year's ledger in the layout its office publishes (no. 6): what was asked, who answered, and how.
LETTER = "类别:A 代表:您提出的建议收悉,现答复如下:\n一、已列入计划并完工。\n二、今后加强管理。"
LAST_YEAR = (
    (1, "赵建国", "关于加快老旧小区加装电梯的建议", HOUSES, "2025年3月15日", "2025-06-04", LETTER),
    (2, "赵建国", "关于老旧小区加装电梯资金的建议", "市城建局", "2025.3.15", "2025-06-10", LETTER),
    (3, "赵建国", "关于拓宽改造东坡路南段的建议", "市公路局", "2025-03-15", "2025-05-20", LETTER),
    (4, "赵建国", "关于在城南片区新建一所小学的建议", SCHOOLS, "2025-03-15", "2025-06-12", LETTER),
)
HEADINGS = ("建议号", "提案人", "内容", "承办单位", "交办日期", "反馈时间", "办理情况")


def filled_in(template: bytes, spoilt: bool = False) -> bytes:
    """The empty workbook with the town in it; `spoilt`: one officer sits in a body nobody has heard of."""
    book = openpyxl.load_workbook(io.BytesIO(template))
    _append(book, "届次", ("届次", "开始日期"), [("15", "2024-01-10")])
    _append(book, "机构", BODY_HEADINGS, BODIES)
    lost = [("市气象局", "冯承办", "联系人", "feng@city.example", "", "", "")] if spoilt else []
    _append(book, "联系人", OFFICER_HEADINGS, [*OFFICERS, *lost])
    _append(book, "代表团", ("名称", "届次"), [(name, "15") for name in DELEGATIONS])
    people = [
        (name, "15", DELEGATIONS[place % len(DELEGATIONS)], f"15{place:03}", f"d{place}@people.example")
        for place, name in enumerate(all_names())
    ]
    _append(book, "代表", DEPUTY_HEADINGS, people)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _append(book: openpyxl.Workbook, sheet: str, headings: tuple[str, ...], rows) -> None:
    """Rows under the template's own headings, wherever they stand; a heading the template lacks fails."""
    page = book[sheet]
    there = [str(cell.value).rstrip("*") for cell in page[1]]
    for row in rows:
        page.append([dict(zip(headings, row, strict=True)).get(heading, "") for heading in there])
    missing = [heading for heading in headings if heading not in there]
    assert not missing, (sheet, missing, there)


def last_years_ledger(folder: Path) -> Path:
    return xlsx(folder / "去年.xlsx", [HEADINGS, *LAST_YEAR])


def forty_and_two(files: list[Made]) -> bytes:
    """Forty Word files in one zip, and among them one that is secret and one that carries a macro."""
    secret = word("机密★5年", "关于雷达站的建议", "请迁移雷达站。", "建议人:赵建国")
    return parcel(
        {one.name: one.content for one in files}
        | {"98 雷达站.docx": secret, "99 表格.docx": with_part("word/vbaProject.bin", b"macro")}
    )
