"""Clocks are started, met, reopened, moved and voided; rule sets are loaded."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from tracker.actor import Actor
from tracker.database import db
from tracker.deadlines import library, moving, queries
from tracker.deadlines.clauses import Kind, Rules, load_rule_set
from tracker.deadlines.ladders import must_all_climb
from tracker.deadlines.models import Deadline, Holder, RuleSet
from tracker.deadlines.rules import moved
from tracker.deadlines.starting import Starting
from tracker.entities import put_row
from tracker.errors import N_, RuleBroken
from tracker.many import change_all
from tracker.workdays import queries as workdays
from tracker.workdays.rules import Calendar


def load_rule_sets() -> int:
    """Load every rule set that comes with the software; returns how many were new.

    A version that is there stays as it is, whoever wrote it: suggestions carry it, and no upgrade fails over it.
    """
    known = {(name, version) for name, version in db.session.execute(sa.select(RuleSet.name, RuleSet.version))}
    read = [library.read(library.FOLDER / f"{name}.toml") for name in library.names()]
    new = [row_of(load_rule_set(data), data) for data in read if (data["name"], data["version"]) not in known]
    db.session.add_all(new)
    db.session.flush()
    return len(new)


def load_rule_file(path: Path) -> tuple[RuleSet, bool]:
    """Load one rule set from its file; the same again adds nothing. Returns it and whether it was new.

    RuleBroken if the file cannot be read as a rule set, or says something else under a version already loaded:
    suggestions carry that version as their law.
    """
    rules, data = read_rule_file(path)
    known = db.session.scalar(sa.select(RuleSet).where(RuleSet.name == rules.name, RuleSet.version == rules.version))
    if known is None:
        known = row_of(rules, data)
        db.session.add(known)
        db.session.flush()
        return known, True
    if known.digest != library.digest(data):
        raise RuleBroken(
            N_(
                "Version %(version)d of the rule set %(name)s is already loaded and says something else. Suggestions "
                "carry it, so load the file as the next version: rules load FILE --as-new-version --from DAY"
            ),
            version=rules.version,
            name=rules.name,
        )
    return known, False


def read_rule_file(path: Path) -> tuple[Rules, dict[str, Any]]:
    """What a file says as a rule set, checked, and the same as data; RuleBroken if it cannot be read as one."""
    try:
        data = library.read(path)
        rules = load_rule_set(data)
        must_all_climb(rules.ladders)
    except (OSError, ValueError, KeyError, TypeError) as wrong:
        raise RuleBroken(N_("%(file)s is not a rule set: %(why)s"), file=path.name, why=str(wrong)) from wrong
    return rules, data


def row_of(rules: Rules, data: dict[str, Any]) -> RuleSet:
    """One version of a rule set as it is kept."""
    return RuleSet(
        name=rules.name,
        version=rules.version,
        title_zh=rules.title_zh,
        title_en=rules.title_en,
        organ=rules.organ_zh,
        organ_en=rules.organ_en,
        level=rules.level,
        effective_from=rules.effective_from,
        effective_to=rules.effective_to,
        data=data,
        digest=library.digest(data),
        source=rules.source,
    )


def start(kind: Kind | str, *, on: date, rules: RuleSet, congress_id: int, **how: Any) -> Deadline | None:
    """Start a clock on the day of its start event; None where the rule set is silent.

    `how` (see `Starting.row`) names the holder and the target, exactly one of suggestion_id, assignment_id, return_id,
    reply_id, promise_id. `fixed_on` is a common last day, or the day promised. `deemed`: nobody signed, `on` is the day
    the receipt's own clock ended. `again`: the shorter clock of a co-handler's opinion that was bounced. `event`: what
    happened on `on`, where it is not what the clause names. What the clock belongs to is
    written already. Many are started together by `Starting`.
    """
    row = Starting().row(kind, on=on, rules=rules, congress_id=congress_id, **how)
    if row is None:
        return None
    return put_row(Deadline, row)


def meet(deadline: Deadline, *, on: date) -> None:
    """What the clock waited for happened. A clock already met keeps its first day."""
    meet_all([(deadline, on)])


def meet_all(met: Sequence[tuple[Deadline, date]]) -> None:
    """Several clocks are met, each on its day."""
    if any(deadline.voided_on is not None for deadline, _on in met):
        raise RuleBroken(N_("This deadline no longer holds."))
    new = [(deadline, on) for deadline, on in met if deadline.met_on is None]
    change_all([deadline for deadline, _on in new], [{"met_on": on} for _deadline, on in new])


def reopen(deadline: Deadline, *, by: Actor, on: date, body_id: int | None = None) -> None:
    """What had met the clock was sent back: it runs again to the same last day, at the body that has it now."""
    if deadline.voided_on is not None:
        raise RuleBroken(N_("This deadline no longer holds."))
    if deadline.met_on is None:
        return
    _explain(deadline, "reopened", on=on.isoformat(), met_on=deadline.met_on.isoformat(), by=by.kind)
    deadline.met_on = None
    if body_id is not None and deadline.holder is Holder.BODY:
        deadline.holder_body_id = body_id


def void(deadline: Deadline, *, on: date, reason: str) -> None:
    """The clock no longer holds (returned, withdrawn, merged); `reason` is a word, not a sentence."""
    void_all([(deadline, on)], reason=reason)


def void_all(ended: Sequence[tuple[Deadline, date]], *, reason: str) -> None:
    """Several clocks no longer hold, each from its day."""
    new = [(deadline, on) for deadline, on in ended if deadline.voided_on is None]
    changes = [{"voided_on": on, "void_reason": reason} for _deadline, on in new]
    change_all([deadline for deadline, _on in new], changes)


def move(deadline: Deadline, to: date, *, on: date, reason: dict[str, Any], calendar: Calendar | None = None) -> date:
    """Give a running clock a later last day by a person's decision; returns the day it now ends.

    The original day is kept. A reply never moves past the total the rules allow (`queries.latest_allowed`): it then
    ends on that day and says so. RuleBroken if the day would not be later than the present one.
    """
    if not deadline.is_open:
        raise RuleBroken(N_("This deadline no longer runs."))
    total = queries.total_allowed(deadline, calendar)
    granted = min(to, total[1].due_on) if total else to
    if granted <= deadline.due_on:
        raise RuleBroken(
            N_("A deadline is only ever moved to a later day than %(due_on)s."), due_on=deadline.due_on.isoformat()
        )
    deadline.explanation = [*deadline.explanation, moved(deadline.due_on, granted, on, reason)]
    _give(deadline, granted, calendar)
    if total and granted < to:
        clause, latest = total
        said = {"amount": clause.amount, "unit": str(clause.unit), "article": clause.article, "ours": clause.ours}
        _explain(deadline, "capped", asked_on=to.isoformat(), latest_on=granted.isoformat(), **said)
        deadline.unrolled_on = latest.unrolled_on
    return granted


def set_by_hand(deadline: Deadline, to: date, *, reason: str, by: Actor, on: date) -> None:
    """A person sets the last day of a running clock, with a reason and a name; the first day is kept.

    The only way a date comes about that no rule makes: earlier or later, beyond what an extension may give.
    RuleBroken without a reason, for the day it has already, for one before the clock began, or once it has ended.
    """
    if not deadline.is_open:
        raise RuleBroken(N_("This deadline no longer runs."))
    if not reason.strip():
        raise RuleBroken(N_("Give the reason."))
    if to == deadline.due_on:
        raise RuleBroken(N_("This is the last day already."))
    if to < deadline.started_on:
        raise RuleBroken(N_("The clock began on %(day)s; it cannot end before."), day=deadline.started_on.isoformat())
    said = {"from_on": deadline.due_on.isoformat(), "to_on": to.isoformat(), "on": on.isoformat()}
    _explain(deadline, "set_by_hand", **said, reason=reason.strip(), by=by.name)
    _give(deadline, to)


def recount(*, on: date, congress_id: int | None = None) -> int:
    """Give every open clock the last day the present calendar makes; returns how many moved or became certain.

    The day first given stays as `original_due_on`; the old and new day are explained. Where only the way to the same
    day is another, it is told anew.
    """
    changed = 0
    for shift in list(moving.would_change(congress_id)):
        deadline, found, moves = shift.deadline, shift.due, shift.moves
        told = found.steps + [record for record in deadline.explanation if record["kind"] in moving.DECIDED]
        if found.due_on != deadline.due_on:
            told.append(moved(deadline.due_on, found.due_on, on, {"kind": "calendar"}))
        deadline.explanation = told
        deadline.due_on, deadline.unrolled_on = found.due_on, found.unrolled_on
        deadline.provisional = found.provisional
        changed += moves
    db.session.flush()
    return changed


def _give(deadline: Deadline, to: date, calendar: Calendar | None = None) -> None:
    """The last day a person decided; it is certain as far as its year's holidays are known."""
    known = (calendar or workdays.calendar(deadline.congress_id)).known_years
    deadline.due_on = deadline.unrolled_on = to
    deadline.moved_count += 1
    deadline.provisional = to.year not in known


def _explain(deadline: Deadline, kind: str, **values: Any) -> None:
    deadline.explanation = [*deadline.explanation, {"kind": kind, "values": values}]
