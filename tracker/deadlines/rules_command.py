"""`rules` and `calendar`: what the tracker knows of rules and days, and loading more."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import click
from flask.cli import with_appcontext

from tracker import clock
from tracker.actor import SYSTEM
from tracker.database import db
from tracker.deadlines import actions, moving, queries, text, versions, whose
from tracker.deadlines.clauses import Kind
from tracker.errors import RuleBroken
from tracker.workdays import actions as workdays
from tracker.workdays import queries as days
from tracker.workdays.written import read_file

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def rules() -> None:
    """Rule sets: list, show NAME, load FILE."""


@rules.command("list")
@with_appcontext
def list_rules() -> None:
    """All rule sets the database knows."""
    for row in queries.rule_sets():
        click.echo(f"{row.name:<26} v{row.version}  {row.effective_from}  {row.title_en}")


@rules.command("show")
@click.argument("name")
@with_appcontext
def show_rules(name: str) -> None:
    """The clocks of one rule set."""
    row = queries.find_rule_set(name, clock.today())
    if row is None:
        click.echo(f"No rule set named {name} is known.", err=True)
        sys.exit(1)
    said = queries.rules_of(row)
    click.echo(f"{row.title_en} ({row.title_zh}), in force from {row.effective_from}; source: {row.source}")
    for kind in Kind:
        if clause := said.clause(kind):
            click.echo(f"  {kind!s:<16} {'; '.join((text.clause_text(clause), *text.clause_notes(clause)))}")


@rules.command("load")
@click.argument("file", type=FILE)
@click.option("--as-new-version", is_flag=True, help="As the next version of these rules: hand-overs keep theirs.")
@click.option(
    "--from", "from_day", type=click.DateTime(("%Y-%m-%d",)), help="The day it holds from; today if not said."
)
@with_appcontext
def load_rules(file: Path, as_new_version: bool, from_day: datetime | None) -> None:
    """Load a rule set from a TOML file; a version once loaded is never changed."""
    today = clock.today()
    try:
        if as_new_version:
            from_on = from_day.date() if from_day else today
            row, new = versions.load_as_version(file, from_on, by=SYSTEM, on=today, at=clock.now()), True
        else:
            row, new = actions.load_rule_file(file)
    except RuleBroken as broken:
        db.session.rollback()
        click.echo(str(broken), err=True)
        sys.exit(1)
    db.session.commit()
    since = f", in force from {row.effective_from}" if as_new_version else ""
    click.echo(f"{row.name} version {row.version}: {'loaded' if new else 'already there'}{since}.")


@click.group()
def calendar() -> None:
    """Days off and make-up working days: show YEAR, load FILE, preview FILE."""


@calendar.command("show")
@click.argument("year", type=int)
@with_appcontext
def show_calendar(year: int) -> None:
    """The special days of a year."""
    if year not in days.loaded_years():
        click.echo(f"The days of {year} are not loaded; dates in it are provisional.", err=True)
        sys.exit(1)
    for one in days.days_of(year):
        click.echo(f"{one.day}  {'worked' if one.working else 'off':<6}  {one.name}")


@calendar.command("preview")
@click.argument("file", type=FILE)
@with_appcontext
def preview_calendar(file: Path) -> None:
    """Which open clocks would move if FILE were loaded; nothing is changed."""
    _load(file)
    _say_shifts()
    db.session.rollback()


@calendar.command("load")
@click.argument("file", type=FILE)
@with_appcontext
def load_calendar(file: Path) -> None:
    """Load FILE (CSV: day,working,name of one year) and recount the open clocks; old days are kept."""
    year = _load(file)
    _say_shifts()
    moved = actions.recount(on=clock.today())
    db.session.commit()
    click.echo(f"The days of {year} are loaded; {moved} open clocks were recounted.")


def _load(file: Path) -> int:
    """As the page reads it: the same words, the same encodings, the same refusals."""
    try:
        read = read_file(file.read_bytes())
        [year] = {day.year for day, _working, _name in read}
        workdays.load_days(year, read, source=file.name, by=SYSTEM, on=clock.today())
    except (ValueError, RuleBroken) as wrong:
        db.session.rollback()
        click.echo(f"{file.name} is not the days of one year (columns day,working,name): {wrong}", err=True)
        sys.exit(1)
    db.session.flush()
    return year


def _say_shifts() -> None:
    shifts = list(moving.would_move())
    about = whose.about([shift.deadline.id for shift in shifts])
    for shift in shifts:
        mine = about[shift.deadline.id]
        click.echo(
            f"{mine.number or '-'} {mine.body or '-'} ({shift.deadline.kind}, clock {shift.deadline.id}): "
            f"{shift.deadline.due_on} -> {shift.due.due_on}{' (provisional)' if shift.due.provisional else ''}"
        )
