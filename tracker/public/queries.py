"""What stands on the public pages, and what could."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased, contains_eager, joinedload

from tracker.database import db
from tracker.dispatch.models import Assignment
from tracker.errors import NotFound
from tracker.handling.models import Reply, ReplyPublicity
from tracker.public.models import PublicPage
from tracker.public.rules import GIVEN
from tracker.structure.models import Body, Congress, Deputy, Meeting
from tracker.suggestion.journey import Stage, Standing
from tracker.suggestion.models import Publicity, Signature, Suggestion
from tracker.suggestion.queries import scope

UP = PublicPage.ended_on.is_(None)
IS_FREE = sa.and_(
    Reply.publicity.in_((ReplyPublicity.FULL, ReplyPublicity.PART)),
    Suggestion.publicity != Publicity.NO,
    Suggestion.internal.is_(False),
    Suggestion.stage != Stage.WITHDRAWN,
)


def find_of_reply(reply_id: int) -> PublicPage | None:
    """The page a reply has now, if it has one."""
    return db.session.scalars(sa.select(PublicPage).where(PublicPage.reply_id == reply_id, UP)).one_or_none()


def get(page_id: int, visitor: Any) -> PublicPage:
    """A page of a suggestion the visitor sees.

    :raises NotFound: there is none.
    """
    found = db.session.scalars(_pages(visitor).where(PublicPage.id == page_id)).one_or_none()
    if found is None:
        raise NotFound
    return found


def up(visitor: Any) -> sa.Select[tuple[PublicPage]]:
    """What stands on the public pages now, the newest first."""
    return _pages(visitor).where(UP).order_by(PublicPage.id.desc())


def taken_down(visitor: Any) -> sa.Select[tuple[PublicPage]]:
    """What stood there once, the last taken down first."""
    wanted = _pages(visitor).where(sa.not_(UP))
    return wanted.order_by(PublicPage.ended_on.desc(), PublicPage.id.desc())


def could_be(visitor: Any) -> sa.Select[tuple[Reply]]:
    """Delivered replies that may be public and have no page, the oldest first."""
    has_page = sa.select(PublicPage.id).where(PublicPage.reply_id == Reply.id, UP).exists()
    return (
        sa.select(Reply)
        .join(Reply.assignment)
        .join(Assignment.suggestion)
        .where(scope(visitor), Assignment.standing.in_(GIVEN), IS_FREE, Reply.from_ledger.is_(False), ~has_page)
        .options(
            contains_eager(Reply.assignment).contains_eager(Assignment.suggestion),
            contains_eager(Reply.assignment).joinedload(Assignment.body),
            joinedload(Reply.publication),
        )
        .order_by(Reply.id)
    )


def deputies_of(suggestion: Suggestion) -> list[str]:
    """The names of whoever put a suggestion forward, the lead first."""
    names = sa.select(Deputy.name).where(Deputy.id == suggestion.lead_deputy_id)
    signed = sa.select(Deputy.name).join(Signature, Signature.deputy_id == Deputy.id)
    signed = signed.where(Signature.suggestion_id == suggestion.id).order_by(Signature.place)
    return [*db.session.scalars(names), *db.session.scalars(signed)]


def count(wanted: sa.Select[Any], most: int) -> int:
    """How many a list has, counted no farther than asked."""
    few = wanted.with_only_columns(sa.literal(1), maintain_column_froms=True).order_by(None).limit(most)
    return db.session.scalar(sa.select(sa.func.count()).select_from(few.subquery())) or 0


def _pages(visitor: Any) -> sa.Select[tuple[PublicPage]]:
    of = aliased(Assignment)
    return (
        sa.select(PublicPage)
        .join(PublicPage.reply)
        .join(Reply.assignment.of_type(of))
        .join(of.suggestion)
        .where(scope(visitor))
        .options(
            contains_eager(PublicPage.reply)
            .contains_eager(Reply.assignment.of_type(of))
            .options(contains_eager(of.suggestion), joinedload(of.body))
        )
    )


def everything_up() -> list[Any]:
    """What the public reads now, without its texts, in the order of the numbers. Whatever lost its agreement since is
    not among it.
    """
    wanted = (
        sa.select(
            PublicPage.id,
            PublicPage.title,
            PublicPage.deputies,
            PublicPage.shown_on,
            Suggestion.number,
            Suggestion.meeting_id,
            Body.name.label("body"),
            Body.name_en.label("body_en"),
            Reply.document_number,
            Reply.letter_on,
            (Reply.publicity == ReplyPublicity.PART).label("is_part"),
            (Assignment.standing == Standing.HANDLED_AGAIN).label("is_replaced"),
        )
        .join(Reply, Reply.id == PublicPage.reply_id)
        .join(Assignment, Assignment.id == Reply.assignment_id)
        .join(Suggestion, Suggestion.id == Assignment.suggestion_id)
        .join(Body, Body.id == Assignment.body_id)
        .where(UP, IS_FREE)
        .order_by(Suggestion.meeting_id, Suggestion.number_key, PublicPage.id)
    )
    return list(db.session.execute(wanted))


def said(page_id: int) -> Any:
    """What one page says."""
    return db.session.execute(sa.select(PublicPage.question, PublicPage.answer).where(PublicPage.id == page_id)).one()


def meetings(meeting_ids: Iterable[int]) -> list[Any]:
    """Meetings with their congress, the latest first."""
    wanted = (
        sa.select(Meeting.id, Meeting.name, Meeting.name_en, Meeting.year)
        .add_columns(Congress.name.label("congress"), Congress.name_en.label("congress_en"), Congress.is_demo)
        .join(Congress, Congress.id == Meeting.congress_id)
        .where(Meeting.id.in_(list(meeting_ids)))
        .order_by(Congress.id, Meeting.year.desc(), Meeting.id.desc())
    )
    return list(db.session.execute(wanted))


def delivered(meeting_ids: Iterable[int]) -> Counter[int]:
    """How many delivered replies each meeting has, public or not; internal matters are not counted."""
    wanted = (
        sa.select(Suggestion.meeting_id, sa.func.count())
        .join(Assignment, Assignment.suggestion_id == Suggestion.id)
        .join(Reply, Reply.assignment_id == Assignment.id)
        .where(Suggestion.meeting_id.in_(list(meeting_ids)), Suggestion.internal.is_(False))
        .where(Assignment.standing.in_((*GIVEN, Standing.HANDLED_AGAIN)))
        .group_by(Suggestion.meeting_id)
    )
    return Counter(dict(db.session.execute(wanted).tuples().all()))
