"""A released reply reaches one deputy after another: recorded one by one, and taken back where it did not arrive."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Protocol

import sqlalchemy as sa

from tracker.actor import Actor
from tracker.database import batches, db
from tracker.deadlines import actions as clocks
from tracker.deadlines import queries as deadlines
from tracker.deadlines.clauses import Kind, ReplyTo
from tracker.deadlines.models import Holder
from tracker.deadlines.starting import Starting
from tracker.dispatch.clocks import Law, law_of
from tracker.dispatch.models import Assignment
from tracker.entities import bind, new
from tracker.errors import N_, RuleBroken
from tracker.handling import queries, rules
from tracker.handling.clocks import begin
from tracker.handling.models import Delivery, Reply, Way
from tracker.mail.models import Letter, LetterState
from tracker.mail.rules import is_address
from tracker.many import put_all
from tracker.structure.models import Deputy
from tracker.structure.succession import is_of
from tracker.suggestion.actions import make
from tracker.suggestion.journey import Standing
from tracker.suggestion.models import Suggestion
from tracker.suggestion.queries import deputies_of


class Released(Protocol):
    """A reply that goes out on a day."""

    @property
    def reply(self) -> Reply: ...
    @property
    def suggestion(self) -> Suggestion: ...
    @property
    def law(self) -> Law: ...
    @property
    def way(self) -> Way: ...
    @property
    def on(self) -> date: ...


def set_out(releases: Sequence[Released], *, by: Actor, old: bool = False) -> list[list[Delivery]]:
    """A delivery of his own for each deputy, the leads first; mailed, it counts as arrived where there is an address.

    Where the rules let the lead deputy pass the reply on (as in 青岛), his co-signers wait for him; an old ledger knows
    of leads only.
    """
    ids = [one.suggestion.id for one in releases]
    leads, others = _by_suggestion(deputies_of(ids, leads_only=True)), _by_suggestion(deputies_of(ids))
    made = []
    for one in releases:
        first = leads.get(one.suggestion.id, [])
        rest = [each for each in others.get(one.suggestion.id, []) if each not in first]
        made.append(_set_out_one(one, first, rest, by, old=old))
    put_all([each for some in made for each in some])
    return made


def _set_out_one(one: Released, leads: list[int], others: list[int], by: Actor, *, old: bool) -> list[Delivery]:
    relays = one.law.rules.reply_to is ReplyTo.LEAD_RELAYS
    direct = leads if relays else [*leads, *others]
    mailable = _mailable(direct) if one.way is Way.SYSTEM else set()
    made = []
    for deputy_id in direct:
        reached = old or deputy_id in mailable
        way = Way.PAPER if one.way is Way.SYSTEM and not reached else one.way
        made.append(_delivery(one.reply, deputy_id, way, one.on if reached else None, by, one.on))
    if relays and not old:
        made += [_delivery(one.reply, deputy_id, Way.RELAYED, None, by, one.on) for deputy_id in others]
    return made


def _by_suggestion(pairs: Iterable[tuple[int, int]]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for suggestion_id, deputy_id in pairs:
        found.setdefault(suggestion_id, []).append(deputy_id)
    return found


def wait_for_letters(made: Iterable[Delivery], written: Iterable[Letter]) -> None:
    """Each mailed delivery is as good as its letter; one that is kept for printing was never mailed."""
    by_person = {letter.person_key: letter for letter in written}
    for delivery in made:
        letter = by_person.get(f"deputy:{delivery.deputy_id}")
        if delivery.way is not Way.SYSTEM or letter is None:
            continue
        delivery.letter_id = letter.id
        if letter.state is LetterState.KEPT:
            delivery.on, delivery.way = None, Way.PAPER


def await_rating(
    reply: Reply,
    assignment: Assignment,
    law: Law,
    deliveries: Iterable[Delivery],
    together: Starting | None = None,
) -> None:
    """From the day the lead deputy has the reply he has the time of the rules to rate it (河南办法 22; 北京条例 23).

    A delegation's suggestion has no lead deputy, and who heads the body does not rate its reply.
    """
    lead_id = assignment.suggestion.lead_deputy_id
    reached_on = next((one.on for one in deliveries if one.deputy_id == lead_id), None)
    if lead_id is None or reached_on is None:
        return
    if is_of(db.session.get_one(Deputy, lead_id).heads_body_id, assignment.body_id):
        return
    begin(Kind.EVALUATE, law, assignment, on=reached_on, holder=Holder.DEPUTY, together=together, reply_id=reply.id)


def reach(
    delivery: Delivery, way: Way, *, by: Actor, on: date, note: str = "", assignment: Assignment | None = None
) -> Delivery:
    """The reply reached this deputy on a day, by mail, exchange, paper or hand; the lead's clock begins.

    :raises RuleBroken: it is recorded already, or the day lies before the release.
    """
    assignment = assignment or assignment_of(delivery)
    queries.hold(assignment)
    if delivery.on is not None:
        raise RuleBroken(N_("It is recorded already that the reply reached this deputy."))
    rules.must_be_after_release(on, delivery.released_on)
    delivery.on, delivery.way, delivery.by_name, delivery.note = on, way, by.name, note
    name = db.session.get_one(Deputy, delivery.deputy_id).name
    make("reach", assignment.suggestion, assignment, by=by, on=on, deputy=name, way=str(way), note=note)
    if delivery.deputy_id == assignment.suggestion.lead_deputy_id:
        await_rating(delivery.reply, assignment, law_of(assignment), [delivery])
    return delivery


def lose(delivery: Delivery, why: str, *, by: Actor, on: date, told: str = "") -> Delivery:
    """The letter came back or could not be sent: the reply is to be delivered to this deputy again.

    `why` is what a person says, or a word of `names.LOST`. The clock of the lead's rating no longer holds.

    :raises RuleBroken: nobody says why, it had not reached him anyway, or he has rated the reply.
    """
    if not why.strip():
        raise RuleBroken(N_("Say what happened to the letter."))
    assignment = assignment_of(delivery)
    queries.hold(assignment)
    is_lead = delivery.deputy_id == assignment.suggestion.lead_deputy_id
    if delivery.on is None:
        raise RuleBroken(N_("The reply has not reached this deputy yet."))
    if is_lead and assignment.standing is not Standing.DELIVERED:
        raise RuleBroken(N_("This deputy has rated the reply, so he has it."))
    delivery.on, delivery.lost_on, delivery.lost_why = None, on, why
    name = db.session.get_one(Deputy, delivery.deputy_id).name
    make("lose", assignment.suggestion, assignment, by=by, on=on, deputy=name, note=told)
    if is_lead:
        for running in deadlines.open_for(kind=Kind.EVALUATE, reply_id=delivery.reply_id):
            clocks.void(running, on=on, reason="not_delivered")
    return delivery


def relay(reply: Reply, assignment: Assignment, *, by: Actor, on: date) -> int:
    """The lead deputy says that he has passed the reply on to his co-signers; answers to how many.

    :raises RuleBroken: nobody waits for it.
    """
    waiting = [one for one in deliveries_of(reply.id) if one.on is None and one.way is Way.RELAYED]
    if not waiting:
        raise RuleBroken(N_("No co-signer waits for this reply any more."))
    queries.hold(assignment)
    for one in waiting:
        one.on, one.by_name = on, by.name
    make("relay", assignment.suggestion, assignment, by=by, on=on, count=len(waiting))
    return len(waiting)


def reach_by_rating(rated: Sequence[tuple[Reply, Deputy]], *, by: Actor, on: date) -> None:
    """Who rates a reply has it, even if nobody recorded how it came to him."""
    deliveries = _deliveries([reply.id for reply, _deputy in rated])
    for reply, deputy in rated:
        for one in deliveries[reply.id]:
            if one.deputy_id == deputy.id and one.on is None:
                reach(one, one.way, by=by, on=max(on, one.released_on), assignment=reply.assignment)


def deliveries_of(reply_id: int) -> list[Delivery]:
    """The deliveries of a reply, as they were released."""
    return _deliveries([reply_id])[reply_id]


def _deliveries(reply_ids: Sequence[int]) -> dict[int, list[Delivery]]:
    found: dict[int, list[Delivery]] = {number: [] for number in reply_ids}
    for some in batches(list(found)):
        wanted = sa.select(Delivery).where(Delivery.reply_id.in_(some)).order_by(Delivery.id)
        for one in db.session.scalars(wanted.options(sa.orm.joinedload(Delivery.reply))):
            found[one.reply_id].append(one)
    return found


def assignment_of(delivery: Delivery) -> Assignment:
    """The assignment a delivery's reply belongs to, with its suggestion."""
    wanted = (
        sa.select(Assignment)
        .join(Reply, Reply.assignment_id == Assignment.id)
        .where(Reply.id == delivery.reply_id)
        .options(sa.orm.joinedload(Assignment.suggestion), sa.orm.joinedload(Assignment.body))
    )
    return db.session.scalars(wanted).one()


def _delivery(reply: Reply, deputy_id: int, way: Way, reached_on: date | None, by: Actor, on: date) -> Delivery:
    made = new(
        Delivery,
        reply_id=reply.id,
        deputy_id=deputy_id,
        released_on=on,
        on=reached_on,
        way=way,
        by_name=by.name,
        note="",
        lost_why="",
    )
    bind(made, reply=reply)
    return made


def _mailable(deputy_ids: list[int]) -> set[int]:
    wanted = sa.select(Deputy.id, Deputy.email).where(Deputy.id.in_(deputy_ids))
    return {deputy_id for deputy_id, email in db.session.execute(wanted) if is_address((email or "").strip())}
