"""Points on paper (考核评分表): a body's sheet with each formula, and the list of all."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import force_locale
from flask_babel import gettext as _

from tracker.figures.measures import MEASURES
from tracker.paper.document import Block, Document, Paragraph, Table
from tracker.paper.text import chinese_day
from tracker.reports.citing import COUNTED_IN
from tracker.reports.data_sheet import LANGUAGE
from tracker.reports.models import Assessment
from tracker.reports.queries import Assessed, read
from tracker.reports.rules import How, Scored


def sheet_of(assessment: Assessment, one: Assessed) -> Document:
    """One body's sheet: every item with its figures and the formula that makes its points."""
    with force_locale(LANGUAGE):
        scheme = read(assessment.scheme)
        rows = [
            [
                str(place),
                score.item.zh,
                f"{score.item.points:f}",
                formula(score),
                "不计" if score.points is None else f"{score.points:f}",
            ]
            for place, score in enumerate(one.scores, start=1)
        ]
        reached = f"{one.total.points:f}分（应得{one.total.out_of:f}分）"
        blocks: list[Block] = [
            Table(["序号", "项目", "满分", "计算", "得分"], rows, [7, 33, 9, 39, 12]),
            Paragraph(f"合计：{reached}。{place_of(one, assessment.minimum)}"),
            Paragraph("没有件次的项目不计分，也不计入应得分。"),
        ]
        return Document(
            heading=f"{one.body.name}代表建议办理工作考核评分表",
            number=f"{assessment.title}　　{scheme.title_zh}",
            blocks=blocks,
            day=assessment.finished_on,
            remarks=[] if assessment.finished_on else ["（草稿，尚未确定。）"],
            compact=True,
        )


def list_of(assessment: Assessment, found: Sequence[Assessed]) -> Document:
    """All bodies on one list; those with too few cases stand apart, without a place."""
    rows = [
        [
            str(one.place) if one.place else "—",
            one.body.name,
            str(one.cases),
            f"{one.total.points:f}",
            f"{one.total.out_of:f}",
            percent_of(one),
        ]
        for one in found
    ]
    few = f"承办不足{assessment.minimum}件次的单位不排名次。"
    return Document(
        heading=f"{assessment.title}考核评分汇总表",
        blocks=[
            Table(["名次", "承办单位", "件次", "得分", "应得分", "得分率"], rows, [9, 41, 11, 13, 13, 13]),
            Paragraph(f"{few}没有件次的项目不计入应得分，按得分率排列。"),
        ],
        number=f"截至{chinese_day(assessment.finished_on or assessment.begun_on)}",
        remarks=[] if assessment.finished_on else ["（草稿，尚未确定。）"],
        compact=True,
    )


def formula(score: Scored) -> str:
    """How the points came about, to be reckoned after: “20 × 17件次 ÷ 20件次”."""
    item = score.item
    if item.how is How.HAND:
        return score.note or _("given by hand, with a reason")
    part = f"{score.part}{COUNTED_IN[MEASURES[item.measure].unit]}"
    if item.how is How.EACH:
        return f"{item.points:f} − {item.minus:f} × {part}{_floor(score)}"
    if not score.whole:
        return f"{_(MEASURES[item.of].name)}：0"
    whole = f"{score.whole}{COUNTED_IN[MEASURES[item.of].unit]}"
    if item.how is How.SHARE:
        return f"{item.points:f} × {part} ÷ {whole}"
    return f"{item.points:f} − {item.minus:f} × ({item.full_at:f} − {score.percent:f}){_floor(score)}"


def _floor(score: Scored) -> str:
    return _(", at least %(points)s", points=f"{score.item.least:f}")


def place_of(one: Assessed, minimum: int) -> str:
    """Its place, or why it has none."""
    return f"名次：第{one.place}名。" if one.place else f"承办{one.cases}件次，不足{minimum}件次，不排名次。"


def percent_of(one: Assessed) -> str:
    return f"{one.total.share * 100:.1f}%" if one.total.out_of else "—"
