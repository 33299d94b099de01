"""More time is granted."""

from datetime import date

from tracker.dispatch.letters import Line


def facts(language: str) -> dict:
    title = "On a wider road" if language == "en" else "关于拓宽道路的建议"
    line = Line("2026-004", title, part="sole", address="/links/example-one")
    return {"line": line, "granted": True, "to_on": date(2026, 8, 3), "note": "", "reason": ""}
