"""The form on which a deputy says what a reply is worth (征询意见表), in duplicate and in Chinese only."""

from __future__ import annotations

from datetime import date

from tracker.handling.models import Reply
from tracker.paper.actions import Printed
from tracker.paper.document import Document, Form, Line
from tracker.paper.models import PaperKind
from tracker.paper.text import chinese_day
from tracker.structure.models import Congress, Deputy
from tracker.structure.on_paper import office_on_paper

COPIES = ("第一联　交{office}", "第二联　交{body}")
JUDGED = ("沟通联系", "办理态度", "答复文件", "办理结果", "总体评价")
BOXES = "□满意　　　□基本满意　　　□不满意"


def opinion_paper(reply: Reply, deputy: Deputy) -> Printed:
    subject = f"{reply.assignment.suggestion.number or ''} {deputy.name} {reply.assignment.body.name}".strip()
    return Printed(PaperKind.OPINION_FORM, "reply", reply.id, deputy.id, subject)


def opinion_form(reply: Reply, deputy: Deputy, congress: Congress, *, reached_on: date | None) -> list[Document]:
    """Both copies. Nothing is ticked beforehand: silence is not satisfaction."""
    places = {"office": office_on_paper(congress), "body": reply.assignment.body.name}
    lines = _lines(reply, deputy, reached_on)
    return [
        Document(heading="代表建议办理情况征询意见表", number=copy.format(**places), blocks=[Form(lines)])
        for copy in COPIES
    ]


def _lines(reply: Reply, deputy: Deputy, reached_on: date | None) -> list[Line]:
    suggestion = reply.assignment.suggestion
    return [
        Line([("建议编号", suggestion.number or ""), ("代表姓名", deputy.name)]),
        Line([("题目", suggestion.title)]),
        Line([("承办单位", reply.assignment.body.name), ("答复文号", reply.document_number)]),
        Line([("收到答复日期", chinese_day(reached_on)), ("答复类别", reply.class_label)]),
        *(Line([(judged, BOXES)], height=9) for judged in JUDGED),
        Line([("具体意见\n（不满意的\n请说明理由）", "")], height=52),
        Line([("代表签名", "")], height=20, foot="年　　月　　日"),
    ]
