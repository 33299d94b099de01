"""Replies that pass the body's leader before they are submitted: which bodies want it, and what waits."""

from __future__ import annotations

from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload

from tracker.database import columns, db
from tracker.dispatch.models import Assignment
from tracker.errors import N_, RuleBroken
from tracker.handling.models import Reply
from tracker.handling.written import Approval, ApprovalRule, ReplyVersion, VersionKind
from tracker.people.models import User
from tracker.roles import Role
from tracker.stage import Visitor
from tracker.structure.models import Rank
from tracker.structure.queries import officers_of
from tracker.structure.succession import and_before
from tracker.suggestion.journey import HANDLED
from tracker.suggestion.models import Suggestion
from tracker.suggestion.queries import scope

LEADERS = (Rank.HEAD, Rank.DEPUTY_HEAD)


def rule_of(body_id: int) -> ApprovalRule | None:
    """What a body last said about it; a body that said nothing submits without its leader."""
    wanted = sa.select(ApprovalRule).where(ApprovalRule.body_id == body_id).order_by(ApprovalRule.id.desc())
    return db.session.scalars(wanted.limit(1)).first()


def is_needed(body_id: int) -> bool:
    """Whether a body's replies pass its leader first."""
    rule = rule_of(body_id)
    return rule is not None and rule.needed


def find_waiting(reply_id: int) -> Approval | None:
    """The reply lies with the body's leader."""
    wanted = sa.select(Approval).where(Approval.reply_id == reply_id, Approval.decided_on.is_(None))
    return db.session.scalars(wanted).first()


def waits(reply_id: int) -> bool:
    return find_waiting(reply_id) is not None


def must_be_approved(assignment: Assignment, reply: Reply) -> None:
    """Where the body wants it, what is submitted is what its leader approved.

    :raises RuleBroken: the leader has not approved it, or it was passed to him and is not decided.
    """
    asked = columns(_needed_or_waiting(), {"body_id": assignment.body_id, "reply_id": reply.id}).one()
    if not asked.needed and not asked.waits:
        return
    last = sa.select(ReplyVersion.kind).where(ReplyVersion.reply_id == reply.id).order_by(ReplyVersion.number.desc())
    decided = sa.select(Approval.approved).where(Approval.reply_id == reply.id).order_by(Approval.id.desc())
    is_passed = db.session.scalars(last.limit(1)).first() is VersionKind.PASSED
    if not is_passed or not db.session.scalars(decided.limit(1)).first():
        raise RuleBroken(N_("Your body's replies pass its leader first: pass it to him."))


@cache
def _needed_or_waiting() -> sa.Select[Any]:
    rule = sa.select(ApprovalRule.needed).where(ApprovalRule.body_id == sa.bindparam("body_id", type_=sa.Integer))
    waiting = sa.select(Approval.id).where(
        Approval.reply_id == sa.bindparam("reply_id", type_=sa.Integer), Approval.decided_on.is_(None)
    )
    last = rule.order_by(ApprovalRule.id.desc()).limit(1).scalar_subquery()
    return sa.select(last.label("needed"), waiting.exists().label("waits"))


def has_leader(body_id: int) -> bool:
    """Whether a leader of the body can be reached, by a mailed link or by his account."""
    account = sa.select(User.id).where(
        User.body_id == body_id, User.role == Role.BODY_LEADER, User.disabled_at.is_(None)
    )
    return bool(officers_of([body_id], *LEADERS)) or db.session.scalar(account.limit(1)) is not None


def to_approve(visitor: Visitor) -> sa.Select[tuple[Reply, Approval]]:
    """What lies with the leader of a body, the longest first; nothing for anybody else."""
    wanted = (
        sa.select(Reply, Approval)
        .join(Reply.assignment)
        .join(Assignment.suggestion)
        .join(Approval, sa.and_(Approval.reply_id == Reply.id, Approval.decided_on.is_(None)))
        .where(
            Assignment.body_id.in_(and_before(visitor.body_id)), Assignment.standing.in_(tuple(HANDLED)), scope(visitor)
        )
        .options(
            contains_eager(Reply.assignment).options(
                joinedload(Assignment.body), contains_eager(Assignment.suggestion).joinedload(Suggestion.lead_deputy)
            )
        )
        .order_by(Approval.id)
    )
    return wanted if visitor.role is Role.BODY_LEADER else wanted.where(sa.false())
