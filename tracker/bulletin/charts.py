"""The pictures of an issue's workbook: how its bodies stand, and what was overdue week by week."""

from __future__ import annotations

from collections.abc import Iterator

from flask_babel import gettext as _

from tracker.bulletin import frozen, text
from tracker.bulletin.models import Issue
from tracker.bulletin.parts import Part
from tracker.web.drawing.measured import Kind, Picture, Row
from tracker.web.sheet_charts import Charted

MOST_BODIES, WEEKS = 30, 26


def charts(issue: Issue, part: Part) -> Iterator[Charted]:
    """A sheet with bars and one with lines; each only where it has something to show."""
    for picture, drawn_as in ((by_body(part), "bar"), (over_weeks(issue, part), "line")):
        if picture.rows:
            yield Charted(picture.title, picture, drawn_as)


def by_body(part: Part) -> Picture:
    """The bodies with most overdue, what each owes put together of what is overdue and what is not."""
    kinds = [
        Kind("late", _("Overdue"), "red"),
        Kind("moved", _("Past the first last day, extended"), "yellow"),
        Kind("open", _("Still owed, in time"), "e"),
    ]
    rows = [
        Row(
            text.body_name(row),
            {
                "late": row["open_late"],
                "moved": max(0, row["open_late_original"] - row["open_late"]),
                "open": row["open"] - max(row["open_late"], row["open_late_original"]),
            },
        )
        for row in part.bodies[:MOST_BODIES]
        if row["open"]
    ]
    return Picture("by-body", _("Owed, by body"), "", kinds, rows, _("Body"), _("item-bodies"), _("Still owed"))


def over_weeks(issue: Issue, part: Part) -> Picture:
    """What was owed and what was overdue, week by week, as each issue froze it, up to this one."""
    kinds = [Kind("open", _("Still owed"), "before"), Kind("late", _("Overdue"), "now")]
    found = frozen.issues(issue.congress_id, WEEKS, until=issue.week)
    rows = [
        Row(one.week, {name: counts.get(name, 0) for name in frozen.OWED})
        for one, counts in zip(found, frozen.counts_in(found, part.scope), strict=True)
    ]
    return Picture("weeks", _("Week by week"), "", kinds, rows, _("Week"), _("item-bodies"))
