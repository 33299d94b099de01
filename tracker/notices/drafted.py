"""The issue of a notice, which a clerk may draw up for signature."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from tracker.actor import Actor
from tracker.errors import N_
from tracker.notices import actions
from tracker.notices.queries import SIGNED_AS, get_notice, live_items
from tracker.signing.kinds import Facts, Kind, Told, register
from tracker.stage import Visitor
from tracker.web.filters import in_language


def issue(thing_id: int, facts: Facts, who: Visitor, *, by: Actor, on: date) -> None:
    """As it was typed on the page of the draft."""
    notice = get_notice(thing_id, who)
    actions.rewrite(notice, facts["text"], date.fromisoformat(facts["answer_by_on"]), facts["copies_to"])
    actions.issue(notice, by=by, on=on)


def fill(form: Any, facts: Facts) -> None:
    """What the clerk typed before it came back."""
    form.text.data, form.copies_to.data = facts["text"], facts["copies_to"]
    form.answer_by_on.data = date.fromisoformat(facts["answer_by_on"])


def _told(thing_id: int, facts: Facts, who: Visitor) -> Told:
    notice = get_notice(thing_id, who)
    about = [
        (_("Body"), in_language(notice.body)),
        (_("To be answered by"), facts["answer_by_on"]),
        (_("Copies to"), facts["copies_to"]),
        (_("Text of the notice"), facts["text"]),
    ]
    rows = [
        (one.suggestion.number or "", one.suggestion.title, one.alarm.clock.due_on.isoformat())
        for one in live_items(notice)
    ]
    return Told(about, (_("Number"), _("Title"), _("Last day")), rows)


register(
    SIGNED_AS,
    Kind(N_("Supervision notice"), issue, _told, lambda number: url_for("notices.draft", notice_id=number)),
)
