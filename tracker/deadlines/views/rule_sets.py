"""The rules that apply and the days that count, for everybody who wants to know why a date is what it is."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from babel.lists import format_list
from flask import render_template, url_for
from flask_babel import get_locale
from flask_babel import gettext as _

from tracker import clock
from tracker.deadlines import ladder_text, queries, text
from tracker.deadlines.clauses import Kind, Rules
from tracker.deadlines.ladders import Part, grouped
from tracker.deadlines.models import RuleSet
from tracker.deadlines.names import ASPECTS, PRECHECKS, REHANDLINGS, REPLY_TO, ROLL_OVERS, SIGNERS
from tracker.deadlines.sources import source_text
from tracker.deadlines.versions import versions_of
from tracker.deadlines.views import WRITERS, pages
from tracker.errors import NotFound
from tracker.people.visitors import visitor
from tracker.roles import EVERYBODY
from tracker.structure.queries import find_congress
from tracker.web.gate import allow
from tracker.web.languages import chosen_language
from tracker.web.paging import asked_number
from tracker.web.sheets import Sheet, asked_for_sheet, sheet_url, tables
from tracker.workdays import queries as workdays


@pages.get("/rules")
@allow(*EVERYBODY)
def rules() -> Any:
    """All rule sets, the congress's own first, and the special days of a year."""
    today = clock.today()
    year = _number("year") or today.year
    congress = find_congress()
    own = congress.rules_name if congress else ""
    in_force = _present(today)
    if asked_for_sheet():
        return tables(_("Rules and calendar"), _sheets(in_force.values(), year))
    return render_template(
        "deadlines/rules.html",
        sets=sorted(in_force.values(), key=lambda row: (row.name != own, row.name)),
        own=own,
        today=today,
        year=year,
        days=[
            {"day": one.day, "working": one.working, "name": text.holiday_name(one.name), "local": one.congress_id}
            for one in workdays.days_of(year, visitor().congress_id)
        ],
        years=workdays.loaded_years(),
        next_year=today.year + 1,
        sheet_url=sheet_url(),
        source_text=source_text,
    )


def _present(today: date) -> dict[str, RuleSet]:
    """Of each name the version in force; of rules that begin later the first, so that they are not out of sight."""
    found: dict[str, RuleSet] = {}
    for row in queries.rule_sets():  # the newest version first
        ahead = found.get(row.name)
        if ahead is None or ahead.effective_from > today:
            found[row.name] = row
    return found


def _sheets(sets: Iterable[RuleSet], year: int) -> list[Sheet]:
    english = chosen_language() == "en"
    rows = [
        [
            one.title_en if english else one.title_zh,
            one.organ_en if english else one.organ,
            one.effective_from,
            source_text(one.source),
        ]
        for one in sets
    ]
    days = [
        [
            one.day,
            _("Make-up working day") if one.working else _("Day off"),
            text.holiday_name(one.name),
            _("local") if one.congress_id else "",
        ]
        for one in workdays.days_of(year, visitor().congress_id)
    ]
    return [
        Sheet(_("Rule sets"), [_("Rules"), _("Organ"), _("In force from"), _("Source")], rows),
        Sheet(_("Special days of %(year)s", year=year), [_("Day"), _("Kind"), _("Name of the day"), _("Where")], days),
    ]


@pages.get("/rules/<name>")
@allow(*EVERYBODY)
def rule_set(name: str) -> Any:
    """One rule set, clause by clause: the version in force, or the one asked for."""
    versions, asked = versions_of(name), _number("version")
    in_force = queries.find_rule_set(name, clock.today())
    row = next((one for one in versions if one.version == asked), None) if asked else in_force
    if row is None:
        raise NotFound
    congress = find_congress()
    said = queries.rules_of(row)
    return render_template(
        "deadlines/rule_set.html",
        row=row,
        source_text=source_text,
        clauses=_clauses(row),
        lights=said.lights,
        ladders=_ladders(said, name),
        may_write=visitor().role in WRITERS,
        versions=versions,
        in_force=in_force,
        today=clock.today(),
        is_ours=congress is not None and congress.rules_name == name,
        roll_over=ROLL_OVERS[said.roll_over],
        reply_to=REPLY_TO[said.reply_to],
        signer=SIGNERS[said.signer],
        precheck=PRECHECKS[said.precheck],
        rehandling=REHANDLINGS[said.rehandling],
        rated=format_list([_(ASPECTS[one]) for one in said.rates], locale=get_locale()),
    )


def _clauses(row: RuleSet) -> list[dict[str, Any]]:
    said = queries.rules_of(row)
    return [
        {
            "kind": text.kind_name(kind),
            "clause": text.clause_text(clause),
            "notes": text.clause_notes(clause),
            "ours": clause.ours,
            "article": text.article_text(clause.article),
        }
        for kind, clause in ((kind, said.clause(kind)) for kind in Kind)
        if clause is not None
    ]


def _ladders(said: Rules, name: str) -> list[dict[str, Any]]:
    """All ladders in words; each part leads to where it is changed."""
    return [
        {"kinds": ladder_text.kinds(group.kinds), "parts": [_part(group.kinds[0], part, name) for part in group.parts]}
        for group in grouped(said)
    ]


def _part(kind: Kind, part: Part, name: str) -> dict[str, Any]:
    return {
        "whose": ladder_text.listed(ladder_text.whose(kind, one) for one in part.branches),
        "url": url_for("deadlines.write_ladder", name=name, kind=str(kind), branch=part.branches[0]),
        "steps": [ladder_text.rung(step) for step in part.steps],
    }


def _number(name: str) -> int:
    """A year or a version asked for in the address; 0 for what can be neither."""
    asked = asked_number(name) or 0
    return asked if asked <= date.max.year else 0
