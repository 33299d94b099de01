"""The filters that are asked for less often, in the reader's words."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, SearchField, SelectField
from wtforms.validators import Optional

from tracker.deadlines.clauses import Outcome
from tracker.feedback.models import Verdict
from tracker.feedback.names import VERDICTS
from tracker.followup.queries import SHOWN, Show
from tracker.handling.names import OUTCOMES
from tracker.structure.models import Delegation
from tracker.web.filters import in_language
from tracker.web.forms import OfficeForm

PROMISES = (Show.OPEN, Show.OVERDUE)
LONGEST_NAME = 60


class FurtherFilters(OfficeForm):
    """By reply, rating, promise, deputy, delegation and day."""

    outcome = SelectField(_l("Class of reply"))
    rating = SelectField(_l("Rating"))
    promise = SelectField(_l("Promise"))
    deputy = SearchField(_l("Deputy, also in pinyin"), render_kw={"maxlength": LONGEST_NAME})
    delegation = SelectField(_l("Delegation"))
    since = DateField(_l("Recorded from"), [Optional()])
    until = DateField(_l("Recorded until"), [Optional()])

    def offer(self, delegations: list[Delegation]) -> None:
        """What may be chosen."""
        self.outcome.choices = any_of([(str(one), _(name)) for one, name in OUTCOMES.items()])
        self.rating.choices = any_of([(str(one), _(name)) for one, name in VERDICTS.items()])
        self.promise.choices = any_of([(str(one), _(SHOWN[one])) for one in PROMISES])
        self.delegation.choices = any_of([(str(one.id), in_language(one)) for one in delegations])

    def further(self) -> dict[str, Any]:
        """What is asked for, as `Asked` names it; a value that is no choice counts as none."""
        outcome, rating, promise = (self.chosen(name) for name in ("outcome", "rating", "promise"))
        return {
            "outcome": Outcome(outcome) if outcome else None,
            "rating": Verdict(rating) if rating else None,
            "promise": Show(promise) if promise else None,
            "deputy": (self.deputy.data or "").strip()[:LONGEST_NAME],
            "delegation_id": int(self.chosen("delegation")) if self.chosen("delegation") else None,
            "since": self.since.data,
            "until": self.until.data,
        }

    def chosen(self, name: str) -> str:
        field = self[name]
        return field.data if field.data in {value for value, _label in field.choices} else ""


def any_of(choices: list[tuple[str, Any]]) -> list[tuple[str, Any]]:
    return [("", _("all")), *choices]
