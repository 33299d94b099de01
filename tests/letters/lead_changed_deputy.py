"""The deputy learns that another body answers."""

from datetime import date

from tracker.intake.letters import Line

TO = "deputy:1"


def facts(language: str) -> dict:
    english = language == "en"
    title = "On a wider road" if english else "关于拓宽道路的建议"
    new, old = ("Urban Management Bureau", "Transport Bureau") if english else ("市城管局", "市交通局")
    return {"line": Line("2026-004", title, bodies=new), "old_name": old, "on": date(2026, 4, 7)}
