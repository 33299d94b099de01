"""Which suggestions the words of a question mean: all of them must be found, each wherever it stands.

To put the question together takes longer than to answer it. So its SQL is written once for each visitor, and run
with each word.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from tracker.database import db
from tracker.dispatch.models import Assignment, OtherNumber
from tracker.handling.models import Reply
from tracker.handling.queries import readable
from tracker.intake.rules import number_key
from tracker.search import kept
from tracker.search.queries import found
from tracker.search.rules import Kind, Sought, sought
from tracker.stage import Visitor
from tracker.structure.models import Meeting
from tracker.suggestion.anyone import NUMBERS, Anyone
from tracker.suggestion.journey import Standing
from tracker.suggestion.models import Signature, Suggestion

NO_LONGER = (Standing.RETURNED, Standing.RECALLED, Standing.PASSED_ON, Standing.HANDLED_AGAIN)
MOST_VISITORS = 1_000  # whose questions are kept written
_DIGIT = re.compile(r"\d")
_OF_THE_WORD = ("question", "number")
_MARKS = re.compile(r"(?<![:\w]):(\w+)\b")
_CAST = re.compile(r":(\w+)::(\w+)")
_WORD: sa.BindParameter[str] = sa.bindparam("question", "", sa.Text)
_NUMBER: sa.BindParameter[str] = sa.bindparam("number", "", sa.Text)


def named(visitor: Visitor, question: str) -> sa.ColumnElement[bool]:
    """Every word stands in number, title, text, a deputy's or body's name, or a reply the visitor may read.

    Whether he may see the suggestion is asked elsewhere. Signs alone mean nothing, and find nothing.
    """
    return _each(sought(question), visitor, only_deputies=False)


def signed_by(visitor: Visitor, name: str) -> sa.ColumnElement[bool]:
    """A deputy of this name, or of these sounds, leads or has co-signed."""
    return _each(sought(name), visitor, only_deputies=True)


def _each(words: list[Sought], visitor: Visitor, *, only_deputies: bool) -> sa.ColumnElement[bool]:
    means = []
    for word in words:
        written, values = _written(db.engine.dialect.name, who_of(visitor), only_deputies, _has_digit(word))
        asked = _asked(word, visitor.congress_id)
        given = (sa.bindparam(name, asked.get(name, value), kind, unique=True) for name, value, kind in values)
        means.append(sa.text(f"suggestion.id IN ({written})").bindparams(*given))
    return sa.and_(*means) if means else sa.false()


def who_of(visitor: Visitor) -> tuple[Any, ...]:
    """The visitor as far as a question reads differently for him."""
    return visitor.role, *(getattr(visitor, name) for name in NUMBERS)


def shape_of(question: str) -> tuple[bool, ...]:
    """What makes one question another statement: how many words, and which of them have digits."""
    return tuple(_has_digit(word) for word in sought(question))


def values_of(question: str, congress_id: int | None) -> dict[str, str]:
    """The words of a question as the parameters of `named_as`."""
    words = enumerate(sought(question))
    return {f"{name}_{place}": value for place, word in words for name, value in _asked(word, congress_id).items()}


def named_as(who: tuple[Any, ...], shape: tuple[bool, ...], *, row_by_row: bool = False) -> sa.ColumnElement[bool]:
    """As `named`, written once for all questions of this shape.

    `row_by_row`: asked of each suggestion in whatever order they come. Else a database may begin with what is meant.
    """
    if not shape:
        return sa.false()
    said, given = _said(who, shape)
    asked = "(suggestion.id IN ({})) IS TRUE" if row_by_row else "suggestion.id IN ({})"
    return sa.and_(sa.text(" AND ".join(asked.format(one) for one in said)).bindparams(*given))


def ids_as(who: tuple[Any, ...], shape: tuple[bool, ...]) -> sa.Subquery:
    """The ids of all suggestions of the congress that `named_as` means, read in the index alone; each comes once."""
    (first, *others), given = _said(who, shape)
    also = " AND ".join(f"thing_id IN ({one})" for one in others)
    written = f"SELECT DISTINCT thing_id FROM ({first}) AS places{also and f' WHERE {also}'}"  # nosec B608 - made of our own parts; what was typed is bound
    return sa.text(written).bindparams(*given).columns(sa.column("thing_id", sa.BigInteger)).subquery()


def _said(who: tuple[Any, ...], shape: tuple[bool, ...]) -> tuple[list[str], list[sa.BindParameter[Any]]]:
    """For each word the statement that finds the ids, and the parameters of all of them."""
    said: list[str] = []
    given: list[sa.BindParameter[Any]] = []
    for place, has_digit in enumerate(shape):
        written, values = _written(db.engine.dialect.name, who, False, has_digit)
        said.append(_MARKS.sub(rf":\1_{place}", written))
        given += [
            sa.bindparam(f"{name}_{place}", type_=kind)
            if name in _OF_THE_WORD
            else sa.bindparam(f"{name}_{place}", value, kind, unique=True)
            for name, value, kind in values
        ]
    return said, given


def _has_digit(word: Sought) -> bool:
    return _DIGIT.search(word.said) is not None


def _asked(word: Sought, congress_id: int | None) -> dict[str, str]:
    return {"question": kept.question(word, congress_id or 0), "number": number_key(word.said)}


@lru_cache(maxsize=MOST_VISITORS)
def _written(
    _engine: str, who: tuple[Any, ...], only_deputies: bool, has_digit: bool
) -> tuple[str, list[tuple[str, Any, Any]]]:
    """The ids as SQL, and its parameters; those of the word itself are called question and number."""
    visitor = Anyone(*who)
    parts = _signed(visitor) if only_deputies else _wherever(visitor)
    if has_digit and not only_deputies:
        parts += _numbered(visitor.congress_id)
    named_style: Any = type(db.engine.dialect)
    compiled = sa.union_all(*parts).compile(
        dialect=named_style(paramstyle="named"), compile_kwargs={"render_postcompile": True}
    )
    said = _CAST.sub(r"CAST(:\1 AS \2)", str(compiled))
    values = [
        (name, str(value) if isinstance(value, str) else value, _kind(value)) for name, value in compiled.params.items()
    ]
    return said, values


def _kind(value: Any) -> Any:
    """The type of a parameter; a word of an enum goes as its text."""
    return sa.Text() if isinstance(value, str) else sa.BigInteger()


def _wherever(visitor: Visitor) -> list[sa.Select[Any]]:
    """The ids of suggestions in which one word stands; some may come more than once."""
    congress_id = visitor.congress_id or 0
    return [
        found(_WORD, Kind.NUMBER, congress_id, last=Kind.TEXT),
        *_signed(visitor),
        _answered_by(congress_id),
        _replied(visitor, congress_id),
    ]


def _signed(visitor: Visitor) -> list[sa.Select[Any]]:
    deputies = found(_WORD, Kind.DEPUTY, visitor.congress_id or 0)
    return [
        sa.select(Suggestion.id).where(Suggestion.lead_deputy_id.in_(deputies)),
        sa.select(Signature.suggestion_id).where(Signature.deputy_id.in_(deputies)),
    ]


def _answered_by(congress_id: int) -> sa.Select[Any]:
    bodies = found(_WORD, Kind.BODY, congress_id)
    return sa.select(Assignment.suggestion_id).where(
        Assignment.body_id.in_(bodies), Assignment.standing.not_in(NO_LONGER)
    )


def _replied(visitor: Visitor, congress_id: int) -> sa.Select[Any]:
    replies = sa.select(Reply.assignment_id).where(Reply.id.in_(found(_WORD, Kind.REPLY, congress_id)))
    return sa.select(Assignment.suggestion_id).where(Assignment.id.in_(replies), readable(visitor))


def _numbered(congress_id: int) -> list[sa.Select[Any]]:
    """第2026-001号 is 2026-1; and the number it has in another level's ledger."""
    meetings = sa.select(Meeting.id).where(Meeting.congress_id == congress_id)
    elsewhere = found(_WORD, Kind.OTHER_NUMBER, congress_id)
    return [
        sa.select(Suggestion.id).where(Suggestion.meeting_id.in_(meetings), Suggestion.number_key == _NUMBER),
        sa.select(OtherNumber.suggestion_id).where(OtherNumber.id.in_(elsewhere)),
    ]
