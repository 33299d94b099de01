"""Two suggestions are said to be about the same matter, across years and deputies; each is handled for itself."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa

from tracker.actor import Actor
from tracker.database import db
from tracker.errors import N_, RuleBroken
from tracker.intake.actions.checking import needs
from tracker.intake.actions.waiting import hold
from tracker.intake.models import SameMatter
from tracker.suggestion.models import Suggestion


def link_same_matter(one: Suggestion, other: Suggestion, reason: str, *, by: Actor, on: date) -> SameMatter:
    """Note that both are about the same matter (同一事项), and why; unlike a merger nothing else follows from it.

    :raises RuleBroken: the reason is missing, they are one and the same, of two congresses, or linked already.
    """
    needs(reason)
    if one.id == other.id:
        raise RuleBroken(N_("A suggestion cannot be linked to itself."))
    if one.congress_id != other.congress_id:
        raise RuleBroken(N_("Only suggestions of one congress are linked."))
    hold(one, other)
    first, second = sorted((one.id, other.id))
    wanted = sa.select(SameMatter.id).where(
        SameMatter.one_id == first, SameMatter.other_id == second, SameMatter.undone_on.is_(None)
    )
    if db.session.scalar(wanted) is not None:
        raise RuleBroken(N_("They are linked already."))
    link = SameMatter(one_id=first, other_id=second, reason=reason, on=on, by_name=by.name)
    db.session.add(link)
    return link


def unlink(link: SameMatter, reason: str, *, by: Actor, on: date) -> None:
    """They are not about the same matter after all; who had said so, and why, stays.

    :raises RuleBroken: the reason is missing, or the link was taken back already.
    """
    needs(reason)
    if link.undone_on is not None:
        raise RuleBroken(N_("This link was taken back already."))
    link.undone_on, link.undone_by, link.undone_reason = on, by.name, reason
