"""A body's objection before the hand-over meeting was settled: it is kept, and told why."""

from datetime import date

from tracker.intake.letters import Line


def facts(language: str) -> dict:
    english = language == "en"
    line = Line("2026-004", "On a wider road" if english else "关于拓宽道路的建议", part="lead")
    note = "City roads are yours." if english else "城市道路属你单位职责。"
    return {"line": line, "kept": True, "note": note, "on": date(2026, 2, 27), "address": "/links/secret/proposals"}
