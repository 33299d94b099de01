"""Who may say something to whom. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from tracker.errors import N_, RuleBroken
from tracker.roles import BODY, OFFICE, Role


class Audience(StrEnum):
    """Who may read a remark, besides whose it is and whom it is addressed to."""

    OFFICE = "office"
    HUB = "hub"
    ALL = "all"
    DEPUTY = "deputy"


WRITERS = (*OFFICE, Role.HUB, *BODY, Role.COMMITTEE)


def audiences(role: Role) -> tuple[Audience, ...]:
    """Whom somebody of this role may let read a remark; only the office says something to the deputy."""
    if role in OFFICE:
        return tuple(Audience)
    if role in (Role.HUB, *BODY):
        return (Audience.OFFICE, Audience.HUB, Audience.ALL)
    return (Audience.OFFICE, Audience.ALL)


def must_be_sayable(text: str, audience: Audience, role: Role, to_body_id: int | None, handling: Iterable[int]) -> None:
    """:raises RuleBroken: nothing is said, it is for somebody this role may not tell, or the body has no part."""
    if not text.strip():
        raise RuleBroken(N_("Write what you have to say."))
    if audience not in audiences(role):
        raise RuleBroken(N_("Only the office says something to the deputy."))
    if to_body_id is not None and to_body_id not in set(handling):
        raise RuleBroken(N_("This body has no part in the suggestion."))
