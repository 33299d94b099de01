"""A reply sent back for two reasons, still due on its old day."""

from datetime import date

from tracker.dispatch.letters import Line
from tracker.handling.rules import SEND_BACK_REASONS


def facts(language: str) -> dict:
    title = "On a wider road" if language == "en" else "关于拓宽道路的建议"
    return {
        "line": Line("2026-004", title, part="sole", due_on=date(2026, 6, 2), address="/links/example-one"),
        "reasons": [SEND_BACK_REASONS["no_contact"], SEND_BACK_REASONS["promise_without_date"]],
        "note": "",
        "on": date(2026, 5, 26),
    }
