"""A deputy is asked about everything that was reported to him."""

from datetime import date

from tracker.followup.letters import Line


def facts(language: str) -> dict:
    en = language == "en"
    line = Line(
        "2026-004",
        "On a wider road" if en else "关于拓宽道路的建议",
        "The road is widened." if en else "完成道路拓宽。",
        date(2026, 9, 1),
        "/links/example-of-a-secret/promises/3",
        body_name="The Transport Bureau" if en else "市交通局",
        fate="kept",
        note="Open since 20 August." if en else "8月20日已通车。",
    )
    return {"lines": [line], "on": date(2026, 8, 21), "until_on": date(2026, 9, 18)}
