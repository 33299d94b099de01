"""Taking a whole structure in: every row is added or brought up to date; nothing is doubled, nothing is emptied."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from tracker.actor import Actor
from tracker.database import db
from tracker.errors import N_, RuleBroken
from tracker.structure import actions, queries
from tracker.structure.arrival import Loading, Outcome, term_here
from tracker.structure.columns import SHEETS
from tracker.structure.facts import amended, find_pairing
from tracker.structure.loading_people import deputy, officer
from tracker.structure.meanings import BODIES, facts_of
from tracker.structure.models import Body, Branch, Delegation, Succession, SuccessionKind, Term
from tracker.structure.reform import record_one
from tracker.structure.workbook import Line, Tables

Take = Callable[[Loading, dict[str, Any]], str]


def load(tables: Tables, congress_id: int, *, by: Actor, at: datetime, on: date) -> Loading:
    """Take all tables in; `on` is the day from which a charge counts that has no day of its own.

    What rows of one table name of each other is joined afterwards, so that a file may name them in any order.
    """
    under_way = Loading(congress_id, on, by, at)
    for sheet, number, head in tables.unknown:
        why = RuleBroken(N_("The column “%(head)s” is not known."), head=head)
        under_way.outcomes.append(Outcome(sheet, number, head, "wrong", why))
    for line in tables.lines["terms"]:
        _attempt(under_way, line, _term)
    for line in tables.lines["bodies"]:
        _attempt(under_way, line, _body)
    _finish(under_way)
    takes = {"successions": _succession, "delegations": _delegation, "officers": officer, "deputies": deputy}
    for key, take in takes.items():
        for line in tables.lines[key]:
            _attempt(under_way, line, take)
    _finish(under_way)
    return under_way


def _attempt(under_way: Loading, line: Line, take: Take) -> None:
    try:
        _must_be_whole(line)
        if take is _body:
            under_way.once_all_are_there(lambda: _join(under_way, line))
        facts = facts_of(line, under_way.congress_id, without=BODIES if take is _body else ())
        outcome, why = take(under_way, facts), None
    except RuleBroken as broken:
        outcome, why = "wrong", broken
    under_way.outcomes.append(Outcome(line.sheet, line.number, _called(line), outcome, why))


def _must_be_whole(line: Line) -> None:
    for column in SHEETS[line.key][1]:
        if column.needed and column.field not in line.cells:
            if column.field == "name":
                raise RuleBroken(N_("A name is missing."))
            raise RuleBroken(N_("“%(column)s” is missing."), column=" / ".join(column.names[:2]))


def _called(line: Line) -> str:
    """What a row is about, as its report names it."""
    needed = [column.field for column in SHEETS[line.key][1] if column.needed][:2]
    return " → ".join(str(line.cells[one]) for one in needed if one in line.cells and line.key != "terms") or str(
        line.cells.get("ordinal", "")
    )


def _finish(under_way: Loading) -> None:
    """The second look at rows that name others."""
    for place, step in under_way.later:
        first = under_way.outcomes[place]
        if first.outcome == "wrong":
            continue
        try:
            outcome, why = ("updated" if step() and first.outcome == "unchanged" else first.outcome), None
        except RuleBroken as broken:
            outcome, why = "wrong", broken
        under_way.outcomes[place] = Outcome(first.sheet, first.row, first.name, outcome, why)
    under_way.later.clear()


def _term(under_way: Loading, facts: dict[str, Any]) -> str:
    own = sa.select(Term).where(Term.congress_id == under_way.congress_id, Term.ordinal == facts["ordinal"])
    if (found := db.session.scalar(own)) is not None:
        return "updated" if amended(found, facts, **under_way.acting) else "unchanged"
    actions.add_term(under_way.congress_id, **facts, **under_way.acting)
    return "added"


def _body(under_way: Loading, facts: dict[str, Any]) -> str:
    closed_on = facts.pop("closed_on", None)
    body = _exact(under_way, facts["name"])
    if body is None:
        if other := queries.find_body(facts["name"], under_way.congress_id):
            raise RuleBroken(N_("This is another name of %(body)s. Please write that one."), body=other.name)
        branch = Branch(facts.pop("branch", Branch.GOVERNMENT))
        body = actions.add_body(under_way.congress_id, facts.pop("name"), branch, **facts, **under_way.acting)
        outcome = "added"
    else:
        outcome = "updated" if actions.amend_body(body, **facts, **under_way.acting) else "unchanged"
    if closed_on is not None and body.closed_on is None:
        actions.close_body(body, closed_on, **under_way.acting)
        outcome = "updated" if outcome == "unchanged" else outcome
    return outcome


def _join(under_way: Loading, line: Line) -> bool:
    """A body's hub, what it belongs to, and who watches it."""
    facts = facts_of(line, under_way.congress_id)
    body = _exact(under_way, facts["name"])
    if body is None:
        raise RuleBroken(N_("There is no body “%(name)s”."), name=facts["name"])
    above = {name: facts[name] for name in ("hub_id", "parent_id") if name in facts}
    changed = actions.amend_body(body, **above, **under_way.acting)
    for committee_id in facts.get("committees", ()):
        committee = db.session.get_one(Body, committee_id)
        if find_pairing(committee, body) is None:
            actions.pair(committee, body, **under_way.acting)
            changed = True
    return changed


def _succession(under_way: Loading, facts: dict[str, Any]) -> str:
    """What came from what; bodies are closed by their own row, and open work is moved on its page."""
    old, new = (db.session.get_one(Body, facts[name]) for name in ("predecessor_id", "successor_id"))
    kind, document = SuccessionKind(facts["kind"]), facts.get("document_number", "")
    there = sa.select(Succession).filter_by(predecessor_id=old.id, successor_id=new.id, on=facts["on"])
    if (found := db.session.scalar(there)) is not None:
        same = (found.kind, found.document_number) == (kind, document or found.document_number)
        found.kind, found.document_number = kind, document or found.document_number
        return "unchanged" if same else "updated"
    record_one(old, new, kind, facts["on"], document_number=document, **under_way.acting)
    return "added"


def _delegation(under_way: Loading, facts: dict[str, Any]) -> str:
    own = sa.select(Delegation).where(Delegation.congress_id == under_way.congress_id)
    own = own.where(Delegation.name == facts["name"])
    term_id = facts.get("term_id") or term_here(under_way)
    found = list(db.session.scalars(own.where(sa.or_(Delegation.term_id == term_id, Delegation.term_id.is_(None)))))
    if found:
        return "updated" if actions.amend_delegation(found[0], **facts, **under_way.acting) else "unchanged"
    facts["term_id"] = term_id
    actions.add_delegation(under_way.congress_id, facts.pop("name"), **facts, **under_way.acting)
    return "added"


def _exact(under_way: Loading, name: str) -> Body | None:
    wanted = sa.select(Body).where(Body.congress_id == under_way.congress_id, Body.name == name)
    return db.session.scalar(wanted)
