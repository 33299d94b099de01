"""A handler who was given three suggestions at once."""

from datetime import date

from tracker.deadlines import library
from tracker.deadlines.rules import due
from tracker.deadlines.text import Reckoning
from tracker.dispatch.letters import Line
from tracker.workdays.seed import chinese_calendar


def facts(language: str) -> dict:
    en = language == "en"
    title = "On a wider road" if en else "关于拓宽道路的建议"
    lines = [
        Line("2026-004", title, part="sole", due_on=date(2026, 6, 2), address="/links/example-one"),
        Line("2026-017", title, part="co", due_on=date(2026, 4, 2), address="/links/example-two"),
        Line("2026-020", "", part="lead", due_on=None, address="/links/example-three"),
    ]
    clause = library.rules("default").clause("reply")
    made = due(clause, date(2026, 3, 2), chinese_calendar(), "all_non_working_days")
    return {
        "reckonings": [Reckoning(made.due_on, made.steps)],
        "lines": lines,
        "on": date(2026, 3, 2),
        "document_number": "No. 5 of 2026" if en else "临人办〔2026〕5号",
        "body_name": "the Transport Bureau" if en else "市交通局",
    }
