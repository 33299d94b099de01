"""What rows, columns and periods of a table are called, in the reader's language."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

import sqlalchemy as sa

from tracker.database import db
from tracker.errors import N_
from tracker.figures.measure import Group, Measure, Unit
from tracker.figures.measures import MEASURES, of_group
from tracker.figures.models import Dimension
from tracker.figures.tables import ALL
from tracker.structure.models import Body, Branch, Delegation, Meeting
from tracker.structure.names import BRANCHES
from tracker.web.filters import in_language
from tracker.web.languages import gettext as _

DIMENSIONS = {
    Dimension.WHOLE: N_("The whole"),
    Dimension.BODY: N_("By body"),
    Dimension.BRANCH: N_("By branch"),
    Dimension.DELEGATION: N_("By delegation"),
    Dimension.CATEGORY: N_("By subject"),
    Dimension.MEETING: N_("By meeting"),
}
ROWS = {
    Dimension.WHOLE: N_("The whole"),
    Dimension.BODY: N_("Body"),
    Dimension.BRANCH: N_("Branch"),
    Dimension.DELEGATION: N_("Delegation"),
    Dimension.CATEGORY: N_("Subject"),
    Dimension.MEETING: N_("Meeting"),
}
GROUPS = {
    Group.TIME: N_("In time and late"),
    Group.WORK: N_("What was received"),
    Group.PASSING: N_("Given back and handled again"),
    Group.CONTACT: N_("Contact with deputies"),
    Group.OUTCOME: N_("Classes of answers"),
    Group.SATISFACTION: N_("Satisfaction"),
    Group.PROMISES: N_("What was promised"),
    Group.SIGNALS: N_("Signs of weak handling"),
    Group.ITEMS: N_("Items as a whole"),
}
# The columns of a page: wholes stand under their parts already. A file and the body's page have every measure.
SHOWN: dict[Group, tuple[str, ...]] = {
    Group.TIME: ("in_time_original", "late_original", "open_late_original", "in_time_current", "late_current",
                 "open_late_current", "extended", "moved"),
    Group.WORK: ("assigned", "received", "main", "answered", "open", "no_clock", "days_held", "co", "co_late",
                 "co_unheard"),
    Group.OUTCOME: ("final", "solved", "partly_solved", "in_progress_this_year", "planned", "not_now", "not_feasible",
                    "higher_authority", "reference_only", "unclassed"),
    Group.SATISFACTION: ("first_satisfied", "first_dissatisfied", "first_unrated", "last_satisfied", "last_mostly",
                         "last_dissatisfied", "last_unrated", "last_awaited", "voices_dissatisfied"),
    Group.ITEMS: ("items", "items_answered", "items_late_original", "items_late_current", "items_returned",
                  "items_again", "items_days", "items_last_satisfied", "items_last_dissatisfied", "items_last_unrated"),
}  # fmt: skip
UNITS = {
    Unit.ITEMS: N_("items"),
    Unit.PARTS: N_("item-bodies"),
    Unit.PROMISES: N_("promises"),
    Unit.VOICES: N_("ratings"),
    Unit.DAYS: N_("working days"),
    Unit.SIGNALS: N_("signals"),
}
_NAMED: dict[Dimension, Any] = {
    Dimension.BODY: Body,
    Dimension.DELEGATION: Delegation,
    Dimension.MEETING: Meeting,
}


def labels(dimension: Dimension, keys: Collection[str], congress_id: int | None) -> dict[str, str]:
    """What each key of a table is called."""
    if dimension is Dimension.BRANCH:
        return {key: str(BRANCHES[Branch(key)]) if key in set(Branch) else key for key in keys}
    if dimension not in _NAMED:
        return {
            key: key or (_("Without a subject") if dimension is Dimension.CATEGORY else _("In all")) for key in keys
        }
    kind = _NAMED[dimension]
    wanted = sa.select(kind.id, kind.name, kind.name_en).where(kind.congress_id == congress_id)
    found = {str(row.id): in_language(row) for row in db.session.execute(wanted)}
    return {key: found.get(key, _("Without a delegation")) for key in keys}


def periods(given: Iterable[str], congress_id: int | None) -> list[tuple[str, str]]:
    """All, then years and meetings, the newest first, with what they are called."""
    meetings = sa.select(Meeting.id, Meeting.name, Meeting.name_en).where(Meeting.congress_id == congress_id)
    names = {
        f"meeting:{row.id}": in_language(row) for row in db.session.execute(meetings.order_by(Meeting.year.desc()))
    }
    there = set(given)
    years = sorted((one for one in there if one.startswith("year:")), reverse=True)
    return [
        (ALL, _("All years")),
        *((one, _("Meetings of %(year)s", year=one.partition(":")[2])) for one in years),
        *((one, name) for one, name in names.items() if one in there),
    ]


def shown(group: Group) -> list[Measure]:
    """The columns of a page's table."""
    every = of_group(group)
    return [MEASURES[one] for one in SHOWN[group]] if group in SHOWN else every


def unit(measure: Measure) -> str:
    """What is counted, as it stands beside a number."""
    return _(UNITS[measure.unit])
