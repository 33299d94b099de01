"""Bringing the tracker up: the database, the first administrator, the server."""

from __future__ import annotations

import json
import logging
import secrets
import sys
from datetime import date
from typing import Any

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from tracker import clock, memory
from tracker.actor import SYSTEM
from tracker.care.upgrade import alone
from tracker.care.upgrading import bring_up_to_date
from tracker.cli.listening import lead_here, must_not_leave
from tracker.database import db
from tracker.deadlines.actions import load_rule_sets
from tracker.deadlines.queries import rule_set_in_force
from tracker.errors import RuleBroken
from tracker.people.actions import add_user
from tracker.people.command import one_time_link
from tracker.people.set_up import new_code
from tracker.roles import Role
from tracker.structure.actions import add_congress
from tracker.structure.models import Level
from tracker.structure.queries import find_congress
from tracker.web import logs
from tracker.web.plumbing import settle
from tracker.workdays.actions import seed_calendar


def prepare() -> bool:
    """Create or upgrade the database, load rule sets and days; answers whether there is a congress already."""
    bring_up_to_date(current_app._get_current_object())  # type: ignore[attr-defined]
    with alone(db.engine):  # of several that start at once only one brings in what is missing
        load_rule_sets()
        seed_calendar(by=SYSTEM, on=clock.today())
        db.session.commit()
    return find_congress() is not None


@click.command()
@click.option("--congress", help="Name of the congress, as on its letterhead.")
@click.option("--level", type=click.Choice([str(level) for level in Level]), default="city", show_default=True)
@click.option("--rules", "rules_name", default="default", show_default=True, help="Rule set that applies.")
@click.option("--admin", help="E-mail of the first administrator; a one-time link is printed.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@with_appcontext
def init(congress: str | None, level: str, rules_name: str, admin: str | None, as_json: bool) -> None:
    """Create or upgrade the database, load rule sets and calendar, add the first administrator."""
    prepare()
    result: dict[str, Any] = {"database": current_app.config["DATABASE_URL"].split("@")[-1], "link": None}
    try:
        there = find_congress()
        if congress and there is None:
            rule_set_in_force(rules_name, clock.today())
            there = add_congress(congress, level=Level(level), rules_name=rules_name, by=SYSTEM, at=clock.now())
            db.session.flush()
        if admin:
            congress_id = there.id if there else None
            user = add_user(admin, admin.split("@")[0], Role.ADMIN, congress_id=congress_id, by=SYSTEM, at=clock.now())
            result["link"] = one_time_link(user)
    except RuleBroken as broken:
        db.session.rollback()
        click.echo(str(broken), err=True)
        sys.exit(1)
    db.session.commit()
    click.echo(json.dumps(result) if as_json else "The database is ready.")
    if result["link"] and not as_json:
        click.echo(f"One-time link for {admin}: {result['link']}")


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
@click.option("--empty", is_flag=True, help="Start without the demo city; the first visit sets the office up.")
@with_appcontext
def serve(host: str, port: int, empty: bool) -> None:
    """Serve the pages and ring the timetable, in one process."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    must_not_leave(host, app.config)
    lead_here(host, port, app.config)
    logs.write(app.config["LOG_FORMAT"])
    memory.sparing()
    ready = prepare()
    if not ready and not empty:
        _fill_with_demo()
    elif not ready:
        code = new_code(app.instance_path, clock.now())
        click.echo(f"First visit: the one-time code is  {code}")
    _show_demo_accounts()
    db.session.remove()
    if app.config["SCHEDULER"]:
        from tracker.schedule import scheduler

        scheduler.start(app)
    click.echo(f"The tracker is at http://{host}:{port}  (stop with Ctrl-C)")
    _listen(app, host, port)


def _listen(app: Flask, host: str, port: int) -> None:
    import waitress

    own = app.extensions["hosts"]
    app.extensions["hosts"] = own | {f"{host}:{port}".lower(), f"localhost:{port}"}
    settle()
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    waitress.serve(app, host=host, port=port, threads=8, ident=None, connection_limit=500, channel_timeout=60)


def _fill_with_demo() -> None:
    from tracker.demo.play import play
    from tracker.public import site

    click.echo("A new database: filling it with the fictitious demo city (about a minute), month by month:", err=True)
    seen: set[str] = set()

    def told(day: date) -> None:
        if (month := f"{day:%Y-%m}") not in seen:
            seen.add(month)
            click.echo(f" {month}", nl=False, err=True)

    play(on=clock.today(), told=told)
    db.session.commit()
    site.write(site.folder())
    click.echo(" – done.", err=True)


def _show_demo_accounts() -> None:
    """New random passwords for the demo's accounts at every start; they work from this machine only."""
    congress = find_congress()
    if congress is None or not congress.is_demo:
        return
    import sqlalchemy as sa

    from tracker.people.models import User
    from tracker.people.passwords import hashed

    password = "-".join(secrets.token_hex(2) for _ in range(4))
    mark = hashed(password)
    click.echo("Demo accounts (this machine only), all with the password  " + password)
    for user in db.session.scalars(sa.select(User).where(User.demo_only.is_(True)).order_by(User.id)):
        user.password_hash = mark
        click.echo(f"  {user.email:<36} {user.role:<14} {user.name}")
    db.session.commit()
