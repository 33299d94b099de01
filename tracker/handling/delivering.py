"""Which replies have reached which deputies, limited to who is asking."""

from __future__ import annotations

from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload

from tracker.database import db
from tracker.dispatch.models import Assignment
from tracker.errors import NotFound
from tracker.handling.models import Delivery, Reply, Way
from tracker.handling.queries import DELIVERED
from tracker.mail.models import Letter, LetterState
from tracker.roles import OFFICE, Role
from tracker.stage import Visitor
from tracker.structure.models import Body
from tracker.structure.succession import and_before, cards_of
from tracker.suggestion.models import Suggestion
from tracker.suggestion.queries import scope


class Show(StrEnum):
    """Ours to deliver; waiting for the lead deputy to pass on; all."""

    OPEN = "open"
    RELAYED = "relayed"
    ALL = "all"


def deliveries(visitor: Visitor, show: Show = Show.OPEN) -> sa.Select[tuple[Delivery]]:
    """The deliveries a visitor records: the office all, a hub those of its bodies; the longest open first."""
    wanted = (
        sa.select(Delivery)
        .join(Delivery.reply)
        .join(Reply.assignment)
        .join(Assignment.suggestion)
        .where(Assignment.congress_id == visitor.congress_id, Assignment.standing.in_(DELIVERED), scope(visitor))
        .options(
            joinedload(Delivery.deputy),
            contains_eager(Delivery.reply)
            .contains_eager(Reply.assignment)
            .options(joinedload(Assignment.body), contains_eager(Assignment.suggestion)),
        )
        .order_by(Delivery.released_on, Delivery.id)
    )
    if visitor.role is Role.HUB:
        under = sa.select(Body.id).where(Body.hub_id == visitor.body_id)
        wanted = wanted.where(
            sa.or_(Assignment.body_id.in_(under), Assignment.body_id.in_(and_before(visitor.body_id)))
        )
    elif visitor.role not in OFFICE:
        wanted = wanted.where(sa.false())
    if show is Show.ALL:
        return wanted
    is_relayed = Delivery.way == Way.RELAYED
    return wanted.where(Delivery.on.is_(None), is_relayed if show is Show.RELAYED else sa.not_(is_relayed))


def of_reply(reply_id: int, visitor: Visitor) -> list[Delivery]:
    """The deliveries of one reply this visitor records, as they were released.

    :raises NotFound: there are none, or they are not this visitor's.
    """
    wanted = deliveries(visitor, Show.ALL).where(Delivery.reply_id == reply_id).order_by(None).order_by(Delivery.id)
    found = list(db.session.scalars(wanted).unique())
    if not found:
        raise NotFound
    return found


def get_delivery(delivery_id: int, visitor: Visitor) -> Delivery:
    """:raises NotFound: there is none, or it is not this visitor's."""
    wanted = deliveries(visitor, Show.ALL).where(Delivery.id == delivery_id)
    found = db.session.scalars(wanted).unique().one_or_none()
    if found is None:
        raise NotFound
    return found


def to_relay(visitor: Visitor) -> sa.Select[tuple[Reply]]:
    """The replies this lead deputy is to pass on to his co-signers."""
    waits = sa.select(Delivery.id).where(
        Delivery.reply_id == Reply.id, Delivery.on.is_(None), Delivery.way == Way.RELAYED
    )
    wanted = (
        sa.select(Reply)
        .join(Reply.assignment)
        .join(Assignment.suggestion)
        .where(
            scope(visitor),
            Assignment.standing.in_(DELIVERED),
            Suggestion.lead_deputy_id.in_(cards_of(visitor.deputy_id or 0)),
            waits.exists(),
        )
        .options(contains_eager(Reply.assignment).contains_eager(Assignment.suggestion))
        .order_by(Reply.id)
    )
    linked_id = getattr(visitor, "reply_id", None)
    return wanted if linked_id is None else wanted.where(Reply.id == linked_id)


def get_to_relay(reply_id: int | None, visitor: Visitor) -> Reply:
    """:raises NotFound: there is none, or it is not this deputy's to pass on."""
    wanted = to_relay(visitor).where(Reply.id == (getattr(visitor, "reply_id", None) or reply_id))
    found = db.session.scalars(wanted).unique().one_or_none()
    if found is None:
        raise NotFound
    return found


def not_mailed() -> list[tuple[Delivery, str]]:
    """Deliveries that count as arrived though their letter failed, or was kept because nothing is mailed here."""
    gone = (LetterState.FAILED, LetterState.KEPT)
    wanted = sa.select(Delivery, Letter.state).join(Letter, Letter.id == Delivery.letter_id)
    wanted = wanted.where(Delivery.on.is_not(None), Delivery.way == Way.SYSTEM, Letter.state.in_(gone))
    return [(row[0], str(row[1])) for row in db.session.execute(wanted.order_by(Delivery.id))]


def mailed_after_all() -> list[tuple[Delivery, Letter]]:
    """Deliveries whose letter was lost, and sent again."""
    wanted = sa.select(Delivery, Letter).join(Letter, Letter.id == Delivery.letter_id)
    wanted = wanted.where(
        Delivery.on.is_(None),
        Delivery.way == Way.SYSTEM,
        Letter.state == LetterState.SENT,
        Delivery.lost_why.in_((LetterState.FAILED, LetterState.KEPT)),
    )
    wanted = wanted.options(joinedload(Delivery.reply)).order_by(Delivery.id)
    return [(row[0], row[1]) for row in db.session.execute(wanted)]


def is_any_to_follow() -> bool:
    """Whether the fate of a letter has not been noted on its delivery yet."""
    return bool(not_mailed() or mailed_after_all())
