"""The procedure in print, and links for offices without mail."""

from __future__ import annotations

import re
import sys

import click
import sqlalchemy as sa
from flask import current_app
from flask.cli import with_appcontext

from tracker import clock
from tracker.actor import SYSTEM
from tracker.audit.actions import trace
from tracker.database import db
from tracker.suggestion import journey
from tracker.suggestion.queries import GONE


@click.command("print-procedure")
def print_procedure() -> None:
    """Print the journey as a table and a Mermaid diagram, from journey.py."""
    click.echo(procedure_text())


def procedure_text() -> str:
    """The whole procedure as Markdown: two tables and two diagrams, made from the one table of moves."""
    made_by = "Made by `flask --app app print-procedure` from `tracker/suggestion/journey.py`."
    parts = ["# The procedure", "", made_by, ""]
    for heading, moves in (
        ("A suggestion", journey.SUGGESTION_MOVES),
        ("An assignment (suggestion × body × role × round)", journey.ASSIGNMENT_MOVES),
    ):
        parts += [f"## {heading}", "", "| move | from | to | who | stage of the house |", "|---|---|---|---|---|"]
        parts += [_row(move) for move in moves]
        parts += ["", "```mermaid", "stateDiagram-v2", *_arrows(moves), "```", ""]
    return "\n".join(parts)


def _row(move: journey.Move) -> str:
    from_ = "any" if len(move.from_) > 8 else ", ".join(str(where) if where else "–" for where in move.from_)
    return f"| {move.name} | {from_} | {move.to or 'stays'} | {move.who} | {move.package} |"


def _arrows(moves: tuple[journey.Move, ...]) -> list[str]:
    return [
        f"    {where or '[*]'} --> {move.to}: {move.name}"
        for move in moves
        if move.to is not None
        for where in move.from_
    ]


@click.command()
@click.argument("path")
@click.option("--for", "person", required=True, help="E-mail of the officer or deputy.")
@with_appcontext
def link(path: str, person: str) -> None:
    """Print a link to PATH (/assignments/9) instead of mailing it."""
    from tracker.dispatch.letters import handling_link
    from tracker.dispatch.models import Assignment
    from tracker.structure.models import Officer

    named = re.fullmatch(r"/assignments/([0-9]{1,9})", path)
    assignment = db.session.get(Assignment, int(named[1])) if named else None
    officer = db.session.scalar(sa.select(Officer).where(Officer.email == person, Officer.active.is_(True)))
    theirs = assignment is not None and officer is not None and officer.body_id == assignment.body_id
    if assignment is None or officer is None or not theirs or assignment.standing in GONE:
        click.echo("There is no such assignment of this person's body.", err=True)
        sys.exit(1)
    address = current_app.config["BASE_URL"] + handling_link(assignment, officer)
    trace("link_printed", SYSTEM, at=clock.now(), assignment=assignment.id, officer=officer.id)
    db.session.commit()
    click.echo(address)
