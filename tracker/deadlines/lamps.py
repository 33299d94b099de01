"""How clocks stand today, ready to be shown: light, word and number of days, read once for a page of any length."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache, lru_cache
from typing import Any

import sqlalchemy as sa

from tracker.database import ahead, columns, db
from tracker.deadlines.models import Deadline, RuleSet
from tracker.deadlines.names import light_name
from tracker.deadlines.queries import NEWEST_FIRST, rules_of
from tracker.deadlines.rules import Light, Span, Thresholds, light, spans
from tracker.structure.models import Congress
from tracker.web.languages import gettext as _
from tracker.web.languages import ngettext, spoken_now
from tracker.workdays import queries as workdays
from tracker.workdays.rules import Calendar, working_days_between

LATE = (Light.RED, Light.PURPLE)
_KNOWN: dict[str, Thresholds] = {}
_KEPT: dict[tuple[int | None, str], tuple[Any, Lamps]] = {}


@dataclass(frozen=True)
class Lamp:
    """How one last day stands: colour, word, number, the day itself, and the day first given."""

    light: Light
    word: str
    days_text: str = ""
    due_on: date | None = None
    original_due_on: date | None = None
    days_left: int | None = None

    @property
    def is_moved(self) -> bool:
        return self.due_on != self.original_due_on

    @property
    def is_late(self) -> bool:
        return self.light in LATE


@dataclass(frozen=True)
class Lamps:
    """Tells the light of every clock of one congress on one day."""

    today: date
    calendar: Calendar
    thresholds: Mapping[int, Thresholds]
    present: Thresholds | None
    _seen: dict[tuple[date, date, int, int], Lamp] = field(default_factory=dict, repr=False, compare=False)

    def of(self, deadline: Deadline | None, *, dissatisfied: int = 0) -> Lamp | None:
        """The lamp of a clock that runs; None for one that does not. `dissatisfied`: how often the deputy was."""
        if deadline is None or not deadline.is_open:
            return None
        return self.lamp(deadline, dissatisfied=dissatisfied)

    def lamp(self, deadline: Deadline, *, dissatisfied: int = 0) -> Lamp:
        """The lamp of a clock as if it still ran."""
        lines = self.thresholds[deadline.rule_set_id]
        return self._lamp(deadline.due_on, deadline.original_due_on, lines, dissatisfied)

    def on(self, due_on: date | None) -> Lamp | None:
        """The lamp of a bare last day under the rule set in force; None without a day or before one is loaded."""
        if due_on is None or self.present is None:
            return None
        return self._lamp(due_on, due_on, self.present, 0)

    def of_days(self, due_on: date, original: date, rule_set_id: int, *, dissatisfied: int = 0) -> Lamp:
        """The lamp of a clock that runs, from its columns alone."""
        return self._lamp(due_on, original, self.thresholds[rule_set_id], dissatisfied)

    def _lamp(self, due_on: date, original: date, lines: Thresholds, dissatisfied: int) -> Lamp:
        key = (due_on, original, id(lines), dissatisfied)
        lamp = self._seen.get(key)
        if lamp is None:
            lamp = self._seen[key] = self._made(due_on, original, lines, dissatisfied)
        return lamp

    def _made(self, due_on: date, original: date, lines: Thresholds, dissatisfied: int) -> Lamp:
        left = working_days_between(self.today, due_on, self.calendar)
        shown = light(
            due_on=due_on, today=self.today, calendar=self.calendar, thresholds=lines, dissatisfied=dissatisfied
        )
        word, days = _told(spoken_now(), shown, left, due_on < self.today)
        return Lamp(shown, word, days, due_on, original, left)

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


@lru_cache(maxsize=4_096)
def _told(_language: str, shown: Light, left: int, is_over: bool) -> tuple[str, str]:
    """The word and the days of a light in the language spoken now; the same for every clock of as many days."""
    word = light_name(shown)
    if shown is Light.PURPLE:  # of its two reasons the one that holds
        word = _("long overdue") if is_over else _("dissatisfied twice")
    return word, days_text(left, is_over=is_over)


def answered() -> Lamp:
    """Of a suggestion to which nobody owes a reply any more, and which nobody has rated yet."""
    return _answered(spoken_now())


@cache
def _answered(_language: str) -> Lamp:
    return Lamp(Light.BLUE, light_name(Light.BLUE))


def not_rated() -> Lamp:
    """Of a suggestion whose deputy let the time to rate pass: no satisfaction, and nobody owes a reply."""
    return Lamp(Light.BLUE, _("not rated in time"))


def soon(congress_id: int | None, today: date) -> None:
    """`lamps` will be asked for."""
    ahead(_loaded(congress_id is None), {"congress_id": congress_id, "today": today})


def lamps(congress_id: int | None, today: date) -> Lamps:
    """Today's lamps; what a rule set says never changes once loaded, so its lines are read once a process.

    The same lamps shine on every page of this language as long as day, rule sets and calendar are the same.
    """
    rows = columns(_loaded(congress_id is None), {"congress_id": congress_id, "today": today}).all()
    if rows:
        workdays.note_version(congress_id, rows[0][3:])
    made_of, of = (today, rows), (congress_id, spoken_now())
    if of in _KEPT and _KEPT[of][0] == made_of:
        return _KEPT[of][1]
    if unknown := {row.digest for row in rows} - _KNOWN.keys():
        for row in db.session.scalars(sa.select(RuleSet).where(RuleSet.digest.in_(unknown))):
            _KNOWN[row.digest] = rules_of(row).lights
    present = next((_KNOWN[row.digest] for row in rows if row.holds), None)
    made = Lamps(today, workdays.calendar(congress_id), {row.id: _KNOWN[row.digest] for row in rows}, present)
    _KEPT[of] = (made_of, made)
    return made


@cache
def _loaded(national: bool) -> sa.Select[Any]:
    """Every rule set and whether the congress goes by it today, and the version of the calendar beside each."""
    today = sa.bindparam("today", type_=sa.Date)
    whose = Congress.id == sa.bindparam("congress_id", type_=sa.Integer)
    in_force = sa.and_(
        RuleSet.name == sa.select(Congress.rules_name).where(whose).scalar_subquery(),
        RuleSet.effective_from <= today,
        sa.or_(RuleSet.effective_to.is_(None), RuleSet.effective_to >= today),
    )
    holds = sa.func.coalesce(in_force, sa.false()).label("holds")
    return sa.select(RuleSet.id, RuleSet.digest, holds, *workdays.versions(national)).order_by(*NEWEST_FIRST)


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
