"""The lights of clocks: today's calendar and the lines each rule set draws, read once for a page."""

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
from tracker.register.rules import Span, spans
from tracker.workdays import queries as workdays
from tracker.workdays.rules import Calendar, working_days_between

_KNOWN: dict[str, Thresholds] = {}


@dataclass(frozen=True)
class Lamp:
    """How one clock stands, ready to be shown: colour, word, number, last day, and the day first given."""

    light: Light
    word: str
    days_text: str = ""
    due_on: date | None = None
    original_due_on: date | None = None
    days_left: int | None = None

    @property
    def is_moved(self) -> bool:
        return self.due_on != self.original_due_on


@dataclass(frozen=True)
class Lamps:
    """Tells the light of every clock of one congress on one day."""

    today: date
    calendar: Calendar
    thresholds: Mapping[int, Thresholds]

    def lamp(self, deadline: Deadline, *, dissatisfied: int = 0) -> Lamp:
        """The lamp of a clock that still runs."""
        shown = light(
            due_on=deadline.due_on,
            today=self.today,
            calendar=self.calendar,
            thresholds=self.thresholds[deadline.rule_set_id],
            dissatisfied=dissatisfied,
        )
        left = working_days_between(self.today, deadline.due_on, self.calendar)
        is_over = deadline.due_on < self.today
        word = light_name(shown)
        if shown is Light.PURPLE:  # of its two reasons the one that holds
            word = _("long overdue") if is_over else _("dissatisfied twice")
        return Lamp(shown, word, days_text(left, is_over=is_over), deadline.due_on, deadline.original_due_on, left)

    def shines(self, wanted: Light, dissatisfied: sa.ColumnElement[int]) -> sa.ColumnElement[bool]:
        """The condition under which a running clock shows this light; a comparison of days, no counting per row.

        `dissatisfied`: how often the deputy was dissatisfied, in SQL.
        """
        drawn: dict[Thresholds, list[int]] = {}
        for rule_set_id, lines in self.thresholds.items():
            drawn.setdefault(lines, []).append(rule_set_id)
        found = []
        for lines, ids in drawn.items():
            within = _within(spans(self.today, self.calendar, lines)[wanted])
            often = dissatisfied >= lines.dissatisfied
            shown = sa.or_(within, often) if wanted is Light.PURPLE else sa.and_(within, sa.not_(often))
            found.append(sa.and_(shown, Deadline.rule_set_id.in_(ids)) if len(drawn) > 1 else shown)
        return sa.or_(sa.false(), *found)


def answered() -> Lamp:
    """Of a suggestion to which nobody owes a reply any more, and which nobody has rated yet."""
    return Lamp(Light.BLUE, light_name(Light.BLUE))


def lamps(congress_id: int | None, today: date) -> Lamps:
    """Today's lamps: two statements; a rule set never changes once loaded, so its lines are read once a process."""
    rows = db.session.execute(sa.select(RuleSet.id, RuleSet.digest).order_by(RuleSet.id)).all()
    if unknown := {digest for _id, digest in rows} - _KNOWN.keys():
        for row in db.session.scalars(sa.select(RuleSet).where(RuleSet.digest.in_(unknown))):
            _KNOWN[row.digest] = rules_of(row).lights
    return Lamps(today, workdays.calendar(congress_id), {row_id: _KNOWN[digest] for row_id, digest in rows})


def days_text(left: int, *, is_over: bool) -> str:
    """How many working days are left, or (after the word “overdue”) by how many the last day has passed."""
    if is_over:
        return str(ngettext("by %(num)d working day", "by %(num)d working days", -left))
    if left == 0:
        return _("due now")
    return str(ngettext("%(num)d working day left", "%(num)d working days left", left))


def _within(span: Span) -> sa.ColumnElement[bool]:
    ends = []
    if span.first is not None:
        ends.append(Deadline.due_on >= span.first)
    if span.last is not None:
        ends.append(Deadline.due_on <= span.last)
    return sa.and_(*ends)
