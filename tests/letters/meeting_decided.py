"""A meeting orders what a body is late with put right by a day."""

from datetime import date

from tracker.dispatch.letters import Line


def facts(language: str) -> dict:
    is_english = language == "en"
    titles = ("On a wider road", "On street lamps") if is_english else ("关于拓宽道路的建议", "关于增设路灯的建议")
    return {
        "lines": [
            Line("2026-004", titles[0], address="/suggestions/4"),
            Line("2026-009", titles[1], address="/suggestions/9"),
        ],
        "body_name": "Transport Bureau" if is_english else "市交通局",
        "meeting": "the 31st meeting of the chairpersons" if is_english else "第三十一次主任会议",
        "measure": "correction",
        "on": date(2026, 7, 1),
        "until_on": date(2026, 7, 31),
        "note": "Report month by month until it is done." if is_english else "逐月报告进展，直至办结。",
    }
