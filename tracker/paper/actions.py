"""A paper gets its number; its signed scan comes back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from tracker.actor import Actor
from tracker.database import db
from tracker.files.models import File
from tracker.paper import rules
from tracker.paper.models import PREFIXES, Paper, PaperKind, PaperScan

_CONGRESS = sa.table("congress", sa.column("id"))


@dataclass(frozen=True)
class Printed:
    """What is printed: the kind, what it is about, for whom, and in a few words what it is (a number, a name)."""

    kind: PaperKind
    about: str
    about_id: int
    whose_id: int = 0
    subject: str = ""


def number(things: Iterable[Printed], *, congress_id: int, by: Actor, at: datetime) -> list[Paper]:
    """Give papers their numbers; what was printed before keeps its own. In the order asked for."""
    _one_at_a_time(congress_id)
    return [find(one) or _new(one, congress_id, by, at) for one in things]


def find(one: Printed) -> Paper | None:
    """The paper, if it was printed before."""
    wanted = sa.select(Paper).where(
        Paper.kind == one.kind,
        Paper.about == one.about,
        Paper.about_id == one.about_id,
        Paper.whose_id == one.whose_id,
    )
    return db.session.scalar(wanted)


def keep_scan(paper: Paper, file: File, *, became: str, became_id: int, by: Actor, at: datetime) -> PaperScan:
    """The signed paper came back, and this is what was made of it."""
    made = PaperScan(
        paper_id=paper.id, file_id=file.id, became=became, became_id=became_id, taken_at=at, taken_by=by.name[:60]
    )
    db.session.add(made)
    return made


def _one_at_a_time(congress_id: int) -> None:
    """Two who print at the same moment get two numbers (SQLite has one writer anyway)."""
    db.session.execute(sa.select(_CONGRESS.c.id).where(_CONGRESS.c.id == congress_id).with_for_update())


def _new(one: Printed, congress_id: int, by: Actor, at: datetime) -> Paper:
    prefix, year = PREFIXES[one.kind], at.year
    begins = rules.code_of(prefix, year, 0).rpartition("-")[0] + "-"
    of_year = sa.select(Paper.code).where(Paper.congress_id == congress_id, Paper.code.startswith(begins))
    last = db.session.scalar(of_year.order_by(sa.func.length(Paper.code).desc(), Paper.code.desc()).limit(1))
    made = Paper(
        congress_id=congress_id,
        code=rules.code_of(prefix, year, rules.place_in(last) + 1 if last else 1),
        kind=one.kind,
        about=one.about,
        about_id=one.about_id,
        whose_id=one.whose_id,
        subject=one.subject[:160],
        printed_at=at,
        printed_by=by.name[:60],
    )
    db.session.add(made)
    db.session.flush()
    return made
