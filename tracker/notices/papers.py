"""A notice on paper: as official letters are laid out, with its table and the slip on which the body answers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask_babel import force_locale

from tracker.deadlines.names import kind_name
from tracker.notices.models import Notice
from tracker.notices.queries import live_items, number_of
from tracker.notices.record import records
from tracker.notices.wording import HEADINGS, NAMES
from tracker.paper.actions import Printed
from tracker.paper.document import DRAFT, Block, Document, Form, Line, Paragraph, Table, paragraphs
from tracker.paper.models import PaperKind
from tracker.paper.text import chinese_day
from tracker.structure.models import Congress
from tracker.structure.on_paper import office_on_paper
from tracker.workdays import queries as workdays

HEADERS = ["编号", "题目", "领衔代表", "逾期事项", "交办日期", "原定期限", "现行期限", "逾期工作日"]
WIDTHS = [10, 26, 9, 11, 12, 12, 12, 8]
INTERNAL = "（内部件，题目不列）"
SIGNED_BELOW = "主要负责人签字：　　　　　　（单位盖章）　　　　年　　月　　日"
HEIGHT = 55  # millimetres for a hand to write the answer in


def notice_paper(notice: Notice) -> Printed:
    """The paper of an issued notice."""
    subject = f"{number_of(notice)} {notice.addressee}"
    return Printed(PaperKind.SUPERVISION, "notice", notice.id, 0, subject)


def letter(congress: Congress, notice: Notice) -> Document:
    """What was issued, from what was frozen with it."""
    return _document(congress, notice, [one.record for one in live_items(notice)])


def draft(congress: Congress, notice: Notice, *, on: date) -> Document:
    """A draft as it would be issued on a day: with the record of that day, and without a number."""
    return _document(congress, notice, records(live_items(notice), workdays.calendar(congress.id), on=on))


def _document(congress: Congress, notice: Notice, told: list[dict[str, Any]]) -> Document:
    answer = f"请于{chinese_day(notice.answer_by_on)}前书面答复，加盖单位公章后送回。"
    history = [
        Paragraph(f"附：办理经过。{_history(one)}" if place == 0 else _history(one)) for place, one in enumerate(told)
    ]
    blocks: list[Block] = [*paragraphs(notice.text), _table(told), Paragraph(answer), *history]
    slip = Form([Line([("答复（逾期原因、办理措施、完成时限）", "")], height=HEIGHT, foot=SIGNED_BELOW)])
    return Document(
        head=f"{notice.sender or office_on_paper(congress)}文件",
        number=number_of(notice),
        heading=HEADINGS[notice.kind],
        addressee=f"{notice.addressee or notice.body.name}：",
        blocks=blocks,
        signature=notice.sender or office_on_paper(congress),
        day=notice.issued_on,
        slip=[slip],
        copies_to=notice.copies_to,
    )


def _table(records: list[dict[str, Any]]) -> Table:
    with force_locale("zh_Hans_CN"):
        rows = [
            [
                one["number"],
                one["title"] or INTERNAL,
                one["deputy"],
                kind_name(one["clock"]),
                _day(one["handed_over_on"]),
                _day(one["original_due_on"]),
                _day(one["due_on"]),
                _late(one),
            ]
            for one in records
        ]
    return Table(HEADERS, rows, WIDTHS)


def _late(one: Mapping[str, Any]) -> str:
    """Against the present last day, and against the first where that is another."""
    now, first = one["days_over"], one["days_over_original"]
    return str(now) if now == first else f"{now}（按原定期限{first}）"


def _history(one: Mapping[str, Any]) -> str:
    """The item's record in a sentence: what was given, asked, spoken, and asked before."""
    said = [f"{_day(one['handed_over_on'])}交办{_in_brackets(one['document_number'])}"]
    said.append(f"{_day(one['received_on'])}签收" if one["received_on"] else "未签收")
    for asked in one["extensions"]:
        until = f"，同意延至{_day(asked['to'])}" if asked["granted"] else ""
        said.append(f"{_day(asked['asked_on'])}申请延期{until or _refused(asked['granted'])}")
    said += [f"{_day(asked['asked_on'])}申请退办{_decided(asked['granted'])}" for asked in one["returns"]]
    said += [f"{_day(on)}答复被退回重办" for on in one["sent_back"]]
    contacts = one["contacts"]
    said.append(f"与代表沟通{contacts}次，最近一次为{_day(one['last_contact_on'])}" if contacts else "未记录与代表沟通")
    if one["chased"]:
        said.append("、".join(_day(step["on"]) for step in one["chased"]) + "催办")
    said += [f"{_day(before['on'])}已发{before['number']}" for before in one["asked_before"]]
    return f"{one['number']}号：{'；'.join(said)}。"


def _decided(granted: bool | None) -> str:
    return "，已同意" if granted else _refused(granted)


def _refused(granted: bool | None) -> str:
    return "" if granted is None else "，未获同意"


def _in_brackets(number: str) -> str:
    return f"（{number}）" if number else ""


def _day(written: str) -> str:
    return chinese_day(date.fromisoformat(written)) if written else ""


def file_name(notice: Notice) -> str:
    name = number_of(notice) or DRAFT
    return f"{NAMES[notice.kind]} {name} {notice.addressee or notice.body.name}"
