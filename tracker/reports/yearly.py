"""The yearly report on handling to the standing committee: written from one count, every number with its source.

A draft for the office to go on with: what figures cannot say (what comes next) is left to it, and says so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext

from tracker.figures.measures import MEASURES
from tracker.paper.document import Block, Document, Paragraph, Table
from tracker.paper.text import chinese_day
from tracker.reports.citing import COUNTED_IN, Cited, Row, fraction

Figures = Mapping[str, int]
WORST = 5
OUTCOMES = (
    ("solved", "已经解决"),
    ("partly_solved", "部分解决"),
    ("in_progress_this_year", "年内解决"),
    ("planned", "列入计划"),
    ("not_now", "暂时不能解决"),
    ("not_feasible", "不可行"),
    ("higher_authority", "需上级解决"),
    ("reference_only", "留作参考"),
    ("unclassed", "没有类别"),
)


@dataclass(frozen=True)
class Year:
    """What the report is written from: one count of one period, what it was last year, and what else was found."""

    congress: str
    office: str
    period: str  # “2026年”, “第十五届人民代表大会第三次会议”
    frozen_on: date
    whole: Figures
    before: Figures | None
    branches: Sequence[Row]
    bodies: Sequence[Row]
    subjects: Sequence[Row]
    signs: Sequence[tuple[str, int]]  # kinds of signals with how many are open
    unseen: Sequence[tuple[str, int]]  # what we cannot see
    minimum: int  # a body with fewer cases is compared with none


def report(year: Year, cited: Cited) -> Document:
    """The report as an official document; its annexes carry the tables and the sources."""
    blocks: list[Block] = [Paragraph(_opening(year))]
    for heading, told in (
        ("一、基本情况", _received(year, cited)),
        ("二、办理时限", _in_time(year, cited)),
        ("三、办理结果", _outcome(year, cited)),
        ("四、代表评价", _said(year, cited)),
        ("五、承诺落实", _kept(year, cited)),
        ("六、办理中的问题", _weak(year, cited)),
    ):
        blocks += [Paragraph(heading), *(Paragraph(one) for one in told)]
    blocks += [Paragraph("七、下一步工作"), Paragraph(f"（本部分由{year.office}撰写。）")]
    return Document(
        heading=f"关于{year.period}代表建议、批评和意见办理情况的报告",
        addressee=f"{year.congress}常务委员会：",
        blocks=blocks,
        signature=year.office,
        day=year.frozen_on,
        slip=_annexes(year, cited),
    )


def _opening(year: Year) -> str:
    return (
        f"现将{year.period}代表建议、批评和意见（以下简称代表建议）办理情况报告如下。"
        f"本报告所有数字截至{chinese_day(year.frozen_on)}，件数按建议计，件次按建议与承办单位计；"
        "“按期”同时列出按最初期限和按现行期限两个口径，到期未答复的计入逾期。"
    )


def _received(year: Year, cited: Cited) -> list[str]:
    whole = year.whole
    told = (
        f"共登记代表建议{cited.number(whole, 'items_recorded')}，交付办理{cited.number(whole, 'items')}，"
        f"分送承办单位{cited.number(whole, 'received')}，其中须答复{cited.number(whole, 'main')}，"
        f"会办{cited.number(whole, 'co')}。"
    )
    branches = "；".join(
        f"{row.name}{cited.number(row.figures, 'main', row)}" for row in year.branches if row.figures.get("main")
    )
    found = [told]
    if branches:
        found.append(f"按承办系统分，须答复的：{branches}。")
    if year.before is not None and year.before.get("items"):
        found.append(f"上年同口径交付办理{year.before['items']}件。")
    return found


def _in_time(year: Year, cited: Cited) -> list[str]:
    whole = year.whole
    return [
        f"已答复{cited.share(whole, 'answered')}，未答复{cited.number(whole, 'open')}。"
        f"按最初期限计，按期{cited.share(whole, 'in_time_original')}，逾期{cited.share(whole, 'late_original')}，"
        f"其中到期仍未答复{cited.number(whole, 'open_late_original')}。"
        f"按现行期限计，按期{cited.share(whole, 'in_time_current')}，逾期{cited.share(whole, 'late_current')}。",
        f"批准延期{cited.share(whole, 'extended')}；退办{cited.share(whole, 'returned')}，"
        f"退办未获同意{cited.number(whole, 'return_refused')}；答复被退回{cited.share(whole, 'sent_back')}；"
        f"重新办理{cited.number(whole, 'renewed')}。",
        f"答复前与代表沟通{cited.share(whole, 'contact_before')}，"
        f"仅在答复后沟通{cited.number(whole, 'contact_after')}，没有沟通记录{cited.number(whole, 'contact_none')}。",
    ]


def _outcome(year: Year, cited: Cited) -> list[str]:
    told = f"现行有效的答复{cited.number(year.whole, 'final')}"
    classes = "；".join(f"{name}{cited.share(year.whole, key)}" for key, name in OUTCOMES if year.whole.get(key))
    return [f"{told}，其中：{classes}。" if classes else f"{told}。"]


def _said(year: Year, cited: Cited) -> list[str]:
    whole = year.whole
    return [
        f"首次答复送出{cited.number(whole, 'first_asked')}，代表已评价{cited.share(whole, 'first_rated')}，"
        f"其中满意{cited.share(whole, 'first_satisfied')}、基本满意{cited.share(whole, 'first_mostly')}、"
        f"不满意{cited.share(whole, 'first_dissatisfied')}，未评价{cited.number(whole, 'first_unrated')}。",
        f"以最后一次评价计，已评价{cited.share(whole, 'last_rated')}，其中满意{cited.share(whole, 'last_satisfied')}、"
        f"基本满意{cited.share(whole, 'last_mostly')}、不满意{cited.share(whole, 'last_dissatisfied')}；"
        f"逾期未评价{cited.number(whole, 'last_unrated')}，不计入满意。",
    ]


def _kept(year: Year, cited: Cited) -> list[str]:
    whole = year.whole
    return [
        f"答复中作出承诺{cited.number(whole, 'promises')}，已到最初承诺日期{cited.number(whole, 'promises_due')}。"
        f"其中按期落实{cited.share(whole, 'promises_kept')}，逾期落实{cited.share(whole, 'promises_kept_late')}，"
        f"未落实{cited.share(whole, 'promises_missed')}；推迟日期{cited.number(whole, 'promises_moved')}。"
    ]


def _weak(year: Year, cited: Cited) -> list[str]:
    found = []
    if worst := _worst(year):
        told = "；".join(f"{row.name}逾期{cited.share(row.figures, 'late_original', row)}" for row in worst)
        found.append(f"按最初期限计，逾期比例较高的单位（须答复不少于{year.minimum}件次）：{told}。")
    if never := [row for row in year.bodies if row.figures.get("main") and not row.figures.get("answered")]:
        told = "、".join(f"{row.name}（须答复{cited.number(row.figures, 'main', row)}）" for row in never)
        found.append(f"至今一件未答复的单位：{told}。")
    if year.signs:
        told = "，".join(f"{name}{count}处" for name, count in year.signs)
        found.append(f"办理过程中查到的弱办迹象（供研判，不作结论）：{told}。")
    if year.unseen:
        told = "，".join(f"{name}{count}" for name, count in year.unseen)
        found.append(f"目前无法反映的情况：{told}。")
    return found or ["没有发现逾期、弱办迹象和无法反映的情况。"]


def _worst(year: Year) -> list[Row]:
    """The bodies most of whose answers are late, of those with enough cases to be compared."""
    compared = [
        row
        for row in year.bodies
        if row.figures.get("due_original", 0) >= year.minimum and row.figures.get("late_original")
    ]
    return sorted(compared, key=lambda row: (-row.figures["late_original"] / row.figures["due_original"], row.name))[
        :WORST
    ]


def _annexes(year: Year, cited: Cited) -> list[Block]:
    by_body = [_line(row, year.minimum) for row in year.bodies]
    by_subject = [[row.name or "未分类", *_counts(row.figures, ("items", "items_answered", "items_late_original"))]
                  for row in year.subjects]  # fmt: skip
    blocks: list[Block] = [
        Paragraph("附表1 各承办单位办理情况（件次）", indented=False),
        Table(HEADERS, by_body, WIDTHS),
    ]
    blocks += [
        Paragraph("附表2 各类建议办理情况（件）", indented=False),
        Table(["类别", "交办", "已答复", "逾期（最初期限）"], by_subject, [40, 20, 20, 20]),
    ]
    if cited.marked:
        blocks += [Paragraph("附表3 数据来源", indented=False), _sources(cited)]
    return blocks


HEADERS = ["承办单位", "须答复", "已答复", "按期（最初）", "逾期（最初）", "逾期（现行）", "满意（最后）", "未评价"]
WIDTHS = [26, 9, 9, 14, 14, 10, 10, 8]


def _line(row: Row, minimum: int) -> list[str]:
    figures = row.figures
    return [
        row.name,
        *_counts(figures, ("main", "answered")),
        _of(figures, "in_time_original", minimum),
        _of(figures, "late_original", minimum),
        *_counts(figures, ("late_current",)),
        _of(figures, "last_satisfied", minimum),
        *_counts(figures, ("last_unrated",)),
    ]


def _counts(figures: Figures, keys: Sequence[str]) -> list[str]:
    return [str(figures.get(key, 0)) for key in keys]


def _of(figures: Figures, key: str, minimum: int) -> str:
    return fraction(figures.get(key, 0), figures.get(MEASURES[key].of, 0), minimum)


def _sources(cited: Cited) -> Table:
    rows = [
        [
            str(one.mark),
            f"{one.value}{COUNTED_IN[MEASURES[one.key].unit]}",
            one.of_whom,
            f"{gettext(MEASURES[one.key].name)}：{gettext(MEASURES[one.key].how)}",
            one.address,
        ]
        for one in cited.sources
    ]
    return Table(["标号", "数字", "范围", "口径", "清单"], rows, [7, 11, 18, 40, 24])
