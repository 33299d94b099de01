"""What the hand-over puts on paper: the letter to a body (交办通知) and the list (交办清单), in Chinese only."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from tracker.database import db
from tracker.dispatch import acts
from tracker.dispatch.models import Assignment, BodyReturn, HandOver, Part
from tracker.paper.actions import Printed
from tracker.paper.document import Block, Document, Form, Line, Paragraph, Table, paragraphs
from tracker.paper.models import PaperKind
from tracker.paper.text import chinese_day
from tracker.structure.models import Body, Congress
from tracker.structure.on_paper import meeting_on_paper, office_on_paper
from tracker.suggestion.journey import Standing

PARTS = {Part.LEAD: "主办", Part.CO: "会办", Part.SEPARATE: "分办", Part.SOLE: "独办"}
INTERNAL = "（内部件，题目不列）"
SIGNED_BELOW = "签收人：　　　　　　（单位盖章）　　　　年　　月　　日"


def notice_paper(act: HandOver, body: Body) -> Printed:
    """The letter to one body about all it was given in one act."""
    return Printed(PaperKind.NOTICE, "hand_over", act.id, body.id, f"{body.name} {act.document_number}".strip())


def notice_of_one_paper(one: Assignment) -> Printed:
    """The letter about one assignment, as its own page prints it."""
    return Printed(PaperKind.NOTICE, "assignment", one.id, 0, f"{one.body.name} {one.suggestion.number or ''}".strip())


def list_paper(act: HandOver, body: Body | None = None) -> Printed:
    """The list of a whole act, or of what one body was given in it."""
    subject = f"{body.name if body else '全部'} {act.document_number}".strip()
    return Printed(PaperKind.LIST, "hand_over", act.id, body.id if body else 0, subject)


def return_paper(asked: BodyReturn) -> Printed:
    one = asked.assignment
    subject = f"{one.suggestion.number or ''} {one.body.name} 退办".strip()
    return Printed(PaperKind.DECISION, "return", asked.id, 0, subject)


def return_letter(congress: Congress, asked: BodyReturn) -> Document:
    """What was decided of a return (退办), told to the body with the reason."""
    one = asked.assignment
    name = called(congress, one)
    done = "经研究，同意退办，该件改由其他单位办理。" if asked.granted else "经研究，不同意退办，请继续按规定期限办理。"
    said = [f"你单位{chinese_day(asked.asked_on)}关于{name}退办的申请收悉。", f"{done}{asked.decision_note}"]
    return decision(congress, one, f"关于{name}退办申请的复函", said, asked.decided_on)


def decision(congress: Congress, one: Assignment, heading: str, said: Sequence[str], on: date | None) -> Document:
    """A short letter to the body, from whoever decided: the hub that dispatched, or our office."""
    hub = db.session.get(Body, one.body.hub_id) if one.passed_on_from_id and one.body.hub_id else None
    sender = hub.name if hub else office_on_paper(congress)
    blocks = [block for text in said for block in paragraphs(text)]
    return Document(
        head=f"{sender}文件",
        heading=heading,
        addressee=f"{one.body.name}：",
        blocks=blocks,
        signature=sender,
        day=on,
    )


def called(congress: Congress, one: Assignment) -> str:
    """The suggestion as letters call it: 云汀市第九届人民代表大会第五次会议第5-041号建议."""
    return f"{meeting_on_paper(congress, one.suggestion.meeting)}第{one.suggestion.number or '　　'}号建议"


def act_of(one: Assignment) -> HandOver:
    """The formal act an assignment was given by."""
    return db.session.get_one(HandOver, one.hand_over_id)


def notices(congress: Congress, act: HandOver, assigned: Sequence[Assignment]) -> list[Document]:
    """A letter to each body with what it was given, and a slip to sign for it.

    Titles of internal items are not printed: a letter passes through many hands.
    """
    days, others = acts.last_days(assigned), acts.beside(assigned)
    return [_notice(congress, act, body, own, days, others) for body, own in acts.by_body(assigned).items()]


def whole_list(congress: Congress, act: HandOver, assigned: Sequence[Assignment]) -> Document:
    """All that was handed over, a line each, with who answers and who helps (交办清单)."""
    answering = [one for one in assigned if one.part is not Part.CO and one.standing is not Standing.PASSED_ON]
    return _list(congress, act, answering, f"{_meeting(congress, assigned)}代表建议交办清单")


def list_of_body(congress: Congress, act: HandOver, assigned: Sequence[Assignment]) -> Document:
    """What one body was given, as a list."""
    return _list(congress, act, assigned, f"{assigned[0].body.name}承办代表建议清单", own=True)


def _notice(
    congress: Congress,
    act: HandOver,
    body: Body,
    own: Sequence[Assignment],
    days: dict[int, date],
    others: dict[int, list[Assignment]],
) -> Document:
    office, meeting = office_on_paper(congress), _meeting(congress, own)
    slip = Form([Line([("签收回执", "本单位已收到上列建议。")], height=22, foot=SIGNED_BELOW)])
    blocks: list[Block] = [*(Paragraph(text) for text in _opening(meeting, own)), _rows(own, days, others)]
    return Document(
        head=f"{office}文件",
        number=act.document_number,
        heading=f"关于交办{meeting}代表建议、批评和意见的通知",
        addressee=f"{body.name}：",
        blocks=blocks,
        signature=office,
        day=act.on,
        slip=[slip],
    )


def _opening(meeting: str, own: Sequence[Assignment]) -> list[str]:
    counts = {part: sum(one.part is part for one in own) for part in PARTS}
    parts = "、".join(f"{PARTS[part]}{count}件" for part, count in counts.items() if count)
    return [
        f"根据《中华人民共和国全国人民代表大会和地方各级人民代表大会代表法》的规定，现将{meeting}"
        f"代表建议、批评和意见{len(own)}件（{parts}）交你单位研究办理。",
        "请在规定期限内与代表充分沟通，按时答复代表；会办单位请按时向主办单位提出会办意见。"
        "认为不属于本单位职责的，请在规定期限内书面说明理由并提出建议承办单位。请填写签收回执后送回。",
    ]


def _rows(own: Sequence[Assignment], days: dict[int, date], others: dict[int, list[Assignment]]) -> Table:
    rows = [
        [
            one.suggestion.number or "",
            _title(one),
            _deputies(one),
            PARTS[one.part],
            _named(each for each in others.get(one.suggestion_id, ()) if each.body_id != one.body_id),
            chinese_day(days.get(one.id)),
        ]
        for one in own
    ]
    return Table(["编号", "题目", "领衔代表", "办理方式", "其他单位", "期限"], rows, [11, 26, 11, 8, 16, 12])


def _list(
    congress: Congress, act: HandOver, assigned: Sequence[Assignment], heading: str, *, own: bool = False
) -> Document:
    days, others = acts.last_days(assigned), acts.beside(assigned)
    rows = []
    for place, one in enumerate(assigned, start=1):
        together = others.get(one.suggestion_id, ())
        helping = _named(each for each in together if each.part is Part.CO)
        answering = _named(each for each in together if each.part is not Part.CO)
        row = [str(place), one.suggestion.number or "", _title(one), _deputies(one)]
        rows.append([*row, answering, helping, *([PARTS[one.part]] if own else []), chinese_day(days.get(one.id))])
    headers = ["序号", "编号", "题目", "领衔代表", "主办（分办、独办）单位", "会办单位"]
    return Document(
        heading=heading,
        number=act.document_number,
        landscape=True,
        blocks=[Table([*headers, *(["办理方式"] if own else []), "答复期限"], rows, _widths(own))],
        signature=office_on_paper(congress),
        day=act.on,
    )


def _widths(own: bool) -> list[int]:
    return [5, 11, 36, 10, 18, 20, 9, 14] if own else [5, 11, 38, 10, 20, 22, 14]


def _named(assigned: Iterable[Assignment]) -> str:
    """The bodies by name, each once; a hub that dispatched onward takes no part any more."""
    names = (one.body.name for one in assigned if one.standing is not Standing.PASSED_ON)
    return "、".join(dict.fromkeys(names))


def _title(one: Assignment) -> str:
    return INTERNAL if one.suggestion.internal else one.suggestion.title


def _deputies(one: Assignment) -> str:
    """The lead deputy, or the delegation; how many signed stands behind."""
    suggestion = one.suggestion
    lead = suggestion.lead_deputy.name if suggestion.lead_deputy else ""
    signed = len(suggestion.signatures) + 1
    name = lead or (suggestion.delegation.name if suggestion.delegation else "")
    return f"{name}等{signed}人" if lead and suggestion.signatures else name


def _meeting(congress: Congress, assigned: Sequence[Assignment]) -> str:
    return meeting_on_paper(congress, assigned[0].suggestion.meeting)
