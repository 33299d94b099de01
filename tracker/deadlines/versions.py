"""A rule set is never changed: a new version is written from a day on, or a copy under a name of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from tracker.actor import Actor
from tracker.audit.actions import trace
from tracker.database import db
from tracker.deadlines import library
from tracker.deadlines.actions import read_rule_file, row_of
from tracker.deadlines.clauses import Kind, RuleSetWrong, Step, load_rule_set
from tracker.deadlines.ladders import with_ladder
from tracker.deadlines.models import RuleSet
from tracker.deadlines.queries import NEWEST_FIRST, rule_set_in_force, rules_of
from tracker.deadlines.writing import Said, new_version
from tracker.errors import N_, RuleBroken
from tracker.structure.models import Congress

NAME = re.compile(r"[a-z0-9][a-z0-9-]{1,58}[a-z0-9]")


def newest(name: str) -> RuleSet | None:
    """The version of that name written last, whether it is in force yet or not."""
    return db.session.scalar(sa.select(RuleSet).where(RuleSet.name == name).order_by(RuleSet.version.desc()).limit(1))


def versions_of(name: str) -> list[RuleSet]:
    """All versions of that name, the newest first."""
    return list(db.session.scalars(sa.select(RuleSet).where(RuleSet.name == name).order_by(*NEWEST_FIRST)))


def write_version(base: RuleSet, said: Said, *, by: Actor, on: date, at: datetime) -> RuleSet:
    """The next version of the same rules, from a day on: what was handed over before keeps its own version.

    :raises RuleBroken: the day has passed, or lies before the day of the version written last; what is said does not
        hold together.
    """
    last = _before(base, said.effective_from, on)
    return _kept(new_version(base.data, said, name=base.name, version=last.version + 1), by=by, at=at)


def write_ladder(
    base: RuleSet,
    kinds: Iterable[Kind],
    branches: Iterable[str],
    steps: Sequence[Step],
    effective_from: date,
    *,
    by: Actor,
    on: date,
    at: datetime,
) -> RuleSet:
    """The next version of the same rules with other rungs for some kinds and branches: clocks that run keep theirs.

    :raises RuleBroken: as `write_version`, or the rungs do not make a ladder (`ladders.must_climb`).
    """
    last = _before(base, effective_from, on)
    data = {**last.data, "ladder": with_ladder(rules_of(last), kinds, branches, steps), "version": last.version + 1}
    data.pop("effective_to", None)
    return _kept({**data, "effective_from": effective_from.isoformat()}, by=by, at=at)


def load_as_version(path: Path, effective_from: date, *, by: Actor, on: date, at: datetime) -> RuleSet:
    """The next version of the rules a file names, from a day on, as the file says them, whatever version it claims.

    :raises RuleBroken: it cannot be read, no rules of that name are loaded, the last version says the same already, or
        the day has passed.
    """
    rules, data = read_rule_file(path)
    base = newest(rules.name)
    if base is None:
        raise RuleBroken(N_("No rules named %(name)s are loaded: load the file as it is."), name=rules.name)
    last = _before(base, effective_from, on)
    data = {**data, "version": last.version + 1, "effective_from": effective_from.isoformat()}
    data.pop("effective_to", None)
    if _said(data) == _said(last.data):
        raise RuleBroken(N_("Version %(version)d says the same already."), version=last.version)
    return _kept(data, by=by, at=at)


def _said(data: Mapping[str, Any]) -> dict[str, Any]:
    """What a version says, whichever it is and whenever it holds."""
    return {name: value for name, value in data.items() if name not in ("version", "effective_from", "effective_to")}


def copy_as(base: RuleSet, said: Said, name: str, *, by: Actor, at: datetime) -> RuleSet:
    """A rule set of one's own, begun from another.

    :raises RuleBroken: the name is not one (small letters, digits and hyphens), or is taken.
    """
    if not NAME.fullmatch(name):
        raise RuleBroken(N_("The short name has 3 to 60 small letters, digits and hyphens, such as yunting-2026."))
    if newest(name) is not None or name in library.names():
        raise RuleBroken(N_("There is a rule set of this name already: %(name)s."), name=name)
    return _kept(new_version(base.data, said, name=name, version=1), by=by, at=at)


def choose_rules(congress: Congress, name: str, *, by: Actor, on: date, at: datetime) -> None:
    """From now on suggestions are handed over under these rules; those handed over keep theirs.

    :raises RuleBroken: no rule set of that name is in force.
    """
    if rule_set_in_force(name, on).effective_from > on:
        raise RuleBroken(N_("The rules %(name)s are not in force yet."), name=name)
    if congress.rules_name != name:
        trace("rules_chosen", by, at=at, was=congress.rules_name, now=name)
        congress.rules_name = name


def _before(base: RuleSet, effective_from: date, on: date) -> RuleSet:
    """The version written last, which the next one follows.

    :raises RuleBroken: the day has passed, or lies before the day of that version.
    """
    last = newest(base.name) or base
    if effective_from < max(on, last.effective_from):
        raise RuleBroken(
            N_("A new version holds from %(day)s at the earliest: earlier hand-overs have their rules already."),
            day=max(on, last.effective_from).isoformat(),
        )
    return last


def _kept(data: dict[str, Any], *, by: Actor, at: datetime) -> RuleSet:
    try:
        row = row_of(load_rule_set(data), data)
    except RuleSetWrong as wrong:
        raise RuleBroken(N_("This cannot be read as a rule set: %(why)s"), why=str(wrong)) from wrong
    db.session.add(row)
    db.session.flush()
    facts = {"name": row.name, "version": row.version, "effective_from": row.effective_from.isoformat()}
    trace("rule_set_written", by, at=at, **facts)
    return row
