"""A body's record on paper (承办单位办理档案), for whoever rates it: its figures, its words, and each of its items."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import force_locale
from flask_babel import gettext as _

from tracker.figures.measure import Group, Measure, Unit
from tracker.figures.measures import MEASURES, of_group
from tracker.figures.rules import interval
from tracker.paper.document import Block, Document, Paragraph, Table, paragraphs
from tracker.paper.text import chinese_day
from tracker.reports.citing import COUNTED_IN, fraction
from tracker.reports.data_sheet import LANGUAGE

NUMBERS = ("一", "二", "三", "四", "五", "六", "七", "八")
GROUPS = {
    Group.WORK: "办理数量",
    Group.TIME: "办理时限",
    Group.PASSING: "延期、退办和重办",
    Group.CONTACT: "与代表沟通",
    Group.OUTCOME: "答复类别",
    Group.SATISFACTION: "代表评价",
    Group.PROMISES: "承诺落实",
    Group.SIGNALS: "弱办迹象",
}
HEADERS = ["编号", "标题", "方式", "轮次", "最初期限", "现行期限", "答复", "类别", "结果评价", "迹象"]
WIDTHS = [9, 27, 8, 5, 11, 11, 11, 6, 7, 5]


@dataclass(frozen=True)
class Record:
    """What the record says: `before` are last year's figures, `items` the rows of the list."""

    body: str
    period: str
    frozen_on: date
    figures: Mapping[str, int]
    before: Mapping[str, int] | None
    whole: Mapping[str, int]
    statement: str
    stated_on: date | None
    items: Sequence[Sequence[Any]]
    more: int
    minimum: int


def paper(record: Record) -> Document:
    """The record as a document."""
    with force_locale(LANGUAGE):
        blocks: list[Block] = [Paragraph(_opening(record))]
        for place, (group, name) in enumerate(GROUPS.items()):
            blocks += [Paragraph(f"{NUMBERS[place]}、{name}"), _table(record, group)]
        blocks += [Paragraph("单位说明", indented=False), *_said(record)]
        blocks += [Paragraph("逐件情况", indented=False)]
        blocks.append(Table(HEADERS, record.items, WIDTHS) if record.items else Paragraph("（无）"))
        if record.more:
            blocks.append(Paragraph(f"另有{record.more}件次未列出。"))
        return Document(
            heading=f"{record.body}代表建议办理档案",
            number=f"{record.period}　　截至{chinese_day(record.frozen_on)}",
            blocks=blocks,
            compact=True,
        )


def _opening(record: Record) -> str:
    return (
        "件次为建议与承办单位之数；“占比”均同时列出件次；"
        f"不足{record.minimum}件次的不计百分比。区间为95%置信区间（威尔逊区间），件次越少区间越宽。"
        "到期未答复的计入逾期；未评价的单列，不计入满意。"
    )


def _table(record: Record, group: Group) -> Table:
    rows = []
    for one in of_group(group):
        if one.unit is Unit.ITEMS:
            continue
        of = one.of if is_part(one) else ""
        part, whole = record.figures.get(one.key, 0), record.figures.get(of, 0)
        before = "—" if record.before is None else str(record.before.get(one.key, 0))
        all_part, all_whole = record.whole.get(one.key, 0), record.whole.get(of, 0)
        rows.append(
            [
                _(one.name),
                f"{part}{COUNTED_IN[one.unit]}",
                fraction(part, whole, record.minimum),
                _between(part, whole),
                before,
                fraction(all_part, all_whole, record.minimum),
            ]
        )
    return Table(["指标", "数量", "占比", "区间", "上年数量", "全部单位"], rows, [25, 13, 18, 14, 11, 19])


def is_part(one: Measure) -> bool:
    """Whether it is a part of what it is counted of: days held are beside item-bodies, and no part of them."""
    return bool(one.of) and MEASURES[one.of].unit is one.unit


def _between(part: int, whole: int) -> str:
    found = interval(part, whole)
    return f"{found[0]}–{found[1]}%" if found else "—"


def _said(record: Record) -> list[Block]:
    if not record.statement:
        return [Paragraph("（该单位没有说明。）")]
    return [*paragraphs(record.statement), Paragraph(f"（{chinese_day(record.stated_on)}）")]
