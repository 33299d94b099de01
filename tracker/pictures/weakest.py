"""The matters of which most is stated: what the last issue froze of each, and the signs that hold. A list, no score."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from tracker.bulletin.models import Issue, IssueItem
from tracker.bulletin.rules import HARMFUL, OF_INSTRUCTIONS
from tracker.bulletin.scopes import Scope
from tracker.bulletin.signs import NEW, WEAKEST
from tracker.database import db
from tracker.dispatch.models import Assignment
from tracker.pictures.signed import Sign, signs_of
from tracker.stage import Visitor
from tracker.structure.models import Body
from tracker.suggestion.models import Suggestion

SHOWN, LOOKED_AT, REMEMBERED = 8, 40, 500
FACTS = HARMFUL - {NEW}  # signs are shown as they hold today
# A sign that says what a section says already is no further fact.
SAME = {"silent": {"silent"}, "promise_overdue": {"promise_overdue"}, "late_by_first_day": {"overdue", "past_original"}}
Line = dict[str, Any]


@dataclass(frozen=True)
class Matter:
    """One body's part of a suggestion: its lines in the issue, the most harmful first, and its signs (弱办迹象)."""

    about: Any
    lines: Sequence[Line]
    signs: Sequence[Sign]
    is_named: bool = False

    @property
    def facts(self) -> int:
        """How many different facts are stated."""
        return len({line["section"] for line in self.lines}) + len({sign.kind for sign in self.signs})


def weakest(issue: Issue | None, visitor: Visitor, scope: Scope, most: int = SHOWN) -> list[Matter]:
    """What the issue lists as handled weakest, in its order; then those with most different facts, as it lists them."""
    if issue is None:
        return []
    lines = _found(issue.digest, issue.id, json.dumps(scope, sort_keys=True))
    signs, about = signs_of(visitor, list(lines)), _about(list(lines))
    made = [_matter(about[one], said, signs.get(one, ())) for one, said in lines.items() if one in about]
    return sorted(made, key=lambda matter: (not matter.is_named, -matter.facts * (not matter.is_named)))[:most]


def _matter(about: Any, lines: Sequence[Line], signs: Sequence[Sign]) -> Matter:
    said = {line["section"] for line in lines}
    further = [sign for sign in signs if not SAME.get(sign.kind, set()) & said]
    return Matter(about, [line for line in lines if line["section"] != WEAKEST], further, WEAKEST in said)


@lru_cache(maxsize=REMEMBERED)
def _found(_digest: str, issue_id: int, written: str) -> dict[int, list[Line]]:
    """Assignments with their lines; an issue never changes, so it is looked through once a process."""
    facts = sa.func.count(sa.distinct(IssueItem.section))
    named = sa.func.min(sa.case((IssueItem.section == WEAKEST, IssueItem.no)))
    harmful = sa.and_(IssueItem.issue_id == issue_id, IssueItem.section.in_(FACTS), _of(json.loads(written)))
    wanted = (
        sa.select(IssueItem.assignment_id)
        .where(harmful, IssueItem.assignment_id.is_not(None))
        .group_by(IssueItem.assignment_id)
        .order_by(named.is_(None), named, facts.desc(), sa.func.min(IssueItem.no))
        .limit(LOOKED_AT)
    )
    found: dict[int, list[Line]] = {one: [] for one in db.session.scalars(wanted) if one is not None}
    lines = sa.select(IssueItem.assignment_id, IssueItem.said).where(harmful, IssueItem.assignment_id.in_(found))
    for assignment_id, said in db.session.execute(lines.order_by(IssueItem.no)):
        found[assignment_id or 0].append(said)
    return found


def _about(chosen: Sequence[int]) -> dict[int, Any]:
    """What each is called; of an internal one only its number, for the page is laid before others on paper."""
    title = sa.case((Suggestion.internal.is_(False), Suggestion.title)).label("title")
    shown = (Assignment.id, Suggestion.id.label("suggestion_id"), Suggestion.number, title, Body.name, Body.name_en)
    wanted = (
        sa.select(*shown)
        .join(Suggestion, Suggestion.id == Assignment.suggestion_id)
        .join(Body, Body.id == Assignment.body_id)
        .where(Assignment.id.in_(chosen))
    )
    return {row.id: row for row in db.session.execute(wanted)} if chosen else {}


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
