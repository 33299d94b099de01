"""What this does by itself: every night the replies that are new or have changed are compared with the others."""

from __future__ import annotations

from datetime import date
from typing import Any

from tracker.database import db
from tracker.recurrence import copying

AT_ONCE = 200  # replies between two commits: what was done stays done if the night ends


def compare_replies(today: date) -> dict[str, Any]:
    """Look which of the replies not yet compared were taken from others; a second run finds nothing to do."""
    compared = found = 0
    while ids := copying.waiting(AT_ONCE):
        found += copying.compare(ids, on=today)
        compared += len(ids)
        db.session.commit()
    return {"rows": found, "compared": compared}
