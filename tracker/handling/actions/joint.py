"""Two leads, one answer (共同主办): one writes, and submits only once the other has agreed to the text."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa

from tracker.actor import Actor
from tracker.clock import local_day
from tracker.database import db
from tracker.deadlines import actions as clocks
from tracker.deadlines import queries as deadlines
from tracker.deadlines.clauses import Kind
from tracker.dispatch.actions.succeeding import follow_reform
from tracker.dispatch.models import Assignment
from tracker.dispatch.queries import other_lead
from tracker.errors import N_, RuleBroken
from tracker.handling import joint_letters
from tracker.handling.agreement import LeadAgreement, digest_of
from tracker.handling.clocks import REPLY_KINDS, meet, receive_silently
from tracker.handling.models import Reply
from tracker.suggestion.actions import Step, follows, make
from tracker.suggestion.journey import HANDLED, Stage, Standing
from tracker.suggestion.models import Suggestion

FROM_LEDGER = "ledger"  # an old ledger knows one reply of both, and nothing of who agreed when


def ask_agreement(assignment: Assignment, reply: Reply, *, by: Actor, on: date, tell: bool = True) -> LeadAgreement:
    """The lead that writes asks the other to agree to the reply as it stands.

    :raises RuleBroken: there is no other lead, no text yet, or it has agreed to this very text.
    """
    partner = other_lead(assignment)
    if partner is None:
        raise RuleBroken(N_("No other lead answers this with you."))
    if not reply.text.strip():
        raise RuleBroken(N_("The text of the reply is missing."))
    asked = asked_about(reply.id)
    if asked is not None and asked.agreed_on is not None and asked.digest == digest_of(reply):
        raise RuleBroken(N_("The other lead has agreed to this text already."))
    make("ask_agreement", assignment.suggestion, assignment, by=by, on=on, to=partner.body.name)
    if asked is not None:
        asked.ended_on = on
    return _ask(reply, assignment, partner, by, on, tell=tell)


def agree_to_reply(
    assignment: Assignment, asked: LeadAgreement, reply: Reply, seen: str, *, by: Actor, on: date
) -> LeadAgreement:
    """The other lead agrees, by name and day; its own clock is met by it. `seen` is the digest of what it read.

    :raises RuleBroken: it is not asked, has agreed already, or the text changed while it was read.
    """
    if asked.assignment_id != assignment.id or asked.reply_id != reply.id or asked.ended_on is not None:
        raise RuleBroken(N_("You are not asked to agree to this."))
    if seen != digest_of(reply):
        raise RuleBroken(N_("The text was changed while you read it. Please read it again."))
    _must_be_the_text_asked_about(asked, reply)
    receive_silently(assignment, by, on)
    make("agree_to_reply", assignment.suggestion, assignment, by=by, on=on)
    asked.agreed_on, asked.agreed_by, asked.digest = on, by.name, seen
    meet(assignment, (*REPLY_KINDS, Kind.RECEIPT), on)
    return asked


def refuse_agreement(
    assignment: Assignment,
    asked: LeadAgreement,
    reply: Reply,
    reason: str,
    *,
    by: Actor,
    on: date,
    tell: bool = True,
) -> LeadAgreement:
    """The other lead does not agree, and says why; the one that writes is told. Its own clock goes on.

    :raises RuleBroken: no reason, it is not asked, or has agreed or refused already.
    """
    if not reason.strip():
        raise RuleBroken(N_("Give the reason."))
    if asked.assignment_id != assignment.id or asked.reply_id != reply.id or asked.ended_on is not None:
        raise RuleBroken(N_("You are not asked to agree to this."))
    if asked.agreed_on is not None or asked.refused_on is not None:
        raise RuleBroken(N_("You have answered already."))
    receive_silently(assignment, by, on)
    make("refuse_agreement", assignment.suggestion, assignment, by=by, on=on, reason=reason.strip())
    asked.refused_on, asked.refused_by, asked.reason = on, by.name, reason.strip()
    asked.digest = digest_of(reply)
    writer = other_lead(assignment)
    if tell and writer is not None:
        joint_letters.agreement_refused(asked, writer, assignment)
    return asked


def _must_be_the_text_asked_about(asked: LeadAgreement, reply: Reply) -> None:
    """:raises RuleBroken: it was refused, and the text is another now, about which nobody asked yet."""
    if asked.refused_on is not None and asked.digest != digest_of(reply):
        raise RuleBroken(N_("You are not asked to agree to this."))


def asked_about(reply_id: int) -> LeadAgreement | None:
    """What the other lead is asked, or has agreed to, about a reply."""
    wanted = sa.select(LeadAgreement).where(LeadAgreement.reply_id == reply_id, LeadAgreement.ended_on.is_(None))
    return db.session.scalars(wanted.order_by(LeadAgreement.id.desc()).limit(1)).first()


def keep_together(assignment: Assignment, reply: Reply, *, by: Actor, at: datetime) -> None:
    """A draft of one of two leads was kept: only one writes, and a text changed after the agreement is asked anew.

    :raises RuleBroken: the other lead writes the reply.
    """
    partner = other_lead(assignment)
    if partner is None:
        return
    if _writes(partner):
        told = N_("%(body)s, the other lead, writes the reply: agree to it on your page.")
        raise RuleBroken(told, body=partner.body.name)
    asked = asked_about(reply.id)
    if asked is None or asked.digest == digest_of(reply):
        return
    if asked.is_refused:
        return
    if asked.agreed_on is None:
        asked.digest = digest_of(reply)
        return
    on = local_day(at)
    asked.ended_on = on
    _take_up_again(partner, by=by, on=on)
    if partner.standing in HANDLED:
        _ask(reply, assignment, partner, by, on, again=True)


@follows("submit")
def must_be_agreed(_suggestion: Suggestion, assignment: Assignment | None, step: Step, by: Actor) -> None:
    """:raises RuleBroken: the other lead has not agreed to the text that is being submitted."""
    partner = other_lead(assignment) if assignment is not None else None
    if assignment is None or partner is None:
        return
    if step.facts.get("source") == FROM_LEDGER:
        _agreed_long_ago(partner, step, by)
        return
    reply = db.session.scalar(sa.select(Reply).where(Reply.assignment_id == assignment.id))
    asked = asked_about(reply.id) if reply is not None else None
    if reply is None or asked is None or asked.agreed_on is None or asked.digest != digest_of(reply):
        told = N_("%(body)s, the other lead, has not agreed to this text yet: ask it on your page.")
        raise RuleBroken(told, body=partner.body.name)


@follows("recall")
@follows("grant_return")
@follows("change_lead")
def take_up_again(suggestion: Suggestion, assignment: Assignment | None, step: Step, by: Actor) -> None:
    """The lead that wrote has gone: what the other agreed to is no more, and its own work and clock go on."""
    partner = other_lead(assignment) if assignment is not None else None
    if assignment is None or partner is None or suggestion.stage is not Stage.HANDED_OVER:
        return
    rows = sa.select(LeadAgreement).where(LeadAgreement.ended_on.is_(None))
    for row in db.session.scalars(rows.where(LeadAgreement.assignment_id.in_((assignment.id, partner.id)))).all():
        row.ended_on = step.on
    if partner.standing is Standing.AGREED:
        _take_up_again(partner, by=by, on=step.on)


def _take_up_again(partner: Assignment, *, by: Actor, on: date) -> None:
    make("ask_agreement_again", partner.suggestion, partner, by=by, on=on)
    for kind in REPLY_KINDS:
        for met in deadlines.deadlines_of(kind=kind, assignment_id=partner.id):
            if met.voided_on is None:
                clocks.reopen(met, by=by, on=on, body_id=partner.body_id)
    follow_reform(partner, by=by, on=on)


def _ask(
    reply: Reply, own: Assignment, partner: Assignment, by: Actor, on: date, *, again: bool = False, tell: bool = True
) -> LeadAgreement:
    asked = LeadAgreement(
        reply_id=reply.id, assignment_id=partner.id, digest=digest_of(reply), asked_on=on, asked_by=by.name
    )
    db.session.add(asked)
    db.session.flush()
    if tell:
        joint_letters.agreement_asked(asked, own, partner, again=again)
    return asked


def _writes(partner: Assignment) -> bool:
    written = sa.select(Reply.id).where(Reply.assignment_id == partner.id, Reply.text != "")
    return db.session.scalar(written.limit(1)) is not None


def _agreed_long_ago(partner: Assignment, step: Step, by: Actor) -> None:
    if partner.standing not in (Standing.ASSIGNED, Standing.RECEIVED):
        return
    receive_silently(partner, by, step.on)
    make("agree_to_reply", partner.suggestion, partner, by=by, on=step.on, source=FROM_LEDGER)
    for running in deadlines.open_for(assignment_id=partner.id):
        if running.kind in (*REPLY_KINDS, Kind.RECEIPT):
            clocks.meet(running, on=step.on)
        else:
            clocks.void(running, on=step.on, reason="from_ledger")
