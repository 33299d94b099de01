"""Finding signals: each kind's statement against the rows that are open; new ones are raised, gone ones cleared."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any

import sqlalchemy as sa

from tracker.database import db, streamed
from tracker.signals.choices import Chosen, chosen
from tracker.signals.kind import Asked, Facts, SignalKind
from tracker.signals.models import Cleared, Signal
from tracker.structure.models import Congress
from tracker.suggestion.models import Suggestion
from tracker.workdays.queries import calendar
from tracker.workdays.rules import PLAIN_WEEK

AT_ONCE = 500
FACT = "fact_"


@dataclass
class Looked:
    """What came of looking: how many were raised, and how many cleared."""

    raised: int = 0
    cleared: int = 0

    @property
    def rows(self) -> int:
        return self.raised + self.cleared

    def add(self, other: Mapping[str, int]) -> None:
        """What another look found too, told by name."""
        self.raised += other.get("raised", 0)
        self.cleared += other.get("cleared", 0)

    def told(self) -> dict[str, int]:
        return {"raised": self.raised, "cleared": self.cleared, "rows": self.rows}


def look(
    congress: Congress,
    *,
    on: date,
    at: datetime,
    suggestion_ids: Sequence[int] | None = None,
    which: Callable[[Chosen], bool] = lambda _kind: True,
) -> Looked:
    """Look for every kind, or `which` of them, in a congress or in some of its suggestions; what was found before stays
    as it is.

    Nothing is raised twice: an open row of the same kind and thing is the same signal.
    """
    looked, days = Looked(), calendar(congress.id)
    ids = None if suggestion_ids is None else tuple(suggestion_ids)
    kinds = [one for one in chosen(congress.id) if which(one)]
    known = open_things([one.kind for one in kinds], Asked(congress.id, on, {}, days, ids))
    for one in kinds:
        _reconcile(one, Asked(congress.id, on, one.set_at, days, ids), known[one.kind.key], at, looked)
    return looked


def watched(congress_id: int, on: date) -> list[int]:
    """The suggestions of a congress that are looked at."""
    asked = Asked(congress_id, on, {}, PLAIN_WEEK)
    return list(db.session.scalars(sa.select(Suggestion.id).where(asked.watches()).order_by(Suggestion.id)))


def _reconcile(one: Chosen, asked: Asked, known: dict[int, Any], at: datetime, looked: Looked) -> None:
    changed: list[dict[str, Any]] = []
    rows = found(one.kind, asked) if one.is_on else iter(())
    while some := list(islice(rows, AT_ONCE)):
        raised = []
        for row in some:
            mine = known.pop(row["thing_id"], None)
            if mine is None:
                raised.append({**row, "congress_id": asked.congress_id, "raised_on": asked.on, "raised_at": at})
            elif _differs(mine, row):
                changed.append({"id": mine.id, "facts": row["facts"], "since_on": row["since_on"]})
        if raised:
            db.session.execute(sa.insert(Signal), raised)
            looked.raised += len(raised)
    if changed:
        db.session.execute(sa.update(Signal), changed)
    why = Cleared.GONE if one.is_on else Cleared.OFF
    gone = [{"id": row.id, "cleared_on": asked.on, "cleared_why": why} for row in known.values()]
    if gone:
        db.session.execute(sa.update(Signal), gone)
        looked.cleared += len(gone)


def found(kind: SignalKind, asked: Asked) -> Iterator[dict[str, Any]]:
    """What is found of a kind, as rows of `signal`; each thing once."""
    seen: set[int] = set()
    for row in _rows(kind, asked):
        if row.thing_id in seen:
            continue
        facts = _facts(kind, row, asked)
        if facts is not None:
            seen.add(row.thing_id)
            yield {
                "kind": kind.key,
                "thing_id": row.thing_id,
                "suggestion_id": row.suggestion_id,
                "assignment_id": row.assignment_id,
                "body_id": row.body_id,
                "since_on": row.since_on,
                "facts": facts,
            }


def _rows(kind: SignalKind, asked: Asked) -> Iterable[Any]:
    """Of some suggestions read at once: on PostgreSQL a cursor is three journeys, and is planned for its first rows."""
    return streamed(kind.found(asked), AT_ONCE) if asked.ids is None else db.session.execute(kind.found(asked))


def _facts(kind: SignalKind, row: Any, asked: Asked) -> Facts | None:
    """The values of the evidence as they are kept: days as text, no long texts."""
    read = kind.reads(row, asked) if kind.reads is not None else {}
    if read is None:
        return None
    own = {name: value for name, value in _named(row) if name not in kind.texts}
    return {name: _plain(value) for name, value in {**own, **read}.items()}


def _named(row: Any) -> Iterable[tuple[str, Any]]:
    return ((name.removeprefix(FACT), value) for name, value in row._mapping.items() if name.startswith(FACT))


def _plain(value: Any) -> Any:
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value) if isinstance(value, str) else value


def open_things(kinds: Sequence[SignalKind], asked: Asked) -> dict[str, dict[int, Any]]:
    """The open signals of some kinds about what is looked at, by kind and thing, in one statement.

    What was withdrawn, merged or made a letter is looked at here too: its signals are gone.
    """
    wanted = (
        sa.select(Signal.id, Signal.kind, Signal.thing_id, Signal.since_on, Signal.facts)
        .join(Suggestion, Suggestion.id == Signal.suggestion_id)
        .where(Signal.kind.in_([kind.key for kind in kinds]), Signal.cleared_on.is_(None), asked.watches())
    )
    found: dict[str, dict[int, Any]] = {kind.key: {} for kind in kinds}
    for row in db.session.execute(wanted):
        found[row.kind][row.thing_id] = row
    return found


def _differs(mine: Any, row: dict[str, Any]) -> bool:
    return bool(mine.facts != row["facts"] or mine.since_on != row["since_on"])
