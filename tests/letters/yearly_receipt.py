"""A body's handler is asked once a year about all promises of his body."""

from datetime import date

from tracker.followup.letters import Line


def facts(language: str) -> dict:
    en = language == "en"
    road = Line(
        "2026-004",
        "On a wider road" if en else "关于拓宽道路的建议",
        "The road is widened." if en else "完成道路拓宽。",
        date(2026, 12, 1),
        "/links/example-of-a-secret/promises/3",
    )
    hidden = Line("2026-009", "", "", date(2026, 11, 2), "/links/example-of-another/promises/4")
    return {"lines": [road, hidden], "year": 2026, "until_on": date(2026, 12, 31)}
