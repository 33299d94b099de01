"""What the screen shows, as a file."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import click
from flask import current_app, g
from flask.cli import with_appcontext
from flask_babel import force_locale
from werkzeug.datastructures import MultiDict

from tracker import clock
from tracker.actor import SYSTEM
from tracker.audit import export as trail
from tracker.audit.actions import seal, trace
from tracker.bulletin import printed
from tracker.bulletin import queries as issues
from tracker.bulletin import table as bulletin
from tracker.bulletin.models import Issue
from tracker.bulletin.parts import Part
from tracker.bulletin.readers import scope_of
from tracker.database import db
from tracker.deadlines.lamps import lamps
from tracker.errors import NotFound, RuleBroken
from tracker.ledgers import writing
from tracker.ledgers.layouts import Layout, get_layout, layouts
from tracker.register import queries as register
from tracker.register import table
from tracker.register.asked import condition
from tracker.register.forms import FilterForm
from tracker.register.ledger import Ledger, ledger
from tracker.roles import Role
from tracker.structure.queries import bodies, delegations, meetings, the_congress
from tracker.web.sheets import Counted, Sheet, book, harmless

ENDINGS = {"register": (".xlsx", ".csv"), "bulletin": (".xlsx", ".csv", ".pdf", ".docx"), "trail": (".zip",)}
ISSUES = {".xlsx": printed.issue_xlsx, ".pdf": printed.issue_pdf, ".docx": printed.issue_docx}
LANGUAGES = {"zh": "zh_Hans_CN", "en": "en"}


@dataclass
class Operator:
    """Whoever sits at the machine sees what the office sees."""

    congress_id: int | None
    role: Role = Role.OFFICE_LEADER
    body_id: int | None = None
    deputy_id: int | None = None
    assignment_id: int | None = None
    suggestion_id: int | None = None
    circulation_id: int | None = None
    language: str = "zh_Hans_CN"
    name: str = "operator"


def _layout(_context: click.Context, _option: click.Parameter, value: str | None) -> Layout | None:
    try:
        return get_layout(value) if value else None
    except RuleBroken as broken:
        raise click.BadParameter(str(broken)) from broken


@click.command()
@click.argument("what", type=click.Choice(["register", "bulletin", "trail"]))
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--language", type=click.Choice(list(LANGUAGES)), default="zh", show_default=True)
@click.option(
    "--layout",
    metavar="NAME",
    callback=_layout,
    help=f"The register as a ledger of the office: {', '.join(f'{one.key} ({one.number})' for one in layouts())}.",
)
@click.option("--filters", metavar="QUERY", default="", help="The register's filters as its address has them: stage=….")
@click.option(
    "--without-facts", is_flag=True, help="The trail without what its history says; it verifies all the same."
)
@with_appcontext
def export(what: str, file: Path, language: str, layout: Layout | None, filters: str, without_facts: bool) -> None:
    """Write the register to FILE (.xlsx or .csv), the latest weekly bulletin (.xlsx, .csv, .pdf or .docx), or the
    sealed trail with its verifier (.zip)."""
    if file.suffix not in ENDINGS[what]:
        raise click.UsageError(f"Choose a file that ends in {' or '.join(ENDINGS[what])}.")
    if what == "trail":
        _export_trail(file, facts=not without_facts)
        return
    if what != "register" and (layout or filters):
        raise click.UsageError("A layout and filters are for the register.")
    try:
        rows = _write(file, what, LANGUAGES[language], layout, MultiDict(parse_qsl(filters)))
    except NotFound:
        click.echo("There is nothing to export yet.", err=True)
        sys.exit(1)
    facts = {"layout": layout.key} if layout else {}
    trace("export", SYSTEM, at=clock.now(), what=what, rows=rows, **facts)
    db.session.commit()
    click.echo(f"{rows} rows written to {file}.")


def _export_trail(file: Path, *, facts: bool) -> None:
    """Seal what is new first, so that all of it can be checked."""
    seal(at=clock.now())
    db.session.commit()
    with file.open("wb") as target:
        file.chmod(0o600)
        rows = trail.write(target, facts=facts)
    db.session.rollback()
    trace("export", SYSTEM, at=clock.now(), what="trail", rows=rows)
    db.session.commit()
    click.echo(f"{rows} rows written to {file}. To check them: unzip it anywhere, then python3 verify.py {file.name}")


def _write(file: Path, what: str, language: str, layout: Layout | None, filters: MultiDict[str, str]) -> int:
    """Write the file; how many rows it has."""
    operator = Operator(the_congress().id, language=language)
    with current_app.test_request_context(base_url=current_app.config["BASE_URL"]), force_locale(language):
        g.visitor = operator
        if what == "bulletin":
            return _write_issue(file, _latest(operator), operator)
        lights = lamps(operator.congress_id, clock.today())
        congress_id = operator.congress_id or 0
        form = FilterForm.of(filters, meetings(congress_id), bodies(congress_id), delegations(congress_id))
        asked = form.asked()
        which = condition(operator, asked, lights)
        if layout is None:
            cells = table.cells(register.every(operator, which, lights, sort=asked.sort))
            return _write_table(file, what, table.headers(), cells)
        return _write_ledger(file, layout, ledger(layout, operator, which, asked, on=clock.today()))


def _write_issue(file: Path, issue: Issue, operator: Operator) -> int:
    scope = scope_of(operator)
    part = Part(issue, scope)
    if file.suffix == ".csv":
        return _write_table(file, "bulletin", bulletin.headers(), bulletin.cells(part))
    file.write_bytes(ISSUES[file.suffix](issue, scope, operator.language))
    return part.total


def _write_table(file: Path, what: str, headers: list[str], rows: Iterable[list[Any]]) -> int:
    counted = Counted(rows)
    if file.suffix == ".csv":
        with file.open("w", encoding="utf-8-sig", newline="") as out:
            lines = csv.writer(out)
            lines.writerows([harmless(cell) for cell in row] for row in (headers, *counted))
    else:
        file.write_bytes(book([Sheet(what, headers, counted)]))
    return counted.rows


def _write_ledger(file: Path, layout: Layout, written: Ledger) -> int:
    counted = Counted(written.rows)
    if file.suffix == ".csv":
        with file.open("w", encoding="utf-8-sig", newline="") as out:
            writing.write_csv(out, layout, written.title, counted)
    else:
        file.write_bytes(writing.xlsx(layout, written.title, counted))
    return counted.rows


def _latest(operator: Operator) -> Issue:
    found, _count = issues.issues(operator, offset=0, limit=1)
    if not found:
        raise NotFound
    return issues.get_issue(found[0].week, operator)
