"""`due`: one last day, or a file of them, with how each was made."""

from __future__ import annotations

import csv
import json
import sys
from datetime import date, datetime
from pathlib import Path

import click
from flask.cli import with_appcontext
from sqlalchemy.exc import DatabaseError

from tracker.database import db
from tracker.deadlines import moving
from tracker.deadlines.clauses import Kind
from tracker.deadlines.rules import Due
from tracker.deadlines.text import sentences
from tracker.errors import N_, RuleBroken
from tracker.structure.queries import find_congress

DAY = click.DateTime(formats=["%Y-%m-%d"])
COLUMNS = ("rules", "kind", "from")


@click.command("due")
@click.option("--rules", "name", help="The rule set, e.g. default or chongqing-2017.")
@click.option("--kind", type=click.Choice([str(kind) for kind in Kind]), help="What the clock measures.")
@click.option("--from", "start", type=DAY, help="The day of the event that starts it.")
@click.option("--fixed", type=DAY, help="A common last day; the earlier of both holds.")
@click.option("--again", is_flag=True, help="The shorter clock of an opinion the lead asks for once more.")
@click.option(
    "--batch",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A CSV: rules,kind,from; fixed and again if wanted.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object: due, unrolled, provisional, steps[].")
@with_appcontext
def due_command(
    name: str | None,
    kind: str | None,
    start: datetime | None,
    fixed: datetime | None,
    again: bool,
    batch: Path | None,
    as_json: bool,
) -> None:
    """Say on which day a clock ends, and how that day was made."""
    if batch is not None:
        if as_json or any((name, kind, start, fixed, again)):
            raise click.UsageError("--batch stands alone: the file says the rest.")
        sys.exit(_print_batch(batch, _our_congress()))
    if name is None or kind is None or start is None:
        raise click.UsageError("Say --rules, --kind and --from, or --batch.")
    try:
        fixed_on = fixed.date() if fixed else None
        found = last_day(name, kind, start.date(), fixed_on, again=again, congress_id=_our_congress())
    except RuleBroken as broken:
        click.echo(str(broken), err=True)
        sys.exit(1)
    click.echo(json.dumps(_as_json(found), ensure_ascii=False) if as_json else "\n".join(_as_lines(found)))


def last_day(name: str, kind: str, start: date, fixed_on: date | None, *, again: bool, congress_id: int | None) -> Due:
    """As `moving.compute`, with the days of our congress as the pages count; days beyond the calendar are refused."""
    try:
        return moving.compute(name, kind, start, fixed_on, again=again, congress_id=congress_id)
    except (OverflowError, ValueError) as beyond:
        raise RuleBroken(N_("No calendar reaches from %(on)s to the last day."), on=start.isoformat()) from beyond


def _our_congress() -> int | None:
    try:
        ours = find_congress()
    except DatabaseError:  # no database was made yet
        db.session.rollback()
        return None
    return ours.id if ours else None


def _as_lines(found: Due) -> list[str]:
    return [found.due_on.isoformat(), *sentences(found.steps)]


def _as_json(found: Due) -> dict[str, object]:
    return {
        "due": found.due_on.isoformat(),
        "unrolled": found.unrolled_on.isoformat(),
        "provisional": found.provisional,
        "steps": [{**step, "text": text} for step, text in zip(found.steps, sentences(found.steps), strict=True)],
    }


def _print_batch(path: Path, congress_id: int | None) -> int:
    """The same rows with a column `due`; a row that has no last day keeps it empty and is told on stderr."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            rows, columns = list(reader), list(reader.fieldnames or [])
    except (UnicodeDecodeError, csv.Error) as wrong:
        click.echo(f"{path.name}: {wrong}", err=True)
        return 1
    if missing := [column for column in COLUMNS if column not in columns]:
        click.echo(f"{path.name}: no column {', '.join(missing)}", err=True)
        return 1
    made = csv.DictWriter(
        sys.stdout, [*(c for c in columns if c != "due"), "due"], extrasaction="ignore", lineterminator="\n"
    )
    made.writeheader()
    wrong_rows = 0
    for number, row in enumerate(rows, start=2):
        try:
            row["due"] = _of_row(row, congress_id).isoformat()
        except (RuleBroken, ValueError) as wrong:
            row["due"], wrong_rows = "", wrong_rows + 1
            click.echo(f"{path.name}:{number}: {wrong}", err=True)
        made.writerow(row)
    return 1 if wrong_rows else 0


def _of_row(row: dict[str, str], congress_id: int | None) -> date:
    rules, kind, start = ((row[column] or "").strip() for column in COLUMNS)
    fixed = (row.get("fixed") or "").strip()
    again = (row.get("again") or "").strip().lower() in ("1", "true", "yes")
    fixed_on = date.fromisoformat(fixed) if fixed else None
    return last_day(rules, kind, date.fromisoformat(start), fixed_on, again=again, congress_id=congress_id).due_on
