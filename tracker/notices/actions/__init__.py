"""What people do with notices."""

from tracker.notices.actions.answering import answer, judge
from tracker.notices.actions.deciding import decide_listed
from tracker.notices.actions.drafting import draft, must_be_as_opened, rewrite
from tracker.notices.actions.ending import drop_met, withdraw
from tracker.notices.actions.issuing import issue
from tracker.notices.actions.reminding import remind

__all__ = [
    "answer",
    "decide_listed",
    "draft",
    "drop_met",
    "issue",
    "judge",
    "must_be_as_opened",
    "remind",
    "rewrite",
    "withdraw",
]
