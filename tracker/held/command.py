"""`reckon-held`: time held, reckoned from the history."""

from __future__ import annotations

import click
from flask.cli import with_appcontext

from tracker import clock
from tracker.held import jobs


@click.command("reckon-held")
@click.option("--anew", is_flag=True, help="Forget what is kept, and reckon every suggestion again.")
@with_appcontext
def reckon_held(anew: bool) -> None:
    """Reckon how long each suggestion lay with whom, up to the last line of history."""
    done = jobs.reckon_all() if anew else jobs.reckon_held(clock.today())
    click.echo(f"{done['rows']} suggestions reckoned.")
