"""The public pages written into a folder, to be carried to the server the public reaches."""

from __future__ import annotations

from pathlib import Path

import click
from flask.cli import with_appcontext

from tracker.public import site


@click.command("write-public")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@with_appcontext
def write_public(folder: Path) -> None:
    """Write the public pages into FOLDER; what has not changed there is left alone."""
    changed = site.write(folder)
    click.echo(f"{changed} files written or removed in {folder}.")
