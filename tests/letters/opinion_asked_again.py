"""An empty opinion that the lead asks for again."""

from datetime import date

from tracker.dispatch.letters import Line


def facts(language: str) -> dict:
    title = "On a wider road" if language == "en" else "关于拓宽道路的建议"
    return {
        "line": Line("2026-004", title, part="co", due_on=date(2026, 6, 2), address="/links/example-one"),
        "body_name": "City transport bureau" if language == "en" else "市交通局",
        "reason": "No word on the budget" if language == "en" else "未说明经费",
    }
