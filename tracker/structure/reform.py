"""Bodies are renamed, merged, split, or give a part of their work to another (机构改革).

The old body keeps what it did, under its own name, and is closed; the new one is a body of its own that names where it
came from. People, charges, pairings and bodies below move on; open work is moved by the dispatch, which calls this.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from tracker.actor import Actor
from tracker.audit.actions import trace
from tracker.database import db
from tracker.errors import N_, RuleBroken
from tracker.structure import actions, facts, rules
from tracker.structure.models import Body, Charge, Deputy, Officer, Pairing, Succession, SuccessionKind
from tracker.structure.succession import and_after

KEPT = ("short_name", "is_hub", "hub_id", "parent_id", "is_committee", "document_prefix", "sort_key")


@dataclass(frozen=True)
class Reform:
    """One act: which bodies become which, how, from which day on, by which document."""

    kind: SuccessionKind
    predecessors: Sequence[Body]
    successors: Sequence[Body]
    on: date
    document_number: str = ""

    @property
    def main(self) -> Body:
        """The successor to which goes what nobody sends elsewhere."""
        return self.successors[0]

    @property
    def closes(self) -> bool:
        """Whether the predecessors end with it."""
        return self.kind is not SuccessionKind.TRANSFERRED


def new_body_like(body: Body, name: str, *, by: Actor, at: datetime, **more: Any) -> Body:
    """A body that will take over from another one: same branch, hub and place; `more` is what differs.

    :raises RuleBroken: as `add_body`.
    """
    given = {field: getattr(body, field) for field in KEPT} | {"short_name": ""} | more
    return actions.add_body(body.congress_id, name, body.branch, by=by, at=at, **given)


def record(reform: Reform, *, by: Actor, at: datetime) -> list[Succession]:
    """Write down what came from what, and nothing else: for what happened before this register was kept.

    :raises RuleBroken: the bodies do not fit the kind, stand on both sides, or would come from themselves.
    """
    rules.must_fit_the_kind(str(reform.kind), len(reform.predecessors), len(reform.successors))
    every = [*reform.predecessors, *reform.successors]
    if len({body.id for body in every}) != len(every):
        raise RuleBroken(N_("A body is named twice."))
    document = reform.document_number
    return [
        record_one(old, new, reform.kind, reform.on, document_number=document, by=by, at=at)
        for old in reform.predecessors
        for new in reform.successors
    ]


def record_one(
    old: Body, new: Body, kind: SuccessionKind, on: date, *, by: Actor, at: datetime, document_number: str = ""
) -> Succession:
    """One line of what came from what.

    :raises RuleBroken: another congress, itself, or a body that came from its own successor.
    """
    if old.congress_id != new.congress_id:
        raise facts.of_another_congress(new.name)
    if old.id == new.id or (kind is not SuccessionKind.TRANSFERRED and _leads_to(new, old)):
        raise RuleBroken(N_("%(body)s came from %(other)s itself."), body=old.name, other=new.name)
    document = rules.fit(document_number, most=facts.longest(Succession, "document_number"))
    row = Succession(predecessor_id=old.id, successor_id=new.id, kind=kind, on=on, document_number=document)
    db.session.add(row)
    trace("body_succeeded", by, at=at, body=old.id, successor=new.id, kind=str(kind))
    db.session.flush()
    return row


def carry_out(reform: Reform, *, by: Actor, at: datetime) -> list[Succession]:
    """The bodies become others from this day on: people, charges, pairings and bodies below go to the successors, and
    the old bodies are closed. A transfer of a part leaves the old body as it is.

    :raises RuleBroken: as `record`, or a body is closed already.
    """
    for body in (*reform.predecessors, *reform.successors):
        if body.closed_on is not None:
            raise RuleBroken(N_("%(body)s is closed already."), body=body.name)
    made = record(reform, by=by, at=at)
    for old in reform.predecessors if reform.closes else ():
        _keep_its_posts(old, reform.main, by=by, at=at)
        _move_people(old, reform.main, by=by, at=at)
        _move_charges(old, reform.main, reform.on)
        for new in reform.successors:
            _pair_again(old, new, by=by, at=at)
        actions.close_body(old, reform.on, by=by, at=at)
    return made


def _leads_to(body: Body, other: Body) -> bool:
    """Whether the first one's work went to the second one, be it by way of others."""
    return other.id in set(db.session.scalars(and_after(body.id)))


def _keep_its_posts(old: Body, new: Body, *, by: Actor, at: datetime) -> None:
    """What the old one was for others, the new one is: hub, committee, body above, the body a deputy heads."""
    changes = {field: True for field in ("is_hub", "is_committee") if getattr(old, field) and not getattr(new, field)}
    if changes:
        actions.amend_body(new, by=by, at=at, **changes)
    for field in (Body.hub_id, Body.parent_id):
        _repoint(Body, field, old, new, Body.id != new.id)
    if new.hub_id == old.id or new.parent_id == old.id:
        new.hub_id = old.hub_id if new.hub_id == old.id else new.hub_id
        new.parent_id = old.parent_id if new.parent_id == old.id else new.parent_id
    _repoint(Deputy, Deputy.heads_body_id, old, new, Deputy.active.is_(True))
    db.session.flush()


def _repoint(kind: Any, field: Any, old: Body, new: Body, which: sa.ColumnElement[bool]) -> None:
    for row in db.session.scalars(sa.select(kind).where(field == old.id, which)):
        setattr(row, field.key, new.id)
        row.version += 1


def _move_people(old: Body, new: Body, *, by: Actor, at: datetime) -> None:
    """The officers go along; who stands there already in the same rank stays behind as one who has left."""
    there = set(db.session.execute(sa.select(Officer.name, Officer.rank).where(Officer.body_id == new.id)).tuples())
    for officer in db.session.scalars(sa.select(Officer).where(Officer.body_id == old.id, Officer.active.is_(True))):
        twice = (officer.name, officer.rank) in there
        actions.amend_officer(officer, by=by, at=at, **({"active": False} if twice else {"body_id": new.id}))


def _move_charges(old: Body, new: Body, on: date) -> None:
    """The leaders in charge of the old one are in charge of the new one, unless somebody of their rank is already."""
    held = sa.select(Charge, Officer.rank).join(Officer, Officer.id == Charge.officer_id)
    running = held.where(sa.or_(Charge.until_on.is_(None), Charge.until_on >= on))
    taken = {rank for _charge, rank in db.session.execute(running.where(Charge.body_id == new.id))}
    for charge, rank in db.session.execute(running.where(Charge.body_id == old.id).order_by(Charge.id)).all():
        if rank not in taken:
            start = max(charge.from_on, on)
            further = Charge(officer_id=charge.officer_id, body_id=new.id, from_on=start, until_on=charge.until_on)
            db.session.add(further)
        charge.until_on = max(charge.from_on, on - timedelta(days=1))


def _pair_again(old: Body, new: Body, *, by: Actor, at: datetime) -> None:
    """Who watched the old one watches the new one and goes on reading the old; a committee keeps its bodies."""
    wanted = sa.select(Pairing).where(sa.or_(Pairing.body_id == old.id, Pairing.committee_id == old.id))
    for pairing in db.session.scalars(wanted.order_by(Pairing.id)).all():
        committee_id = new.id if pairing.committee_id == old.id else pairing.committee_id
        body_id = new.id if pairing.body_id == old.id else pairing.body_id
        committee, body = db.session.get_one(Body, committee_id), db.session.get_one(Body, body_id)
        if committee_id != body_id and facts.find_pairing(committee, body) is None:
            actions.pair(committee, body, by=by, at=at)
