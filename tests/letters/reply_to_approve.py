"""A reply of class A that its handler passes to the head of the body."""

from datetime import date

from tracker.dispatch.letters import Line


def facts(language: str) -> dict:
    english = language == "en"
    title = "On a wider road" if english else "关于拓宽道路的建议"
    return {
        "line": Line("2026-004", title, part="sole", due_on=date(2026, 6, 2), address="/links/example-one/approval"),
        "passed_by": "Lin Cheng" if english else "林承办",
        "class_label": "A",
    }
