"""What the handling puts on paper: the record of a contact and the reply as an official letter, in Chinese only."""

from __future__ import annotations

from tracker.database import db
from tracker.dispatch.models import Assignment
from tracker.dispatch.papers import called, decision
from tracker.handling import rules
from tracker.handling.models import Contact, Extension, Manner, Reply, ReplyPublicity
from tracker.paper.actions import Printed
from tracker.paper.document import Block, Document, Form, Line, Paragraph, Table, paragraphs
from tracker.paper.models import PaperKind
from tracker.paper.text import chinese_day
from tracker.structure.models import Body, Congress, Delegation
from tracker.structure.on_paper import meeting_on_paper, office_on_paper
from tracker.suggestion.models import Suggestion
from tracker.suggestion.queries import deputies_of

MANNERS = {Manner.VISIT: "走访", Manner.MEETING: "座谈", Manner.PHONE: "电话", Manner.LETTER: "信函"}
PUBLICITIES = {
    ReplyPublicity.FULL: "全文公开",
    ReplyPublicity.PART: "部分公开",
    ReplyPublicity.ON_REQUEST: "依申请公开",
    ReplyPublicity.NO: "不予公开",
}
TICKED, OPEN = "■", "□"
SIGNED_BELOW = "（签名）　　　　　　　　年　　月　　日"
LONGEST_GREETING = 40


def contact_paper(own: Assignment, contact: Contact | None = None) -> Printed:
    """The record to be filled in by hand about an assignment, or that of a contact already noted."""
    about, about_id = ("contact", contact.id) if contact else ("assignment", own.id)
    subject = f"{own.suggestion.number or ''} {own.body.name}".strip()
    return Printed(PaperKind.CONTACT_RECORD, about, about_id, 0, subject)


def reply_paper(reply: Reply, own: Assignment) -> Printed:
    subject = f"{own.suggestion.number or ''} {own.body.name} {reply.document_number}".strip()
    return Printed(PaperKind.REPLY_LETTER, "reply", reply.id, 0, subject)


def contact_record(own: Assignment, contact: Contact | None = None) -> Document:
    """代表建议办理沟通(面商)记录: the deputy signs it (山东条例 22)."""
    suggestion, lead = own.suggestion, own.suggestion.lead_deputy
    said = contact or Contact(person=lead.name if lead else "", place="", note="")
    lines = [
        Line([("建议编号", suggestion.number or ""), ("承办单位", own.body.name)]),
        Line([("题目", suggestion.title)]),
        Line([("领衔代表", lead.name if lead else ""), ("沟通对象", said.person)]),
        Line([("沟通时间", chinese_day(said.on)), ("沟通方式", ticks(MANNERS, said.manner))]),
        Line([("沟通地点", said.place), ("参加人员", "")]),
        Line([("沟通内容", said.note)], height=72),
        Line([("代表意见", "")], height=42, foot=f"代表{SIGNED_BELOW}"),
        Line([("承办单位", "")], height=24, foot=f"记录人{SIGNED_BELOW}"),
    ]
    return Document(heading="代表建议办理沟通（面商）记录", blocks=[Form(lines)])


def reply_letter(reply: Reply, own: Assignment, congress: Congress) -> Document:
    """答复函: the class at the upper right, the contact person, and to whom copies go (青岛条例 29; 重庆规定 23)."""
    suggestion = own.suggestion
    greeting, text = _greeting(paragraphs(reply.text))
    blocks: list[Block] = [*text, *_promises(reply)]
    return Document(
        head=f"{own.body.name}文件",
        number=reply.document_number,
        signer=reply.signer,
        corner=reply.class_label,
        heading=f"关于{meeting_on_paper(congress, suggestion.meeting)}第{suggestion.number or '　　'}号建议的答复",
        addressee=greeting or f"{addressee(suggestion)}：",
        blocks=blocks,
        signature=own.body.name,
        day=reply.letter_on,
        remarks=_remarks(reply),
        copies_to=f"{'，'.join(_copies(own, congress))}。",
    )


def extension_paper(asked: Extension) -> Printed:
    own = asked.assignment
    subject = f"{own.suggestion.number or ''} {own.body.name} 延期".strip()
    return Printed(PaperKind.DECISION, "extension", asked.id, 0, subject)


def extension_letter(asked: Extension, congress: Congress) -> Document:
    """What was decided of more time (延期), told to the body with the reason."""
    own = asked.assignment
    name = called(congress, own)
    done = (
        f"经研究，同意延期至{chinese_day(asked.granted_to_on)}。请按期答复，并向代表说明延期理由。"
        if asked.granted
        else "经研究，不同意延期，请按原定期限答复代表。"
    )
    said = [f"你单位{chinese_day(asked.asked_on)}关于{name}延期答复的申请收悉。", f"{done}{asked.decision_note}"]
    return decision(congress, own, f"关于{name}延期答复申请的复函", said, asked.decided_on)


def addressee(suggestion: Suggestion) -> str:
    """王秀英等3名代表; a delegation's suggestion is answered to the delegation."""
    lead = suggestion.lead_deputy
    if lead is None:
        delegation = db.session.get(Delegation, suggestion.delegation_id) if suggestion.delegation_id else None
        return delegation.name if delegation else "各位代表"
    count = len({deputy_id for _id, deputy_id in deputies_of([suggestion.id])})
    return f"{lead.name}等{count}名代表" if count > 1 else f"{lead.name}代表"


def ticks(names: dict[Manner, str], chosen: Manner | None) -> str:
    boxes = [f"{TICKED if one is chosen else OPEN}{name}" for one, name in names.items()]
    return "\n".join("　".join(boxes[place : place + 2]) for place in range(0, len(boxes), 2))


def _greeting(text: list[Paragraph]) -> tuple[str, list[Paragraph]]:
    """The addressee with which many begin their text, apart from the rest of it."""
    first = text[0].text if text else ""
    if first.endswith(("：", ":")) and "代表" in first and len(first) <= LONGEST_GREETING:
        return first, text[1:]
    return "", text


def _promises(reply: Reply) -> list[Block]:
    """What the reply promises, row by row: it is what will be followed."""
    rows = [
        [one.get("what", ""), one.get("owner", ""), chinese_day(rules.day_of(one.get("due_on")))]
        for one in reply.draft_promises
    ]
    if not rows:
        return []
    return [Paragraph("承诺事项如下："), Table(["承诺事项", "责任单位（人）", "完成时限"], rows, [9, 4, 4])]


def _remarks(reply: Reply) -> list[str]:
    found = []
    if reply.contact_person:
        phone = f"；联系电话：{reply.contact_phone}" if reply.contact_phone else ""
        found.append(f"（联系人：{reply.contact_person}{phone}）")
    if reply.publicity:
        found.append(f"（公开属性：{PUBLICITIES[reply.publicity]}）")
    return found


def _copies(own: Assignment, congress: Congress) -> list[str]:
    """Our office, and the hub above the body where there is one (国务院部门 and governments: 政府办公室)."""
    hub = db.session.get(Body, own.body.hub_id) if own.body.hub_id else None
    return [office_on_paper(congress), *([hub.name] if hub else [])]
