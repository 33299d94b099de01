"""Taking a whole structure in: every row is added or brought up to date; nothing is doubled, nothing is emptied."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from tracker.actor import Actor
from tracker.database import db
from tracker.errors import N_, RuleBroken
from tracker.structure import actions, queries
from tracker.structure.facts import find_pairing
from tracker.structure.meanings import facts_of
from tracker.structure.models import Body, Branch, Charge, Delegation, Deputy, Officer, Rank
from tracker.structure.workbook import Line, Tables


@dataclass(frozen=True)
class Outcome:
    """What became of one row: added, updated, unchanged or wrong; wrong ones say why."""

    sheet: str
    row: int
    name: str
    outcome: str
    why: RuleBroken | None = None


@dataclass
class Loading:
    """One file on its way in, for one congress; the caller commits, or rolls back when anything is wrong."""

    congress_id: int
    on: date
    by: Actor
    at: datetime
    outcomes: list[Outcome] = field(default_factory=list)

    @property
    def is_clean(self) -> bool:
        return not any(one.outcome == "wrong" for one in self.outcomes)

    def count(self, outcome: str) -> int:
        return sum(1 for one in self.outcomes if one.outcome == outcome)

    @property
    def acting(self) -> dict[str, Any]:
        return {"by": self.by, "at": self.at}


def load(tables: Tables, congress_id: int, *, by: Actor, at: datetime, on: date) -> Loading:
    """Take all tables in; `on` is the day from which a charge counts that has no day of its own.

    Bodies come first and are joined to their hubs afterwards, so that a file may name them in any order.
    """
    under_way = Loading(congress_id, on, by, at)
    for sheet, number, head in tables.unknown:
        why = RuleBroken(N_("The column “%(head)s” is not known."), head=head)
        under_way.outcomes.append(Outcome(sheet, number, head, "wrong", why))
    for line in tables.lines["bodies"]:
        _attempt(under_way, line, _body)
    for line in tables.lines["bodies"]:
        _join(under_way, line)
    for key, take in (("delegations", _delegation), ("officers", _officer), ("deputies", _deputy)):
        for line in tables.lines[key]:
            _attempt(under_way, line, take)
    return under_way


Take = Callable[[Loading, dict[str, Any]], str]


def _attempt(under_way: Loading, line: Line, take: Take) -> None:
    name = str(line.cells.get("name", ""))
    try:
        if not name:
            raise RuleBroken(N_("A name is missing."))
        outcome, why = take(under_way, facts_of(line, under_way.congress_id, joined=take is not _body)), None
    except RuleBroken as broken:
        outcome, why = "wrong", broken
    under_way.outcomes.append(Outcome(line.sheet, line.number, name, outcome, why))


def _join(under_way: Loading, line: Line) -> None:
    """The second look at a body: its hub, what it belongs to, and who watches it."""
    place = next(n for n, one in enumerate(under_way.outcomes) if (one.sheet, one.row) == (line.sheet, line.number))
    first = under_way.outcomes[place]
    if first.outcome == "wrong":
        return
    try:
        facts = facts_of(line, under_way.congress_id, joined=True)
        body = _exact(under_way, facts["name"])
        if body is None:
            raise RuleBroken(N_("There is no body “%(name)s”."), name=facts["name"])
        changed = actions.amend_body(
            body, **{name: facts[name] for name in ("hub_id", "parent_id") if name in facts}, **under_way.acting
        )
        for committee_id in facts.get("committees", ()):
            committee = db.session.get_one(Body, committee_id)
            if find_pairing(committee, body) is None:
                actions.pair(committee, body, **under_way.acting)
                changed = True
        outcome = "updated" if changed and first.outcome == "unchanged" else first.outcome
        under_way.outcomes[place] = Outcome(first.sheet, first.row, first.name, outcome)
    except RuleBroken as broken:
        under_way.outcomes[place] = Outcome(first.sheet, first.row, first.name, "wrong", broken)


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


def _delegation(under_way: Loading, facts: dict[str, Any]) -> str:
    own = sa.select(Delegation).where(Delegation.congress_id == under_way.congress_id)
    found = db.session.scalar(own.where(Delegation.name == facts["name"]))
    if found is not None:
        return "updated" if actions.amend_delegation(found, **facts, **under_way.acting) else "unchanged"
    actions.add_delegation(under_way.congress_id, facts.pop("name"), **facts, **under_way.acting)
    return "added"


def _officer(under_way: Loading, facts: dict[str, Any]) -> str:
    from_on, charges = facts.pop("from_on", under_way.on), facts.pop("in_charge_of", ())
    wanted = sa.select(Officer).where(
        Officer.congress_id == under_way.congress_id,
        Officer.name == facts["name"],
        Officer.body_id == facts.get("body_id"),
    )
    same = list(db.session.scalars(wanted.order_by(Officer.id)))
    fitting = [one for one in same if one.rank == facts.get("rank", one.rank)]
    if len(fitting) > 1:
        raise RuleBroken(N_("Several officers are called %(name)s here. Please give the rank."), name=facts["name"])
    if fitting:
        officer = fitting[0]
        outcome = "updated" if actions.amend_officer(officer, **facts, **under_way.acting) else "unchanged"
    else:
        rank = Rank(facts.pop("rank", Rank.HANDLER))
        officer = actions.add_officer(under_way.congress_id, facts.pop("name"), rank, **facts, **under_way.acting)
        outcome = "added"
    taken = [_put_in_charge(under_way, officer, body_id, from_on) for body_id in charges]
    return "updated" if any(taken) and outcome == "unchanged" else outcome


def _put_in_charge(under_way: Loading, officer: Officer, body_id: int, from_on: date) -> bool:
    held = sa.select(Charge.id).where(Charge.officer_id == officer.id, Charge.body_id == body_id)
    if db.session.scalar(held.where(Charge.until_on.is_(None))) is not None:
        return False
    actions.put_in_charge(officer, db.session.get_one(Body, body_id), from_on=from_on, **under_way.acting)
    return True


def _deputy(under_way: Loading, facts: dict[str, Any]) -> str:
    own = sa.select(Deputy).where(Deputy.congress_id == under_way.congress_id)
    same = own.where(Deputy.name == facts["name"])
    if "delegation_id" in facts:
        same = same.where(Deputy.delegation_id == facts["delegation_id"])
    if card := facts.get("card_number"):
        found = list(db.session.scalars(own.where(Deputy.card_number == card)))
        found = found or list(db.session.scalars(same.where(Deputy.card_number.is_(None))))
    else:
        found = list(db.session.scalars(same))
    if len(found) > 1:
        raise RuleBroken(
            N_("Several deputies are called %(name)s here. Please give the card number."), name=facts["name"]
        )
    if found:
        return "updated" if actions.amend_deputy(found[0], **facts, **under_way.acting) else "unchanged"
    actions.add_deputy(under_way.congress_id, facts.pop("name"), **facts, **under_way.acting)
    return "added"


def _exact(under_way: Loading, name: str) -> Body | None:
    wanted = sa.select(Body).where(Body.congress_id == under_way.congress_id, Body.name == name)
    return db.session.scalar(wanted)
