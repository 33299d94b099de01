"""The desk: one page for every role."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

from flask import Blueprint, current_app, render_template
from flask_babel import gettext as _

from tracker import clock
from tracker.deadlines.lamps import Lamp, Lamps, lamps
from tracker.deadlines.names import holiday_name
from tracker.desk import order, queries
from tracker.dispatch.awaiting import in_one
from tracker.people.visitors import visitor
from tracker.roles import BODY, EVERYBODY, Role
from tracker.stage import Finding, Harm, Visitor, Waiting, WaitingGroup, Weight
from tracker.suggestion.at_all import Written
from tracker.suggestion.front import looked_at_once
from tracker.suggestion.journey import NAMES, Standing
from tracker.web.addresses import url_for
from tracker.web.filters import short_in_language
from tracker.web.gate import allow, may_open
from tracker.web.paging import at_least
from tracker.workdays.rules import Calendar, is_working_day

pages = Blueprint("desk", __name__)

OWN_NUMBERS = (Standing.ASSIGNED, Standing.RECEIVED, Standing.RETURN_ASKED, Standing.SUBMITTED, Standing.DELIVERED)
HARMFUL, SERIOUS = Harm.DISSATISFIED.after(0), Harm.REPLY_SOON.after(0)


@pages.get("/")
@allow(*EVERYBODY)
def index() -> str:
    asking, today = visitor(), clock.today()
    lights = lamps(asking.congress_id, today)
    days, groups = lights.calendar, _groups(asking, today)
    if asking.role is Role.ADMIN:
        running = queries.operation(clock.now(), days.known_years, today)
        facts = {"this_day": _this_day(today, days), "tiles": _tiles(groups), "today": today}
        return render_template("desk/operation.html", running=running, alerts=_alerts(), **facts)
    return render_template(
        "desk/index.html",
        today=today,
        this_day=_this_day(today, days),
        tiles=_tiles(groups),
        total=at_least(sum(group.count for group in groups), or_more=any(group.or_more for group in groups)),
        waiting=_worded(order.most_harmful(groups), lights),
        **_beside(asking, today),
    )


def _groups(asking: Visitor, today: date) -> list[WaitingGroup]:
    """What every stage says waits for this visitor, in order of harm."""
    offers = current_app.extensions["offers"]
    asked = [one for offer in offers if offer.awaited for one in offer.awaited(asking)]
    lists: dict[Written, Mapping[str, Any]] = {one.rows: {"today": today} for one in asked}
    for offer in offers:
        lists |= offer.lists(asking, today) if offer.lists else {}
    with looked_at_once(lists, asking, soon=partial(_soon, asking, today)):
        groups = [group for offer in offers if offer.waiting for group in offer.waiting(asking, today)]
        return order.in_order([*groups, *in_one(asked, asking, today)])


def _alerts() -> list[Finding]:
    """What of the installation must be looked after; missing days and backups stand there on their own."""
    offers = current_app.extensions["offers"]
    found = [one for offer in offers if offer.checks for one in offer.checks() if one.weight >= Weight.WARNING]
    return sorted((one for one in found if one.key not in ("calendar", "backup")), key=lambda one: -one.weight)


def _soon(asking: Visitor, today: date) -> None:
    for offer in current_app.extensions["offers"]:
        if offer.soon:
            offer.soon(asking, today)
    queries.soon(asking, today)


def _worded(waiting: Iterable[Waiting], lights: Lamps) -> list[tuple[Waiting, str, Lamp | None]]:
    """What waits, each with the word of its kind and its lamp."""
    words: dict[str, str] = {}
    return [
        (one, words.get(one.kind) or words.setdefault(one.kind, _(one.kind)), lights.on(one.due_on)) for one in waiting
    ]


def _tiles(groups: Iterable[WaitingGroup]) -> list[dict[str, Any]]:
    return [
        {
            "number": at_least(group.count, or_more=group.or_more),
            "label": _(group.kind),
            "url": group.url,
            "kind": _look(order.harm_of(group)),
        }
        for group in groups
    ]


def _look(harm: int) -> str:
    return "bad" if harm >= HARMFUL else "warn" if harm >= SERIOUS else "info"


def _beside(asking: Visitor, today: date) -> dict[str, Any]:
    """What stands at the side, by role."""
    beside: dict[str, Any] = {
        "bars": [],
        "dates": [],
        "own": [],
        "suggestions": [],
        "stage_names": NAMES,
    }
    if asking.role is Role.DEPUTY:
        return {**beside, "suggestions": queries.own_suggestions(asking)}
    beside["dates"] = queries.next_dates(asking, today)
    if asking.role in BODY:
        numbers = queries.standings_of(asking.body_id)
        beside["own"] = [(_(NAMES[one]), numbers.get(one, 0)) for one in OWN_NUMBERS]
    if asking.role in queries.OVERSEE:
        beside["bars"] = _bars(queries.open_by_body(asking))
    return beside


def _bars(counted: Sequence[Any]) -> list[dict[str, Any]]:
    """Open item-bodies by body; the longest bar is the busiest body's."""
    most = max((body.open for body in counted), default=1)
    may_list = may_open("register.index")
    return [
        {
            "label": short_in_language(body),
            "share": round(100 * body.open / most),
            "text": body.open,
            "url": url_for("register.index", body=body.id) if may_list else "",
        }
        for body in counted
    ]


def _this_day(today: date, days: Calendar) -> str:
    """Whether today is a working day, and why not, or why so on a weekend."""
    name = days.names.get(today, "")
    if is_working_day(today, days):
        return (
            _("make-up working day (%(name)s)", name=holiday_name(name)) if today in days.worked else _("working day")
        )
    return _("no working day (%(name)s)", name=holiday_name(name)) if name else _("no working day")
