"""The doctor: what is stored against what must hold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import copy_context
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from flask import current_app

from tracker import clock, database, sqlite
from tracker.audit.actions import broken_seals
from tracker.care import desk, enciphering
from tracker.database import db
from tracker.deadlines.models import IS_OWED, Deadline
from tracker.dispatch.models import ANSWERING, IS_LIVE, Assignment
from tracker.errors import N_, RuleBroken
from tracker.memory import seldom_searched
from tracker.stage import Problem
from tracker.suggestion import journey
from tracker.suggestion.models import Entry, Suggestion
from tracker.workdays.queries import loaded_years

BATCH = 2_000
ENTRIES: Any = Entry.__table__


def examine() -> list[Problem]:
    """Everything that is wrong, stage by stage."""
    found: list[Problem] = []
    with seldom_searched():
        for offer in current_app.extensions["offers"]:
            if offer.problems is not None:
                found += list(offer.problems())
    return found


def own_problems() -> Iterable[Problem]:
    """What no single stage can see; SQLite looks at its file meanwhile, on the other processor."""
    with ThreadPoolExecutor(1) as meanwhile:
        database_looked_at = meanwhile.submit(copy_context().run, lambda: list(_database()))
        yield from _stages_not_derived()
        yield from _clocks()
        yield from _seals()
        yield from _calendar()
        yield from database_looked_at.result()
        yield from enciphering.problems()
        yield from desk.problems()


def _stages_not_derived() -> Iterator[Problem]:
    """A stored stage that is not the fold of its history."""
    lines, suggestions, assignments = ENTRIES.c, Suggestion.__table__.c, Assignment.__table__.c
    own = (lines.assignment_id + 0).is_(None)  # the sum keeps SQLite from reading all own lines for every part
    for row in _folded(suggestions.id, suggestions.stage, lines.suggestion_id, own):
        yield Problem("stage", N_("Suggestion %(id)s stands at %(stored)s, its history says %(derived)s."), row)
    for row in _folded(assignments.id, assignments.standing, lines.assignment_id, lines.assignment_id.is_not(None)):
        yield Problem("stage", N_("Assignment %(id)s stands at %(stored)s, its history says %(derived)s."), row)


def _folded(number: Any, stored: Any, key: Any, which: Any) -> Iterator[dict[str, Any]]:
    """The things that stand elsewhere than their lines say; a word nobody knows is read as any other."""
    last = 0
    things = sa.select(number, sa.type_coerce(stored, sa.Text)).order_by(number).limit(BATCH)
    lines = sa.select(key, ENTRIES.c.move).where(which).order_by(key, ENTRIES.c.id)
    while some := db.session.execute(things.where(number > last)).all():
        moves: dict[int, list[str]] = defaultdict(list)
        last = some[-1][0]
        for owner, move in db.session.execute(lines.where(key.between(some[0][0], last))).all():
            moves[owner].append(move)
        for one, where in some:
            if (derived := _fold(tuple(moves[one]))) != where:
                yield {"id": one, "stored": where, "derived": derived}


@lru_cache(2_000)  # most things went one of few ways
def _fold(moves: tuple[str, ...]) -> str:
    try:
        return str(journey.fold(moves) or "nothing")
    except (RuleBroken, KeyError):
        return "an impossible move"


def _clocks() -> Iterator[Problem]:
    """Answering assignments under way have exactly one running reply clock, and every clock has a holder."""
    running = (
        sa.select(Deadline.assignment_id, sa.func.count().label("n"))
        .where(
            Deadline.kind.in_(("reply", "rehandle")),
            Deadline.met_on.is_(None),
            Deadline.voided_on.is_(None),
            Deadline.assignment_id.is_not(None),
        )
        .group_by(Deadline.assignment_id)
        .subquery()
    )
    under_way = (
        sa.select(Assignment.id, sa.func.coalesce(running.c.n, 0))
        .outerjoin(running, running.c.assignment_id == Assignment.id)
        .where(
            Assignment.part.in_(ANSWERING),
            Assignment.standing.in_(("assigned", "received", "return_asked")),
            sa.func.coalesce(running.c.n, 0) != 1,
        )
    )
    for number, count in db.session.execute(under_way):
        values = {"id": number, "count": count}
        yield Problem("clock", N_("Assignment %(id)s has %(count)s running reply clocks."), values)
    yield from _holders()


def _holders() -> Iterator[Problem]:
    """Every running clock is somebody's, and that of an answer its body's: an inbox is put in order by them."""
    nobody = sa.select(Deadline.id).where(
        Deadline.holder == "body",
        Deadline.holder_body_id.is_(None),
        Deadline.met_on.is_(None),
        Deadline.voided_on.is_(None),
    )
    for number in db.session.scalars(nobody):
        yield Problem("clock", N_("Clock %(id)s has no holder."), {"id": number})
    elsewhere = (
        sa.select(Deadline.id)
        .join(Assignment, Assignment.id == Deadline.assignment_id)
        .where(IS_OWED, IS_LIVE, Deadline.holder_body_id != Assignment.body_id)
    )
    for number in db.session.scalars(elsewhere):
        yield Problem("clock", N_("Clock %(id)s runs for another body than the one that answers."), {"id": number})


def _seals() -> Iterator[Problem]:
    for broken in broken_seals():
        said = N_("The trail of %(table)s was altered between %(first_id)s and %(last_id)s (%(how)s).")
        if broken["row"]:
            said = N_("The trail of %(table)s was altered: row %(row)s (%(how)s) is the first.")
        yield Problem("audit", said, broken)


def _calendar() -> Iterator[Problem]:
    today = clock.today()
    years = set(loaded_years())
    if today.year not in years:
        yield Problem("calendar", N_("The holidays of %(year)s are not loaded."), {"year": today.year})


@contextmanager
def _new_connection() -> Iterator[sa.Connection]:
    url = db.engine.url
    engine = sa.create_engine(url, poolclass=sa.NullPool, **sqlite.connection_options())
    database.tune(engine)
    with engine.connect() as connection:
        yield connection


def _database() -> Iterator[Problem]:
    """On a connection that has read nothing yet: SQLite checks its index of words against what the connection
    remembers of it, and calls it damaged when somebody else has written since.
    """
    if db.engine.dialect.name != "sqlite":
        return
    with database.reading(), _new_connection() as connection:
        integrity = connection.exec_driver_sql("pragma quick_check").scalar()
        orphans = connection.exec_driver_sql("pragma foreign_key_check").all()
        journal = str(connection.exec_driver_sql("pragma journal_mode").scalar())
    if integrity != "ok":
        yield Problem("database", N_("The database file is damaged: %(what)s"), {"what": integrity})
    if orphans:
        yield Problem("database", N_("%(count)s rows point to nothing."), {"count": len(orphans)})
    if journal not in (sqlite.manners()[0], "memory"):
        yield Problem("database", N_("The journal mode is %(mode)s, which can lose what was saved."), {"mode": journal})
