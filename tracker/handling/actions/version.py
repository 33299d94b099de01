"""A reply is kept as it left its writer's hand."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Any

import sqlalchemy as sa

from tracker.actor import Actor
from tracker.database import columns, db
from tracker.entities import put
from tracker.handling.models import Reply
from tracker.handling.written import Measure, Point, ReplyVersion, VersionKind


def keep_version(reply: Reply, kind: VersionKind, *, by: Actor, on: date) -> ReplyVersion:
    """Keep what a reply says now: its text, its class, and all that stands beside them."""
    is_new = reply.id is None
    if is_new:
        put(reply)
    points, measures = _rows_of(reply)
    kept = ReplyVersion(
        reply_id=reply.id,
        number=1 if is_new else columns(_kept(), {"reply_id": reply.id}).scalar_one() + 1,
        kind=kind,
        text=reply.text,
        class_label=reply.class_label,
        facts={
            "document_number": reply.document_number,
            "signer": reply.signer,
            "points": [[one.request, one.answer, one.in_letter] for one in points],
            "measures": [one.what for one in measures],
            "promises": list(reply.draft_promises),
            "refusal": reply.refusal,
            "legal_basis": reply.legal_basis,
        },
        on=on,
        by_name=by.name,
    )
    return put(kept)


def _rows_of(reply: Reply) -> tuple[Iterable[Point], Iterable[Measure]]:
    """Points and measures in their order: as they were just written, else read."""
    if sa.inspect(reply).unloaded & {"points", "measures"}:
        points = sa.select(Point).where(Point.reply_id == reply.id).order_by(Point.place)
        measures = sa.select(Measure).where(Measure.reply_id == reply.id).order_by(Measure.place)
        return db.session.scalars(points).all(), db.session.scalars(measures).all()
    return reply.points, reply.measures


@cache
def _kept() -> sa.Select[Any]:
    return sa.select(sa.func.count(ReplyVersion.id)).where(
        ReplyVersion.reply_id == sa.bindparam("reply_id", type_=sa.Integer)
    )
