"""A body did not answer a notice by its day."""

from datetime import date

from tracker.dispatch.letters import Line


def facts(language: str) -> dict:
    title = "On a wider road" if language == "en" else "关于拓宽道路的建议"
    return {
        "number": "No. 3 of 2026" if language == "en" else "督办〔2026〕3号",
        "kind": "supervision",
        "body_name": "Transport Bureau" if language == "en" else "市交通局",
        "answer_by_on": date(2026, 6, 24),
        "lines": [Line("2026-004", title)],
        "address": "/links/example-one/supervision",
    }
