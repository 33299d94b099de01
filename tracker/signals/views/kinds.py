"""What is looked for: every kind with its rule, whether it is on, its thresholds, and what a change would do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import flash, render_template, request, url_for
from flask_babel import gettext as _

from tracker import clock
from tracker.database import db
from tracker.people.visitors import visitor
from tracker.roles import OFFICE, Role
from tracker.signals import actions, rehearsing, saying
from tracker.signals.choices import Chosen, choices_of, chosen
from tracker.signals.forms import NUMBER, ChoiceForm, choice_form, numbers_of
from tracker.signals.kind import SignalKind
from tracker.signals.known import kind_of
from tracker.signals.names import ABOUT, UNITS
from tracker.signals.views import pages
from tracker.structure.models import Congress
from tracker.web import once
from tracker.web.forms import obeys
from tracker.web.gate import allow


@pages.get("/signals/kinds")
@allow(*OFFICE)
def kinds() -> str:
    """Every kind with its rule and how many hold now."""
    congress_id = visitor().congress_id
    found = chosen(congress_id)
    return render_template(
        "signals/kinds.html",
        kinds=[
            (one, _(one.kind.name), saying.rule_of(one.kind, one.set_at), _(ABOUT[one.kind.about])) for one in found
        ],
        counts=rehearsing.open_by_kind(congress_id),
        is_usual={one.kind.key: one.set_at == one.kind.usual() for one in found},
    )


@pages.route("/signals/kinds/<name>", methods=["GET", "POST"])
@allow(Role.OFFICE_LEADER)
def kind(name: str) -> Any:
    """The office's leader says whether it is looked for, and with which thresholds; tried first, then chosen."""
    one = _chosen(kind_of(name))
    form = _form(one)
    if request.method == "POST" and form.validate() and obeys(form, lambda: _choose(form, one.kind)):
        flash(_("From the next night on it is looked for so."), "ok")
        return once.done(url_for("signals.kind", name=name))
    return render_template(
        "signals/kind.html",
        form=form,
        kind=one.kind,
        title=_(one.kind.name),
        rule=saying.rule_of(one.kind, one.set_at),
        about=_(ABOUT[one.kind.about]),
        units={threshold.name: UNITS[threshold.unit] for threshold in one.kind.thresholds},
        names=[f"{NUMBER}{place}" for place, _threshold in enumerate(one.kind.thresholds)],
        tried=_tried(one.kind),
        history=[
            (row, saying.rule_of(one.kind, row.thresholds)) for row in choices_of(one.kind, visitor().congress_id)
        ],
    )


def _form(one: Chosen) -> ChoiceForm:
    """With what holds now, or with what is being tried."""
    numbers = {**one.set_at, **_tried_numbers(one.kind)}
    fields = {f"{NUMBER}{place}": numbers[limit.name] for place, limit in enumerate(one.kind.thresholds)}
    return choice_form(one.kind)(is_on=one.is_on, **fields)


def _tried(kind: SignalKind) -> rehearsing.Tried | None:
    """What would be raised and cleared with the thresholds in the address; nothing is written."""
    numbers = _tried_numbers(kind)
    if request.method != "GET" or ("try" not in request.args and not numbers):
        return None
    congress = db.session.get_one(Congress, visitor().congress_id)
    return rehearsing.rehearse(congress, kind, {**_chosen(kind).set_at, **numbers}, on=clock.today())


def _tried_numbers(kind: SignalKind) -> Mapping[str, int]:
    """The thresholds of the address that are numbers within their limits."""
    found = {}
    for place, limit in enumerate(kind.thresholds):
        said = request.args.get(f"{NUMBER}{place}", "")
        if said.isascii() and said.isdigit() and len(said) < 7 and limit.least <= int(said) <= limit.most:
            found[limit.name] = int(said)
    return found


def _chosen(kind: SignalKind) -> Chosen:
    return next(one for one in chosen(visitor().congress_id) if one.kind is kind)


def _choose(form: ChoiceForm, kind: SignalKind) -> None:
    congress = db.session.get_one(Congress, visitor().congress_id)
    numbers = numbers_of(form, kind)
    actions.choose(congress, kind, is_on=form.is_on.data, thresholds=numbers, by=visitor().actor(), on=clock.today())
