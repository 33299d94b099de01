"""Which suggestions the words of a question mean: all of them must be found, each wherever it stands."""

from __future__ import annotations

import re
from typing import Any

import sqlalchemy as sa

from tracker.dispatch.models import Assignment
from tracker.handling.models import Reply
from tracker.handling.queries import readable
from tracker.intake.rules import number_key
from tracker.search.queries import found
from tracker.search.rules import Kind, Sought, sought
from tracker.stage import Visitor
from tracker.structure.models import Meeting
from tracker.suggestion.journey import Standing
from tracker.suggestion.models import Signature, Suggestion

NO_LONGER = (Standing.RETURNED, Standing.RECALLED, Standing.PASSED_ON, Standing.HANDLED_AGAIN)
_DIGIT = re.compile(r"\d")


def named(visitor: Visitor, question: str) -> sa.ColumnElement[bool]:
    """Every word stands in number, title, text, a deputy's or body's name, or a reply the visitor may read.

    Whether he may see the suggestion is asked elsewhere. Signs alone mean nothing, and find nothing.
    """
    words = sought(question)
    return sa.and_(*(Suggestion.id.in_(holding(one, visitor)) for one in words)) if words else sa.false()


def signed_by(visitor: Visitor, name: str) -> sa.ColumnElement[bool]:
    """A deputy of this name, or of these sounds, leads or has co-signed."""
    words = sought(name)
    return sa.and_(*(Suggestion.id.in_(sa.union_all(*_signed(one, visitor))) for one in words)) if words else sa.false()


def holding(word: Sought, visitor: Visitor) -> Any:
    """The ids of suggestions in which one word stands; some may come more than once."""
    congress_id = visitor.congress_id or 0
    wherever = [
        found(word, Kind.NUMBER, congress_id, last=Kind.TEXT),
        *_signed(word, visitor),
        _answered_by(word, congress_id),
        _replied(word, visitor, congress_id),
    ]
    if _DIGIT.search(word.said):
        wherever.append(_numbered(word, congress_id))
    return sa.union_all(*wherever)


def _signed(word: Sought, visitor: Visitor) -> list[sa.Select[Any]]:
    deputies = found(word, Kind.DEPUTY, visitor.congress_id or 0)
    return [
        sa.select(Suggestion.id).where(Suggestion.lead_deputy_id.in_(deputies)),
        sa.select(Signature.suggestion_id).where(Signature.deputy_id.in_(deputies)),
    ]


def _answered_by(word: Sought, congress_id: int) -> sa.Select[Any]:
    bodies = found(word, Kind.BODY, congress_id)
    return sa.select(Assignment.suggestion_id).where(
        Assignment.body_id.in_(bodies), Assignment.standing.not_in(NO_LONGER)
    )


def _replied(word: Sought, visitor: Visitor, congress_id: int) -> sa.Select[Any]:
    replies = sa.select(Reply.assignment_id).where(Reply.id.in_(found(word, Kind.REPLY, congress_id)))
    return sa.select(Assignment.suggestion_id).where(Assignment.id.in_(replies), readable(visitor))


def _numbered(word: Sought, congress_id: int) -> sa.Select[Any]:
    """第2026-001号 is 2026-1."""
    meetings = sa.select(Meeting.id).where(Meeting.congress_id == congress_id)
    return sa.select(Suggestion.id).where(
        Suggestion.meeting_id.in_(meetings), Suggestion.number_key == number_key(word.said)
    )
