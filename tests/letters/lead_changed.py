"""Another body leads in the stead of this one, which goes on helping."""

from datetime import date

from tracker.intake.letters import Line


def facts(language: str) -> dict:
    english = language == "en"
    title = "On a wider road" if english else "关于拓宽道路的建议"
    line = Line("2026-004", title, part="co", address="/links/secret")
    body = "Urban Management Bureau" if english else "市城管局"
    reason = "The road belongs to the city's streets." if english else "该路段属城市道路。"
    return {"line": line, "body_name": body, "reason": reason, "on": date(2026, 4, 7)}
