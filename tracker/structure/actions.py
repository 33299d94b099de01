"""Entering who exists, and changing it. Every act leaves a trace; a rule that says no is a sentence.

Facts are keyword arguments named like the columns; texts are trimmed, addresses checked, and whatever is referred to
must belong to the same congress. What amends answers whether anything differed.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from tracker.actor import Actor
from tracker.audit.actions import trace
from tracker.database import db
from tracker.errors import N_, RuleBroken
from tracker.structure import facts, rules
from tracker.structure.models import (
    Body,
    Branch,
    Charge,
    Congress,
    Delegation,
    Deputy,
    Level,
    Meeting,
    MeetingKind,
    Officer,
    Pairing,
    Rank,
    Term,
)


def add_congress(name: str, level: Level, *, rules_name: str, by: Actor, at: datetime, **more: Any) -> Congress:
    """A congress; `more`: name_en, office_name, office_name_en, office_email, parent_id, is_demo.

    :raises RuleBroken: there is one of this name.
    """
    return facts.added(Congress, dict(name=name, level=level, rules_name=rules_name, **more), by=by, at=at)


def amend_congress(congress: Congress, *, by: Actor, at: datetime, **changes: Any) -> bool:
    """Change facts of a congress; its parent stands on a higher level.

    :raises RuleBroken: the name is taken, or the levels do not fit.
    """
    return facts.amended(congress, changes, by=by, at=at)


def add_term(
    congress_id: int, ordinal: int, opened_on: date, *, by: Actor, at: datetime, closed_on: date | None = None
) -> Term:
    """A term of a congress; both days belong to it.

    :raises RuleBroken: the term is there already, or ends before it begins.
    """
    days = {"opened_on": opened_on, "closed_on": closed_on}
    return facts.added(Term, dict(congress_id=congress_id, ordinal=ordinal, **days), by=by, at=at)


def add_meeting(
    congress_id: int,
    name: str,
    year: int,
    *,
    by: Actor,
    at: datetime,
    kind: MeetingKind = MeetingKind.MEETING,
    **more: Any,
) -> Meeting:
    """A meeting, or a year of the recess; `more`: term_id, name_en, ordinal, opened_on, closed_on, common_due_on.

    `common_due_on` is one last day for every reply of this meeting; the earlier of it and the rule's day holds.

    :raises RuleBroken: the name is taken, a day is before another it must follow, or the term is another congress's.
    """
    return facts.added(Meeting, dict(congress_id=congress_id, name=name, year=year, kind=kind, **more), by=by, at=at)


def amend_meeting(meeting: Meeting, *, by: Actor, at: datetime, **changes: Any) -> bool:
    """Change facts of a meeting; clocks that already run are not moved by it."""
    return facts.amended(meeting, changes, by=by, at=at)


def add_delegation(congress_id: int, name: str, *, by: Actor, at: datetime, **more: Any) -> Delegation:
    """A delegation; `more`: term_id, name_en, liaison_name, liaison_email."""
    return facts.added(Delegation, dict(congress_id=congress_id, name=name, **more), by=by, at=at)


def amend_delegation(delegation: Delegation, *, by: Actor, at: datetime, **changes: Any) -> bool:
    """Change facts of a delegation."""
    return facts.amended(delegation, changes, by=by, at=at)


def add_deputy(congress_id: int, name: str, *, by: Actor, at: datetime, **more: Any) -> Deputy:
    """A deputy's card; `more`: term_id, first_card_id, delegation_id, card_number, email, phone, address, employer,
    heads_body_id, language, active.

    Several deputies may share a name; in one delegation their card numbers tell them apart.

    :raises RuleBroken: the card number is taken, or nothing tells this deputy from another one.
    """
    return facts.added(Deputy, dict(congress_id=congress_id, name=name, **more), by=by, at=at)


def amend_deputy(deputy: Deputy, *, by: Actor, at: datetime, **changes: Any) -> bool:
    """Change facts of a deputy; `active=False` when the mandate has ended."""
    return facts.amended(deputy, changes, by=by, at=at)


def add_body(congress_id: int, name: str, branch: Branch, *, by: Actor, at: datetime, **more: Any) -> Body:
    """A body; `more`: short_name, name_en, former_names, is_hub, hub_id, parent_id, is_committee, document_prefix,
    sort_key.

    :raises RuleBroken: the name is taken, or its hub is none, is closed, or belongs to another congress.
    """
    return facts.added(Body, dict(congress_id=congress_id, name=name, branch=branch, **more), by=by, at=at)


def amend_body(body: Body, *, by: Actor, at: datetime, **changes: Any) -> bool:
    """Change facts of a body; a name it gives up is kept among its former names, so that old ledgers still fit.

    :raises RuleBroken: as `add_body`, or bodies are still dispatched by a hub that would be none.
    """
    if changes.get("is_hub") is False:
        facts.must_dispatch_for_none(body)
    given_up = body.name
    changed = facts.amended(body, changes, by=by, at=at)
    if body.name != given_up and given_up not in body.former_names.split("、"):
        kept = "、".join(filter(None, (body.former_names, given_up)))
        body.former_names = kept if len(kept) <= facts.longest(Body, "former_names") else body.former_names
    return changed


def close_body(body: Body, on: date, *, by: Actor, at: datetime) -> None:
    """A body ends; it keeps what it did and is offered for nothing new.

    :raises RuleBroken: it is closed already, or open bodies are still dispatched by it.
    """
    if body.closed_on is not None:
        raise RuleBroken(N_("%(body)s is closed already."), body=body.name)
    facts.must_dispatch_for_none(body)
    body.closed_on = on
    trace("body_closed", by, at=at, body=body.id, on=on.isoformat())


def add_officer(congress_id: int, name: str, rank: Rank, *, by: Actor, at: datetime, **more: Any) -> Officer:
    """A person at a body, or a leader above several (no body); `more`: body_id, title, email, phone, channel, language,
    active.

    :raises RuleBroken: the same person stands there already in the same rank.
    """
    return facts.added(Officer, dict(congress_id=congress_id, name=name, rank=rank, **more), by=by, at=at)


def amend_officer(officer: Officer, *, by: Actor, at: datetime, **changes: Any) -> bool:
    """Change facts of an officer: `active=False` when the person has left; `absent_from_on` and `absent_until_on` say
    when he is away, and `substitute_id` who reads his letters meanwhile.
    """
    return facts.amended(officer, changes, by=by, at=at)


def put_in_charge(
    officer: Officer, body: Body, *, from_on: date, by: Actor, at: datetime, until_on: date | None = None
) -> Charge:
    """A leader takes charge of a body (分管), both days included. Whoever of the same rank was in charge of it without
    an end was so until the day before.

    :raises RuleBroken: other congresses, an officer who has left, or a charge that begins on or after this day.
    """
    if officer.congress_id != body.congress_id:
        raise facts.of_another_congress(body.name)
    if not officer.active:
        raise RuleBroken(N_("%(officer)s is no longer in office."), officer=officer.name)
    rules.must_follow(from_on, until_on)
    for earlier in facts.open_charges(body, officer.rank):
        if earlier.officer_id == officer.id:
            raise RuleBroken(N_("%(officer)s is in charge of %(body)s already."), officer=officer.name, body=body.name)
        if earlier.from_on >= from_on:
            raise RuleBroken(
                N_("Somebody else is in charge of %(body)s from %(day)s on."), body=body.name, day=earlier.from_on
            )
        earlier.until_on = from_on - timedelta(days=1)
    charge = Charge(officer_id=officer.id, body_id=body.id, from_on=from_on, until_on=until_on)
    db.session.add(charge)
    trace("put_in_charge", by, at=at, officer=officer.id, body=body.id, on=from_on.isoformat())
    return charge


def end_charge(charge: Charge, until_on: date, *, by: Actor, at: datetime) -> None:
    """A leader is in charge of a body until this day, and then no longer.

    :raises RuleBroken: the day is before the charge began.
    """
    rules.must_follow(charge.from_on, until_on)
    charge.until_on = until_on
    trace("charge_ended", by, at=at, officer=charge.officer_id, body=charge.body_id, on=until_on.isoformat())


def pair(committee: Body, body: Body, *, by: Actor, at: datetime) -> Pairing:
    """A special committee watches a body from now on (对口联系).

    :raises RuleBroken: no committee, another congress's, itself, or paired already.
    """
    if not committee.is_committee or committee.id == body.id:
        raise RuleBroken(N_("%(body)s is no special committee that could watch it."), body=committee.name)
    if committee.congress_id != body.congress_id:
        raise facts.of_another_congress(body.name)
    if facts.find_pairing(committee, body) is not None:
        raise RuleBroken(N_("%(committee)s and %(body)s are paired already."), committee=committee.name, body=body.name)
    pairing = Pairing(committee_id=committee.id, body_id=body.id)
    db.session.add(pairing)
    trace("paired", by, at=at, committee=committee.id, body=body.id)
    return pairing


def unpair(pairing: Pairing, *, by: Actor, at: datetime) -> None:
    """The committee no longer watches the body."""
    trace("unpaired", by, at=at, committee=pairing.committee_id, body=pairing.body_id)
    db.session.delete(pairing)
