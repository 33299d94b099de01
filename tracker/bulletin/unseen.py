"""What we cannot see, as an issue freezes it: every kind with its count, and the bodies and years behind it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from tracker.bulletin.week import Week
from tracker.database import db
from tracker.deadlines.models import Deadline
from tracker.figures import blind
from tracker.figures.queries import KINDS
from tracker.roles import Role

MOST_NAMED = 50


@dataclass(frozen=True)
class TheOffice:
    """Who sees all of a congress; the issue is made for nobody in particular."""

    congress_id: int
    role: Role = Role.OFFICE_LEADER
    body_id: int | None = None
    deputy_id: int | None = None
    assignment_id: int | None = None
    suggestion_id: int | None = None
    circulation_id: int | None = None
    language: str = "zh_Hans_CN"
    name: str = ""


def unseen(week: Week) -> dict[str, Any]:
    """No last day, no receipt, no officer, no rating, no delivery, a promise without a day, a dead address, and years
    whose holidays nobody has loaded.
    """
    counts = {kind: _count(asked(TheOffice(week.congress_id), week.on)) for kind, asked in KINDS.items()}
    bodies = db.session.execute(blind.mute_bodies(week.congress_id).limit(MOST_NAMED)).all()
    return {
        "kinds": {kind: count for kind, count in counts.items() if count},
        "no_receipt": counts["unsigned"],
        "no_due_date": counts["clockless"],
        "provisional": counts["provisional"],
        "unreachable": counts["mute"],
        "unreachable_bodies": [{"body_id": row[0], "body": row[1], "body_en": row[2]} for row in bodies],
        "years": _years(week),
    }


def _count(wanted: sa.Select[Any]) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(wanted.order_by(None).subquery())) or 0


def _years(week: Week) -> list[int]:
    """The years running clocks reach into although their holidays are not loaded."""
    year = sa.extract("year", Deadline.due_on)
    wanted = sa.select(year).where(blind.provisional(week.congress_id)).distinct()
    return sorted(int(one) for one in db.session.scalars(wanted))
