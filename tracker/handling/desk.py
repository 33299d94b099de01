"""What handling shows elsewhere: its panel on the suggestion's page, what waits on the desk, what is amiss."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Any

import sqlalchemy as sa

from tracker.database import db
from tracker.deadlines.lamps import lamps
from tracker.deadlines.models import Deadline
from tracker.deadlines.rules import Light
from tracker.dispatch import queries as dispatch
from tracker.dispatch.awaiting import by_kind, first, in_columns, together, waits, with_body
from tracker.dispatch.models import ANSWERING, Assignment
from tracker.errors import N_
from tracker.handling import along, approvals, decisions, delivering, inbox, queries
from tracker.handling.agreement import LeadAgreement
from tracker.handling.clocks import REPLY_KINDS
from tracker.handling.inbox import Show
from tracker.handling.models import Delivery, Extension, Reply, SendingBack
from tracker.handling.names import MANNERS, OUTCOMES, PARTS
from tracker.handling.written import Approval
from tracker.roles import BODY, OFFICE, Role
from tracker.stage import Harm, Panel, Problem, Visitor, Waiting, WaitingGroup
from tracker.suggestion.anyone import Anyone
from tracker.suggestion.at_all import Written, is_empty
from tracker.suggestion.journey import NAMES, Stage, Standing
from tracker.suggestion.mergers import answered_in
from tracker.suggestion.models import Suggestion
from tracker.suggestion.queries import GONE
from tracker.web.addresses import url_for

FIRST = 25
SIGN, BACK, LATE, SOON = N_("To sign for"), N_("Reply sent back"), N_("Our answer overdue"), N_("Our answer due soon")
NEAR = (Light.YELLOW, Light.ORANGE, Light.RED, Light.PURPLE)
APPROVE, DISAGREE = N_("Replies to approve"), N_("Two leads do not agree")
READ, EXTEND, REACH = N_("Replies to read"), N_("Extensions to decide"), N_("Replies to deliver")
RELAY = N_("Replies to pass on to your co-signers")
PANEL = (along.contacted, along.opined, along.extended, along.answered, along.told_of_progress)


def panel(suggestion: Suggestion, visitor: Visitor, _today: date) -> Panel | None:
    """Contacts, co-opinions, extensions, and the replies this visitor may read; of a merged one, those of the other."""
    answered_id = answered_in(suggestion)
    found = dispatch.assigned_of(suggestion) if answered_id == suggestion.id else dispatch.assignments_of(answered_id)
    assigned = {one.id: one for one in found if one.standing not in GONE}
    if not assigned:
        return None
    ids = list(assigned)
    is_inside = visitor.role is not Role.DEPUTY
    has = {one: not is_empty(one, suggestion_id=answered_id) for one in PANEL}
    extensions = queries.extensions_of(ids) if has[along.extended] else []
    facts: dict[str, Any] = {
        "handled": assigned,
        "own": {one.id for one in assigned.values() if _opens(one, visitor)},
        "contacts": queries.contacts_of(ids) if has[along.contacted] else [],
        "opinions": queries.opinions_of(answered_id) if is_inside and has[along.opined] else [],
        "extensions": extensions if is_inside else [one for one in extensions if one.granted],
        "replies": queries.replies_of(answered_id, visitor) if has[along.answered] else [],
        "progress": along.progress_of(ids) if is_inside and has[along.told_of_progress] else [],
        "is_inside": is_inside,
        "part_names": PARTS,
        "manner_names": MANNERS,
        "outcome_names": OUTCOMES,
        "standing_names": NAMES,
    }
    return Panel("handling/_panel.html", facts)


def waiting(visitor: Visitor, today: date) -> Iterable[WaitingGroup]:
    if visitor.role in BODY or visitor.role is Role.HUB:
        yield from _at_the_body(visitor, today)
    if visitor.role is Role.BODY_LEADER:
        yield from _to_approve(visitor, today)
    if visitor.role in (*OFFICE, Role.HUB):
        yield from _to_decide(visitor, today)
    if visitor.role is Role.DEPUTY:
        yield from _to_relay(visitor)


def lists(visitor: Visitor, _today: date) -> dict[Written, dict[str, Any]]:
    """What `waiting` reads."""
    return {_decided: {}} if visitor.role in (*OFFICE, Role.HUB) else {}


def problems() -> Iterable[Problem]:
    """Answered without a delivery; a reply owed that no clock watches, or two."""
    delivered = sa.select(Delivery.id).join(Delivery.reply).join(Reply.assignment)
    unanswered = sa.select(Suggestion.id, Suggestion.number).where(
        Suggestion.stage.in_((Stage.ANSWERED, Stage.RATED)),
        Suggestion.lead_deputy_id.is_not(None),
        sa.not_(delivered.where(Assignment.suggestion_id == Suggestion.id).exists()),
    )
    for row in db.session.execute(unanswered):
        values = {"id": row.id, "number": row.number or row.id}
        yield Problem("no_delivery", N_("Suggestion %(number)s counts as answered, but nothing was delivered."), values)
    runs = sa.and_(Deadline.met_on.is_(None), Deadline.voided_on.is_(None))
    owed = (
        sa.select(Assignment.id, Suggestion.number)
        .join(Assignment.suggestion)
        .outerjoin(Deadline, sa.and_(Deadline.assignment_id == Assignment.id, Deadline.kind.in_(REPLY_KINDS), runs))
        .where(Assignment.standing.in_(queries.OWED), Assignment.part.in_(ANSWERING))
        .group_by(Assignment.id, Suggestion.number)
        .having(sa.func.count(Deadline.id) != 1)
    )
    for row in db.session.execute(owed):
        values = {"id": row.id, "number": row.number or row.id}
        yield Problem("reply_clock", N_("Suggestion %(number)s owes a reply without exactly one clock."), values)


def _opens(assignment: Assignment, visitor: Visitor) -> bool:
    """Whether this visitor may open the assignment's own page."""
    return visitor.role in OFFICE or queries.may_act_for(assignment, visitor)


def _at_the_body(visitor: Visitor, today: date) -> Iterable[WaitingGroup]:
    shining = lamps(visitor.congress_id, today)
    rows = list(inbox.listed(visitor, Show.OPEN, shining))
    back = _sent_back([row.id for row in rows])
    kinds: dict[str, list[Waiting]] = {SIGN: [], BACK: [], LATE: [], SOON: []}
    for row in rows:
        if row.id in back:
            kinds[BACK].append(_line(BACK, row, Harm.SENT_BACK.after(0)))
        kind, harm = _once(row, today)
        if kind:
            kinds[kind].append(_line(kind, row, harm))
    for kind, lines in kinds.items():
        if lines:
            yield WaitingGroup(kind, len(lines), url_for("handling.inbox"), tuple(lines[:FIRST]))


def _once(row: inbox.Row, today: date) -> tuple[str, int]:
    """The one list in which a row stands: overdue, else to be signed for, else due soon; nothing where none fits."""
    left = (row.lamp.days_left or 0) if row.lamp else 0
    if row.due_on and row.lamp and row.due_on < today:
        return LATE, Harm.REPLY_LATE.after(-left)
    if row.standing == Standing.ASSIGNED:
        return SIGN, Harm.TO_SIGN_FOR.after(0)
    if row.lamp and row.lamp.light in NEAR:
        return SOON, Harm.REPLY_SOON.after(60 - left)
    return "", 0


def _line(kind: str, row: inbox.Row, harm: int) -> Waiting:
    return Waiting(
        kind,
        url_for("handling.assignment", assignment_id=row.id),
        row.number or "",
        row.title,
        since_on=row.assigned_on,
        due_on=row.due_on,
        harm=harm,
    )


def _sent_back(assignment_ids: list[int]) -> set[int]:
    """Sent back by the office, or given back by the body's own leader, and not passed on again."""
    waits = sa.select(Approval.id).where(Approval.reply_id == Reply.id, Approval.decided_on.is_(None)).exists()
    given = Approval.approved.is_(False) & Approval.taken_back.is_(False)
    is_back = sa.or_(
        sa.select(SendingBack.id).where(SendingBack.reply_id == Reply.id).exists(),
        sa.select(Approval.id).where(Approval.reply_id == Reply.id, given).exists(),
    )
    wanted = sa.select(Reply.assignment_id).where(
        Reply.assignment_id.in_(assignment_ids), Reply.submitted_on.is_(None), is_back, ~waits
    )
    return set(db.session.scalars(wanted))


def _to_relay(visitor: Visitor) -> Iterable[WaitingGroup]:
    replies = db.session.scalars(delivering.to_relay(visitor).limit(FIRST)).unique().all()
    if replies:
        lines = tuple(_relay_line(one) for one in replies)
        yield WaitingGroup(RELAY, len(replies), lines[0].url, lines)


def _relay_line(reply: Reply) -> Waiting:
    one = reply.assignment.suggestion
    url = url_for("handling.relay", reply_id=reply.id)
    return Waiting(RELAY, url, one.number or "", one.title, harm=Harm.RATING_AWAITED.after(0))


def _to_decide(visitor: Visitor, today: date) -> Iterable[WaitingGroup]:
    told = {
        READ: (_reply_line, url_for("handling.reading")),
        EXTEND: (_extension_line, url_for("handling.extensions")),
        REACH: (_delivery_line, url_for("handling.undelivered")),
        DISAGREE: (_disagreement_line, url_for("register.index")),
    }
    for kind, rows in by_kind(first(_decided, visitor)).items():
        line, url = told[kind]
        yield WaitingGroup(kind, rows[0].total, url, tuple(line(row, today) for row in rows))


def _to_approve(visitor: Visitor, today: date) -> Iterable[WaitingGroup]:
    rows = db.session.execute(approvals.to_approve(visitor)).unique().all()
    if not rows:
        return
    lines = tuple(
        Waiting(
            APPROVE,
            url_for("handling.approval", assignment_id=reply.assignment_id),
            reply.assignment.suggestion.number or "",
            reply.assignment.suggestion.title,
            since_on=passed.passed_on,
            harm=Harm.TO_READ.after((today - passed.passed_on).days),
        )
        for reply, passed in rows[:FIRST]
    )
    yield WaitingGroup(APPROVE, len(rows), url_for("handling.approvals_waiting"), lines)


@cache
def _decided(who: Anyone) -> sa.CompoundSelect[Any]:
    reading = with_body(decisions.to_read(who))
    asked = with_body(decisions.extensions_to_decide(who))
    refused = with_body(decisions.disagreements(who))
    undelivered = with_body(delivering.deliveries(who))
    return together(
        {
            READ: in_columns(reading, Reply.id, since_on=Reply.submitted_on, due_on=Deadline.due_on),
            EXTEND: in_columns(asked, Extension.id, since_on=Extension.asked_on),
            REACH: in_columns(undelivered, Reply.id, since_on=Delivery.released_on),
            DISAGREE: in_columns(refused, Assignment.suggestion_id, since_on=LeadAgreement.refused_on),
        }
    )


def _extension_line(row: Any, today: date) -> Waiting:
    url = url_for("handling.decide_extension", extension_id=row.thing_id)
    return waits(EXTEND, row, url, Harm.TO_DECIDE.after((today - row.since_on).days))


def _delivery_line(row: Any, today: date) -> Waiting:
    url = url_for("handling.deliveries", reply_id=row.thing_id)
    return waits(REACH, row, url, Harm.TO_READ.after((today - row.since_on).days))


def _disagreement_line(row: Any, today: date) -> Waiting:
    url = url_for("register.show", suggestion_id=row.thing_id)
    return waits(DISAGREE, row, url, Harm.TO_DECIDE.after((today - row.since_on).days))


def _reply_line(row: Any, today: date) -> Waiting:
    days = (today - row.since_on).days if row.since_on else 0
    return waits(READ, row, url_for("handling.read", reply_id=row.thing_id), Harm.TO_READ.after(days))
