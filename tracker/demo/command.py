"""`demo`: build the fictitious city."""

from __future__ import annotations

import sys
from datetime import datetime

import click
from flask.cli import with_appcontext

from tracker import clock
from tracker.database import db
from tracker.demo.play import SEED, SUGGESTIONS, play
from tracker.errors import RuleBroken
from tracker.public import site


@click.command()
@click.option("--seed", default=SEED, show_default=True, help="The same seed builds the same city.")
@click.option("--suggestions", default=SUGGESTIONS, show_default=True, help="How many suggestions.")
@click.option("--on", type=click.DateTime(formats=["%Y-%m-%d"]), help="The day up to which it is played [today].")
@with_appcontext
def demo(seed: int, suggestions: int, on: datetime | None) -> None:
    """Fill an empty database with the fictitious demo city; refuses one that holds data."""
    try:
        count = play(on=on.date() if on else clock.today(), seed=seed, n=suggestions)
    except RuleBroken as broken:
        db.session.rollback()
        click.echo(str(broken), err=True)
        sys.exit(1)
    db.session.commit()
    site.write(site.folder())
    click.echo(f"{count} suggestions of the fictitious city are there.")
