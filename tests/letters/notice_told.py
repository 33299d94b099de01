"""A lead deputy learns that a notice was issued on his suggestion."""

from datetime import date

from tracker.dispatch.letters import Line


def facts(language: str) -> dict:
    title = "On a wider road" if language == "en" else "关于拓宽道路的建议"
    return {
        "lines": [Line("2026-004", title)],
        "kind": "supervision",
        "body_name": "Transport Bureau" if language == "en" else "市交通局",
        "on": date(2026, 6, 9),
        "answer_by_on": date(2026, 6, 24),
    }
