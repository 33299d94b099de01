"""How a notice is drafted: official documents are in Chinese only. The clerk changes it as he likes. Pure."""

from __future__ import annotations

from datetime import date

LAW = "《中华人民共和国全国人民代表大会和地方各级人民代表大会代表法》"
SUPERVISION = (
    "根据{law}和本级代表建议、批评和意见办理的有关规定，代表建议、批评和意见应当在规定期限内办理并答复代表。"
    "经查，你单位承办的下列{count}件代表建议、批评和意见已超过规定期限，尚未办结，现予督办。\n"
    "请你单位主要负责同志亲自过问，查明未按期办理的原因，提出办理措施和完成时限，主动与代表沟通，抓紧办理并答复代表，"
    "同时将有关情况书面报告我们。"
)
REQUEST = (
    "代表建议、批评和意见办理工作一直得到贵单位的重视和支持。下列{count}件代表建议、批评和意见由贵单位承办，"
    "现已超过规定期限，尚未收到办理结果。\n"
    "为做好对代表的答复，现商请贵单位予以支持，加快研究办理，并将办理情况和预计完成时间函告我们。"
)
AGAIN = "{day}，我们以{number}就下列事项发出{what}。{answered}仍需说明：{missing}"
ANSWERED, NOT_ANSWERED = "收到的答复尚不足以说明问题，", "至今未收到答复，"
NAMES = {"supervision": "督办通知书", "request": "商请函"}
HEADINGS = {"supervision": "代表建议、批评和意见督办通知书", "request": "关于商请办理代表建议、批评和意见的函"}


def drafted(kind: str, count: int) -> str:
    """What a notice about so many items asks."""
    return (REQUEST if kind == "request" else SUPERVISION).format(law=LAW, count=count)


def drafted_again(kind: str, count: int, *, number: str, issued_on: date, answered: bool, missing: str) -> str:
    """The same, after a notice whose answer was not enough, with what is still missing."""
    first = AGAIN.format(
        day=f"{issued_on.year}年{issued_on.month}月{issued_on.day}日",
        number=number,
        what=NAMES[kind],
        answered=ANSWERED if answered else NOT_ANSWERED,
        missing=missing.strip(),
    )
    return f"{first}\n{drafted(kind, count)}"
