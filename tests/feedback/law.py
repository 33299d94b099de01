"""A congress whose rules say this or that of ratings."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any

from tracker.database import db
from tracker.deadlines.queries import rule_set_in_force
from tracker.structure.models import Congress


def with_law(congress: Congress, **changes: Any) -> None:
    """The rule set of this congress says so, e.g. rehandling="at_once", rates=[…]."""
    row = rule_set_in_force(congress.rules_name, date(2026, 3, 2))
    row.data = {**row.data, **changes}
    row.digest = hashlib.sha256(f"{row.digest} {sorted(changes.items())}".encode()).hexdigest()
    db.session.flush()
