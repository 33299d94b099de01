"""`check`: the doctor's findings on the command line."""

from __future__ import annotations

import json
import sys

import click
from flask.cli import with_appcontext

from tracker.care import self_check
from tracker.care.doctor import examine
from tracker.care.upgrade import is_current
from tracker.database import at_one_moment, db
from tracker.errors import N_
from tracker.stage import Problem

NOT_SET_UP = Problem(
    "schema", N_("The database is not set up, or belongs to another version of this program: run “init” first.")
)


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object: ok, problems[].")
@with_appcontext
def check(as_json: bool) -> None:
    """Look whether what is stored holds together and the installation is sound; exit 1 if anything is wrong."""
    found, noted = [NOT_SET_UP], []
    if is_current(db.engine):
        standing = self_check.findings()
        with at_one_moment():
            found = examine()
        found, noted = found + self_check.bad(standing), self_check.warnings(standing)
    said, hinted = _said(found), _said(noted)
    if as_json:
        click.echo(json.dumps({"ok": not found, "problems": said, "warnings": hinted}, ensure_ascii=False))
    else:
        for one in hinted:
            click.echo(f"warning, {one['kind']}: {one['text']}", err=True)
        for one in said:
            click.echo(f"{one['kind']}: {one['text']}")
        click.echo("Everything holds." if not found else f"{len(found)} problems.")
    sys.exit(1 if found else 0)


def _said(found: list[Problem]) -> list[dict[str, str]]:
    return [{"kind": one.kind, "text": one.message % one.values if one.values else one.message} for one in found]


# `start.py check` runs the developers' checks; there the doctor answers to his own name.
doctor = click.Command("doctor", callback=check.callback, params=check.params, help=check.help)
