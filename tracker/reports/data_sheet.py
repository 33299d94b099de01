"""Everything about one suggestion on paper (办理情况单): who had it, by when, what was answered, promised and said.

What it says is what its reader may see: an office reads all of it, a body its own part, a deputy what is his.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from flask_babel import force_locale
from flask_babel import gettext as _

from tracker.deadlines.clauses import REPLIES
from tracker.deadlines.lamps import lamps
from tracker.dispatch.models import Assignment, Part
from tracker.dispatch.queries import assignments_of
from tracker.feedback.models import Rating
from tracker.feedback.names import CHANNELS
from tracker.feedback.queries import ratings_of
from tracker.followup.names import STATES
from tracker.followup.queries import promises_of
from tracker.handling.names import OUTCOMES
from tracker.handling.queries import contacts_of, replies_of
from tracker.paper.document import Block, Document, Form, Line, Paragraph, Table
from tracker.paper.text import chinese_day
from tracker.register import story
from tracker.register.clocks import ClockLine, clocks_of
from tracker.register.names import MANNERS, ORIGINS, PARTS, VERDICTS, category_name
from tracker.roles import BODY, Role
from tracker.signals.queries import signals_of
from tracker.signals.readers import READERS
from tracker.signals.saying import evidence_of, name_of
from tracker.stage import Visitor
from tracker.structure.succession import is_of
from tracker.suggestion.journey import NAMES
from tracker.suggestion.models import Suggestion
from tracker.suggestion.queries import history

LANGUAGE = "zh_Hans_CN"  # official documents are in Chinese, whatever their reader chose
NONE = Paragraph("（无）")


def sheet(suggestion: Suggestion, visitor: Visitor, *, on: date) -> Document:
    """The sheet of a suggestion as its reader may see it on a day."""
    with force_locale(LANGUAGE):
        told = _Told(suggestion, visitor, on)
        blocks: list[Block] = [told.front()]
        for heading, part in (
            ("一、承办单位和期限", told.bodies()),
            ("二、沟通情况", told.contacts()),
            ("三、答复情况", told.replies()),
            ("四、承诺事项", told.promises()),
            ("五、代表评价", told.ratings()),
            *((("六、弱办迹象（供研判，不作结论）", told.signs()),) if visitor.role in READERS else ()),
            (f"{'七' if visitor.role in READERS else '六'}、办理经过", told.history()),
        ):
            blocks += [Paragraph(heading, indented=False), part]
        return Document(
            heading="代表建议办理情况单",
            number=f"编号：{suggestion.number or '—'}　　截至{chinese_day(on)}",
            blocks=blocks,
            compact=True,
        )


class _Told:
    """The parts of a sheet, each read once."""

    def __init__(self, suggestion: Suggestion, visitor: Visitor, on: date) -> None:
        self.suggestion, self.visitor, self.on = suggestion, visitor, on
        self.all = found = assignments_of(suggestion.id)
        is_body = visitor.role in BODY
        self.assignments = [one for one in found if not is_body or is_of(visitor.body_id, one.body_id)]
        self.clocks = clocks_of(suggestion, found, visitor, lamps(suggestion.congress_id, on))
        self.found = replies_of(suggestion.id, visitor)

    def front(self) -> Form:
        one = self.suggestion
        lead = one.lead_deputy.name if one.lead_deputy else (one.delegation.name if one.delegation else "—")
        signed = f"{lead}（另有{len(one.signatures)}人附议）" if one.signatures else lead
        stands = _(NAMES[one.stage])
        return Form(
            [
                Line([("标题", one.title)]),
                Line([("领衔代表", signed), ("会议", one.meeting.name)]),
                Line([("类别", category_name(one.category) or "—"), ("来源", _(ORIGINS[one.origin]))]),
                Line([("交办日期", chinese_day(one.handed_over_on) or "未交办"), ("办理轮次", f"第{one.round}轮")]),
                Line([("目前状态", stands), ("重点督办", "是" if one.key else "否")]),
            ]
        )

    def bodies(self) -> Block:
        rows = [self._body(one) for one in self.assignments]
        headers = ["承办单位", "方式", "轮次", "签收", "原定期限", "现行期限", "完成", "状态"]
        return _table(headers, rows, [20, 9, 6, 13, 13, 13, 13, 13])

    def _body(self, one: Assignment) -> list[str]:
        clock = self._clock(one)
        days = clock.deadline if clock else None
        return [
            one.body.name,
            _(PARTS[one.part]),
            str(one.round),
            day_or_dash(one.receipt.on if one.receipt else None),
            day_or_dash(days.original_due_on if days else None),
            day_or_dash(days.due_on if days else None),
            day_or_dash(days.met_on if days else None),
            _(NAMES[one.standing]),
        ]

    def _clock(self, one: Assignment) -> ClockLine | None:
        """The clock of its reply (a co-handler's: of its opinion), the last that was not voided."""
        kinds = ("co_opinion",) if one.part is Part.CO else tuple(map(str, REPLIES))
        own = [
            line
            for line in self.clocks
            if line.deadline.assignment_id == one.id
            and str(line.deadline.kind) in kinds
            and line.deadline.voided_on is None
        ]
        return own[-1] if own else None

    def contacts(self) -> Block:
        names = {one.id: one.body.name for one in self.assignments}
        rows = [
            [day_or_dash(one.on), names[one.assignment_id], _(MANNERS[one.manner]), one.person, one.note]
            for one in contacts_of(list(names))
        ]
        return _table(["日期", "承办单位", "方式", "沟通对象", "内容"], rows, [14, 20, 10, 14, 42])

    def replies(self) -> Block:
        rows = [
            [
                one.assignment.body.name,
                one.document_number or "—",
                " ".join(filter(None, [one.class_label, _(OUTCOMES[one.outcome]) if one.outcome else ""])) or "—",
                day_or_dash(one.letter_on),
                day_or_dash(one.submitted_on),
                day_or_dash(min((each.on for each in one.deliveries if each.on), default=None)),
                f"{len(one.sendings_back)}次" if one.sendings_back else "—",
            ]
            for one in self.found
        ]
        headers = ["承办单位", "文号", "答复类别", "函件日期", "提交", "送达代表", "退回"]
        return _table(headers, rows, [20, 18, 16, 13, 13, 13, 7])

    def promises(self) -> Block:
        rows = [
            [
                row.promise.what,
                row.promise.owner,
                day_or_dash(row.promise.due_on),
                day_or_dash(row.deadline.due_on if row.deadline else row.promise.due_on),
                _(STATES[row.state]) if row.state else "—",
            ]
            for row in promises_of(self.suggestion.id)
            if self._is_theirs(row.promise.assignment_id)
        ]
        return _table(["承诺事项", "责任人", "原定日期", "现行日期", "状态"], rows, [42, 16, 14, 14, 14])

    def ratings(self) -> Block:
        rows = [self._rating(one) for one in ratings_of(self.suggestion.id) if self._is_heard(one)]
        return _table(["日期", "代表", "承办单位", "态度", "结果", "方式", "意见"], rows, [13, 10, 20, 10, 10, 10, 27])

    def _rating(self, one: Rating) -> list[str]:
        attitude = _(VERDICTS[one.attitude]) if one.attitude else "—"
        said = [one.deputy.name, one.reply.assignment.body.name, attitude, _(VERDICTS[one.result])]
        return [day_or_dash(one.on), *said, _(CHANNELS[one.channel]), one.comment]

    def _is_heard(self, one: Rating) -> bool:
        if self.visitor.role is Role.DEPUTY:
            return one.deputy_id == self.visitor.deputy_id
        return self._is_theirs(one.reply.assignment_id)

    def _is_theirs(self, assignment_id: int) -> bool:
        return self.visitor.role not in BODY or any(one.id == assignment_id for one in self.assignments)

    def signs(self) -> Block:
        """The signals that hold and nobody dismissed, with what was seen."""
        rows = [
            [name_of(one.kind), evidence_of(one.kind, one.facts), day_or_dash(one.raised_on)]
            for one in signals_of(self.suggestion.id, self.visitor)
            if not one.is_dismissed
        ]
        return _table(["迹象", "依据", "发现"], rows, [26, 60, 14])

    def history(self) -> Block:
        entries = history(self.suggestion, self.visitor)
        lines = story.lines(entries, self.all)
        rows = [[one.when, one.who, "\n".join(filter(None, [one.text, one.note]))] for one in lines]
        return _table(["日期", "办理人", "办理经过"], rows, [18, 24, 58])


def _table(headers: Sequence[str], rows: Iterable[Sequence[Any]], widths: Sequence[int]) -> Block:
    found = [list(map(str, row)) for row in rows]
    return Table(headers, found, widths) if found else NONE


def day_or_dash(day: date | None) -> str:
    """A day in a table; a dash where there is none."""
    return day.isoformat() if day else "—"
