"""A paper gets its number; its signed scan comes back."""

from __future__ import annotations

from collections.abc import Sequence
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


def number(things: Sequence[Printed], *, congress_id: int, by: Actor, at: datetime) -> list[Paper]:
    """Give papers their numbers; what was printed before keeps its own. In the order asked for."""
    _one_at_a_time(congress_id)
    made, last = [], {one.kind: _last_place(one.kind, congress_id, at.year) for one in things}
    for one, known in zip(things, found(things), strict=True):
        if known is None:
            last[one.kind] += 1
            known = _new(one, last[one.kind], congress_id, by, at)
        made.append(known)
    db.session.flush()
    return made


def found(things: Sequence[Printed]) -> list[Paper | None]:
    """The papers as they were printed before, in the order asked for; None for one that never was."""
    kept: dict[tuple[PaperKind, str, int, int], Paper] = {}
    for kind, about, about_id in {(one.kind, one.about, one.about_id) for one in things}:
        wanted = sa.select(Paper).where(Paper.kind == kind, Paper.about == about, Paper.about_id == about_id)
        kept |= {(kind, about, about_id, one.whose_id): one for one in db.session.scalars(wanted)}
    return [kept.get((one.kind, one.about, one.about_id, one.whose_id)) for one in things]


def keep_scan(paper: Paper, file: File, *, became: str, became_id: int, by: Actor, at: datetime) -> PaperScan:
    """The signed paper came back, and this is what was made of it."""
    made = PaperScan(
        paper_id=paper.id, file_id=file.id, became=became, became_id=became_id, taken_at=at, taken_by=by.name[:60]
    )
    db.session.add(made)
    return made


def _one_at_a_time(congress_id: int) -> None:
    """Two who print at the same moment get two numbers (SQLite has one writer anyway); others are not kept waiting."""
    row = sa.select(_CONGRESS.c.id).where(_CONGRESS.c.id == congress_id)
    db.session.execute(row.with_for_update(key_share=True))


def _last_place(kind: PaperKind, congress_id: int, year: int) -> int:
    begins = f"{PREFIXES[kind]}-{year}-"
    of_year = sa.select(Paper.code).where(Paper.congress_id == congress_id, Paper.code.startswith(begins))
    last = db.session.scalar(of_year.order_by(sa.func.length(Paper.code).desc(), Paper.code.desc()).limit(1))
    return rules.place_in(last) if last else 0


def _new(one: Printed, place: int, congress_id: int, by: Actor, at: datetime) -> Paper:
    made = Paper(
        congress_id=congress_id,
        code=rules.code_of(PREFIXES[one.kind], at.year, place),
        kind=one.kind,
        about=one.about,
        about_id=one.about_id,
        whose_id=one.whose_id,
        subject=one.subject[:160],
        printed_at=at,
        printed_by=by.name[:60],
    )
    db.session.add(made)
    return made
