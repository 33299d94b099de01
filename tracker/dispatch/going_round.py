"""Proposals on their round before the hand-over meeting: what a body is asked, what is disputed, what holds back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload, undefer

from tracker.database import db
from tracker.dispatch.models import Circulated, Proposal
from tracker.errors import N_, NotFound, RuleBroken
from tracker.intake.models import Attachment, AttachmentKind
from tracker.roles import OFFICE, Role
from tracker.stage import Visitor
from tracker.structure.models import Body
from tracker.structure.succession import and_before
from tracker.suggestion.journey import Stage
from tracker.suggestion.models import Suggestion
from tracker.suggestion.queries import scope

STILL = Circulated.ended_on.is_(None)
DISPUTED = sa.and_(STILL, Circulated.agreed.is_(False), Circulated.settled_on.is_(None))
AT_ONCE = 500


def asked_of(visitor: Visitor) -> sa.Select[tuple[Circulated]]:
    """What goes round to the visitor's own body now; by a mailed link, of its one round."""
    wanted = (
        sa.select(Circulated)
        .join(Circulated.suggestion)
        .where(Circulated.body_id.in_(and_before(visitor.body_id)), STILL, scope(visitor))
        .where(Suggestion.stage == Stage.RECORDED)
        .order_by(Circulated.until_on, Circulated.id)
    )
    if visitor.circulation_id is not None:
        wanted = wanted.where(Circulated.circulation_id == visitor.circulation_id)
    return wanted


def asked_with_texts(visitor: Visitor) -> list[Circulated]:
    """The same, with the text of each suggestion to be read."""
    about = contains_eager(Circulated.suggestion).options(
        undefer(Suggestion.text), joinedload(Suggestion.lead_deputy), joinedload(Suggestion.meeting)
    )
    others = (joinedload(Circulated.body), joinedload(Circulated.wished_body), joinedload(Circulated.circulation))
    return list(db.session.scalars(asked_of(visitor).options(about, *others)))


def get_asked(circulated_id: int, visitor: Visitor) -> Circulated:
    """One proposal this visitor's body is asked about.

    :raises NotFound: it does not go round to it.
    """
    found = [one for one in asked_with_texts(visitor) if one.id == circulated_id]
    if not found:
        raise NotFound
    return found[0]


def unanswered_by(visitor: Visitor) -> sa.Select[tuple[Circulated]]:
    """What the body has not answered yet."""
    return asked_of(visitor).where(Circulated.agreed.is_(None))


def objections_for(visitor: Visitor) -> sa.Select[tuple[Circulated]]:
    """The objections a visitor settles: a hub those of its bodies, the office all."""
    wanted = (
        sa.select(Circulated)
        .join(Circulated.suggestion)
        .join(Body, Body.id == Circulated.body_id)
        .where(Suggestion.congress_id == visitor.congress_id, Suggestion.stage == Stage.RECORDED, DISPUTED)
        .order_by(Circulated.answered_on, Circulated.id)
    )
    if visitor.role is Role.HUB:
        return wanted.where(Body.hub_id == visitor.body_id)
    return wanted if visitor.role in OFFICE else wanted.where(sa.false())


def objections(visitor: Visitor) -> Sequence[Circulated]:
    return db.session.scalars(objections_for(visitor).options(*_whole())).all()


def get_objection(circulated_id: int, visitor: Visitor) -> Circulated:
    """:raises NotFound: there is none, it is settled, or it is not this visitor's to settle."""
    wanted = objections_for(visitor).where(Circulated.id == circulated_id).options(*_whole())
    found = db.session.scalars(wanted).one_or_none()
    if found is None:
        raise NotFound
    return found


def rounds_of(meeting_id: int) -> dict[int, list[Circulated]]:
    """What of a meeting is on its round, by suggestion."""
    wanted = (
        sa.select(Circulated)
        .join(Circulated.suggestion)
        .where(Suggestion.meeting_id == meeting_id, Suggestion.stage == Stage.RECORDED, STILL)
        .options(joinedload(Circulated.body), joinedload(Circulated.wished_body))
        .order_by(Circulated.suggestion_id, Circulated.id)
    )
    found: dict[int, list[Circulated]] = defaultdict(list)
    for one in db.session.scalars(wanted):
        found[one.suggestion_id].append(one)
    return found


def held_back(rounds: dict[int, list[Circulated]], today: date) -> dict[int, list[Circulated]]:
    """What is not agreed yet: an objection is not settled, or a body may still answer."""
    held = {number: [row for row in rows if row.is_disputed or row.is_out(today)] for number, rows in rounds.items()}
    return {number: rows for number, rows in held.items() if rows}


def must_not_be_held(suggestions: Sequence[Suggestion], on: date) -> None:
    """What is handed over is agreed: every proposed body agreed or let its days pass, every objection is settled.

    :raises RuleBroken: the first that is still on its round.
    """
    numbers = {one.id: one.number or one.title for one in suggestions}
    ids: list[Any] = list(numbers)
    for start in range(0, len(ids), AT_ONCE):
        open_ = sa.or_(DISPUTED, sa.and_(STILL, Circulated.agreed.is_(None), Circulated.until_on >= on))
        wanted = sa.select(Circulated.suggestion_id).where(Circulated.suggestion_id.in_(ids[start : start + AT_ONCE]))
        found = db.session.scalar(wanted.where(open_).order_by(Circulated.id).limit(1))
        if found is not None:
            told = N_("%(number)s is still on its round before the meeting, or an objection is not settled.")
            raise RuleBroken(told, number=numbers[found])


def not_on_their_round(
    suggestions: Iterable[Suggestion], named: dict[int, list[Proposal]], meeting_id: int
) -> list[Any]:
    """What has proposed bodies of which at least one is not asked yet."""
    rounds = rounds_of(meeting_id)
    asked = {number: {row.body_id for row in rows} for number, rows in rounds.items()}
    return [
        one for one in suggestions if any(each.body_id not in asked.get(one.id, ()) for each in named.get(one.id, ()))
    ]


def papers_of(suggestion_ids: Sequence[int]) -> dict[int, list[Attachment]]:
    """The files handed in with some suggestions; signed forms are the office's."""
    found: dict[int, list[Attachment]] = defaultdict(list)
    wanted = sa.select(Attachment).where(
        Attachment.suggestion_id.in_(suggestion_ids), Attachment.kind != AttachmentKind.SIGNED_FORM
    )
    for one in db.session.scalars(wanted.options(joinedload(Attachment.file)).order_by(Attachment.id)):
        found[one.suggestion_id].append(one)
    return found


def _whole() -> tuple[Any, ...]:
    about = contains_eager(Circulated.suggestion).options(undefer(Suggestion.text), joinedload(Suggestion.meeting))
    return (
        about,
        joinedload(Circulated.body),
        joinedload(Circulated.wished_body),
        joinedload(Circulated.circulation),
    )
