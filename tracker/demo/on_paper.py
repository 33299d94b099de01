"""What the demo's office has printed, and the signed papers that came back: records, stamped letters, opinion forms."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, undefer
from werkzeug.datastructures import FileStorage

from tracker import clock
from tracker.database import db
from tracker.demo.settling import Town
from tracker.dispatch import acts
from tracker.dispatch import papers as hand_over
from tracker.dispatch.models import Assignment, HandOver
from tracker.feedback import papers as feedback
from tracker.feedback.models import Rating, RatingChannel
from tracker.files import store
from tracker.files.models import File
from tracker.handling import papers as handling
from tracker.handling.actions import record_original
from tracker.handling.models import Contact, Reply
from tracker.paper.actions import Printed, keep_scan, number
from tracker.paper.document import Document
from tracker.paper.models import Paper
from tracker.paper.pdf import as_pdf
from tracker.suggestion.journey import Standing
from tracker.suggestion.models import Suggestion

CAME_BACK = 3  # of each kind


def print_and_take_in(town: Town, on: date) -> None:
    """Letters and list of the largest hand-over; then of the last contacts, replies and ratings what was signed."""
    _hand_over(town)
    for contact, own in _contacts():
        [paper] = _number(town, [handling.contact_paper(own, contact)])
        _back(town, paper, handling.contact_record(own, contact), "contact", contact.id)
    for reply in _replies():
        [paper] = _number(town, [handling.reply_paper(reply, reply.assignment)])
        written = handling.reply_letter(reply, reply.assignment, town.congress)
        file = _back(town, paper, written, "reply", reply.id)
        record_original(reply, reply.assignment, by=town.clerk, on=on, scans=[file], came_on=on)
    for rating in _ratings():
        [paper] = _number(town, [feedback.opinion_paper(rating.reply, rating.deputy)])
        written = feedback.opinion_form(rating.reply, rating.deputy, town.congress, reached_on=None)[0]
        _back(town, paper, written, "rating", rating.id)


def _hand_over(town: Town) -> None:
    wanted = sa.select(HandOver).join(Assignment, Assignment.hand_over_id == HandOver.id).group_by(HandOver.id)
    act = db.session.scalars(wanted.order_by(sa.func.count().desc(), HandOver.id.desc())).first()
    if act is not None:
        bodies = acts.by_body(acts.given(act))
        _number(town, [hand_over.list_paper(act), *(hand_over.notice_paper(act, body) for body in bodies)])


def _number(town: Town, things: Sequence[Printed]) -> list[Paper]:
    return number(things, congress_id=town.congress.id, by=town.clerk, at=clock.now())


def _back(town: Town, paper: Paper, written: Document, became: str, became_id: int) -> File:
    """Its scan; nobody of an invented city can sign, so it is the paper itself."""
    content = as_pdf([written.numbered(paper.code, f"https://demo.example/papers/{paper.code}")], at=clock.now())
    upload = FileStorage(io.BytesIO(content), filename=f"{paper.code} 签字扫描件.pdf")
    file = store.keep(upload, by=town.clerk, at=clock.now())
    keep_scan(paper, file, became=became, became_id=became_id, by=town.clerk, at=clock.now())
    return file


_ABOUT: Any = (
    joinedload(Assignment.body),
    joinedload(Assignment.suggestion).options(
        undefer(Suggestion.text), joinedload(Suggestion.lead_deputy), joinedload(Suggestion.meeting)
    ),
)


def _contacts() -> list[tuple[Contact, Assignment]]:
    wanted = sa.select(Contact, Assignment).join(Assignment, Assignment.id == Contact.assignment_id).options(*_ABOUT)
    found = db.session.execute(wanted.order_by(Contact.on.desc(), Contact.id.desc()).limit(CAME_BACK))
    return [(row[0], row[1]) for row in found.unique()]


def _replies() -> list[Reply]:
    wanted = (
        sa.select(Reply)
        .join(Reply.assignment)
        .where(Assignment.standing == Standing.SUBMITTED)
        .options(undefer(Reply.text), joinedload(Reply.assignment).options(*_ABOUT))
        .order_by(Reply.submitted_on.desc(), Reply.id.desc())
        .limit(CAME_BACK)
    )
    return list(db.session.scalars(wanted).unique())


def _ratings() -> list[Rating]:
    wanted = (
        sa.select(Rating)
        .where(Rating.channel == RatingChannel.PAPER)
        .options(joinedload(Rating.deputy), joinedload(Rating.reply).joinedload(Reply.assignment).options(*_ABOUT))
        .order_by(Rating.on.desc(), Rating.id.desc())
        .limit(CAME_BACK)
    )
    return list(db.session.scalars(wanted).unique())
