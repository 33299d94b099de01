"""Proposals go round to a body before the hand-over meeting."""

from datetime import date

from tracker.intake.letters import Line


def facts(language: str) -> dict:
    roads, buses = (
        ("On a wider road", "On night buses") if language == "en" else ("关于拓宽道路的建议", "关于夜间公交的建议")
    )
    lines = [Line("2026-004", roads, part="lead"), Line("2026-009", buses, part="co")]
    body = "Transport Bureau" if language == "en" else "市交通局"
    return {"lines": lines, "body_name": body, "until_on": date(2026, 2, 27), "address": "/links/secret/proposals"}
