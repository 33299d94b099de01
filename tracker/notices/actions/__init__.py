"""What people do with notices."""

from tracker.notices.actions.answering import answer, judge
from tracker.notices.actions.deciding import decide_listed
from tracker.notices.actions.drafting import draft, rewrite
from tracker.notices.actions.ending import drop_met, withdraw
from tracker.notices.actions.issuing import issue

__all__ = ["answer", "decide_listed", "draft", "drop_met", "issue", "judge", "rewrite", "withdraw"]
