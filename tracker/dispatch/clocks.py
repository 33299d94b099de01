"""The clocks an assignment starts and stops."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from tracker.deadlines import actions as clocks
from tracker.deadlines import queries as deadlines
from tracker.deadlines.clauses import Clause, Kind, Rules, Start
from tracker.deadlines.models import Holder, RuleSet
from tracker.deadlines.rules import due
from tracker.deadlines.starting import Starting
from tracker.dispatch.models import ANSWERING, Assignment, Part
from tracker.structure.models import Meeting
from tracker.workdays import queries as workdays
from tracker.workdays.rules import Calendar


@dataclass(frozen=True)
class Law:
    """The rules and the calendar under which clocks are started; read once for a whole act."""

    row: Any  # the rule set, or its columns
    rules: Rules
    calendar: Calendar

    @classmethod
    def of(cls, row: RuleSet, congress_id: int) -> Law:
        return cls(row, deadlines.rules_of(row), workdays.calendar(congress_id))

    @classmethod
    def named(cls, name: str, on: date, congress_id: int) -> Law:
        """The rule set of that name in force on the day of the hand-over."""
        return cls.of(deadlines.rule_set_in_force(name, on), congress_id)


def begin(
    assignments: Sequence[Assignment],
    law: Law,
    *,
    meeting: Meeting | None,
    kind: Kind = Kind.REPLY,
    given_on: date | None = None,
) -> None:
    """Start what runs from the hand-over: receipt, co-opinion or reply, first contact.

    A clock that counts from the receipt starts at once from the day on which the body is deemed to have received
    (domain rule: never signing must not stop a clock); signing earlier replaces it. `given_on`: a body that comes in
    later; its reply counts from the same hand-over as the others', what it could not have done before from that day.
    Below a hub only the receipt counts from the day it was dispatched onward, for nobody signs for what he has not yet;
    all else, also what counts from the receipt, is the branch's time and counts as if the hub had not been between.
    """
    starting = Starting()
    deemed_on = {on: _deemed_received(law, on) for on in {given_on or one.handed_over_on for one in assignments}}
    for one in assignments:
        _begin(one, law, meeting, kind, given_on, deemed_on[given_on or one.handed_over_on], starting)
    starting.write()


def _begin(
    assignment: Assignment,
    law: Law,
    meeting: Meeting | None,
    kind: Kind,
    given_on: date | None,
    deemed_on: date,
    starting: Starting,
) -> None:
    first_on = given_on or assignment.handed_over_on
    passed_on = assignment.passed_on_from_id is not None and given_on is None
    event = Start.PASSED_ON if passed_on and assignment.assigned_on > first_on else None
    receipt_on = assignment.assigned_on if event else first_on
    has_receipt = starting.start(Kind.RECEIPT, on=receipt_on, event=event, **_whose(assignment, law))
    for one in _kinds(assignment, _answered_by(law, kind)):
        clause = law.rules.clause(one)
        if clause is None:
            continue
        from_receipt = clause.start is Start.RECEIPT
        on, event = _start_day(clause, assignment, meeting, deemed_on)
        if given_on is not None:
            on = _deemed_received(law, assignment.handed_over_on) if from_receipt else on
            on = on if one in (Kind.REPLY, Kind.REHANDLE) else max(on, deemed_on if from_receipt else given_on)
        starting.start(
            one,
            on=on,
            event=event,
            fixed_on=meeting.common_due_on if meeting and one is Kind.REPLY and assignment.round == 1 else None,
            deemed=from_receipt and has_receipt,
            **_whose(assignment, law),
        )


def received(signed: Sequence[tuple[Assignment, Law, date]]) -> None:
    """The bodies signed: the receipt's clock is met, and what counts from the receipt counts from this day.

    A last day somebody decided stays as decided.
    """
    running = deadlines.open_for_all("assignment_id", [assignment.id for assignment, _law, _on in signed])
    met = []
    for assignment, law, on in signed:
        for one in running[assignment.id]:
            if one.kind is Kind.RECEIPT:
                met.append((one, on))
            elif on < one.started_on and not one.moved_count and one.clause.get("start") == Start.RECEIPT:
                clocks.void(one, on=on, reason="signed_for_earlier")
                clocks.start(one.kind, on=on, fixed_on=one.fixed_on, **_whose(assignment, law))
    clocks.meet_all(met)


def stop(assignment: Assignment, *, on: date, reason: str) -> None:
    """The assignment ends here: its running clocks are kept, but no longer hold."""
    stop_all([(assignment, on)], reason=reason)


def stop_all(ended: Sequence[tuple[Assignment, date]], *, reason: str) -> None:
    """Several end, each on its day."""
    running = deadlines.open_for_all("assignment_id", [assignment.id for assignment, _on in ended])
    clocks.void_all([(one, on) for assignment, on in ended for one in running[assignment.id]], reason=reason)


def return_window(law: Law, *, handed_over_on: date, received_on: date | None) -> tuple[date | None, Clause | None]:
    """The last day on which "not ours" may be said, and the clause that says so; None where the rules are silent."""
    clause = law.rules.clause(Kind.RETURN)
    if clause is None:
        return None, None
    start, deemed = handed_over_on, False
    if clause.start is Start.RECEIPT:
        deemed_on = _deemed_received(law, handed_over_on)
        start = min(received_on or deemed_on, deemed_on)  # signing late opens no new days
        deemed = received_on is None or received_on > start
    return due(clause, start, law.calendar, law.rules.roll_over, deemed=deemed).due_on, clause


def _deemed_received(law: Law, handed_over_on: date) -> date:
    receipt = law.rules.clause(Kind.RECEIPT)
    if receipt is None:
        return handed_over_on
    return due(receipt, handed_over_on, law.calendar, law.rules.roll_over).due_on


def _answered_by(law: Law, kind: Kind) -> Kind:
    """The clock of a new round; where the rules give it no time of its own, it has that of a reply."""
    return Kind.REPLY if kind is Kind.REHANDLE and law.rules.clause(kind) is None else kind


def _kinds(assignment: Assignment, reply_kind: Kind) -> tuple[Kind, ...]:
    if assignment.part is Part.CO:
        return (Kind.CO_OPINION,)
    return (reply_kind, Kind.FIRST_CONTACT) if assignment.part in ANSWERING else ()


def _start_day(
    clause: Clause, assignment: Assignment, meeting: Meeting | None, deemed_on: date
) -> tuple[date, Start | None]:
    """The day a clock starts; and what that day is, where it is not what the clause names.

    Outside a meeting, and for a body that gets it later, there is no closing day to count from.
    """
    if clause.start is Start.RECEIPT:
        return deemed_on, None
    if clause.start is not Start.CONGRESS_CLOSED:
        return assignment.handed_over_on, None
    if meeting is not None and meeting.closed_on is not None:
        return meeting.closed_on, None
    return assignment.handed_over_on, Start.HAND_OVER


def _whose(assignment: Assignment, law: Law) -> dict[str, Any]:
    """What every clock of an assignment is started with."""
    return {
        "rules": law.row,
        "congress_id": assignment.congress_id,
        "holder": Holder.BODY,
        "holder_body_id": assignment.body_id,
        "calendar": law.calendar,
        "assignment_id": assignment.id,
    }


def law_of(assignment: Assignment) -> Law:
    """The rules stamped on the suggestion when it was handed over; asked for once in a transaction."""
    row, rules = deadlines.stamped(assignment.suggestion.rule_set_id, assignment.congress_id)
    return Law(row, rules, workdays.calendar(assignment.congress_id))
