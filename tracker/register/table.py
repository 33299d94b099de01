"""The register as a table for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from flask_babel import gettext as _

from tracker.register.names import category_name
from tracker.register.queries import Row
from tracker.structure.models import Body
from tracker.suggestion.journey import NAMES
from tracker.web.filters import in_language


def headers() -> list[str]:
    return [
        _("Number"),
        _("Meeting"),
        _("Title"),
        _("Lead deputy"),
        _("Delegation"),
        _("Answering body"),
        _("Co-handlers"),
        _("Stage"),
        _("Round"),
        _("Key item"),
        _("Category"),
        _("Recorded on"),
        _("Handed over on"),
        _("Reply due on"),
        _("Originally due on"),
        _("Light"),
        _("Working days left (negative: over)"),
    ]


def cells(rows: Iterable[Row]) -> Iterator[list[Any]]:
    """One line for each suggestion; of an internal one only that it is there (internal matters leave no system)."""
    for row in rows:
        yield _line(row)


def _line(row: Row) -> list[Any]:
    one = row.suggestion
    if one.internal:
        return [one.number, in_language(one.meeting), _("internal, not exported"), *[""] * (len(headers()) - 3)]
    delegation = one.delegation or (one.lead_deputy.delegation if one.lead_deputy else None)
    return [
        one.number,
        in_language(one.meeting),
        one.title,
        one.lead_deputy.name if one.lead_deputy else "",
        in_language(delegation) if delegation else "",
        _joined(row.bodies),
        _joined(row.co_bodies),
        _(NAMES[one.stage]),
        one.round,
        _("yes") if one.key else "",
        category_name(one.category),
        one.recorded_on,
        one.handed_over_on,
        row.lamp.due_on if row.lamp else None,
        row.lamp.original_due_on if row.lamp else None,
        row.lamp.word if row.lamp else "",
        row.lamp.days_left if row.lamp else None,
    ]


def _joined(bodies: Iterable[Body]) -> str:
    return "; ".join(in_language(body) for body in bodies)
