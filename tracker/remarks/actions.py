"""Something is said about a suggestion, seen by whom it was said to, or taken back."""

from __future__ import annotations

from datetime import date, datetime

from tracker.actor import Actor
from tracker.database import db
from tracker.errors import N_, RuleBroken
from tracker.remarks import queries, rules
from tracker.remarks.models import Remark
from tracker.remarks.rules import Audience
from tracker.roles import Role
from tracker.suggestion.models import Suggestion


def say(
    suggestion: Suggestion,
    text: str,
    audience: Audience,
    *,
    role: Role,
    by: Actor,
    on: date,
    at: datetime,
    to_body_id: int | None = None,
    to_office: bool = False,
) -> Remark:
    """Somebody says something to those he names; who is addressed finds it on his desk, no mail is sent.

    It is no line of the history: its readers are fewer than the history's (docs/decisions/033).

    :raises RuleBroken: nothing is said, or it is addressed to somebody who may not be.
    """
    rules.must_be_sayable(text, audience, role, to_body_id, queries.handling_bodies(suggestion.id))
    said = Remark(
        congress_id=suggestion.congress_id,
        suggestion_id=suggestion.id,
        on=on,
        at=at,
        user_id=by.id if by.kind == "user" else None,
        by_name=by.name,
        body_id=by.body_id,
        audience=audience,
        text=text.strip(),
        to_office=to_office,
        to_body_id=to_body_id,
    )
    db.session.add(said)
    db.session.flush()
    return said


def see(remark: Remark, *, by: Actor, at: datetime) -> None:
    """Whoever was addressed has read it; it leaves the desk."""
    if remark.seen_at is None:
        remark.seen_at, remark.seen_by = at, by.name


def take_back(remark: Remark, reason: str, *, by: Actor, at: datetime) -> None:
    """Its author takes a remark back; that it was there, by whom and why it is gone stays to be read.

    :raises RuleBroken: no reason, or it was taken back before.
    """
    if not reason.strip():
        raise RuleBroken(N_("Give the reason."))
    if remark.withdrawn_at is not None:
        raise RuleBroken(N_("This remark was taken back already."))
    remark.withdrawn_at, remark.withdrawn_by, remark.withdrawn_reason = at, by.name, reason.strip()
