"""Who may read which signals, who has looked at them, and who may say something to one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from tracker.roles import BODY, OFFICE, SEES_ALL, Role
from tracker.signals.kind import About
from tracker.signals.known import all_kinds
from tracker.signals.models import Signal, SignalLook
from tracker.stage import Visitor
from tracker.structure.succession import and_before, arm_of, is_of, paired_with
from tracker.suggestion.models import Suggestion
from tracker.suggestion.queries import scope, sees_all_of_it
from tracker.web.paging import MOST_COUNTED

READERS = (*OFFICE, Role.HUB, *BODY, Role.COMMITTEE, Role.LEADER, Role.AUDITOR)
OF_BODIES = tuple(kind.key for kind in all_kinds() if kind.about is About.BODY)


def readable(visitor: Any) -> sa.ColumnElement[bool]:
    """Which signals a visitor may read, of a statement that joins the suggestion: hints for those who look after it.

    Who handles reads those about its own handling, a hub those of its arm, and neither those about the office or about
    how a rating came about; a deputy reads none (docs/decisions/041).
    """
    if visitor.role not in READERS:
        return sa.false()
    parts = [Signal.congress_id == visitor.congress_id]
    if not sees_all_of_it(visitor):
        parts.append(scope(visitor))
    return sa.and_(*parts, *whose(visitor))


def whose(visitor: Any) -> Iterator[sa.ColumnElement[bool]]:
    """Which signals of suggestions he sees are his to read; of a statement about suggestions."""
    if visitor.role in SEES_ALL:
        return
    if visitor.body_id is None:
        yield sa.false()
    elif visitor.role is Role.COMMITTEE:
        paired = paired_with(visitor.body_id)
        yield sa.or_(Suggestion.key.is_(True), Signal.body_id.in_(paired))
    else:
        yield Signal.kind.in_(OF_BODIES)
        yield Signal.body_id.in_((arm_of if visitor.role is Role.HUB else and_before)(visitor.body_id))
        if visitor.assignment_id is not None:
            yield Signal.assignment_id == visitor.assignment_id


def unseen(visitor: Any) -> sa.ColumnElement[bool]:
    """What was raised since the office, or the body, last looked; of what nobody ever looked at, the latest."""
    of = SignalLook.body_id == visitor.body_id if visitor.role in BODY else SignalLook.body_id.is_(None)
    looked = sa.select(sa.func.max(SignalLook.signal_id)).where(SignalLook.congress_id == visitor.congress_id, of)
    latest = sa.select(sa.func.max(Signal.id) - MOST_COUNTED)
    return Signal.id > sa.func.coalesce(looked.scalar_subquery(), latest.scalar_subquery(), 0)


def acts_on(visitor: Visitor) -> bool:
    """Whether the next act is this visitor's: a body is not told to press itself, it says something to the sign."""
    return visitor.role not in BODY


def may_answer(signal: Signal, visitor: Visitor) -> bool:
    """The body it is about; the office for a paper of the body that came in, and for itself."""
    if not signal.is_open:
        return False
    return visitor.role in OFFICE or (visitor.role in (*BODY, Role.HUB) and is_of(visitor.body_id, signal.body_id))
