"""What the doctor finds about signals."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa

from tracker.database import db
from tracker.errors import N_
from tracker.signals.known import all_kinds
from tracker.signals.models import Dismissal, Signal, SignalAnswer
from tracker.stage import Problem


def problems() -> Iterator[Problem]:
    """Signals nobody could clear any more, two of one fact, and words to what was not raised yet."""
    known = [kind.key for kind in all_kinds()]
    counted = sa.select(Signal.kind, sa.func.count().label("count")).where(Signal.cleared_on.is_(None))
    for row in db.session.execute(counted.where(Signal.kind.not_in(known)).group_by(Signal.kind)):
        message = N_("%(count)s signs of the kind “%(kind)s” stand open, and no such kind is known any more.")
        yield Problem("sign_kind", message, {"kind": row.kind, "count": row.count})
    twice = (
        counted.add_columns(Signal.thing_id)
        .group_by(Signal.kind, Signal.thing_id)
        .having(sa.func.count() > 1)
        .limit(20)
    )
    for row in db.session.execute(twice):
        message = N_("The sign “%(kind)s” of thing %(thing)s is raised %(count)s times at once.")
        yield Problem("sign_twice", message, {"kind": row.kind, "thing": row.thing_id, "count": row.count})
    for said in (SignalAnswer, Dismissal):
        early = sa.select(said.signal_id).join(Signal, Signal.id == said.signal_id).where(said.on < Signal.raised_on)
        for number in db.session.scalars(early.limit(20)):
            message = N_("Something was said to sign %(id)s before it was raised.")
            yield Problem("sign_early", message, {"id": number})
