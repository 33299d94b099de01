"""`import`: a ledger in, from the command line."""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path

import click
from flask.cli import with_appcontext

from tracker import clock
from tracker.actor import SYSTEM
from tracker.database import db
from tracker.errors import N_, NotFound, RuleBroken
from tracker.ledgers.actions import import_ledger
from tracker.ledgers.known import BODIES, DEPUTIES
from tracker.ledgers.meetings import get_meeting
from tracker.ledgers.overrides import read_overrides
from tracker.ledgers.report import Report, Source, said
from tracker.ledgers.rows import read
from tracker.memory import seldom_searched
from tracker.structure.models import Congress
from tracker.structure.queries import the_congress

CREATABLE = (BODIES, DEPUTIES)
EVERY = 500


def _created(_context: click.Context, _option: click.Parameter, value: str | None) -> frozenset[str]:
    wanted = frozenset(filter(None, (value or "").replace(" ", "").split(",")))
    if unknown := wanted - set(CREATABLE):
        raise click.BadParameter(f"{', '.join(sorted(unknown))}: only {' and '.join(CREATABLE)} can be created.")
    return wanted


@click.command("import")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--meeting", metavar="REF", help="The meeting: its name, number or year. Else the ledger's title says it."
)
@click.option("--sheet", metavar="NAME", help="The sheet to read; else the first that looks like a ledger.")
@click.option(
    "--map", "layout", type=click.Path(dir_okay=False, path_type=Path), help="A TOML file: headings and fields."
)
@click.option("--encoding", metavar="E", help="The encoding of a .csv; else it is recognised.")
@click.option("--create", metavar="bodies,deputies", callback=_created, help="What unknown names are made into.")
@click.option("--partial", is_flag=True, help="Leave out rows that a rule refuses, keep the others.")
@click.option("--dry-run", is_flag=True, help="Say what would come of it, and change nothing.")
@click.option(
    "--json", "as_json", is_flag=True, help="One JSON object: rows, imported, updated, skipped, questions, mapping."
)
@with_appcontext
@seldom_searched()
def import_command(
    file: Path,
    meeting: str | None,
    sheet: str | None,
    layout: Path | None,
    encoding: str | None,
    create: frozenset[str],
    partial: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Read a ledger (.xlsx, .xls, .ods, .csv) in, with what its rows say of bodies, hand-over, reply and rating."""
    try:
        overrides = read_overrides(layout) if layout else None
        ledger = read(file, sheet=sheet, mapping=overrides, encoding=encoding, today=clock.today())
        congress = _congress()
        report = import_ledger(
            ledger,
            congress,
            get_meeting(meeting, congress.id) if meeting else None,
            create=create,
            by=SYSTEM,
            on=clock.today(),
            at=clock.now(),
            source=Source(file.name, hashlib.sha256(file.read_bytes()).hexdigest()),
            partial=partial,
            dry_run=dry_run,
            progress=_progress,
        )
    except RuleBroken as broken:
        db.session.rollback()
        click.echo(str(broken), err=True)
        sys.exit(1)
    if dry_run:
        db.session.rollback()
    else:
        db.session.commit()
    click.echo(json.dumps(report.as_json(), ensure_ascii=False) if as_json else "\n".join(_lines(report, dry_run)))


def _congress() -> Congress:
    try:
        return the_congress()
    except NotFound as none:
        raise RuleBroken(N_("There is no congress yet: set one up first (command init).")) from none


def _progress(what: str, done: int, of: int) -> None:
    if done % EVERY == 0 or done == of:
        click.echo(f"{what} {done}/{of}", err=True)


def _lines(report: Report, dry_run: bool) -> list[str]:
    lines = [f"{report.meeting}: rows {report.rows}, imported {report.imported}, updated {report.updated}"]
    lines += [f"created {kind}: {', '.join(names)}" for kind, names in report.created.items()]
    lines += [f"row {one.row} left out: {one.reason}" for one in report.skipped]
    for one in report.sorted_questions():
        cell = f" {one.column} “{one.value}”" if one.column or one.value else ""
        lines.append(f"row {one.row}{cell}: {said(one.why, one.values)}")
    return [*lines, "dry run: nothing was changed"] if dry_run else lines
