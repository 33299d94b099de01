"""What a rule set chooses besides its clocks: who gets the reply, signs it, reads it first; what is rated, and then."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum


class ReplyTo(StrEnum):
    EACH = "each"
    LEAD_RELAYS = "lead_relays"


class Signer(StrEnum):
    HEAD = "head"
    ANY_LEADER = "any_leader"


class Precheck(StrEnum):
    NONE = "none"
    HUB = "hub"
    OFFICE = "office"


class Aspect(StrEnum):
    """What of the handling a deputy rates apart (态度、结果、面商、答复、综合)."""

    ATTITUDE = "attitude"
    RESULT = "result"
    CONTACT = "contact"
    REPLY = "reply"
    OVERALL = "overall"


NEEDED_RATES = (Aspect.ATTITUDE, Aspect.RESULT)


class Rehandling(StrEnum):
    """What a dissatisfied rating does: the next round begins at once, or the office studies it first."""

    AT_ONCE = "at_once"
    STUDIED = "studied"


def rates(said: Iterable[str]) -> tuple[Aspect, ...]:
    """What is rated, in one order everywhere; attitude and result are always asked, and apart (上海规定 21)."""
    asked = {Aspect(one) for one in said}
    if not asked.issuperset(NEEDED_RATES):
        raise ValueError("rates: attitude and result are always rated")
    return tuple(one for one in Aspect if one in asked)
