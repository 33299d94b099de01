"""Clocks that are started together: the same period from the same day is reckoned once, all are written at once."""

from __future__ import annotations

from datetime import date
from typing import Any

from tracker.deadlines import queries
from tracker.deadlines.clauses import Clause, Kind, Rules, Start
from tracker.deadlines.models import TARGETS, Deadline, Holder, RuleSet
from tracker.deadlines.rules import due
from tracker.many import write_all
from tracker.workdays import queries as workdays
from tracker.workdays.rules import Calendar

NO_TARGET = dict.fromkeys(TARGETS)


class Starting:
    """Clocks of one act: a hand-over starts thousands. They run once they are written."""

    def __init__(self) -> None:
        self._rows: list[dict[str, Any]] = []
        self._reckoned: dict[tuple[Any, ...], dict[str, Any] | None] = {}

    def start(self, kind: Kind | str, **how: Any) -> bool:
        """As `actions.start`, with the same words; whether the rule set sets such a clock."""
        row = self.row(kind, **how)
        if row is not None:
            self._rows.append(row)
        return row is not None

    def write(self) -> None:
        rows, self._rows = self._rows, []
        write_all(Deadline, rows)

    def row(
        self,
        kind: Kind | str,
        *,
        on: date,
        rules: RuleSet,
        congress_id: int,
        holder: Holder | str,
        holder_body_id: int | None = None,
        fixed_on: date | None = None,
        calendar: Calendar | None = None,
        deemed: bool = False,
        again: bool = False,
        event: Start | None = None,
        **target: int,
    ) -> dict[str, Any] | None:
        """The row of a clock; None where the rule set is silent."""
        asked = (kind, on, rules.id, congress_id, fixed_on, deemed, again, event)
        if asked not in self._reckoned:
            clause = _clause(queries.rules_of(rules), kind, again)
            days = calendar or workdays.calendar(congress_id)
            self._reckoned[asked] = _reckoned(clause, rules, on, days, fixed_on, deemed, event) if clause else None
        reckoned = self._reckoned[asked]
        if reckoned is None:
            return None
        if len(target) != 1:
            raise TypeError("a clock belongs to exactly one thing")
        held = {"congress_id": congress_id, "holder": Holder(holder), "holder_body_id": holder_body_id}
        return {**NO_TARGET, **target, **held, **reckoned}


def _clause(rules: Rules, kind: Kind | str, again: bool) -> Clause | None:
    clause = rules.clause(kind)
    return clause.again if clause is not None and again else clause


def _reckoned(
    clause: Clause,
    rules: RuleSet,
    on: date,
    calendar: Calendar,
    fixed_on: date | None,
    deemed: bool,
    event: Start | None,
) -> dict[str, Any]:
    roll_over = queries.rules_of(rules).roll_over
    found = due(clause, on, calendar, roll_over, fixed_on, deemed=deemed, event=event)
    return {
        "kind": clause.kind,
        "clause": clause.as_data,
        "rule_set_id": rules.id,
        "started_on": on,
        "fixed_on": fixed_on,
        "explanation": found.steps,
        "original_due_on": found.due_on,
        "due_on": found.due_on,
        "unrolled_on": found.unrolled_on,
        "provisional": found.provisional,
        "moved_count": 0,
    }
