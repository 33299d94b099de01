"""Writing rules: a new version from a day on, a copy under a name of its own, the choice of the rules that apply."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from flask import flash, render_template, request, url_for
from flask_babel import gettext as _

from tracker import clock
from tracker.deadlines import queries, text, versions
from tracker.deadlines.clauses import Kind, load_rule_set
from tracker.deadlines.forms import CopyForm, RuleSetForm
from tracker.deadlines.models import RuleSet
from tracker.deadlines.rules import due
from tracker.deadlines.views import WRITERS, pages
from tracker.deadlines.writing import new_version
from tracker.errors import NotFound, RuleBroken
from tracker.people.visitors import visitor
from tracker.structure.queries import the_congress
from tracker.web import once
from tracker.web.forms import obeys
from tracker.web.gate import allow
from tracker.web.sentences import sentence
from tracker.workdays.queries import calendar


@pages.route("/rules/<name>/versions/new", methods=["GET", "POST"])
@allow(*WRITERS)
def write_version(name: str) -> Any:
    """The next version of a rule set; what was handed over keeps the version it was given."""
    row = _newest(name)
    form = RuleSetForm.of(queries.rules_of(row), effective_from=clock.today(), example_on=clock.today())
    return _entry(row, form, _("A new version"), lambda: _act(versions.write_version, row, form, on=clock.today()))


@pages.route("/rules/<name>/copy", methods=["GET", "POST"])
@allow(*WRITERS)
def copy(name: str) -> Any:
    """A rule set of one's own, begun from this one."""
    row = _newest(name)
    form = CopyForm.of(queries.rules_of(row), effective_from=clock.today(), example_on=clock.today())
    return _entry(row, form, _("A copy under a name of its own"), lambda: _act_copy(row, form))


@pages.post("/rules/<name>/example")
@allow(*WRITERS)
def example(name: str) -> Any:
    """What the dates would be under what is filled in; nothing is kept."""
    row = _newest(name)
    form = RuleSetForm.of(queries.rules_of(row))
    form.validate()
    return render_template("deadlines/_example.html", **_example(row, form))


@pages.post("/rules/<name>/choice")
@allow(*WRITERS)
def choose(name: str) -> Any:
    """From now on suggestions are handed over under these rules."""
    asking = visitor()
    versions.choose_rules(the_congress(asking.congress_id), name, by=asking.actor(), on=clock.today(), at=clock.now())
    flash(_("From now on suggestions are handed over under these rules."), "ok")
    return once.done(url_for("deadlines.rules"))


def _entry(row: RuleSet, form: RuleSetForm, title: str, act: Callable[[], object]) -> Any:
    saves, name = request.form.get("act") != "example", row.name
    if form.validate_on_submit() and saves and obeys(form, act):
        flash(_("The rules are written. They apply to what is handed over from that day on."), "ok")
        return once.done(url_for("deadlines.rule_set", name=form.name.data if isinstance(form, CopyForm) else name))
    row = _newest(name)
    return render_template("deadlines/write.html", row=row, form=form, title=title, **_example(row, form))


def _act(act: Callable[..., RuleSet], row: RuleSet, form: RuleSetForm, **more: Any) -> RuleSet:
    return act(row, form.said(), by=visitor().actor(), at=clock.now(), **more)


def _act_copy(row: RuleSet, form: CopyForm) -> RuleSet:
    return _act(versions.copy_as, row, form, name=(form.name.data or "").strip())


def _newest(name: str) -> RuleSet:
    row = versions.newest(name)
    if row is None:
        raise NotFound
    return row


def _example(row: RuleSet, form: RuleSetForm) -> dict[str, Any]:
    """Every clock of what is filled in, begun on one day, each with how its last day is made."""
    begun = form.example_on.data or clock.today()
    if form.is_submitted() and form.errors:
        return {"example": [], "refusal": _("The example appears when what is filled in can be read."), "begun": begun}
    try:
        data = new_version(row.data, form.said(), name=row.name, version=row.version + 1)
        return {"example": _dates(data, begun), "refusal": "", "begun": begun}
    except RuleBroken as broken:
        return {"example": [], "refusal": sentence(broken), "begun": begun}


def _dates(data: dict[str, Any], begun: date) -> list[dict[str, Any]]:
    rules, days = load_rule_set(data), calendar(visitor().congress_id)
    clauses = ((kind, rules.clause(kind)) for kind in Kind if kind is not Kind.PROMISE)
    made = [(kind, clause, due(clause, begun, days, rules.roll_over)) for kind, clause in clauses if clause]
    return [
        {
            "kind": text.kind_name(kind),
            "clause": text.clause_text(clause),
            "due_on": found.due_on,
            "unrolled_on": found.unrolled_on,
            "steps": text.sentences(found.steps),
        }
        for kind, clause, found in made
    ]
