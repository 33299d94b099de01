"""Dissatisfied became satisfied, and nothing had happened in between."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from tracker.dispatch.models import Assignment
from tracker.errors import N_
from tracker.feedback.models import COLUMNS, Rating, Study, Verdict
from tracker.feedback.versions import CONTENT, LATEST
from tracker.handling.models import Contact, Reply
from tracker.signals.kind import ITEM, About, Asked, SignalKind, told
from tracker.signals.ratings import RATED


def found(asked: Asked) -> sa.Select[Any]:
    """Last words without dissatisfaction after a dissatisfied one on the same reply, with neither a contact of the
    body nor an explanation of the office from the one day to the other.
    """
    was = aliased(Rating)
    contact = sa.select(Contact.id).where(
        Contact.assignment_id == Assignment.id, Contact.on >= was.on, Contact.on <= Rating.on
    )
    explained = sa.select(Study.id).where(Study.rating_id == was.id, Study.on <= Rating.on)
    before = sa.and_(
        was.reply_id == Rating.reply_id, was.deputy_id == Rating.deputy_id, was.version == Rating.version - 1
    )
    return (
        told(Rating.id, Rating.on, was_on=was.on, on=Rating.on)
        .join(Reply, Reply.assignment_id == Assignment.id)
        .join(Rating, Rating.reply_id == Reply.id)
        .join(was, before)
        .where(asked.covers(), Assignment.standing.in_(RATED), LATEST, CONTENT)
        .where(sa.or_(*(getattr(was, name) == Verdict.DISSATISFIED for name in COLUMNS.values())))
        .where(~contact.exists(), ~explained.exists())
    )


SIGNAL = SignalKind(
    key="turned_satisfied",
    name=N_("Dissatisfied turned satisfied"),
    rule=N_("A dissatisfied deputy changed his rating with no new reply, contact or explanation in between."),
    evidence=N_("Dissatisfied on %(was_on)s, no longer on %(on)s; nothing is noted in between."),
    act=N_("Ask the deputy what changed his mind."),
    found=found,
    about=About.RATING,
    evidence_at=ITEM,
    act_at=ITEM,
)
