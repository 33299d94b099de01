"""`search --rebuild`: the index made anew from the rows."""

from __future__ import annotations

import click
from flask.cli import with_appcontext

from tracker.database import db
from tracker.search import keeping


@click.command("search")
@click.option("--rebuild", is_flag=True, help="Make the index what the stored texts say.")
@with_appcontext
def search(rebuild: bool) -> None:
    """Compare the search index with the stored texts, or build it anew."""
    if rebuild:
        wrong = keeping.mend()
        db.session.commit()
        click.echo(f"{wrong} places were wrong; the index is built anew.")
        return
    wrong = sum(1 for _one in keeping.differences())
    click.echo("The index is what the texts say." if not wrong else f"{wrong} places differ. Run: search --rebuild")
    raise SystemExit(1 if wrong else 0)
