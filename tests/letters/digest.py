"""A handler's digest: one overdue, one due within days, one coming up."""

from datetime import date

from tracker.deadlines.names import kind_name
from tracker.escalation.digests import Line
from tracker.escalation.letters import Shown
from tracker.escalation.text import days_text, section_name, word_name

TITLES = {"en": "On a wider road", "zh_Hans_CN": "关于拓宽道路的建议"}
DEPUTIES = {"en": "Wang Fang", "zh_Hans_CN": "王芳"}


def line(language: str, section: str, due_on: date, days_over: int) -> Shown:
    return Shown(
        Line(
            told_ids=(1,), word="handler", step=2, section=section, kind="reply", number=f"2026-{abs(days_over):03d}",
            title=TITLES[language], deputy=DEPUTIES[language], body="市交通局", body_en="Transport Bureau",
            suggestion_id=1, assignment_id=1, body_id=1, reply_id=None, due_on=due_on,
            original_due_on=date(2026, 5, 8), days_over=days_over, days_over_original=days_over,
        ),
        "/links/example-of-a-secret",
    )  # fmt: skip


def facts(language: str) -> dict:
    return {
        "on": date(2026, 6, 12),
        "sections": [
            ("chase", [line(language, "chase", date(2026, 6, 8), 4)]),
            ("urgent", [line(language, "urgent", date(2026, 6, 17), -3)]),
            ("soon", [line(language, "soon", date(2026, 7, 1), -13)]),
        ],
        "counts": {"chase": 1, "urgent": 1, "soon": 1},
        "count": 3,
        "left_out": 0,
        "days_text": days_text,
        "kind_name": kind_name,
        "section_name": section_name,
        "word_name": word_name,
    }
