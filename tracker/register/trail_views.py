"""The story of one suggestion as the auditor reads it: its history and what the trail says of it, with their seals."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

import sqlalchemy as sa
from flask import render_template
from flask_babel import gettext as _
from sqlalchemy.orm import selectinload

from tracker.audit.chain import last_sealed
from tracker.audit.models import Trace
from tracker.audit.names import act_word, told
from tracker.database import db
from tracker.people.visitors import visitor
from tracker.register import queries, story
from tracker.register.outcome_views import pages
from tracker.roles import Role
from tracker.suggestion.models import Suggestion
from tracker.suggestion.queries import get_suggestion, history
from tracker.web.gate import allow
from tracker.web.sheets import asked_for_sheet, sheet_url, workbook

__all__ = ["pages"]


class Told(NamedTuple):
    """One line: when it was written (with its zone), who, what, further words, and the row it is."""

    at: Any
    who: str
    text: str
    note: str
    row: str
    is_sealed: bool


@pages.get("/suggestions/<int:suggestion_id>/trail")
@allow(Role.AUDITOR)
def trail_of(suggestion_id: int) -> Any:
    suggestion = get_suggestion(suggestion_id, visitor())
    lines = sorted([*_history(suggestion), *_traces(suggestion.id)], key=lambda line: line.at)
    if asked_for_sheet():
        headers = [_("When"), _("Who"), _("What"), _("Further"), _("Row"), _("Sealed")]
        rows = [[one.at, one.who, one.text, one.note, one.row, _("yes") if one.is_sealed else _("no")] for one in lines]
        return workbook(f"{_('Trail')} {suggestion.number or suggestion.id}", headers, rows)
    return render_template("register/trail_of.html", suggestion=suggestion, lines=lines, sheet_url=sheet_url())


def _history(suggestion: Suggestion) -> Iterable[Told]:
    entries, last = history(suggestion, visitor()), last_sealed()["entry"]
    lines = story.lines(entries, queries.assignments_of(suggestion))
    for entry, line in zip(entries, lines, strict=True):
        yield Told(entry.at, line.who, line.text, line.note, f"entry {entry.id}", entry.id <= last)


def _traces(suggestion_id: int) -> Iterable[Told]:
    """What the trail says of it: by its number among the facts."""
    names = ("suggestion", "suggestion_id")
    about = sa.or_(*(Trace.facts[name].as_integer() == suggestion_id for name in names))
    wanted = sa.select(Trace).where(about).options(selectinload(Trace.aside)).order_by(Trace.id)
    last = last_sealed()["trace"]
    for one in db.session.scalars(wanted):
        yield Told(one.at, one.actor_name, act_word(one.act), told(one), f"trace {one.id}", one.id <= last)
