"""The words of pictures: their names, and what each look means."""

from __future__ import annotations

from tracker.bulletin.text import BRANCHES
from tracker.deadlines.names import light_name
from tracker.errors import N_
from tracker.pictures.promises import ENDED, KEPT, KEPT_LATE, KEPT_MOVED, MOVED, OPEN, OVERDUE
from tracker.pictures.queries import LATE_EITHER, LATE_FIRST_ONLY, LATE_NOW, Asked
from tracker.pictures.rules import LIGHTS, OVER, SINCE, Band
from tracker.web.drawing.measured import Kind
from tracker.web.languages import gettext as _

# Endpoint, title, and what one sees there.
PICTURES = (
    ("pictures.week", N_("The week on one page"), N_("How it stands today, what changed, and the weakest matters.")),
    ("pictures.lights", N_("Lights over time"), N_("Week by week, as the bulletins froze them, and today.")),
    (
        "pictures.ages",
        N_("How old open item-bodies are"),
        N_("Days since hand-over, and days over the first last day."),
    ),
    ("pictures.bodies", N_("Load and punctuality by body"), N_("One small picture a body, the worst first.")),
    ("pictures.promised", N_("Promises falling due"), N_("By month: kept, late, still open.")),
    ("pictures.years", N_("This year beside last"), N_("By the same day of the year's course.")),
)
PROMISES = (
    (KEPT, N_("kept by the first day"), "green"),
    (KEPT_MOVED, N_("kept by a later day granted"), "c"),
    (KEPT_LATE, N_("kept late"), "orange"),
    (ENDED, N_("withdrawn"), "grey"),
    (OVERDUE, N_("overdue"), "red"),
    (MOVED, N_("open, past its first day"), "yellow"),
    (OPEN, N_("open"), "e"),
)
YEARS = {
    "received": N_("To be answered"),
    "answered": N_("Answered"),
    "in_time": N_("Answered by the first last day"),
    "dissatisfied": N_("Deputies dissatisfied with the result"),
    "returned": N_("Returned"),
}
PUNCTUALITY = (
    ("open_late", N_("open, overdue"), "red"),
    ("open_moved", N_("open, past the first last day, extended"), "yellow"),
    ("answered_late", N_("answered after the first last day"), "orange"),
    ("answered_in_time", N_("answered in time"), "green"),
    ("open_in_time", N_("open, in time"), "e"),
    ("no_clock", N_("open, no last day"), "grey"),
)
BRANCH_LOOKS = ("a", "b", "c", "d")


def light_kinds() -> list[Kind]:
    """The lights of what is open, the worst first."""
    return [Kind(str(one), light_name(one), str(one)) for one in LIGHTS]


def frozen_kinds() -> list[Kind]:
    """The same, and what issues of before do not tell apart."""
    return [*light_kinds(), Kind("untold", _("open, not told apart"), "grey")]


def promise_kinds() -> list[Kind]:
    return [Kind(key, _(name), look) for key, name, look in PROMISES]


def punctuality_kinds() -> list[Kind]:
    return [Kind(key, _(name), look) for key, name, look in PUNCTUALITY]


def branch_kinds(most: list[str], *, has_others: bool) -> list[Kind]:
    """The branches with a look of their own, and the others together."""
    kinds = [Kind(one, _(BRANCHES[one]), look) for one, look in zip(most, BRANCH_LOOKS, strict=False)]
    return [*kinds, Kind("others", _("Other branches"), "e")] if has_others else kinds


def since_names() -> list[str]:
    return [_days(band) for band in SINCE]


def over_names() -> list[str]:
    return [_("not over"), *(_("%(days)s over", days=_days(band)) for band in OVER)]


def _days(band: Band) -> str:
    if band.last is None:
        return _("more than %(days)s days", days=band.first - 1)
    return _("%(first)s to %(last)s days", first=band.first, last=band.last)


LATE = {
    LATE_NOW: N_("over the present last day"),
    LATE_FIRST_ONLY: N_("over the first last day only, extended"),
    LATE_EITHER: N_("over the first or the present last day"),
}


def in_words(asked: Asked) -> list[str]:
    """To what a list of open item-bodies is narrowed; a body's name stands in every row of it."""
    said = []
    if asked.light is not None:
        said.append(light_name(asked.light))
    if asked.late:
        said.append(_(LATE[asked.late]))
    if asked.branch is not None:
        said.append(_(BRANCHES[str(asked.branch)]))
    if asked.since is not None:
        said.append(_("since hand-over: %(days)s", days=since_names()[asked.since]))
    if asked.over is not None:
        said.append(_("against the first last day: %(days)s", days=over_names()[asked.over]))
    return said
