"""The pages of time held: where time goes, what bodies pass to each other, and the path of one suggestion."""

from __future__ import annotations

from typing import Any

from flask import Blueprint
from flask_babel import gettext as _

from tracker.held.keeping import reckoned
from tracker.held.queries import Which
from tracker.people.visitors import visitor
from tracker.structure.models import Meeting
from tracker.structure.queries import meetings
from tracker.web.addresses import url_for
from tracker.web.filters import in_language
from tracker.web.paging import ROWS, Page, asked_number

pages = Blueprint("held", __name__)


def asked_which(**more: Any) -> Which:
    """Of which congress and meeting the address asks."""
    return Which(visitor().congress_id or 0, asked_number("meeting"), **more)


def frame(endpoint: str) -> dict[str, Any]:
    """What every table says of itself: up to when history was read, and of which meeting it tells."""
    found: list[Meeting] = meetings(visitor().congress_id or 0)
    chosen = asked_number("meeting")
    return {
        "as_of": reckoned(),
        "meetings": [(one.id, in_language(one)) for one in found],
        "meeting_id": chosen,
        "meeting_name": next((in_language(one) for one in found if one.id == chosen), _("all meetings")),
        "here": endpoint,
        "all_url": url_for(endpoint),
    }


def page_of(rows: list[Any], number: int) -> Page:
    """A page of a list of which one row more was read, to know whether there is another."""
    more = len(rows) > ROWS
    shown = rows[:ROWS]
    return Page(shown, number, (number - 1) * ROWS + len(shown) + more, or_more=more)


from tracker.held.views import passing, path, where  # noqa: E402

__all__ = ["asked_which", "frame", "page_of", "pages", "passing", "path", "where"]
