"""A reply is kept as it left its writer's hand."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa

from tracker.actor import Actor
from tracker.database import db
from tracker.handling.models import Reply
from tracker.handling.written import Measure, Point, ReplyVersion, VersionKind


def keep_version(reply: Reply, kind: VersionKind, *, by: Actor, on: date) -> ReplyVersion:
    """Keep what a reply says now: its text, its class, and all that stands beside them."""
    db.session.flush()
    earlier = sa.select(sa.func.count()).select_from(ReplyVersion).where(ReplyVersion.reply_id == reply.id)
    points = db.session.scalars(sa.select(Point).where(Point.reply_id == reply.id).order_by(Point.place))
    done = db.session.scalars(sa.select(Measure.what).where(Measure.reply_id == reply.id).order_by(Measure.place))
    kept = ReplyVersion(
        reply_id=reply.id,
        number=(db.session.scalar(earlier) or 0) + 1,
        kind=kind,
        text=reply.text,
        class_label=reply.class_label,
        facts={
            "document_number": reply.document_number,
            "signer": reply.signer,
            "points": [[one.request, one.answer, one.in_letter] for one in points],
            "measures": list(done),
            "promises": list(reply.draft_promises),
            "refusal": reply.refusal,
            "legal_basis": reply.legal_basis,
        },
        on=on,
        by_name=by.name,
    )
    db.session.add(kept)
    return kept
