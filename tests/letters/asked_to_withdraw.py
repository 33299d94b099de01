"""A deputy is asked whether he agrees to a withdrawal."""

from tracker.intake.letters import Line


def facts(language: str) -> dict:
    line = Line("2026-004", title(language), address="/links/example-of-a-secret/agreement")
    return {"line": line, "reason": reason(language)}


def title(language: str) -> str:
    return "On a wider road" if language == "en" else "关于拓宽道路的建议"


def reason(language: str) -> str:
    return "The road has been widened." if language == "en" else "道路已经拓宽。"
