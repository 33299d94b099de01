"""It comes back to the deputy to be corrected."""

from datetime import date

from tracker.intake.letters import Line

TO = "deputy:1"


def facts(language: str) -> dict:
    why = "Two matters in one." if language == "en" else "一事一议：请分为两件。"
    return {"line": Line("2026-004", title(language)), "reason": why, "on": date(2026, 3, 5)}


def title(language: str) -> str:
    return "On a wider road" if language == "en" else "关于拓宽道路的建议"
