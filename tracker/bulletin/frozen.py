"""What earlier issues froze, week by week: how many item-bodies were open, and which light each showed. Read, never
reckoned again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

import sqlalchemy as sa

from tracker.bulletin.models import Issue
from tracker.bulletin.parts import is_over
from tracker.bulletin.scopes import Scope, sees_all
from tracker.database import db

REMEMBERED = 200
OWED = ("open", "late")
UNTOLD = "untold"


class Row(NamedTuple):
    """One body in one issue: how many of its item-bodies were open, late, and showed which light."""

    body_id: int
    branch: str
    counts: Mapping[str, int]


def issues(congress_id: int | None, most: int, *, until: str = "") -> list[Any]:
    """The last issues, the earliest first: week, number, day, when and as what each was frozen; not what it says.

    `until`: none of a later week than this.
    """
    wanted = sa.select(Issue.id, Issue.week, Issue.number, Issue.issued_on, Issue.frozen_at, Issue.digest)
    mine = wanted.where(Issue.congress_id == congress_id, Issue.week <= until if until else sa.true())
    return list(db.session.execute(mine.order_by(Issue.week.desc()).limit(most)))[::-1]


def last_issue(congress_id: int | None) -> Issue | None:
    wanted = sa.select(Issue).where(Issue.congress_id == congress_id)
    return db.session.scalar(wanted.order_by(Issue.week.desc()).limit(1))


def lights_in(found: Iterable[Any], scope: Scope) -> list[dict[str, int]]:
    """Of each issue how many open item-bodies of a scope showed each light when it was frozen.

    Issues of before the lights were frozen tell only what was overdue (`red`) and what was open besides (`untold`).
    """
    return [{name: count for name, count in one.items() if name not in OWED} for one in counts_in(found, scope)]


def counts_in(found: Iterable[Any], scope: Scope) -> list[dict[str, int]]:
    """The same, and how many were open and how many of these over their present last day."""
    return [_within(scope, *_kept(one.digest, one.id)) for one in found]


@lru_cache(maxsize=REMEMBERED)
def _kept(_digest: str, issue_id: int) -> tuple[Mapping[str, int], list[Row]]:
    """The counts of the whole and of each body; an issue never changes, so it is read once a process."""
    figures = db.session.scalar(sa.select(Issue.figures).where(Issue.id == issue_id)) or {}
    bodies = [Row(row["body_id"], row["branch"], _counts(row)) for row in figures.get("by_body", [])]
    return _counts(figures.get("whole") or {"open": 0, "open_late": 0}), bodies


def _within(scope: Scope, whole: Mapping[str, int], bodies: Iterable[Row]) -> dict[str, int]:
    if sees_all(scope):
        return dict(whole)
    counted: Counter[str] = Counter()
    for row in bodies:
        if is_over(scope, {"body_id": row.body_id, "branch": row.branch}):
            counted.update(row.counts)
    return dict(counted)


def _counts(row: Mapping[str, Any]) -> Mapping[str, int]:
    is_open, late = row["open"], row["open_late"]
    return {"open": is_open, "late": late, **(row.get("lights") or {"red": late, UNTOLD: is_open - late})}
