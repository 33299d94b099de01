"""Notices, limited to who is asking: a body those to it, a hub its arm's, a committee those of its paired bodies."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload, undefer

from tracker.database import columns, db
from tracker.dispatch.models import Assignment
from tracker.errors import NotFound
from tracker.notices import rules
from tracker.notices.models import Ended, Finding, Notice, NoticeAnswer, NoticeFile, NoticeItem, NoticeKind
from tracker.notices.rules import WORDS, State, number_text, state
from tracker.roles import BODY, OFFICE, Role
from tracker.stage import Visitor
from tracker.structure.models import Body
from tracker.structure.succession import and_before, paired_with
from tracker.suggestion.anyone import Anyone, anyone, numbers
from tracker.suggestion.at_all import is_empty
from tracker.suggestion.models import Suggestion
from tracker.suggestion.queries import THIS, scope

ISSUED = Notice.issued_on.is_not(None)
IS_DRAFT = sa.and_(Notice.issued_on.is_(None), Notice.ended_on.is_(None))
IS_RUNNING = sa.and_(ISSUED, Notice.found_on.is_(None), Notice.ended_on.is_(None))
NUMBER = (  # as rules.number_text has it
    sa.case((Notice.kind == NoticeKind.REQUEST, WORDS["request"]), else_=WORDS["supervision"])
    + "〔" + sa.cast(Notice.year, sa.String) + "〕" + sa.cast(Notice.number, sa.String) + "号"
)  # fmt: skip
SIGNED_AS = "notice"  # the kind of a draft in the folder to sign
IS_ANSWERED = sa.select(NoticeAnswer.id).where(NoticeAnswer.notice_id == Notice.id).exists()


def readable(visitor: Any) -> sa.ColumnElement[bool]:
    """Whose notices a visitor may read; drafts are the office's alone. A mailed link opens its one notice."""
    linked_id = getattr(visitor, "notice_id", None)
    if linked_id is not None:
        return sa.and_(Notice.id == linked_id, ISSUED)
    own = Notice.congress_id == visitor.congress_id
    if visitor.role in OFFICE:
        return own
    if visitor.role in BODY and visitor.body_id is not None:
        return sa.and_(own, ISSUED, Notice.body_id.in_(and_before(visitor.body_id)))
    if visitor.role is Role.HUB and visitor.body_id is not None:
        arm = sa.select(Body.id).where(sa.or_(Body.hub_id == visitor.body_id, Body.id == visitor.body_id))
        return sa.and_(own, ISSUED, Notice.body_id.in_(arm))
    if visitor.role is Role.COMMITTEE and visitor.body_id is not None:
        paired = paired_with(visitor.body_id)
        return sa.and_(own, ISSUED, Notice.body_id.in_(paired), _about(scope(visitor)))
    if visitor.role in (Role.LEADER, Role.AUDITOR):
        return sa.and_(own, ISSUED, _about(scope(visitor)))
    return sa.false()


def _about(which: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    """About such a suggestion; what is internal never stands in one notice with what is not."""
    about = sa.select(NoticeItem.notice_id).join(Suggestion, Suggestion.id == NoticeItem.suggestion_id)
    return Notice.id.in_(about.where(which))


def in_state(chosen: State, today: Any) -> sa.ColumnElement[bool]:
    """The condition under which a notice stands so."""
    conditions: dict[State, sa.ColumnElement[bool]] = {
        State.DRAFT: IS_DRAFT,
        State.ISSUED: sa.and_(IS_RUNNING, sa.not_(IS_ANSWERED), Notice.answer_by_on >= today),
        State.OVERDUE: sa.and_(IS_RUNNING, sa.not_(IS_ANSWERED), Notice.answer_by_on < today),
        State.ANSWERED: sa.and_(IS_RUNNING, IS_ANSWERED),
        State.SATISFIED: Notice.finding == Finding.SATISFIED,
        State.ASKED_AGAIN: Notice.finding == Finding.NOT_ENOUGH,
        State.WITHDRAWN: Notice.ended_why == Ended.WITHDRAWN,
        State.DROPPED: sa.and_(Notice.ended_on.is_not(None), Notice.ended_why != Ended.WITHDRAWN),
    }
    return conditions[chosen]


def notices(visitor: Any, *which: sa.ColumnElement[bool]) -> sa.Select[tuple[Notice]]:
    """What the visitor may read: drafts first, then the newest."""
    order = (Notice.issued_on.is_not(None), Notice.issued_on.desc(), Notice.id.desc())
    return sa.select(Notice).where(readable(visitor), *which).order_by(*order)


def listed(wanted: sa.Select[tuple[Notice]]) -> list[Notice]:
    """With what a line shows of each."""
    shown = (joinedload(Notice.body), joinedload(Notice.answer), selectinload(Notice.items))
    about = selectinload(Notice.items).joinedload(NoticeItem.suggestion)
    return list(db.session.scalars(wanted.options(*shown, about)).unique())


def count(visitor: Any, *which: sa.ColumnElement[bool]) -> int:
    return db.session.scalar(sa.select(sa.func.count(Notice.id)).where(readable(visitor), *which)) or 0


def get_notice(notice_id: int | None, visitor: Any) -> Notice:
    """A notice with all its page shows; by a mailed link the one the link is for.

    :raises NotFound: there is none, or it is not this visitor's to read.
    """
    wanted_id = getattr(visitor, "notice_id", None) or notice_id
    found = db.session.scalars(_whole().where(Notice.id == wanted_id, readable(visitor))).unique().one_or_none()
    if found is None:
        raise NotFound
    return found


def of_id(notice_id: int) -> Notice:
    """The whole notice, asked by the house itself."""
    return db.session.scalars(_whole().where(Notice.id == notice_id)).unique().one()


def _whole() -> sa.Select[tuple[Notice]]:
    items, answer = selectinload(Notice.items), joinedload(Notice.answer)
    about = joinedload(Suggestion.lead_deputy), joinedload(Suggestion.meeting), undefer(Suggestion.text)
    return sa.select(Notice).options(
        joinedload(Notice.body),
        joinedload(Notice.before),
        joinedload(Notice.told_overdue),
        answer.selectinload(NoticeAnswer.files).joinedload(NoticeFile.file),
        items.joinedload(NoticeItem.suggestion).options(*about),
        items.joinedload(NoticeItem.assignment).joinedload(Assignment.body),
        items.joinedload(NoticeItem.alarm).joinedload(_alarm().deadline),
    )


def _alarm() -> Any:
    return NoticeItem.alarm.property.mapper.class_


def asked_again_in(notice: Notice) -> Notice | None:
    """The notice that asks again."""
    return db.session.scalar(sa.select(Notice).where(Notice.before_id == notice.id).order_by(Notice.id).limit(1))


def of_suggestion(_who: Anyone) -> sa.Select[Any]:
    """The items notices have of one suggestion, as rows."""
    return sa.select(NoticeItem.id).where(NoticeItem.suggestion_id == THIS)


def of_this(suggestion_id: int, visitor: Visitor) -> list[Any]:
    """The notices about a suggestion as its page tells them; a deputy learns of those issued, and nothing within."""
    if is_empty(of_suggestion, suggestion_id=suggestion_id):
        return []
    asked = {**numbers(visitor), "suggestion_id": suggestion_id}
    return list(columns(_of_this(anyone(visitor)), asked).all())


@cache
def _of_this(who: Anyone) -> sa.Select[Any]:
    shown = (
        Notice.id, Notice.kind, Notice.year, Notice.number, Notice.step, Notice.drafted_on, Notice.issued_on,
        Notice.answer_by_on, Notice.finding, Notice.ended_why, NoticeAnswer.on.label("answered_on"),
        Body.name, Body.short_name, Body.name_en,
    )  # fmt: skip
    told = sa.and_(ISSUED, Notice.ended_on.is_(None)) if who.role is Role.DEPUTY else readable(who)
    return (
        sa.select(*shown)
        .join(NoticeItem, NoticeItem.notice_id == Notice.id)
        .join(Body, Body.id == Notice.body_id)
        .outerjoin(NoticeAnswer, NoticeAnswer.notice_id == Notice.id)
        .where(NoticeItem.suggestion_id == THIS, NoticeItem.ended_on.is_(None), told)
        .order_by(Notice.id.desc())
        .distinct()
    )


def state_of(notice: Any, today: date) -> State:
    """How a notice, or a row of `of_this`, stands."""
    answered = notice.answer is not None if isinstance(notice, Notice) else notice.answered_on is not None
    return state(
        issued_on=notice.issued_on,
        answer_by_on=notice.answer_by_on,
        answered=answered,
        finding=notice.finding,
        ended_why=notice.ended_why,
        today=today,
    )


def may_answer(notice: Notice, visitor: Any) -> bool:
    """The body it is addressed to, by account or by the link mailed to it; a copy is read only."""
    return notice.is_running and notice.answer is None and visitor.role in BODY


def live_items(notice: Notice) -> list[NoticeItem]:
    """The items it is about; those dropped from the draft are not."""
    return [one for one in notice.items if one.ended_on is None]


def number_of(notice: Notice) -> str:
    """Its number as the document shows it; empty for a draft."""
    return number_text(notice.kind, notice.year, notice.number)


def digest_of(notice: Notice) -> str:
    """Over all that was issued."""
    return rules.digest_of(
        {
            "number": number_of(notice),
            "kind": str(notice.kind),
            "step": notice.step,
            "addressee": notice.addressee,
            "sender": notice.sender,
            "text": notice.text,
            "copies_to": notice.copies_to,
            "answer_by_on": notice.answer_by_on.isoformat(),
            "issued_on": str(notice.issued_on),
            "issued_by": notice.issued_by,
            "items": [[one.alarm_id, one.record] for one in live_items(notice)],
        }
    )
