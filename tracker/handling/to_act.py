"""What is acted on, with what the act needs of it and no more; read prepared, before anything is written."""

from __future__ import annotations

from functools import cache
from typing import Any

import sqlalchemy as sa

from tracker.dispatch.models import Assignment
from tracker.entities import Cells, bind, read
from tracker.errors import NotFound
from tracker.handling.models import Reply
from tracker.handling.queries import assignments_visible_to
from tracker.handling.written import Measure, Point
from tracker.stage import Visitor
from tracker.structure.models import Body
from tracker.suggestion.anyone import Anyone, anyone, numbers
from tracker.suggestion.around import around, bind_around, with_around
from tracker.suggestion.models import Suggestion

WRITTEN, POINT, MEASURE = Cells(Reply, also=[Reply.text]), Cells(Point), Cells(Measure)
ACTED_ON = Cells(Assignment, Body, Suggestion, *around(), also=[Suggestion.text])


def get_to_act(assignment_id: int | None, visitor: Visitor, *, alone: bool = False) -> Assignment:
    """One assignment with what an act needs of it, which is less than its page shows.

    `alone`: nobody else acts on it until the transaction ends (SQLite has one writer anyway).

    :raises NotFound: there is none, or it is not this visitor's to see.
    """
    asked = {**numbers(visitor), "asked_id": assignment_id}
    for found, body, suggestion, *beside in read(ACTED_ON, _acted_on(anyone(visitor), alone), asked):
        bind_around(suggestion, *beside)
        bind(found, body=body, suggestion=suggestion)
        acting: Assignment = found
        return acting
    raise NotFound


@cache
def _acted_on(who: Anyone, alone: bool) -> sa.Select[Any]:
    this = Assignment.id == sa.bindparam("asked_id", type_=sa.Integer)
    wanted = with_around(assignments_visible_to(who).join(Assignment.body)).where(this)
    wanted = wanted.with_only_columns(*ACTED_ON.columns)
    return wanted.with_for_update(of=Assignment) if alone else wanted


def find_to_write(assignment_id: int) -> Reply | None:
    """The reply of an assignment with what is written anew: its text, points and measures."""
    for (found,) in read(WRITTEN, _written_of(), {"asked_id": assignment_id}):
        its = {"reply_id": found.id}
        bind(found, points=[one for (one,) in read(POINT, _rows_of(POINT, Point), its)])
        bind(found, measures=[one for (one,) in read(MEASURE, _rows_of(MEASURE, Measure), its)])
        reply: Reply = found
        return reply
    return None


@cache
def _written_of() -> sa.Select[Any]:
    return sa.select(*WRITTEN.columns).where(Reply.assignment_id == sa.bindparam("asked_id", type_=sa.Integer))


@cache
def _rows_of(cells: Cells, kind: Any) -> sa.Select[Any]:
    of_it = kind.reply_id == sa.bindparam("reply_id", type_=sa.Integer)
    return sa.select(*cells.columns).where(of_it).order_by(kind.place)
