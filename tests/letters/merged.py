"""It is handled together with another suggestion."""

from datetime import date

from tracker.intake.letters import Line

TO = "deputy:1"


def facts(language: str) -> dict:
    why = "The same crossing." if language == "en" else "同一路口。"
    lines = {"line": Line("2026-009", title(language)), "into": Line("2026-004", title(language))}
    return {**lines, "reason": why, "on": date(2026, 3, 5), "undone": False}


def title(language: str) -> str:
    return "On a wider road" if language == "en" else "关于拓宽道路的建议"
