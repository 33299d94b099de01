"""The ladder of one kind of clock and branch, written as a new version of its rule set."""

from __future__ import annotations

from typing import Any

from flask import flash, render_template, request, url_for
from flask_babel import gettext as _

from tracker import clock
from tracker.deadlines import ladder_text, queries, versions
from tracker.deadlines.clauses import Kind
from tracker.deadlines.ladder_forms import LadderForm
from tracker.deadlines.ladders import branches_of
from tracker.deadlines.models import RuleSet
from tracker.deadlines.names import kind_name
from tracker.deadlines.views import WRITERS, pages
from tracker.errors import NotFound
from tracker.people.visitors import visitor
from tracker.web import once
from tracker.web.forms import obeys
from tracker.web.gate import allow


@pages.route("/rules/<name>/ladder", methods=["GET", "POST"])
@allow(*WRITERS)
def write_ladder(name: str) -> Any:
    """Other steps from a day on; what was handed over before climbs as it did. The address says of which clocks."""
    branch = request.args.get("branch", "")
    of, row = _kind(request.args.get("kind", ""), branch), _newest(name)
    first_on = max(clock.today(), row.effective_from)
    form = LadderForm.of(queries.rules_of(row), of, branch, first_on)
    if form.validate_on_submit() and obeys(form, lambda: _write(form, row)):
        flash(_("The ladder is written. It applies to what is handed over from that day on."), "ok")
        written = _newest(name).version
        return once.done(url_for("deadlines.rule_set", name=name, version=written) + "#ladders")
    row = _newest(name)
    about = {"kind": kind_name(of), "whose": ladder_text.whose(of, branch)}
    return render_template("deadlines/ladder.html", form=form, row=row, about=about, of=of, branch=branch)


def _write(form: LadderForm, row: RuleSet) -> None:
    facts = {"by": visitor().actor(), "on": clock.today(), "at": clock.now()}
    versions.write_ladder(row, form.chosen(), form.branches.data or [], form.steps(), form.effective_from.data, **facts)


def _newest(name: str) -> RuleSet:
    row = versions.newest(name)
    if row is None:
        raise NotFound
    return row


def _kind(kind: str, branch: str) -> Kind:
    """:raises NotFound: there are no such clocks."""
    if kind not in set(Kind) or branch not in branches_of(Kind(kind)):
        raise NotFound
    return Kind(kind)
