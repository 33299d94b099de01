"""The ladder: every running clock that climbs, where it stands, and who was told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import sqlalchemy as sa
from flask import Blueprint, render_template, url_for
from flask_babel import gettext as _

from tracker import clock
from tracker.deadlines.models import Deadline
from tracker.deadlines.names import kind_name
from tracker.escalation import queries
from tracker.escalation.desk import TEXTS
from tracker.escalation.models import Alarm
from tracker.escalation.queries import STANDS, Row
from tracker.escalation.text import days_text, form_name, word_name
from tracker.people.visitors import visitor
from tracker.roles import BODY, SEES_ALL, Role
from tracker.structure.queries import body_choices
from tracker.supervision import queries as supervision
from tracker.supervision.rules import HOW, HOW_LOOKS, How
from tracker.web.filters import in_language
from tracker.web.gate import allow
from tracker.web.paging import ROWS, Page, asked_number, asked_page
from tracker.web.sheets import asked_for_sheet, sheet_url, workbook

pages = Blueprint("escalation", __name__)
STEPS = tuple(range(6))


@pages.get("/ladder")
@allow(*SEES_ALL, *BODY, Role.HUB, Role.COMMITTEE)
def index() -> Any:
    asking, today = visitor(), clock.today()
    step, body_id = asked_number("step"), asked_number("body")
    which = sa.and_(
        STANDS,
        Alarm.step == step if step is not None else sa.true(),
        Deadline.holder_body_id == body_id if body_id else sa.true(),
    )
    if asked_for_sheet():
        return workbook(f"{_('Ladder')} {today.isoformat()}", _headers(), _cells(queries.listed(asking, which, today)))
    total, number = queries.count(asking, which), asked_page()
    number = min(number, max(1, -(-total // ROWS)))
    rows = queries.listed(asking, which, today, offset=(number - 1) * ROWS, limit=ROWS)
    counts = queries.counts(asking)
    return render_template(
        "escalation/index.html",
        page=Page(rows, number, total),
        steps=[(one, counts.get(one, 0), url_for("escalation.index", step=one)) for one in STEPS],
        step=step,
        body_id=body_id,
        bodies=[] if asking.role in BODY else _bodies(asking),
        sheet_url=sheet_url(),
        instructed=[(one, How.OVERDUE) for one in supervision.overdue(asking, today)],
        arm=asking.body_id if asking.role is Role.HUB else None,
        how_names=HOW,
        how_looks=HOW_LOOKS,
        **TEXTS,
    )


def _bodies(asking: Any) -> list[tuple[int, str]]:
    return body_choices(asking.congress_id, hub_id=asking.body_id if asking.role is Role.HUB else None)


def _headers() -> list[str]:
    return [
        _("Number"), _("Title"), _("Body"), _("Clock"), _("Step"), _("Form"), _("Last day"), _("How late"),
        _("First last day"), _("How late against it"), _("Reached on"), _("Told"), _("Chased by hand on"),
    ]  # fmt: skip


def _cells(rows: Iterable[Row]) -> Iterator[list[Any]]:
    for row in rows:
        yield [
            row.suggestion.number,
            "" if row.suggestion.internal else row.suggestion.title,
            in_language(row.body) if row.body else "",
            kind_name(row.deadline.kind),
            row.alarm.step,
            form_name(row.alarm.form),
            row.deadline.due_on,
            days_text(row.days_over),
            row.deadline.original_due_on,
            days_text(row.days_over_original),
            row.alarm.reached_on,
            ", ".join(f"{word_name(one.word)} {one.name}".strip() for one in row.hearers),
            row.chased_on,
        ]
