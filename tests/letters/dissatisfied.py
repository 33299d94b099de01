"""The head of a body learns that its reply did not satisfy."""

from datetime import date

from tracker.dispatch.letters import Line


def facts(language: str) -> dict:
    en = language == "en"
    return {
        "line": Line("2026-004", "On a wider road" if en else "关于拓宽道路的建议", part="sole"),
        "body_name": "the Transport Bureau" if en else "市交通局",
        "on": date(2026, 6, 12),
        "round": 2,
    }
