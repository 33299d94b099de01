"""A reply the office gives class B instead of A."""

from tracker.dispatch.letters import Line


def facts(language: str) -> dict:
    english = language == "en"
    title = "On a wider road" if english else "关于拓宽道路的建议"
    return {
        "line": Line("2026-004", title, part="sole", address="/links/example-one"),
        "was_label": "A",
        "label": "B",
        "reason": "Half of it is still to be done." if english else "尚有一半未完成。",
    }
