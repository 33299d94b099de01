"""What is left open in the city: two leads that do not agree, a shared mailbox, replies in the folder to sign."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from tracker import clock
from tracker.database import db
from tracker.demo.settling import Town
from tracker.dispatch.drafted_changes import CHANGE_LEAD
from tracker.dispatch.models import Assignment, Part
from tracker.errors import RuleBroken
from tracker.handling import actions as handling
from tracker.handling import drafted_reading as reading
from tracker.handling.agreement import LeadAgreement
from tracker.handling.models import Reply, Way
from tracker.people.models import User
from tracker.people.office_code import make_code
from tracker.roles import Role
from tracker.signing import actions as signing
from tracker.structure import actions as structure
from tracker.structure.models import Body, Officer, Rank
from tracker.suggestion.journey import Standing

SHARED = "市水利局"
LEADS_NOW, WHY = "市住建局", "该事项以城乡建设管理为主，拟改由住建部门主办。"
NOT_OURS = "该路段由我局养护的部分仅为桥梁，通行组织的时限由我局承诺不妥，请修改第二段后再征求意见。"
BACK_NOTE = "请补充完成时限和责任单位。"
AT_MOST = 4


def leave(town: Town, on: date) -> None:
    """On the last morning."""
    _refuse(town, on)
    _share(town)
    _draw_up(town, on)


def _refuse(town: Town, on: date) -> None:
    """The other of two leads reads the joint reply and does not agree."""
    wanted = (
        sa.select(LeadAgreement)
        .join(LeadAgreement.assignment)
        .where(LeadAgreement.agreed_on.is_(None), LeadAgreement.ended_on.is_(None))
        .options(
            joinedload(LeadAgreement.reply),
            joinedload(LeadAgreement.assignment).options(
                joinedload(Assignment.body), joinedload(Assignment.suggestion)
            ),
        )
        .order_by(LeadAgreement.id)
    )
    asked = db.session.scalars(wanted).first()
    if asked is not None:
        own = asked.assignment
        handling.refuse_agreement(own, asked, asked.reply, NOT_OURS, by=town.handler(own.body), on=on, tell=False)


def _share(town: Town) -> None:
    """Several people read the mailbox of one bureau; whoever submits from it gives the code of the office."""
    body = town.bodies[SHARED]
    wanted = sa.select(Officer).where(Officer.body_id == body.id, Officer.rank == Rank.HANDLER)
    for officer in db.session.scalars(wanted.order_by(Officer.id).limit(1)):
        structure.amend_officer(officer, shared=True, by=town.clerk, at=clock.now())
    make_code(body, by=town.clerk, at=clock.now())


def _draw_up(town: Town, on: date) -> None:
    """The clerk has read some replies: they lie in the folder, the last to be sent back."""
    clerk = db.session.scalars(
        sa.select(User).where(User.congress_id == town.congress.id, User.role == Role.OFFICE_CLERK).order_by(User.id)
    ).first()
    if clerk is not None:
        _draw_up_lead(clerk, town.bodies[LEADS_NOW], on)
    submitted = sa.select(Reply).join(Reply.assignment).where(Assignment.standing == Standing.SUBMITTED)
    about = joinedload(Reply.assignment).joinedload(Assignment.suggestion)
    replies = db.session.scalars(submitted.options(about).order_by(Reply.id).limit(AT_MOST)).all()
    for place, reply in enumerate(replies if clerk is not None else ()):
        kind, facts = reading.DELIVER, reading.facts_of_delivery(reply, Way.PAPER)
        if place == AT_MOST - 1:
            kind, facts = reading.SEND_BACK, reading.facts_of_sending_back(reply, ["promise_without_date"], BACK_NOTE)
        try:
            number = reply.assignment.suggestion_id
            signing.draw_up(kind, reply.id, facts, clerk, by=clerk.actor(), on=on, suggestion_id=number)  # type: ignore[union-attr, arg-type]
        except RuleBroken:
            continue


def _draw_up_lead(clerk: User, to: Body, on: date) -> None:
    """Another lead is drawn up for a suggestion that has not been answered."""
    beside = sa.select(Assignment.suggestion_id).where(Assignment.body_id == to.id)
    wanted = sa.select(Assignment).where(
        Assignment.part.in_((Part.LEAD, Part.SOLE)),
        Assignment.standing == Standing.RECEIVED,
        Assignment.suggestion_id.not_in(beside),
    )
    for one in db.session.scalars(wanted.order_by(Assignment.id.desc()).limit(1)):
        facts = {"to_id": to.id, "stays": True, "reason": WHY}
        number = one.suggestion_id
        try:
            signing.draw_up(CHANGE_LEAD, one.id, facts, clerk, by=clerk.actor(), on=on, suggestion_id=number)
        except RuleBroken:
            return
