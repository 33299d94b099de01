"""It is withdrawn with the consent of all who made it."""

from datetime import date

from tracker.intake.letters import Line

TO = "deputy:1"


def facts(language: str) -> dict:
    return {"line": Line("2026-004", title(language)), "reason": reason(language), "on": date(2026, 3, 5)}


def title(language: str) -> str:
    return "On a wider road" if language == "en" else "关于拓宽道路的建议"


def reason(language: str) -> str:
    return "The road has been widened." if language == "en" else "道路已经拓宽。"
