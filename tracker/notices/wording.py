"""How a notice is drafted: official documents are in Chinese only. The clerk changes it as he likes. Pure."""

from __future__ import annotations

from datetime import date

LAW = "《中华人民共和国全国人民代表大会和地方各级人民代表大会代表法》"
SUPERVISION = (
    "根据{law}和本级代表建议、批评和意见办理的有关规定，代表建议、批评和意见应当认真研究办理，并在规定期限内答复代表。"
    "经查，你单位承办的下列代表建议、批评和意见{why}，现予督办。\n"
    "请你单位主要负责同志亲自过问，查明原因，提出办理措施和完成时限，主动与代表沟通，抓紧办理并答复代表，"
    "同时将有关情况书面报告我们。"
)
REQUEST = (
    "代表建议、批评和意见办理工作一直得到贵单位的重视和支持。下列代表建议、批评和意见由贵单位承办，{why}。\n"
    "为做好对代表的答复，现商请贵单位予以支持，加快研究办理，并将办理情况和预计完成时间函告我们。"
)
LATE, DISSATISFIED = "已超过规定期限，尚未办结", "经多次办理和答复，代表对办理结果仍不满意"
BOTH = "有的已超过规定期限，尚未办结，有的经多次办理和答复，代表仍不满意"
AGAIN = "{day}，我们以{number}就下列事项发出{what}。{answered}仍需说明：{missing}"
ANSWERED, NOT_ANSWERED = "收到的答复尚不足以说明问题，", "至今未收到答复，"
NAMES = {"supervision": "督办通知书", "request": "商请函"}
HEADINGS = {"supervision": "代表建议、批评和意见督办通知书", "request": "关于商请办理代表建议、批评和意见的函"}


def drafted(kind: str, *, late: bool = True, dissatisfied: bool = False) -> str:
    """What a notice asks: of items that are late, that were answered and did not satisfy again, or of both.

    It counts nothing: what is met before somebody signs leaves the table beneath it.
    """
    why = BOTH if late and dissatisfied else DISSATISFIED if dissatisfied else LATE
    return (REQUEST if kind == "request" else SUPERVISION).format(law=LAW, why=why)


def drafted_again(first: str, kind: str, *, number: str, issued_on: date, answered: bool, missing: str) -> str:
    """The same, after a notice whose answer was not enough, with what is still missing."""
    before = AGAIN.format(
        day=f"{issued_on.year}年{issued_on.month}月{issued_on.day}日",
        number=number,
        what=NAMES[kind],
        answered=ANSWERED if answered else NOT_ANSWERED,
        missing=missing.strip(),
    )
    return f"{before}\n{first}"
