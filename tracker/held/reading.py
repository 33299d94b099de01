"""The histories of many suggestions at once, as the arithmetic of time held wants them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import sqlalchemy as sa

from tracker.database import db
from tracker.deadlines.queries import rule_sets, rules_of
from tracker.dispatch.models import ANSWERING, Assignment
from tracker.structure.models import Body
from tracker.suggestion import ball
from tracker.suggestion.journey import MOVES
from tracker.suggestion.models import Entry, Suggestion
from tracker.suggestion.spans import Part, Span, spans
from tracker.suggestion.tracks import EXTENSION_ENDS, WITHDRAWAL_ENDS
from tracker.suggestion.turns import CO, READERS

ASKED = ("ask_extension", "ask_withdrawal", *EXTENSION_ENDS, *WITHDRAWAL_ENDS)
TELLS = tuple(move.name for move in MOVES.values() if move.to is not None or move.name in (*ASKED, "succeed"))


@dataclass
class Told:
    """One suggestion: where it belongs, its lines of history that change whose turn it is, and its parts."""

    id: int
    congress_id: int
    meeting_id: int
    entries: list[Any] = field(default_factory=list)
    parts: dict[int, Part] = field(default_factory=dict)
    answering: set[int] = field(default_factory=set)

    def turns(self, bodies: Names) -> list[Span]:
        return spans(self.entries, self.parts, called=lambda name: bodies.number(self.congress_id, name))


class Names:
    """Bodies by the name they had, for what a reform handed on; read only where there was one."""

    @cached_property
    def _numbers(self) -> dict[tuple[int, str], int]:
        rows = db.session.execute(sa.select(Body.congress_id, Body.name, Body.id).order_by(Body.id))
        return {(congress_id, name): number for congress_id, name, number in rows}

    def number(self, congress_id: int, name: str) -> int | None:
        return self._numbers.get((congress_id, name))


class Histories:
    """Reads suggestions with their lines and parts, three statements for any number of them."""

    def __init__(self) -> None:
        self.readers = {row.id: READERS[rules_of(row).precheck] for row in rule_sets()}
        self.bodies = Names()

    def read(self, ids: list[int]) -> Iterator[Told]:
        """These suggestions in order."""
        wanted = sa.select(Suggestion.id, Suggestion.congress_id, Suggestion.meeting_id, Suggestion.rule_set_id)
        found, read_by = {}, {}
        for row in db.session.execute(wanted.where(Suggestion.id.in_(ids)).order_by(Suggestion.id)):
            found[row.id] = Told(row.id, row.congress_id, row.meeting_id)
            read_by[row.id] = self.readers.get(row.rule_set_id, ball.OFFICE)
        for row in db.session.execute(_parts().where(Assignment.suggestion_id.in_(ids))):
            told = found[row.suggestion_id]
            told.parts[row.id] = _part(row, read_by[row.suggestion_id])
            if row.part in ANSWERING:
                told.answering.add(row.id)
        lines = defaultdict(list)
        for row in db.session.execute(_lines().where(Entry.suggestion_id.in_(ids))):
            lines[row.suggestion_id].append(row)
        for number, told in found.items():
            told.entries = lines[number]
            yield told


def _parts() -> sa.Select[Any]:
    columns = (Assignment.id, Assignment.suggestion_id, Assignment.body_id, Assignment.part, Assignment.round)
    return sa.select(*columns, Assignment.passed_on_from_id, Body.is_hub, Body.hub_id).join(
        Body, Body.id == Assignment.body_id
    )


def _lines() -> sa.Select[Any]:
    """What a line says beside its move is read only where a reform names the body before it."""
    facts = sa.case((Entry.move == "succeed", Entry.facts), else_=sa.null()).label("facts")
    columns = (Entry.suggestion_id, Entry.assignment_id, Entry.move, Entry.on)
    return sa.select(*columns, facts).where(Entry.move.in_(TELLS)).order_by(Entry.suggestion_id, Entry.id)


def _part(row: Any, read_by: str) -> Part:
    return Part(
        row.body_id,
        is_hub=row.is_hub,
        decided_by=ball.HUB if row.passed_on_from_id else ball.OFFICE,
        read_by=ball.OFFICE if read_by == ball.HUB and row.hub_id is None else read_by,
        hub=row.hub_id,
        is_co=row.part == CO,
        round=row.round,
    )
