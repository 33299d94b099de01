"""The matters of which most is stated: each with its facts as the last issue froze them. A list, never a score."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from tracker.bulletin.models import Issue, IssueItem
from tracker.bulletin.rules import HARMFUL, OF_INSTRUCTIONS
from tracker.bulletin.scopes import Scope
from tracker.database import db

SHOWN = 8
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
    facts = sa.func.count(sa.distinct(IssueItem.section))
    wanted = (
        sa.select(IssueItem.assignment_id)
        .where(IssueItem.issue_id == issue.id, IssueItem.section.in_(HARMFUL), IssueItem.assignment_id.is_not(None))
        .where(_of(scope))
        .group_by(IssueItem.assignment_id)
        .order_by(facts.desc(), sa.func.min(IssueItem.no))
        .limit(most)
    )
    chosen = [one for one in db.session.scalars(wanted) if one is not None]
    said = _said(issue.id, chosen, scope)
    further = _further(chosen)
    return [Matter(said[one], further.get(one, [])) for one in chosen]


def _said(issue_id: int, chosen: Sequence[int], scope: Scope) -> dict[int, list[dict[str, Any]]]:
    wanted = sa.select(IssueItem.assignment_id, IssueItem.said).where(
        IssueItem.issue_id == issue_id, IssueItem.section.in_(HARMFUL), IssueItem.assignment_id.in_(chosen), _of(scope)
    )
    found: dict[int, list[dict[str, Any]]] = {}
    for assignment_id, said in db.session.execute(wanted.order_by(IssueItem.no)):
        found.setdefault(assignment_id or 0, []).append(said)
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
