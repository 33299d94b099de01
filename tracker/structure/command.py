"""`structure`: bodies, officers, delegations and deputies in from a file, or out to one."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click
from flask.cli import with_appcontext

from tracker import clock
from tracker.actor import SYSTEM
from tracker.database import db
from tracker.errors import NotFound, RuleBroken
from tracker.structure import keeping, queries, workbook
from tracker.structure.arrival import Loading
from tracker.structure.loading import load

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
NEW_FILE = click.Path(dir_okay=False, path_type=Path)
LANGUAGES = click.Choice(["zh", "en"])


@click.command("structure")
@click.argument("file", type=FILE, required=False)
@click.option("--dry-run", is_flag=True, help="Report what would happen; change nothing.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object: ok, added, updated, unchanged, wrong, rows[].")
@click.option("--write", "target", type=NEW_FILE, help="Write the structure as it stands to this .xlsx instead.")
@click.option("--language", type=LANGUAGES, default="zh", help="The language of headers in a written file.")
@with_appcontext
def structure_command(file: Path | None, dry_run: bool, as_json: bool, target: Path | None, language: str) -> None:
    """Take bodies, officers, delegations and deputies in from FILE (.xlsx or .toml), or write them out.

    What is there already is brought up to date, nothing is doubled, an empty cell changes nothing. One wrong row, and
    nothing at all is taken in.
    """
    if (file is None) == (target is None):
        raise click.UsageError("Say FILE to read, or --write FILE to write.")
    try:
        congress_id = queries.the_congress().id
        if target is not None:
            _write(target, congress_id, language)
            return
        tables = workbook.read(Path(file or ""))
        done = load(tables, congress_id, by=SYSTEM, at=clock.now(), on=clock.today())
    except NotFound:
        raise click.ClickException("There is no congress yet. Run init first.") from None
    except RuleBroken as broken:
        raise click.ClickException(str(broken)) from None
    if done.is_clean and not dry_run:
        db.session.commit()
    else:
        db.session.rollback()
    _print(done, dry_run=dry_run, as_json=as_json)
    sys.exit(0 if done.is_clean else 1)


def _write(target: Path, congress_id: int, language: str) -> None:
    if target.suffix.lower() != ".xlsx":
        raise click.UsageError("--write makes an .xlsx file.")
    rows = keeping.rows_of(congress_id)
    target.write_bytes(workbook.written(rows, language))
    click.echo(f"{target}: " + ", ".join(f"{len(lines)} {key}" for key, lines in rows.items()))


def _print(done: Loading, *, dry_run: bool, as_json: bool) -> None:
    counts = {outcome: done.count(outcome) for outcome in ("added", "updated", "unchanged", "wrong")}
    if as_json:
        rows = [_row(one) for one in done.outcomes]
        report = {"ok": done.is_clean, "dry_run": dry_run, **counts, "rows": rows}
        click.echo(json.dumps(report, ensure_ascii=False))
        return
    for one in done.outcomes:
        if one.why is not None:
            click.echo(f"{one.sheet}:{one.row}: {one.name}: {one.why}", err=True)
    click.echo(", ".join(f"{count} {outcome}" for outcome, count in counts.items()))
    if not done.is_clean:
        click.echo("Nothing was taken in.", err=True)
    elif dry_run:
        click.echo("Nothing was changed (--dry-run).", err=True)


def _row(one: Any) -> dict[str, Any]:
    said = {"sheet": one.sheet, "row": one.row, "name": one.name, "outcome": one.outcome}
    return said if one.why is None else {**said, "why": str(one.why)}
