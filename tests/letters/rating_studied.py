"""The deputy learns that the office explains, and where he answers."""

from datetime import date

from tracker.dispatch.letters import Line


def facts(language: str) -> dict:
    en = language == "en"
    return {
        "line": Line("2026-004", "On a wider road" if en else "关于拓宽道路的建议", part="sole"),
        "body_name": "The Transport Bureau" if en else "市交通局",
        "on": date(2026, 6, 12),
        "again": False,
        "address": "/links/example-of-a-secret/rating",
    }
