"""What a body does to answer, and what the office does with the answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from tracker.actor import Actor
from tracker.database import db
from tracker.deadlines import actions as clocks
from tracker.deadlines import queries as deadlines
from tracker.deadlines.clauses import Kind, Precheck, ReplyTo
from tracker.deadlines.models import Deadline, Holder
from tracker.dispatch import actions as dispatch
from tracker.dispatch.clocks import Law, law_of
from tracker.dispatch.models import Assignment, Part
from tracker.errors import N_, RuleBroken, Stale
from tracker.handling import letters, queries, rules
from tracker.handling.models import (
    Contact,
    CoOpinion,
    Delivery,
    Extension,
    Manner,
    Promise,
    Reply,
    ReplyPublicity,
    SendingBack,
    Way,
)
from tracker.suggestion.actions import make
from tracker.suggestion.journey import Stage, Standing
from tracker.suggestion.models import Signature

REPLY_KINDS = (Kind.REPLY, Kind.REHANDLE)


@dataclass
class ReplyContent:
    """What the reply form asks; dates are three facts: letter, received, uploaded."""

    class_label: str = ""
    document_number: str = ""
    signer: str = ""
    contact_person: str = ""
    contact_phone: str = ""
    publicity: ReplyPublicity | None = None
    text: str = ""
    letter_on: date | None = None
    received_on: date | None = None
    way: Way = Way.SYSTEM
    paper_original: bool = False
    promises: list[dict[str, str]] = field(default_factory=list)


def note_contact(
    assignment: Assignment, manner: Manner, person: str, *, by: Actor, on: date, place: str = "", note: str = ""
) -> Contact:
    """The body spoke with the deputy; the first time meets the clock of the first contact.

    :raises RuleBroken: nobody is named, or it is before the hand-over.
    """
    if not person.strip():
        raise RuleBroken(N_("Name whom you spoke with."))
    if on < assignment.handed_over_on:
        raise RuleBroken(N_("The contact lies before the hand-over."))
    contact = Contact(
        assignment_id=assignment.id, on=on, manner=manner, person=person, place=place, note=note, noted_by=by.name
    )
    db.session.add(contact)
    make("contact", assignment.suggestion, assignment, by=by, on=on, manner=str(manner), person=person)
    _meet(assignment, (Kind.FIRST_CONTACT,), on)
    return contact


def give_opinion(assignment: Assignment, text: str, *, by: Actor, on: date) -> CoOpinion:
    """A co-handler's opinion to the lead (会办意见).

    :raises RuleBroken: it is empty, or this body is no co-handler.
    """
    if assignment.part is not Part.CO:
        raise RuleBroken(N_("Only a co-handler gives an opinion; the lead answers."))
    if not text.strip():
        raise RuleBroken(N_("An empty opinion helps nobody."))
    _receive_silently(assignment, by, on)
    opinion = CoOpinion(assignment_id=assignment.id, on=on, text=text, by_name=by.name)
    db.session.add(opinion)
    make("give_opinion", assignment.suggestion, assignment, by=by, on=on)
    _meet(assignment, (Kind.CO_OPINION, Kind.RECEIPT), on)
    return opinion


def ask_extension(assignment: Assignment, reason: str, proposed_on: date, *, by: Actor, on: date) -> Extension:
    """The body asks for more time, before the due day, with a reason and a date (延期).

    :raises RuleBroken: no running reply clock, no reason, too late, or the date is not later.
    """
    running = _reply_clock(assignment)
    if not reason.strip():
        raise RuleBroken(N_("Give the reason."))
    rules.must_be_before_due(on, running.due_on)
    if proposed_on <= running.due_on:
        raise RuleBroken(N_("The proposed date must be later than %(day)s."), day=running.due_on.isoformat())
    undecided = sa.select(Extension.id).where(Extension.assignment_id == assignment.id, Extension.granted.is_(None))
    if db.session.scalar(undecided):
        raise RuleBroken(N_("An extension was asked already and is not decided yet."))
    asked = Extension(
        assignment_id=assignment.id, asked_on=on, asked_by=by.name, reason=reason, proposed_on=proposed_on
    )
    db.session.add(asked)
    make("ask_extension", assignment.suggestion, assignment, by=by, on=on, reason=reason, to=proposed_on.isoformat())
    return asked


def decide_extension(
    asked: Extension, granted: bool, *, by: Actor, on: date, to: date | None = None, note: str = "", tell: bool = True
) -> None:
    """The office or hub decides; the rules cap the date, the original date is kept, the deputy is told.

    :raises RuleBroken: it was decided already, or the reply has come in the meantime.
    """
    if asked.granted is not None:
        raise RuleBroken(N_("This extension was decided already."))
    assignment = asked.assignment
    asked.granted, asked.decided_on, asked.decided_by, asked.decision_note = granted, on, by.name, note
    if not granted:
        make("refuse_extension", assignment.suggestion, assignment, by=by, on=on, note=note)
    else:
        reason = {"kind": "extension", "values": {"reason": asked.reason}}
        asked.granted_to_on = clocks.move(_reply_clock(assignment), to or asked.proposed_on, on=on, reason=reason)
        day = asked.granted_to_on.isoformat()
        make("grant_extension", assignment.suggestion, assignment, by=by, on=on, to=day, reason=asked.reason)
    if tell:
        letters.extension_decided(asked, assignment)


def save_draft(assignment: Assignment, content: ReplyContent, *, version: int | None, by: Actor, at: datetime) -> Reply:
    """Keep what is written so far; nothing need be complete.

    :raises Stale: somebody else saved in the meantime. :raises RuleBroken: it was submitted already.
    """
    reply = queries.find_reply(assignment.id)
    if reply is None:
        reply = Reply(assignment_id=assignment.id, saved_at=at)
        db.session.add(reply)
    elif version is not None and reply.version != version:
        raise Stale(N_("Somebody else saved this reply while you were writing. Your text is kept below."))
    if reply.submitted_on is not None:
        raise RuleBroken(N_("The reply was submitted already."))
    for name, value in vars(content).items():
        if name != "promises":
            setattr(reply, name, value)
    reply.draft_promises = content.promises
    reply.outcome = law_of(assignment).rules.classes.get(content.class_label)
    reply.saved_at, reply.submitted_by = at, by.name
    db.session.flush()
    return reply


def submit(assignment: Assignment, reply: Reply, *, by: Actor, on: date, tell: bool = True) -> Reply:
    """The body answers. The reply clock is met; where the rules want a reading first, the office reads it, else it goes
    straight to the deputies.

    :raises RuleBroken: something is missing; a co-handler answers nobody; it was submitted already.
    """
    if assignment.part is Part.CO:
        raise RuleBroken(N_("A co-handler gives an opinion; the lead answers."))
    law = law_of(assignment)
    rules.must_be_complete(vars_of(reply), labels=list(law.rules.classes))
    assert reply.letter_on is not None
    if reply.letter_on > on:
        raise RuleBroken(N_("The letter's date lies in the future."))
    for promise in reply.draft_promises:
        due_on = _day(promise.get("due_on"))
        rules.must_be_real_promise(
            promise.get("what", ""), promise.get("owner", ""), due_on, letter_on=reply.letter_on
        )
    _receive_silently(assignment, by, on)
    make("submit", assignment.suggestion, assignment, by=by, on=on, class_label=reply.class_label, number=reply.document_number)
    reply.submitted_on, reply.submitted_by, reply.uploaded_on = on, by.name, on
    _meet(assignment, (*REPLY_KINDS, Kind.RECEIPT), on)
    if law.rules.precheck is Precheck.NONE:
        deliver(reply, assignment, by=by, on=on, law=law, tell=tell)
    else:
        holder = Holder.HUB if law.rules.precheck is Precheck.HUB else Holder.OFFICE
        _begin(Kind.CHECK, law, assignment, on=on, holder=holder, reply_id=reply.id)
    return reply


def send_back(
    reply: Reply, assignment: Assignment, reasons: Sequence[str], note: str, *, by: Actor, on: date, tell: bool = True
) -> SendingBack:
    """The office sends a reply back; the body's clock runs again to its original day.

    :raises RuleBroken: no reason is named, or it is not there to be read.
    """
    known = [reason for reason in reasons if reason in rules.SEND_BACK_REASONS]
    if not known:
        raise RuleBroken(N_("Choose at least one reason."))
    if "other" in known and not note.strip():
        raise RuleBroken(N_("Say which other reason."))
    make("send_back", assignment.suggestion, assignment, by=by, on=on, reasons=known, note=note)
    sent = SendingBack(reply_id=reply.id, on=on, reasons=known, note=note, by_name=by.name)
    db.session.add(sent)
    reply.submitted_on = None
    for running in deadlines.open_for(kind=Kind.CHECK, reply_id=reply.id):
        clocks.meet(running, on=on)
    for kind in REPLY_KINDS:
        for met in deadlines.deadlines_of(kind=kind, assignment_id=assignment.id):
            if met.voided_on is None:
                clocks.reopen(met, by=by, on=on)
    if tell:
        letters.sent_back(reply, assignment, known, note, on=on)
    return sent


def deliver(
    reply: Reply,
    assignment: Assignment,
    *,
    by: Actor,
    on: date,
    way: Way = Way.SYSTEM,
    law: Law | None = None,
    tell: bool = True,
) -> list[Delivery]:
    """The reply reaches the deputies: lead and co-signers each, or the lead alone where the rules let him relay.

    Promises become rows with clocks; the deputy's rating is asked for; once every answer of the suggestion is
    delivered, it counts as answered.

    :raises RuleBroken: the reply is not submitted.
    """
    law = law or law_of(assignment)
    suggestion = assignment.suggestion
    make("deliver", suggestion, assignment, by=by, on=on, class_label=reply.class_label)
    for running in deadlines.open_for(kind=Kind.CHECK, reply_id=reply.id):
        clocks.meet(running, on=on)
    deputies = [suggestion.lead_deputy_id] if suggestion.lead_deputy_id else []
    if law.rules.reply_to is ReplyTo.EACH:
        signed = sa.select(Signature.deputy_id).where(Signature.suggestion_id == suggestion.id).order_by(Signature.place)
        deputies += list(db.session.scalars(signed))
    made = [Delivery(reply_id=reply.id, deputy_id=one, on=on, way=way, by_name=by.name) for one in deputies]
    db.session.add_all(made)
    _promise(reply, assignment, law, on)
    _begin(Kind.EVALUATE, law, assignment, on=on, holder=Holder.DEPUTY, reply_id=reply.id)
    _begin(Kind.PUBLISH, law, assignment, on=on, holder=Holder.BODY, reply_id=reply.id)
    db.session.flush()
    if suggestion.stage is Stage.HANDED_OVER and all(
        one.standing in queries.DELIVERED for one in queries.answers_of_round(suggestion)
    ):
        make("answer", suggestion, by=by, on=on)
    if tell:
        letters.reply_delivered(reply, assignment, deputies)
    return made


def vars_of(reply: Reply) -> dict[str, Any]:
    """The fields of a reply by name."""
    names = ("class_label", "text", "document_number", "signer", "contact_person", "publicity", "letter_on")
    return {name: getattr(reply, name) for name in names}


def _promise(reply: Reply, assignment: Assignment, law: Law, on: date) -> None:
    for one in reply.draft_promises:
        due_on = _day(one.get("due_on"))
        if due_on is None:
            continue
        promise = Promise(
            congress_id=assignment.congress_id,
            reply_id=reply.id,
            assignment_id=assignment.id,
            what=one["what"],
            owner=one["owner"],
            due_on=due_on,
        )
        db.session.add(promise)
        db.session.flush()
        _begin(Kind.PROMISE, law, assignment, on=on, holder=Holder.BODY, fixed_on=due_on, promise_id=promise.id)


def _begin(
    kind: Kind, law: Law, assignment: Assignment, *, on: date, holder: Holder, fixed_on: date | None = None, **target: int
) -> None:
    clocks.start(
        kind,
        on=on,
        rules=law.row,
        congress_id=assignment.congress_id,
        holder=holder,
        holder_body_id=assignment.body_id if holder is Holder.BODY else None,
        fixed_on=fixed_on,
        calendar=law.calendar,
        **target,
    )


def _reply_clock(assignment: Assignment) -> Deadline:
    for kind in REPLY_KINDS:
        for running in deadlines.open_for(kind=kind, assignment_id=assignment.id):
            return running
    raise RuleBroken(N_("No reply clock is running here."))


def _meet(assignment: Assignment, kinds: Sequence[Kind], on: date) -> None:
    for running in deadlines.open_for(assignment_id=assignment.id):
        if running.kind in kinds:
            clocks.meet(running, on=on)


def _receive_silently(assignment: Assignment, by: Actor, on: date) -> None:
    """Who answers has received: an assignment never signed for is signed for by the act itself."""
    if assignment.standing is Standing.ASSIGNED:
        dispatch.sign_for(assignment, by=by, on=on)


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None
