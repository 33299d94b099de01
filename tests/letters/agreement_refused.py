"""The other lead does not agree to the joint reply."""

from datetime import date

from tracker.dispatch.letters import Line


def facts(language: str) -> dict:
    english = language == "en"
    title = "On a wider road" if english else "关于拓宽道路的建议"
    return {
        "line": Line("2026-004", title, part="joint", due_on=date(2026, 6, 2), address="/links/secret"),
        "body_name": "City transport bureau" if english else "市交通局",
        "reason": "The road is not ours" if english else "该路段不属我局管养",
    }
