"""Signals as pages and tables show them: said in the reader's language, with their addresses."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _

from tracker.signals import doors, saying
from tracker.signals.names import LOOKS, STATES
from tracker.signals.rules import State, state_of
from tracker.web.filters import in_language, short_in_language


@dataclass(frozen=True)
class Line:
    """One signal, ready to be shown."""

    id: int
    kind: str
    name: str
    evidence: str
    act: str
    url: str
    evidence_url: str
    act_url: str
    number: str
    title: str
    suggestion_id: int
    body: str
    since_on: date | None
    raised_on: date
    cleared_on: date | None
    state: State
    is_internal: bool

    @property
    def state_name(self) -> str:
        return _(STATES[self.state])

    @property
    def look(self) -> str:
        return LOOKS[self.state]


def lines(rows: Iterable[Any], visitor: Any) -> list[Line]:
    return [line(row, visitor) for row in rows]


def line(row: Any, visitor: Any) -> Line:
    """A row of `queries.SHOWN`."""
    return Line(
        id=row.id,
        kind=row.kind,
        name=saying.name_of(row.kind),
        evidence=saying.evidence_of(row.kind, row.facts),
        act=saying.act_of(row.kind),
        url=doors.signal_url(row.id),
        evidence_url=doors.evidence_url(row, visitor),
        act_url=doors.act_url(row, visitor),
        number=row.number or "",
        title=row.title,
        suggestion_id=row.suggestion_id,
        body=short_in_language(row) if row.name else "",
        since_on=row.since_on,
        raised_on=row.raised_on,
        cleared_on=row.cleared_on,
        state=state_of(
            is_cleared=row.cleared_on is not None, is_dismissed=row.is_dismissed, is_answered=row.is_answered
        ),
        is_internal=row.internal,
    )


def headers() -> list[str]:
    """The columns of the table that is taken away."""
    return [
        _("Kind of sign"), _("Rule"), _("What was seen"), _("Next act"), _("Number"), _("Title"), _("Body"), _("Since"),
        _("Raised on"), _("No longer so since"), _("How it stands"),
    ]  # fmt: skip


def cells(row: Any, rule: str) -> list[Any]:
    """One line of it; of an internal matter only that it is there (internal matters leave no system)."""
    shown = not row.internal
    state = state_of(is_cleared=row.cleared_on is not None, is_dismissed=row.is_dismissed, is_answered=row.is_answered)
    return [
        saying.name_of(row.kind),
        rule,
        saying.evidence_of(row.kind, row.facts) if shown else "",
        saying.act_of(row.kind) if shown else "",
        row.number,
        row.title if shown else _("internal, not exported"),
        in_language(row) if row.name else "",
        row.since_on,
        row.raised_on,
        row.cleared_on,
        _(STATES[state]),
    ]
