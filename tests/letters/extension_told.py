"""The deputy learns that it takes longer, and why."""

from datetime import date

from tracker.dispatch.letters import Line


def facts(language: str) -> dict:
    en = language == "en"
    return {
        "line": Line("2026-004", "On a wider road" if en else "关于拓宽道路的建议", part="sole"),
        "granted": True,
        "to_on": date(2026, 8, 3),
        "note": "",
        "reason": "The survey of the ground is not finished." if en else "地质勘察尚未完成。",
        "body_name": "The Transport Bureau" if en else "市交通局",
    }
