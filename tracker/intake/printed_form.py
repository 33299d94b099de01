"""The form of a suggestion (代表建议专用纸) as a file, to be signed: what its page shows, in Chinese only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tracker.intake.content import Details
from tracker.intake.models import Nature
from tracker.paper.actions import Printed
from tracker.paper.document import Document, Form, Line
from tracker.paper.models import PaperKind
from tracker.paper.text import chinese_day
from tracker.structure.models import Congress
from tracker.structure.on_paper import meeting_on_paper
from tracker.suggestion.models import Publicity, Suggestion

NATURES = {Nature.SUGGESTION: "建议", Nature.CRITICISM: "批评", Nature.OPINION: "意见"}
PUBLICITIES = {Publicity.FULL: "同意全文公开", Publicity.TITLE_ONLY: "仅公开题目", Publicity.NO: "不同意公开"}
SURVEYS = {"survey": "专题调研", "talks": "座谈", "visits": "走访", "station": "代表联络站", "other": "其他"}
UNSOLVED_FOR = {"two_years": "两年", "three_years": "三年", "longer": "三年以上"}
WAYS = {"lead": "主办协办", "separate": "分别办理"}


def form_paper(suggestion: Suggestion) -> Printed:
    lead = suggestion.lead_deputy
    subject = f"{suggestion.number or ''} {lead.name if lead else ''}".strip()
    return Printed(PaperKind.SUGGESTION_FORM, "suggestion", suggestion.id, 0, subject)


def printed_form(
    suggestion: Suggestion, details: Details, congress: Congress, *, attached: Sequence[str] = ()
) -> Document:
    """Everything the deputy hands in, and where lead and co-signers sign."""
    lines = [*_who(suggestion, details), *_what(suggestion, details, attached), *_wishes(suggestion, details)]
    return Document(
        heading="人大代表建议、批评和意见",
        number=f"{meeting_on_paper(congress, suggestion.meeting)}　第{suggestion.number or '　　　'}号",
        blocks=[Form([*lines, *_signatures(suggestion)])],
    )


def ticked(names: dict[Any, str], chosen: Any) -> str:
    return " ".join(f"{'■' if one == chosen else '□'}{name}" for one, name in names.items())


def _who(suggestion: Suggestion, details: Details) -> list[Line]:
    lead = suggestion.lead_deputy
    delegation = suggestion.delegation or (lead.delegation if lead else None)
    return [
        Line([("题目", suggestion.title)]),
        Line([("领衔代表", lead.name if lead else ""), ("代表证号", (lead.card_number or "") if lead else "")]),
        Line([("代表团", delegation.name if delegation else ""), ("联系人", details.contact_person)]),
        Line(
            [
                ("电话", details.contact_phone or ((lead.phone or "") if lead else "")),
                ("通讯地址", details.contact_address or ((lead.address or "") if lead else "")),
            ]
        ),
    ]


def _what(suggestion: Suggestion, details: Details, attached: Sequence[str]) -> list[Line]:
    return [
        Line([("性质", ticked(NATURES, details.nature)), ("类别", suggestion.category)]),
        Line([("内容", suggestion.text)], height=70),
        Line([("附件", "；".join(attached))]),
    ]


def _wishes(suggestion: Suggestion, details: Details) -> list[Line]:
    years = f"{_box(suggestion.long_unsolved)}多年多次提出尚未解决　{ticked(UNSOLVED_FOR, details.unsolved_for)}"
    wishes = (
        f"{_box(suggestion.contact_wanted)}希望承办单位加强联系沟通　{_box(suggestion.reference_only)}仅供研究参考，"
        f"不需书面答复　{_box(details.co_signers_wanted)}可以联名"
    )
    return [
        Line([("公开意见", ticked(PUBLICITIES, suggestion.publicity))]),
        Line([("调研形成", ticked(SURVEYS, suggestion.survey_method))]),
        Line([("多年未解决", years)]),
        Line([("希望", wishes)]),
        Line([("希望承办单位", details.wished_body), ("办理方式", ticked(WAYS, details.wished_way))]),
    ]


def _signatures(suggestion: Suggestion) -> list[Line]:
    names = "、".join(one.deputy.name for one in suggestion.signatures)
    return [
        Line([("附议代表", names)]),
        Line([("领衔代表\n签名", "")], height=18, foot=chinese_day(suggestion.submitted_on) or "年　　月　　日"),
        Line([("附议代表\n签名", "")], height=28),
    ]


def _box(is_so: bool) -> str:
    return "■" if is_so else "□"
