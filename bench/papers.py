"""What it takes to set papers: one letter, and all letters of a hand-over, first and warm, with the memory at its peak.

    python3 start.py bench papers [--size N]

N suggestions (default 380) go to 70 bodies, 1.4 bodies each, as the domain notes say. Each line is a process of its
own, so that the peak is that of this work; reading the rows from a database takes some tenths of a second more.
"""

from __future__ import annotations

import resource
import sys
import time
from datetime import UTC, date, datetime
from multiprocessing import get_context

from bench._measure import show
from tracker.paper.document import Document, Form, Line, Table, paragraphs
from tracker.paper.pdf import as_pdf
from tracker.paper.word import as_docx

AT = datetime(2026, 3, 2, tzinfo=UTC)
BODIES, EACH = 70, 1.4
TURNS = 4
OPENING = "根据代表法的规定，现将代表建议、批评和意见交你单位研究办理。请在规定期限内与代表充分沟通，按时答复代表。"
HEADERS = ["编号", "题目", "领衔代表", "办理方式", "其他单位", "期限"]


def main() -> None:
    size = int(sys.argv[sys.argv.index("--size") + 1]) if "--size" in sys.argv else 380
    rows = []
    for what, letters in (("one letter", 1), (f"all letters of {size}", BODIES)):
        for kind in ("pdf", "docx"):
            with get_context("spawn").Pool(1) as apart:
                rows.append({"what": what, "kind": kind, **apart.apply(measured, (kind, letters, size))})
    show("papers", rows)


def measured(kind: str, letters: int, size: int) -> dict[str, object]:
    """Seconds of the first turn and of the fastest later one, and megabytes before and at the peak."""
    before, took, written = peak(), [], 0
    for _turn in range(TURNS):
        began = time.perf_counter()
        made = [letter(place, round(size * EACH / BODIES)) for place in range(letters)]
        files = [as_pdf(made, at=AT)] if kind == "pdf" else [as_docx([one], at=AT) for one in made]
        took.append(time.perf_counter() - began)
        written = sum(map(len, files))
    return {
        "first s": round(took[0], 2),
        "warm s": round(min(took[1:]), 2),
        "kB": written // 1024,
        "before MB": before,
        "peak MB": peak(),
    }


def letter(place: int, count: int) -> Document:
    """A letter as the hand-over writes it."""
    rows = [
        [
            f"2026-{place:03d}",
            f"关于拓宽第{place}号路并增设非机动车道的建议之{n}",
            "赵甲一等3人",
            "主办",
            "市财政局",
            "2026年6月2日",
        ]
        for n in range(count)
    ]
    return Document(
        head="临江市人民代表大会常务委员会代表工作委员会文件",
        number="临人办〔2026〕5号",
        heading="关于交办市十五届人大三次会议代表建议、批评和意见的通知",
        addressee=f"第{place}局：",
        blocks=[*paragraphs(OPENING), Table(HEADERS, rows, [11, 26, 11, 8, 16, 12])],
        signature="代表工作委员会",
        day=date(2026, 3, 2),
        slip=[Form([Line([("签收回执", "本单位已收到上列建议。")], height=22, foot="签收人：")])],
        code=f"JB-2026-{place:04d}",
        address=f"https://jianyi.example.gov.cn/papers/JB-2026-{place:04d}",
    )


def peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    main()
