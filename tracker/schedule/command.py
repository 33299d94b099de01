"""`run-job` and `scheduler`."""

from __future__ import annotations

import json
import sys
from contextlib import nullcontext
from datetime import datetime

import click
from flask import current_app
from flask.cli import with_appcontext

from tracker import clock
from tracker.database import db
from tracker.schedule import ring, sound
from tracker.schedule import scheduler as bell
from tracker.schedule.ring import Rung
from tracker.schedule.timetable import JOBS
from tracker.web import logs

SAYS = {
    "done": "was done before in this slot; nothing to do",
    "taken": "is being done by another process",
    "early": "is not due yet in this slot",
    "failed": "failed",
}


@click.command("confirm-clock")
@with_appcontext
def confirm_clock() -> None:
    """This machine's clock is right, and the history's last lines were written by one that ran ahead: ring again."""
    until = sound.confirm()
    db.session.commit()
    click.echo(
        f"Lines of history up to {until} are called wrong; the timetable rings." if until else "The clock is sound."
    )


@click.command("run-job")
@click.argument("name", type=click.Choice(sorted(JOBS)))
@click.option("--today", type=click.DateTime(formats=["%Y-%m-%d"]), help="Do it as on this day.")
@click.option("--dry-run", is_flag=True, help="List every letter and its recipient, then undo everything.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object: job, slot, ran, letters, rows, recipients[].")
@with_appcontext
def run_job(name: str, today: datetime | None, dry_run: bool, as_json: bool) -> None:
    """Do one job of the timetable by hand, once for its slot."""
    with clock.at(today.date()) if today else nullcontext():
        rung = ring.rehearse(name) if dry_run else ring.run(name, by_hand=True)
    click.echo(json.dumps(_as_json(rung), ensure_ascii=False) if as_json else "\n".join(_as_lines(rung)))
    if rung.why == "failed":
        click.echo(f"{name}: {rung.error}", err=True)
        sys.exit(1)


@click.command("scheduler")
@with_appcontext
def scheduler_command() -> None:
    """Ring the timetable, and nothing else; any number of these may run."""
    click.echo(f"timetable of {len(JOBS)} jobs, {current_app.config['TIMEZONE']}", err=True)
    logs.write(current_app.config["LOG_FORMAT"])
    bell.serve(current_app._get_current_object())  # type: ignore[attr-defined]


def _as_json(rung: Rung) -> dict[str, object]:
    found: dict[str, object] = {
        "job": rung.job,
        "slot": rung.slot,
        "ran": rung.ran,
        "letters": rung.letters,
        "rows": rung.rows,
        "recipients": rung.recipients,
    }
    return found | ({"why": rung.why} if rung.why else {})


def _as_lines(rung: Rung) -> list[str]:
    head = f"{rung.job} {rung.slot}: "
    if rung.why == "rehearsal":
        people = [f"  {who['kind']}: {who['name']} <{who['address']}> {who['subject']}" for who in rung.recipients]
        return [f"{head}would write {rung.letters} letters; nothing was changed", *people]
    if not rung.ran:
        return [head + SAYS[rung.why]]
    return [f"{head}done, {rung.letters} letters, {rung.rows} rows"]
