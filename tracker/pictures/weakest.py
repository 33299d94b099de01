"""The matters of which most is stated: each with its facts as the last issue froze them. A list, never a score."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from tracker.bulletin.models import Issue, IssueItem
from tracker.bulletin.rules import HARMFUL, OF_INSTRUCTIONS
from tracker.bulletin.scopes import Scope
from tracker.database import db

SHOWN, REMEMBERED = 8, 500
# Of each assignment what else is stated (弱办迹象), in words; whoever finds such facts adds his question here.
FURTHER: tuple[Callable[[Sequence[int]], dict[int, list[str]]], ...] = ()


@dataclass(frozen=True)
class Matter:
    """One body's part of a suggestion, its lines in the issue, the most harmful first, and what else is stated."""

    lines: list[dict[str, Any]]
    further: list[str] = field(default_factory=list)

    @property
    def first(self) -> dict[str, Any]:
        return self.lines[0]


def weakest(issue: Issue | None, scope: Scope, most: int = SHOWN) -> list[Matter]:
    """Those that stand in most sections of the issue first, then in the issue's own order of harm."""
    if issue is None:
        return []
    found = _found(issue.digest, issue.id, json.dumps(scope, sort_keys=True), most)
    further = _further(list(found))
    return [Matter(lines, further.get(one, [])) for one, lines in found.items()]


@lru_cache(maxsize=REMEMBERED)
def _found(_digest: str, issue_id: int, written: str, most: int) -> dict[int, list[dict[str, Any]]]:
    """Assignments with their lines; an issue never changes, so it is looked through once a process."""
    of = _of(json.loads(written))
    facts = sa.func.count(sa.distinct(IssueItem.section))
    harmful = sa.and_(IssueItem.issue_id == issue_id, IssueItem.section.in_(HARMFUL), of)
    wanted = (
        sa.select(IssueItem.assignment_id)
        .where(harmful, IssueItem.assignment_id.is_not(None))
        .group_by(IssueItem.assignment_id)
        .order_by(facts.desc(), sa.func.min(IssueItem.no))
        .limit(most)
    )
    found: dict[int, list[dict[str, Any]]] = {one: [] for one in db.session.scalars(wanted) if one is not None}
    lines = sa.select(IssueItem.assignment_id, IssueItem.said).where(harmful, IssueItem.assignment_id.in_(found))
    for assignment_id, said in db.session.execute(lines.order_by(IssueItem.no)):
        found[assignment_id or 0].append(said)
    return found


def _further(chosen: Sequence[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for asked in FURTHER:
        for assignment_id, words in asked(chosen).items():
            found.setdefault(assignment_id, []).extend(words)
    return found


def _of(scope: Scope) -> sa.ColumnElement[bool]:
    """Which lines of an issue a scope holds: the same as `Parts` arranges them, asked of the database."""
    if "any" in scope:
        return sa.or_(sa.false(), *(_of(part) for part in scope["any"]))
    parts: list[sa.ColumnElement[bool]] = []
    if not scope.get("all"):
        theirs = [IssueItem.body_id.in_(scope.get("bodies", ())), IssueItem.branch.in_(scope.get("branches", ()))]
        parts.append(sa.or_(*theirs, IssueItem.key.is_(True) if scope.get("key") else sa.false()))
    if "key" in scope:  # a committee does not read what leaders instructed
        parts.append(IssueItem.section.not_in(OF_INSTRUCTIONS))
    if not scope.get("internal"):
        parts.append(IssueItem.internal.is_(False))
    return sa.and_(sa.true(), *parts)
