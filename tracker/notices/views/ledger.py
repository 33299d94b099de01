"""The list of notices, and what may be drafted now."""

from __future__ import annotations

from datetime import date
from typing import Any

import sqlalchemy as sa
from flask import current_app, flash, render_template, request, url_for
from flask_babel import gettext as _

from tracker import clock
from tracker.notices import actions, climbed, queries
from tracker.notices.models import Notice
from tracker.notices.names import KINDS, STATES
from tracker.notices.queries import live_items, number_of, state_of
from tracker.notices.rules import State
from tracker.notices.views import READERS, WORDS, pages
from tracker.people.visitors import visitor
from tracker.roles import BODY, OFFICE, Role
from tracker.structure.queries import body_choices
from tracker.web import once
from tracker.web.filters import in_language
from tracker.web.forms import OfficeForm, obeys
from tracker.web.gate import allow
from tracker.web.paging import ROWS, Page, asked_number, asked_page
from tracker.web.sheets import asked_for_sheet, sheet_url, workbook
from tracker.workdays import queries as workdays
from tracker.workdays.rules import add_working_days


@pages.get("/notices")
@allow(*READERS)
def index() -> Any:
    """Drafts first, then the newest; narrowed by how they stand and by body."""
    asking, today = visitor(), clock.today()
    given, body_id = request.args.get("state", ""), asked_number("body")
    chosen = State(given) if given in set(State) else None
    which = sa.and_(
        queries.in_state(chosen, today) if chosen else sa.true(), Notice.body_id == body_id if body_id else sa.true()
    )
    wanted = queries.notices(asking, which)
    if asked_for_sheet():
        return workbook(_("Notices"), _headers(), [_cells(one, today) for one in queries.listed(wanted)])
    total = queries.count(asking, which)
    number = min(asked_page(), max(1, -(-total // ROWS)))
    rows = queries.listed(wanted.offset((number - 1) * ROWS).limit(ROWS))
    return render_template(
        "notices/index.html",
        page=Page([(one, state_of(one, today)) for one in rows], number, total),
        state=chosen,
        shown=[one for one in State if asking.role in OFFICE or one not in (State.DRAFT, State.DROPPED)],
        body_id=body_id,
        bodies=[] if asking.role in BODY else _bodies(asking),
        sheet_url=sheet_url(),
        **WORDS,
    )


@pages.route("/notices/new", methods=["GET", "POST"])
@allow(*OFFICE)
def new() -> Any:
    """What stands on a step that gives a notice, gathered by body and step; one is drafted, or all."""
    form, key = OfficeForm(), request.form.get("group", "")
    if form.validate_on_submit():
        made: list[Notice] = []
        if obeys(form, lambda: made.extend(_draft(key))):
            if len(made) == 1:
                flash(_("The notice is drafted. Nothing is sent before somebody issues it."), "ok")
                return once.done(url_for("notices.draft", notice_id=made[0].id))
            flash(_("Drafted: %(count)s. Nothing is sent before somebody issues it.", count=len(made)), "ok")
            return once.done(url_for("notices.index", state=str(State.DRAFT)))
    groups = climbed.groups(visitor())
    return render_template("notices/new.html", form=form, groups=groups, today=clock.today(), **WORDS)


def _draft(key: str) -> list[Notice]:
    asking, on = visitor(), clock.today()
    chosen = [climbed.get_group(key, asking)] if key else climbed.groups(asking)
    by, until_on = asking.actor(), answer_day(on)
    return [actions.draft(one, answer_by_on=until_on, by=by, on=on) for one in chosen]


def answer_day(on: date) -> date:
    """The day by which a notice of this day is to be answered, if the clerk says nothing else."""
    days = current_app.config["NOTICE_ANSWER_DAYS"]
    return add_working_days(on, days, workdays.calendar(visitor().congress_id))


def _bodies(asking: Any) -> list[tuple[int, str]]:
    return body_choices(asking.congress_id, hub_id=asking.body_id if asking.role is Role.HUB else None)


def _headers() -> list[str]:
    return [
        _("Number"), _("Kind"), _("Body"), _("Step"), _("Suggestions"), _("Drafted on"), _("Issued on"), _("By"),
        _("To be answered by"), _("Answered on"), _("How it stands"), _("Judged on"), _("Remark"),
    ]  # fmt: skip


def _cells(one: Notice, today: date) -> list[Any]:
    return [
        number_of(one),
        _(KINDS[one.kind]),
        in_language(one.body),
        one.step,
        ", ".join(item.suggestion.number or "" for item in live_items(one)),
        one.drafted_on,
        one.issued_on,
        one.issued_by or one.drafted_by,
        one.answer_by_on,
        one.answer.on if one.answer else None,
        _(STATES[state_of(one, today)]),
        one.found_on,
        one.found_note or one.ended_note,
    ]
