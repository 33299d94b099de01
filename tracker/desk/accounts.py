"""Accounts used from two places at once, or a deputy's from a body's network, wait until somebody has asked."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Any

import sqlalchemy as sa

from tracker.dispatch.awaiting import NOBODY, NOTHING, Awaited, in_columns, waits
from tracker.errors import N_
from tracker.people.models import UseHint, User
from tracker.roles import Role
from tracker.stage import Harm, Visitor, Waiting
from tracker.suggestion.anyone import Anyone
from tracker.suggestion.models import Suggestion
from tracker.web.addresses import url_for

UNUSUAL = N_("Unusual use of accounts")


def awaited(visitor: Visitor) -> Iterable[Awaited]:
    """Hints nobody has looked at, for those who may ask the person."""
    if visitor.role in (Role.OFFICE_LEADER, Role.ADMIN):
        yield Awaited(UNUSUAL, _open, lambda: url_for("people.hints"), _line)


@cache
def _open(who: Anyone) -> sa.Select[Any]:
    wanted = (
        sa.select(UseHint)
        .join(User, User.id == UseHint.user_id)
        .outerjoin(Suggestion, sa.false())
        .where(UseHint.seen_at.is_(None), UseHint.congress_id == who.congress_id)
        .order_by(UseHint.id.desc())
    )
    return in_columns(wanted, UseHint.id, since_on=NOTHING, title=User.name, body=NOBODY)


def _line(row: Any, _today: date) -> Waiting:
    return waits(UNUSUAL, row, url_for("people.hints"), Harm.TO_READ.after(0))
