"""How a thing that waits is shown: its light, with word and number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from flask_babel import ngettext

from tracker.deadlines.names import light_name
from tracker.deadlines.rules import Light, Thresholds, light
from tracker.stage import Waiting
from tracker.workdays.rules import Calendar, working_days_between


@dataclass(frozen=True)
class Lit:
    """A thing that waits, with the light of its last day."""

    waiting: Waiting
    light: str = ""
    word: str = ""
    days_text: str = ""


def lit(one: Waiting, today: date, days: Calendar, lines: Thresholds | None) -> Lit:
    """The thing with its light, if it has a last day and rules are loaded."""
    if one.due_on is None or lines is None:
        return Lit(one)
    shown = light(due_on=one.due_on, today=today, calendar=days, thresholds=lines)
    word = _("long overdue") if shown is Light.PURPLE else light_name(shown)
    return Lit(one, str(shown), word, _number(one.due_on, today, days))


def _number(due_on: date, today: date, days: Calendar) -> str:
    left = working_days_between(today, due_on, days)
    if due_on < today:
        return str(ngettext("by %(num)d working day", "by %(num)d working days", -left))
    return str(ngettext("%(num)d working day left", "%(num)d working days left", left)) if left else _("due now")
