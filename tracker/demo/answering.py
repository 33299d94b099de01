"""The demo's bodies answer point by point; one of them lets its leader approve first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from random import Random

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, undefer

from tracker import clock
from tracker.actor import Actor
from tracker.database import db
from tracker.demo import wanting
from tracker.demo.items import CitySuggestion, told_apart
from tracker.dispatch.models import ANSWERING, Assignment
from tracker.handling import actions as handling
from tracker.handling.content import PointContent, ReplyContent, content_of
from tracker.handling.models import Reply, ReplyPublicity
from tracker.handling.requests import requests_in
from tracker.people.models import User
from tracker.roles import Role
from tracker.structure.models import Body, Officer, Rank
from tracker.suggestion.journey import Standing
from tracker.suggestion.models import Suggestion

BASIS = "《中华人民共和国预算法》第十三条"
MORE = "根据审阅意见，现补充说明：对您所提各项建议，我们已逐条明确责任科室和完成时限，并将定期向您通报进展。"
STUDIED = "研究"  # with this word the city's deputies ask for what cannot be had


def point_by_point(content: ReplyContent, item: CitySuggestion, body_id: int) -> ReplyContent:
    """The requests of the text with their answers; some bodies leave one, and some name no legal basis."""
    dice = Random(f"points {item.title}")  # nosec B311
    done, refused = told_apart(item)
    content.signer = _head_of(body_id) or content.signer
    content.measures = [done[:500]]
    for place, request in enumerate(requests_in(item.text)):
        if request.startswith(STUDIED):
            content.points.append(PointContent(request, refused))
            content.refusal, content.legal_basis = refused, BASIS if dice.random() < 0.8 else ""
        elif place == 0:
            content.points.append(PointContent(request, done))
        else:
            drawn = dice.random()
            answer = wanting.ANSWERED if drawn < 0.8 else ""
            content.points.append(PointContent(request, answer, in_letter=not answer and drawn < 0.9))
    return content


def let_leaders_approve(on: date) -> None:
    """The bodies whose leader has an account of his own let him approve their replies."""
    for leader in db.session.scalars(sa.select(User).where(User.role == Role.BODY_LEADER)):
        handling.set_approval(db.session.get_one(Body, leader.body_id), True, by=leader.actor(), on=on)
    db.session.flush()


def approve(assignment: Assignment, reply: Reply, on: date, *, tell: bool) -> None:
    """The leader of the body approves what lies with him."""
    handling.approve(assignment, reply, by=leader_of(assignment), on=on, tell=tell)


def leader_of(assignment: Assignment) -> Actor:
    """The leader of the body that answers."""
    wanted = sa.select(User).where(User.role == Role.BODY_LEADER, User.body_id == assignment.body_id)
    return db.session.scalars(wanted).one().actor()


def note_progress(assignment: Assignment, item: CitySuggestion, by: Actor, on: date) -> None:
    """What has come of it before the reply."""
    handling.note_progress(assignment, told_apart(item)[0], by=by, on=on)


def correct_class(reply: Reply, assignment: Assignment, by: Actor, on: date, *, tell: bool) -> None:
    """The office finds a reply that says "solved" too early."""
    reason = "答复中仍有待落实的事项，按办理中掌握。"
    handling.change_class(reply, assignment, "B", reason, by=by, on=on, tell=tell)


def write_again(assignment: Assignment, reply: Reply, by: Actor) -> None:
    """Sent back, the reply is written on: a paragraph more, and no request without an answer."""
    content = content_of(reply)
    content.text = f"{content.text}\n{MORE}"
    content.points = [replace(one, in_letter=one.in_letter or not one.answer) for one in content.points]
    handling.save_draft(assignment, content, version=None, by=by, at=clock.now())


def leave_one_to_approve(on: date) -> None:
    """On the last day a reply lies with the leader whose body wants it so."""
    for leader in db.session.scalars(sa.select(User).where(User.role == Role.BODY_LEADER)).all():
        wanted = sa.select(Assignment).where(
            Assignment.body_id == leader.body_id,
            Assignment.standing == Standing.RECEIVED,
            Assignment.part.in_(ANSWERING),
        )
        about = joinedload(Assignment.suggestion).options(undefer(Suggestion.text), joinedload(Suggestion.meeting))
        found = db.session.scalars(wanted.options(about, joinedload(Assignment.body)).limit(1)).first()
        if found is not None:
            _pass(found, leader, on)


def _pass(assignment: Assignment, leader: User, on: date) -> None:
    by = Actor("user", None, assignment.body.short_name, assignment.body_id)
    content = ReplyContent(
        class_label="B",
        document_number=f"{assignment.body.document_prefix}函〔{on.year}〕401号",
        signer=leader.name,
        contact_person=leader.name,
        publicity=ReplyPublicity.FULL,
        text=f"《{assignment.suggestion.title}》收悉。我们已到现场勘察，正在落实资金，现将办理情况答复如下。",
        letter_on=on,
        points=[PointContent(one, in_letter=True) for one in requests_in(assignment.suggestion.text)],
    )
    reply = handling.save_draft(assignment, content, version=None, by=by, at=clock.now())
    handling.pass_to_leader(assignment, reply, by=by, on=on, tell=False)


def _head_of(body_id: int) -> str:
    wanted = sa.select(Officer.name).where(Officer.body_id == body_id, Officer.rank == Rank.HEAD)
    return db.session.scalars(wanted.limit(1)).first() or ""
