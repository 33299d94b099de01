"""The lights of the clocks of one congress on one day: colour, word and days, for lists of any length."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from flask_babel import gettext as _
from flask_babel import ngettext

from tracker.database import db
from tracker.deadlines.models import Deadline, RuleSet
from tracker.deadlines.names import light_name
from tracker.deadlines.queries import rules_of
from tracker.deadlines.rules import Light, Thresholds, light
from tracker.workdays import queries as workdays
from tracker.workdays.rules import Calendar, working_days_between

_KNOWN: dict[str, Thresholds] = {}


@dataclass(frozen=True)
class Lit:
    """How one running clock stands, ready to be shown."""

    name: Light
    word: str
    days_text: str
    left: int

    @property
    def is_late(self) -> bool:
        return self.name in (Light.RED, Light.PURPLE)


@dataclass(frozen=True)
class Lights:
    """Tells the light of any clock; read once for a page."""

    today: date
    calendar: Calendar
    thresholds: Mapping[int, Thresholds]

    def of(self, deadline: Deadline | None, *, dissatisfied: int = 0) -> Lit | None:
        """The light of a clock that runs; None for one that does not. `dissatisfied`: how often the deputy was."""
        if deadline is None or not deadline.is_open:
            return None
        name = light(
            due_on=deadline.due_on,
            today=self.today,
            calendar=self.calendar,
            thresholds=self.thresholds[deadline.rule_set_id],
            dissatisfied=dissatisfied,
        )
        left = working_days_between(self.today, deadline.due_on, self.calendar)
        return Lit(name, light_name(name), days_text(left, is_over=deadline.due_on < self.today), left)


def lights(congress_id: int | None, today: date) -> Lights:
    """Today's lights; what a rule set says never changes, so its lines are read once a process."""
    rows = db.session.execute(sa.select(RuleSet.id, RuleSet.digest)).all()
    if unknown := {digest for _id, digest in rows} - _KNOWN.keys():
        for row in db.session.scalars(sa.select(RuleSet).where(RuleSet.digest.in_(unknown))):
            _KNOWN[row.digest] = rules_of(row).lights
    return Lights(today, workdays.calendar(congress_id), {row_id: _KNOWN[digest] for row_id, digest in rows})


def days_text(left: int, *, is_over: bool) -> str:
    """How many working days are left, or by how many the last day has passed."""
    if is_over:
        return str(ngettext("%(num)d working day over", "%(num)d working days over", -left))
    if left == 0:
        return _("due now")
    return str(ngettext("%(num)d working day left", "%(num)d working days left", left))
