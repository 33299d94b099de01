"""What the weekly issues froze: how the lights stood week by week, and each body's year. Read, never reckoned again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from tracker.bulletin.models import Issue
from tracker.bulletin.parts import is_over
from tracker.bulletin.scopes import Scope, sees_all
from tracker.database import db

REMEMBERED = 4_000
TOLD_APART = ("open_late", "open")


def issues(congress_id: int | None, most: int) -> list[Any]:
    """The last issues, the earliest first: week, number, day, when and as what each was frozen; not what it says."""
    wanted = sa.select(Issue.id, Issue.week, Issue.number, Issue.issued_on, Issue.frozen_at, Issue.digest)
    mine = wanted.where(Issue.congress_id == congress_id).order_by(Issue.week.desc()).limit(most)
    return list(db.session.execute(mine))[::-1]


def last_issue(congress_id: int | None) -> Issue | None:
    wanted = sa.select(Issue).where(Issue.congress_id == congress_id)
    return db.session.scalar(wanted.order_by(Issue.week.desc()).limit(1))


def lights_in(found: Iterable[Any], scope: Scope) -> list[dict[str, int]]:
    """Of each issue how many open item-bodies of a scope showed each light when it was frozen.

    Issues of before the lights were frozen tell only what was overdue (`red`) and what was open besides (`untold`).
    An issue never changes, so each is looked at once a process.
    """
    written = json.dumps(scope, sort_keys=True)
    return [_lights(row.digest, row.id, written) for row in found]


@lru_cache(maxsize=REMEMBERED)
def _lights(_digest: str, issue_id: int, written: str) -> dict[str, int]:
    scope = json.loads(written)
    figures = db.session.scalar(sa.select(Issue.figures).where(Issue.id == issue_id)) or {}
    counted: dict[str, int] = {}
    for row in rows_of(figures, scope):
        for light, count in (row.get("lights") or _untold(row)).items():
            counted[light] = counted.get(light, 0) + count
    return counted


def rows_of(figures: Mapping[str, Any], scope: Scope) -> list[dict[str, Any]]:
    """The row of the whole for who sees all, else the rows of the scope's bodies."""
    if sees_all(scope):
        return [figures["whole"]] if figures.get("whole") else []
    return bodies_of(figures, scope)


def bodies_of(figures: Mapping[str, Any], scope: Scope) -> list[dict[str, Any]]:
    return [row for row in figures.get("by_body", []) if is_over(scope, row)]


def _untold(row: Mapping[str, Any]) -> dict[str, int]:
    return {"red": row["open_late"], "untold": row["open"] - row["open_late"]}
