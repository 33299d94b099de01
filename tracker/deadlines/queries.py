"""Which rules are in force, and which clocks run."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any

import sqlalchemy as sa

from tracker.database import batches, columns, db
from tracker.deadlines import library
from tracker.deadlines.clauses import Clause, Kind, Rules, load_rule_set
from tracker.deadlines.models import STAMPED, TARGETS, Deadline, RuleSet
from tracker.deadlines.rules import Due, due
from tracker.entities import Cells, read
from tracker.errors import N_, RuleBroken
from tracker.workdays import queries as workdays
from tracker.workdays.rules import Calendar

_READ: dict[str, Rules] = {}
CLOCK, RUNNING = Cells(Deadline), Cells(Deadline, later=[Deadline.explanation])
IS_OPEN = sa.and_(Deadline.met_on.is_(None), Deadline.voided_on.is_(None))
_DIGESTS = sa.select(RuleSet.id, RuleSet.digest)
NEWEST_FIRST = (RuleSet.effective_from.desc(), RuleSet.version.desc())


def rules_of(row: RuleSet) -> Rules:
    """A loaded rule set, read once per process and content."""
    if row.digest not in _READ:
        _READ[row.digest] = load_rule_set(library.completed(row.data))
    return _READ[row.digest]


def stamped(rule_set_id: int | None, congress_id: int) -> tuple[Any, Rules]:
    """A rule set by its number, in columns, and what it says; asked once in a transaction, with the calendar's version.

    A loaded version never changes, and its content is long: read once for the process, it is not read again.
    """
    session = db.session()
    asked: tuple[Any, dict[int | None, tuple[Any, Rules]]] | None = session.info.get(STAMPED)
    if asked is None or asked[0] is not session.get_transaction() or rule_set_id not in asked[1]:
        row = columns(_stamped(), {"rule_set_id": rule_set_id, "congress_id": congress_id}).one()
        rules = _READ.get(row.digest) or rules_of(db.session.get_one(RuleSet, rule_set_id))
        workdays.note_version(congress_id, row[-2:])
        if asked is None or asked[0] is not session.get_transaction():
            asked = session.info[STAMPED] = (session.get_transaction(), {})
        asked[1][rule_set_id] = (row, rules)
    return asked[1][rule_set_id]


@cache
def _stamped() -> sa.Select[Any]:
    named = [one for one in RuleSet.__table__.c if one.name != "data"]
    wanted = RuleSet.id == sa.bindparam("rule_set_id", type_=sa.Integer)
    return sa.select(*named, *workdays.versions(national=False)).where(wanted)


def find_rule_set(name: str, on: date) -> RuleSet | None:
    """The version of that name in force on the day; before the first one, the first (old ledgers need a clock too)."""
    versions = sa.select(RuleSet).where(RuleSet.name == name)
    in_force = versions.where(
        RuleSet.effective_from <= on, sa.or_(RuleSet.effective_to.is_(None), RuleSet.effective_to >= on)
    )
    return db.session.scalar(in_force.order_by(*NEWEST_FIRST).limit(1)) or db.session.scalar(
        versions.where(RuleSet.effective_from > on).order_by(RuleSet.effective_from, RuleSet.version).limit(1)
    )


def rule_set_in_force(name: str, on: date) -> RuleSet:
    """As `find_rule_set`; RuleBroken if no rule set of that name holds."""
    found = find_rule_set(name, on)
    if found is None:
        raise RuleBroken(N_("No rule set named %(name)s is in force on %(on)s."), name=name, on=on.isoformat())
    return found


def rule_sets() -> list[RuleSet]:
    """All loaded rule sets by name, the newest version first."""
    return list(db.session.scalars(sa.select(RuleSet).order_by(RuleSet.name, *NEWEST_FIRST)))


def rules_by_id() -> dict[int, Rules]:
    """What all loaded rule sets say, by their ids; a content is read once per process."""
    found = columns(_DIGESTS).all()
    if any(row.digest not in _READ for row in found):
        return {row.id: rules_of(row) for row in rule_sets()}
    return {row.id: _READ[row.digest] for row in found}


def deadlines_of(*, kind: Kind | str | None = None, **target: int) -> list[Deadline]:
    """All clocks of one thing (`assignment_id=9`), open or not, in the order they were started."""
    [(name, value)] = target.items()
    wanted = _clocks(name, is_of_a_kind=kind is not None)
    return [one for (one,) in read(CLOCK, wanted, {"target": value, "kind": kind and Kind(kind)})]


def open_for(*, kind: Kind | str | None = None, **target: int) -> list[Deadline]:
    """The clocks of one thing that still run (`assignment_id=9`), the most urgent first."""
    running = [clock for clock in deadlines_of(kind=kind, **target) if clock.is_open]
    return sorted(running, key=lambda clock: (clock.due_on, clock.id))


def open_for_all(target: str, ids: Sequence[int], *, kind: Kind | str | None = None) -> dict[int, list[Deadline]]:
    """The clocks of several things that still run (`"assignment_id", [9, 10]`), of each the most urgent first.

    Nothing but new clocks is written for the question: what else waits to be written stays together.
    """
    session = db.session()
    if any(isinstance(one, Deadline) for one in session.new):
        session.flush()
    found: dict[int, list[Deadline]] = {number: [] for number in ids}
    wanted = _open_clocks(target, is_of_a_kind=kind is not None)
    for some in batches(list(found)):
        with session.no_autoflush:
            for (one,) in read(RUNNING, wanted, {"targets": some, "kind": kind and Kind(kind)}):
                found[getattr(one, target)].append(one)
    return {number: [one for one in running if one.is_open] for number, running in found.items()}


def find_deadline(kind: Kind | str, **target: int) -> Deadline | None:
    """The latest clock of that kind that was not voided, running or met."""
    kept = (clock for clock in reversed(deadlines_of(kind=kind, **target)) if clock.voided_on is None)
    return next(kept, None)


def latest_reply_deadline(assignment_id: int) -> Deadline | None:
    """The clock of the body's reply: of the last round if it was handled again."""
    return find_deadline(Kind.REHANDLE, assignment_id=assignment_id) or find_deadline(
        Kind.REPLY, assignment_id=assignment_id
    )


def total_allowed(deadline: Deadline, calendar: Calendar | None = None) -> tuple[Clause, Due] | None:
    """The clause that says how long a reply may take with an extension, and its last day; None where none does."""
    if deadline.kind is not Kind.REPLY:
        return None
    rules = rules_of(db.session.get_one(RuleSet, deadline.rule_set_id))
    clause = rules.clause(Kind.REPLY_EXTENDED)
    if clause is None:
        return None
    calendar = calendar or workdays.calendar(deadline.congress_id)
    return clause, due(clause, deadline.started_on, calendar, rules.roll_over)


def latest_allowed(deadline: Deadline, calendar: Calendar | None = None) -> date | None:
    """The last day an extension may reach: the total the rules allow a reply; None where no rule sets a limit."""
    found = total_allowed(deadline, calendar)
    return found[1].due_on if found else None


@cache
def _clocks(name: str, *, is_of_a_kind: bool) -> sa.Select[Any]:
    if name not in TARGETS:
        raise TypeError(f"a clock belongs to one of {', '.join(TARGETS)}, not to {name}")
    wanted = sa.select(*CLOCK.columns).where(getattr(Deadline, name) == sa.bindparam("target", type_=sa.Integer))
    return _of_a_kind(wanted, is_of_a_kind).order_by(Deadline.id)


@cache
def _open_clocks(name: str, *, is_of_a_kind: bool) -> sa.Select[Any]:
    these = getattr(Deadline, name).in_(sa.bindparam("targets", type_=sa.Integer, expanding=True))
    wanted = sa.select(*RUNNING.columns).where(these, IS_OPEN)
    return _of_a_kind(wanted, is_of_a_kind).order_by(Deadline.due_on, Deadline.id)


def _of_a_kind(wanted: sa.Select[Any], is_of_a_kind: bool) -> sa.Select[Any]:
    return wanted.where(Deadline.kind == sa.bindparam("kind", type_=Deadline.kind.type)) if is_of_a_kind else wanted
