"""A ladder in words, for whoever reads it."""

from __future__ import annotations

from collections.abc import Iterable

from babel.lists import format_list
from flask_babel import get_locale

from tracker.deadlines.clauses import Kind, Step
from tracker.deadlines.ladders import ANY, FORM_NAMES, HUB, WORDS
from tracker.deadlines.names import kind_name
from tracker.structure.models import Branch
from tracker.structure.names import BRANCHES
from tracker.web.languages import gettext as _
from tracker.web.languages import ngettext


def whose(kind: Kind, branch: str) -> str:
    """Whose clocks climb by it."""
    if branch == HUB:
        return _("the hub")
    if branch == ANY:
        return _("the deputy") if kind is Kind.EVALUATE else _("our office")
    return str(BRANCHES[Branch(branch)])


def rung(step: Step) -> str:
    """One step in one line."""
    facts = {"number": step.step, "when": when(step.offset), "whom": told(step), "form": form(step)}
    return _("%(number)s · %(when)s: %(whom)s (%(form)s)", **facts)


def when(offset: int) -> str:
    """So many working days before the last day or after it."""
    if offset < 0:
        return ngettext("%(num)d working day before", "%(num)d working days before", -offset)
    if offset == 0:
        return _("on the last day")
    return ngettext("%(num)d working day after", "%(num)d working days after", offset)


def told(step: Step) -> str:
    """Who hears of a rung; a word of a newer rule set as it stands."""
    return listed(_(WORDS[word]) if word in WORDS else word for word in step.to)


def form(step: Step) -> str:
    """What a rung produces, and whether it is reached by dissatisfaction too."""
    name = _(FORM_NAMES[step.form])
    if step.dissatisfied_twice:
        return _("%(form)s; at once if dissatisfied as often as the lights say", form=name)
    return name


def kinds(these: Iterable[Kind]) -> str:
    return listed(kind_name(kind) for kind in these)


def listed(these: Iterable[str]) -> str:
    return format_list(list(these), locale=get_locale())
