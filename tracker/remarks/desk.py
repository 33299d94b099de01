"""What was said to me waits on my desk until I have seen it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Any

import sqlalchemy as sa

from tracker.dispatch.awaiting import Awaited, in_columns, waits
from tracker.errors import N_
from tracker.remarks import queries
from tracker.remarks.models import Remark
from tracker.remarks.rules import WRITERS
from tracker.stage import Harm, Visitor, Waiting
from tracker.structure.models import Body
from tracker.suggestion.anyone import Anyone
from tracker.suggestion.models import Suggestion
from tracker.web.addresses import url_for

SAID = N_("Remarks addressed to us")


def awaited(visitor: Visitor) -> Iterable[Awaited]:
    if visitor.role in WRITERS:
        yield Awaited(SAID, _said, lambda: url_for("register.index"), _line)


@cache
def _said(who: Anyone) -> sa.Select[Any]:
    wanted = queries.waits(who).outerjoin(Body, Body.id == Remark.body_id)
    return in_columns(wanted, Suggestion.id, since_on=Remark.on, more=Remark.id)


def _line(row: Any, today: date) -> Waiting:
    url = url_for("register.show", suggestion_id=row.thing_id) + "#remarks"
    return waits(SAID, row, url, Harm.REMARK.after((today - row.since_on).days))
