"""The rules that apply and the days that count, for everybody who wants to know why a date is what it is."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, request

from tracker import clock
from tracker.deadlines import queries, text
from tracker.deadlines.clauses import Kind
from tracker.errors import NotFound
from tracker.people.visitors import visitor
from tracker.roles import EVERYBODY
from tracker.structure.queries import find_congress
from tracker.web.gate import allow
from tracker.workdays import queries as workdays

pages = Blueprint("deadlines", __name__)


@pages.get("/rules")
@allow(*EVERYBODY)
def rules() -> Any:
    """All rule sets, the congress's own first, and the special days of a year."""
    today = clock.today()
    year = _asked_year(today.year)
    congress = find_congress()
    return render_template(
        "deadlines/rules.html",
        sets=queries.rule_sets(),
        own=congress.rules_name if congress else "",
        year=year,
        days=[
            {"day": one.day, "working": one.working, "name": text.holiday_name(one.name)}
            for one in workdays.days_of(year, visitor().congress_id)
        ],
        years=workdays.loaded_years(),
    )


@pages.get("/rules/<name>")
@allow(*EVERYBODY)
def rule_set(name: str) -> Any:
    """One rule set, clause by clause."""
    row = queries.find_rule_set(name, clock.today())
    if row is None:
        raise NotFound
    said = queries.rules_of(row)
    clauses = [
        {
            "kind": text.kind_name(kind),
            "clause": text.clause_text(clause),
            "ours": clause.ours,
            "article": clause.article,
        }
        for kind, clause in ((kind, said.clause(kind)) for kind in Kind)
        if clause is not None
    ]
    return render_template("deadlines/rule_set.html", row=row, clauses=clauses)


def _asked_year(otherwise: int) -> int:
    asked = request.args.get("year", "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) == 4 else otherwise
