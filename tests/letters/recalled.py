"""The office takes it back from a body."""

from datetime import date

from tracker.intake.letters import Line


def facts(language: str) -> dict:
    why = "Handed over by mistake." if language == "en" else "误交办。"
    line = Line("2026-004", title(language), part="sole")
    return {"line": line, "reason": why, "on": date(2026, 3, 5), "withdrawn": False}


def title(language: str) -> str:
    return "On a wider road" if language == "en" else "关于拓宽道路的建议"
