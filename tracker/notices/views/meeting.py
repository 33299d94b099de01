"""What is listed for the meeting of the chairpersons (主任会议), by topic or by body, and what it decided."""

from __future__ import annotations

from typing import Any

from flask import flash, render_template, request, url_for
from flask_babel import gettext as _

from tracker import clock
from tracker.errors import N_, RuleBroken
from tracker.escalation.models import Alarm
from tracker.intake.names import category_name
from tracker.notices import actions, climbed, letters
from tracker.notices.decided import decisions
from tracker.notices.forms import MeetingForm
from tracker.notices.models import Measure
from tracker.notices.views import WORDS, pages
from tracker.people.visitors import visitor
from tracker.roles import OFFICE, Role
from tracker.structure.models import Body
from tracker.web import once
from tracker.web.filters import in_language
from tracker.web.forms import obeys
from tracker.web.gate import allow
from tracker.web.numbers import row_number
from tracker.workdays import queries as workdays
from tracker.workdays.rules import working_days_between

Listed = tuple[Alarm, Body]


@pages.route("/listed", methods=["GET", "POST"])
@allow(*OFFICE, Role.LEADER, Role.AUDITOR)
def listed() -> Any:
    """To be printed for the meeting; afterwards what it decided is entered for the items chosen."""
    form = MeetingForm(on=clock.today()) if visitor().role in OFFICE else None
    unread: list[Body] = []
    if form and form.validate_on_submit() and obeys(form, lambda: unread.extend(_decide(form))):
        flash(_("The decision is recorded."), "ok")
        if unread:
            named = ", ".join(in_language(body) for body in unread)
            flash(_("No officer is known at %(bodies)s: tell them of the decision yourself.", bodies=named), "warn")
        return once.done(url_for("notices.listed", by=_by()))
    rows = climbed.to_decide(visitor())
    return render_template(
        "notices/listed.html",
        form=form,
        groups=_groups(rows),
        total=len(rows),
        by=_by(),
        chosen=set(request.form.getlist("chosen", type=row_number)),
        late=_late(rows),
        decisions=decisions(visitor()),
        category_name=category_name,
        **WORDS,
    )


def _by() -> str:
    return "body" if request.args.get("by") == "body" else "topic"


def _groups(rows: list[Listed]) -> list[tuple[str, list[Listed]]]:
    """By topic, because an inquiry takes a topic; or by body, because a hearing takes a body."""
    found: dict[str, list[Listed]] = {}
    for alarm, body in rows:
        topic = alarm.assignment.suggestion.category if alarm.assignment else ""
        name = in_language(body) if _by() == "body" else category_name(topic) or _("without a category")
        found.setdefault(name, []).append((alarm, body))
    return sorted(found.items(), key=lambda group: (-len(group[1]), group[0]))


def _late(rows: list[Listed]) -> dict[int, tuple[int, int]]:
    """Working days late against the present and the first last day, by rung."""
    calendar, today = workdays.calendar(visitor().congress_id), clock.today()
    return {
        alarm.id: (
            working_days_between(alarm.clock.due_on, today, calendar),
            working_days_between(alarm.clock.original_due_on, today, calendar),
        )
        for alarm, _body in rows
    }


def _decide(form: MeetingForm) -> list[Body]:
    """Answers the bodies that no letter reaches."""
    chosen = set(request.form.getlist("chosen", type=row_number))
    rows = [row for row in climbed.to_decide(visitor()) if row[0].id in chosen]
    if len(rows) < len(chosen):
        raise RuleBroken(N_("Some of what you chose is no longer listed: look again, and choose anew."))
    facts = {"meeting": form.meeting.data, "until_on": form.until_on.data, "note": form.note.data or ""}
    measure = Measure(form.measure.data)
    actions.decide_listed(rows, measure, by=visitor().actor(), on=form.on.data, **facts)
    return [] if measure is Measure.NONE else letters.nobody_at([body for _alarm, body in rows], on=form.on.data)
