"""A notice to a body, with its link to answer."""

from datetime import date

from tracker.dispatch.letters import Line


def facts(language: str) -> dict:
    titles = (
        ("On a wider road", "On street lamps") if language == "en" else ("关于拓宽道路的建议", "关于增设路灯的建议")
    )
    return {
        "number": "No. 3 of 2026" if language == "en" else "督办〔2026〕3号",
        "kind": "supervision",
        "body_name": "Transport Bureau" if language == "en" else "市交通局",
        "answer_by_on": date(2026, 6, 24),
        "lines": [Line("2026-004", titles[0]), Line("2026-009", titles[1])],
        "answers": True,
        "address": "/links/example-one/supervision",
    }
