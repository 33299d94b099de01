"""`bulletin show` and `bulletin freeze`: an issue at the command line."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from typing import Any, NoReturn

import click
from flask.cli import with_appcontext

from tracker import clock
from tracker.bulletin import actions, jobs, queries
from tracker.bulletin.items import Items
from tracker.bulletin.models import Issue
from tracker.bulletin.rules import first_working_day, monday_of, week_of
from tracker.database import db
from tracker.errors import N_, NotFound, RuleBroken
from tracker.structure.queries import the_congress
from tracker.workdays import queries as workdays


@click.group("bulletin")
def bulletin_command() -> None:
    """The weekly issue: shown, or frozen by hand."""


@bulletin_command.command("show")
@click.argument("week")
@click.option("--json", "as_json", is_flag=True, help="One JSON object: number, week, frozen_at, items[], readers[].")
@with_appcontext
def show(week: str, as_json: bool) -> None:
    """Show the issue of a week, e.g. 2026-W48."""
    try:
        monday_of(week)
        issue = queries.find_issue(week, the_congress().id)
    except (RuleBroken, NotFound) as broken:
        _refuse(str(broken) or "There is no congress yet.")
    if issue is None:
        _refuse(f"There is no issue of {week}.")
    _print(issue, as_json)


@bulletin_command.command("freeze")
@click.argument("week")
@click.option("--dry-run", is_flag=True, help="Show what would be frozen and who would read it; keep nothing.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object, as `bulletin show` prints it.")
@with_appcontext
def freeze(week: str, dry_run: bool, as_json: bool) -> None:
    """Freeze the issue of a week; its letters are written by the weekly job, of a week that is over by the office."""
    try:
        congress = the_congress()
        on = _day_of(week, congress.id, dry_run)
        if dry_run:
            _print(actions.freeze(congress, week, on=on, at=clock.now()), as_json)
            db.session.rollback()
            return
        _print(jobs.freeze_by_hand(congress.id, week, on=on), as_json)
    except (RuleBroken, NotFound) as broken:
        db.session.rollback()
        _refuse(str(broken) or "There is no congress yet.")


def _day_of(week: str, congress_id: int, rehearsal: bool) -> Any:
    """The day an issue speaks of: today in its own week, else the week's first working day.

    :raises RuleBroken: no such week, a week without a working day, or one still to come.
    """
    first = first_working_day(week, workdays.calendar(congress_id))
    if first is None:
        raise RuleBroken(N_("The week %(week)s has no working day."), week=week)
    today = clock.today()
    if today < first and not rehearsal:
        raise RuleBroken(N_("The week %(week)s has not begun; try --dry-run."), week=week)
    return today if week == week_of(today) and today >= first else first


def _print(issue: Issue, as_json: bool) -> None:
    readers = [
        {"person_key": reader.person_key, "name": reader.name, "rank": reader.rank, "items": reader.item_count,
         "letter": state}
        for reader, state in queries.readers(issue.id)
    ]  # fmt: skip
    if as_json:
        shown = {
            "number": issue.number,
            "week": issue.week,
            "issued_on": issue.issued_on.isoformat(),
            "frozen_at": issue.frozen_at.isoformat(),
            "digest": issue.digest,
            "figures": issue.figures,
            "items": list(_shown(issue)),
            "readers": readers,
        }
        click.echo(json.dumps(shown, ensure_ascii=False))
        return
    click.echo(f"No. {issue.number}, {issue.week}, {issue.issued_on.isoformat()}, sealed {issue.digest[:16]}")
    for item in _shown(issue):
        title = item["title"] or "-"
        late = "" if item["days"] is None else f" {item['days']:+d}"
        click.echo(f"{item['no']:>4} {item['section']:<16}{late:>5}  {item['number'] or '-'}  {item['body']}  {title}")
    click.echo(f"{len(issue.items)} items, {len(readers)} readers")
    for reader in readers:
        click.echo(
            f"     {reader['rank']:<18} {reader['items']:>4}  {reader['name']}  {reader['letter'] or 'no letter yet'}"
        )


def _shown(issue: Issue) -> Iterable[dict[str, Any]]:
    return issue.items.shown() if isinstance(issue.items, Items) else issue.items


def _refuse(sentence: str) -> NoReturn:
    click.echo(sentence, err=True)
    sys.exit(1)
