"""A ledger read in, written out in its own layout, and read in elsewhere: the same rows, told by every stage.

An office tries its own workbooks with `OFFICE_LEDGERS=folder pytest tests/journeys/test_out_and_in_again.py`: each file
whose name begins with its layout's number (01-….xlsx) makes the same journey.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import joinedload, selectinload, undefer

from tests import databases
from tests.ledgers.printed import PRINTED
from tests.makers import a_congress
from tracker import create_app
from tracker.database import db
from tracker.dispatch.models import Assignment, Proposal
from tracker.handling.models import Reply
from tracker.ledgers.layouts import get_layout
from tracker.ledgers.sheets import open_grids
from tracker.structure.models import Deputy
from tracker.suggestion.models import Signature, Suggestion

TODAY = date(2026, 11, 22)
OWN = sorted(Path(os.environ.get("OFFICE_LEDGERS", "/nonexistent")).glob("[0-9]*.*"))
FACTS = ("number", "number_key", "title", "text", "category", "publicity", "key", "internal", "remark", "stage")


@pytest.fixture
def another(migrated, tmp_path) -> Iterator[Flask]:
    """A second application on an empty SQLite database of its own."""
    folder = tmp_path / "another"
    folder.mkdir()
    with migrated("sqlite").fresh(folder) as url:
        made = create_app(databases.settings(folder, url))
        yield made
        databases.let_go(made)


def an_empty_office(app: Flask) -> None:
    with app.app_context():
        a_congress()
        db.session.commit()


def run(app: Flask, *words: str) -> str:
    done = app.test_cli_runner().invoke(args=list(words))
    assert done.exit_code == 0, (done.stderr, done.exception)
    return done.stdout


def reads_in(app: Flask, file: Path) -> dict[str, Any]:
    return json.loads(run(app, "import", str(file), "--create", "bodies,deputies", "--json"))


def told(app: Flask) -> list[str]:
    """What every stage knows of every suggestion, in an order of its own."""
    with app.app_context():
        wanted = sa.select(Suggestion).options(
            undefer(Suggestion.text),
            joinedload(Suggestion.lead_deputy).joinedload(Deputy.delegation),
            joinedload(Suggestion.delegation),
            selectinload(Suggestion.signatures).joinedload(Signature.deputy),
        )
        return sorted(_told(one) for one in db.session.scalars(wanted).unique())


def _told(one: Suggestion) -> str:
    lead = one.lead_deputy
    whose = Assignment.suggestion_id == one.id
    held = sa.select(Assignment).where(whose).options(joinedload(Assignment.body)).order_by(Assignment.id)
    proposed = sa.select(Proposal).where(Proposal.suggestion_id == one.id).options(joinedload(Proposal.body))
    answered = sa.select(Reply).join(Reply.assignment).where(whose).options(undefer(Reply.text))
    return repr(
        {
            **{name: getattr(one, name) for name in FACTS},
            "days": (one.recorded_on if one.handed_over_on else None, one.handed_over_on),
            "lead": lead and (lead.name, lead.employer),
            "delegation": one.delegation.name if one.delegation else None,
            "signed": [each.deputy.name for each in one.signatures],
            "held": [(each.body.name, each.part, each.standing) for each in db.session.scalars(held)],
            "proposed": [(each.body.name, each.part) for each in db.session.scalars(proposed.order_by(Proposal.id))],
            "replies": [
                (each.text, each.class_label, each.document_number, each.signer, each.contact_person, each.letter_on)
                for each in db.session.scalars(answered.order_by(Reply.id))
            ],
        }
    )


def makes_the_journey(app: Flask, another: Flask, file: Path, layout: str, folder: Path, ending: str) -> Path:
    for one in (app, another):
        an_empty_office(one)
    first = reads_in(app, file)
    assert len(told(app)) == first["rows"] > 0
    out = folder / f"out{ending}"
    run(app, "export", "register", str(out), "--layout", layout)
    second = reads_in(another, out)
    assert (second["rows"], second["imported"], second["skipped"]) == (
        first["rows"],
        first["imported"],
        [one for one in second["skipped"] if one["reason"] == "A row of totals."],
    )
    assert told(another) == told(app)
    again = reads_in(app, out)
    assert (again["rows"], again["imported"], again["updated"]) == (first["rows"], 0, 0)
    return out


@pytest.fixture
def on_this_day(stopped_clock) -> None:
    stopped_clock(TODAY)


@pytest.mark.parametrize("ending", [".xlsx", ".csv"])
@pytest.mark.parametrize("layout", PRINTED)
@pytest.mark.engines("sqlite")
def test_a_ledger_goes_out_and_comes_in_as_the_same_rows(app, another, on_this_day, tmp_path, layout, ending):
    file = PRINTED[layout](tmp_path)
    out = makes_the_journey(app, another, file, layout, tmp_path, ending)
    [written], [original] = open_grids(out), open_grids(file)
    columns = [column.heading for column in get_layout(layout).columns]
    assert columns[0] in written.texts(1)
    assert [len(row) for row in written.rows[:1]] == [len(row) for row in original.rows[:1]]


@pytest.mark.engines("postgresql")
def test_on_the_other_engine_too(app, another, on_this_day, tmp_path):
    makes_the_journey(app, another, PRINTED["6"](tmp_path), "6", tmp_path, ".xlsx")


@pytest.mark.parametrize("file", OWN, ids=lambda file: file.name)
@pytest.mark.engines("sqlite")
def test_an_offices_own_workbook_makes_the_journey(app, another, on_this_day, tmp_path, file):
    makes_the_journey(app, another, file, str(int(file.name[:2])), tmp_path, ".xlsx")
