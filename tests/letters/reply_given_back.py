"""A reply the head of the body gives back with a remark."""

from datetime import date

from tracker.dispatch.letters import Line


def facts(language: str) -> dict:
    english = language == "en"
    title = "On a wider road" if english else "关于拓宽道路的建议"
    return {
        "line": Line("2026-004", title, part="sole", due_on=date(2026, 6, 2), address="/links/example-one"),
        "given_by": "Zhou" if english else "周局长",
        "remark": "Name the day." if english else "请写明完成时间。",
    }
