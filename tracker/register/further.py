"""The filters that are asked for less often: by reply, rating, promise, deputy, delegation and day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from tracker.deadlines.clauses import Outcome
from tracker.errors import N_
from tracker.feedback.models import Verdict
from tracker.feedback.names import VERDICTS
from tracker.followup.queries import SHOWN, Show
from tracker.handling.names import OUTCOMES
from tracker.register.narrowing import ANY_SIGN, NOT_RATED
from tracker.signals.names import SIGNS
from tracker.web.choices import Choices, kept

PROMISES = (Show.OPEN, Show.OVERDUE)
LONGEST_NAME = 60
HINTS = {ANY_SIGN: N_("any sign"), **SIGNS}
RATINGS = {**{str(one): name for one, name in VERDICTS.items()}, NOT_RATED: N_("not rated in time")}
LABELS = {
    "outcome": _l("Class of reply"),
    "rating": _l("Rating"),
    "promise": _l("Promise"),
    "sign": _l("Sign of weak handling"),
    "deputy": _l("Deputy, also in pinyin"),
    "delegation": _l("Delegation"),
    "since": _l("Recorded from"),
    "until": _l("Recorded until"),
}


def choices() -> dict[str, Choices]:
    """What may be chosen, the delegations left out."""
    return {
        "outcome": kept("outcomes", (), lambda: any_of((str(one), _(name)) for one, name in OUTCOMES.items())),
        "rating": kept("verdicts", (), lambda: any_of((str(one), _(name)) for one, name in RATINGS.items())),
        "promise": kept("promises", (), lambda: any_of((str(one), _(SHOWN[one])) for one in PROMISES)),
        "sign": kept("signs", (), lambda: any_of((one, _(name)) for one, name in HINTS.items())),
    }


def asked(chosen: Mapping[str, str], texts: Mapping[str, str]) -> dict[str, Any]:
    """What is asked for, as `Asked` names it; a day that is none asks for nothing."""
    outcome, rating, promise, delegation = (chosen[name] for name in ("outcome", "rating", "promise", "delegation"))
    return {
        "outcome": Outcome(outcome) if outcome else None,
        "rating": NOT_RATED if rating == NOT_RATED else Verdict(rating) if rating else None,
        "promise": Show(promise) if promise else None,
        "sign": chosen["sign"],
        "deputy": texts["deputy"][:LONGEST_NAME],
        "delegation_id": int(delegation) if delegation else None,
        "since": _day(texts["since"]),
        "until": _day(texts["until"]),
    }


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def any_of(choices: Any) -> list[tuple[str, Any]]:
    return [("", _("all")), *choices]
