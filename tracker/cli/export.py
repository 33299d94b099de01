"""What the screen shows, as a file."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
from flask import current_app, g
from flask.cli import with_appcontext
from flask_babel import force_locale

from tracker import clock
from tracker.actor import SYSTEM
from tracker.audit.actions import trace
from tracker.bulletin import queries as issues
from tracker.bulletin import table as bulletin
from tracker.bulletin.models import Issue
from tracker.database import db
from tracker.deadlines.lamps import lamps
from tracker.errors import NotFound
from tracker.register import queries as register
from tracker.register import table
from tracker.register.asked import Asked, condition
from tracker.roles import Role
from tracker.structure.queries import the_congress
from tracker.web.sheets import Sheet, book, cell_text

FORMULA = tuple("=+-@\t\r＝＋－＠")
LANGUAGES = {"zh": "zh_Hans_CN", "en": "en"}


@dataclass
class Operator:
    """Whoever sits at the machine sees what the office sees."""

    congress_id: int | None
    role: Role = Role.OFFICE_LEADER
    body_id: int | None = None
    deputy_id: int | None = None
    assignment_id: int | None = None
    language: str = "zh_Hans_CN"
    name: str = "operator"


@click.command()
@click.argument("what", type=click.Choice(["register", "bulletin"]))
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--language", type=click.Choice(list(LANGUAGES)), default="zh", show_default=True)
@with_appcontext
def export(what: str, file: Path, language: str) -> None:
    """Write the register, or the latest weekly bulletin, to FILE (.xlsx or .csv)."""
    if file.suffix not in (".xlsx", ".csv"):
        raise click.UsageError("Choose a file that ends in .xlsx or .csv.")
    try:
        headers, rows = _table(what, LANGUAGES[language])
    except NotFound:
        click.echo("There is nothing to export yet.", err=True)
        sys.exit(1)
    if file.suffix == ".csv":
        _write_csv(file, [headers, *rows])
    else:
        file.write_bytes(book([Sheet(what, headers, rows)]))
    trace("export", SYSTEM, at=clock.now(), what=what, rows=len(rows))
    db.session.commit()
    click.echo(f"{len(rows)} rows written to {file}.")


def _table(what: str, language: str) -> tuple[list[str], list[list[Any]]]:
    operator = Operator(the_congress().id, language=language)
    with current_app.test_request_context(base_url=current_app.config["BASE_URL"]), force_locale(language):
        g.visitor = operator
        if what == "bulletin":
            issue = _latest(operator)
            return bulletin.headers(), list(bulletin.cells(issue, operator))
        lights = lamps(operator.congress_id, clock.today())
        which = condition(operator, Asked(), lights)
        return table.headers(), list(table.cells(register.every(operator, which, lights, sort="newest")))


def _latest(operator: Operator) -> Issue:
    found, _count = issues.issues(operator, offset=0, limit=1)
    if not found:
        raise NotFound
    return issues.get_issue(found[0].week, operator)


def _write_csv(file: Path, rows: Iterable[Iterable[Any]]) -> None:
    with file.open("w", encoding="utf-8-sig", newline="") as out:
        csv.writer(out).writerows([[_harmless(cell) for cell in row] for row in rows])


def _harmless(cell: Any) -> str:
    """A cell that no spreadsheet program will run."""
    text = cell_text(cell)
    return f"'{text}" if text.lstrip().startswith(FORMULA) else text
