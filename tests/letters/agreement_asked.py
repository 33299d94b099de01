"""The lead that writes asks the other lead to agree."""

from datetime import date

from tracker.intake.letters import Line


def facts(language: str) -> dict:
    english = language == "en"
    title = "On a wider road" if english else "关于拓宽道路的建议"
    line = Line("2026-004", title, part="joint", due_on=date(2026, 6, 2), address="/links/secret/joint-reply")
    return {"line": line, "body_name": "Transport Bureau" if english else "市交通局", "again": False}
