"""What was found where: words marked in what a line shows, and the passages that no cell of it shows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from markupsafe import Markup

from tracker.database import columns
from tracker.dispatch.models import Assignment, OtherNumber
from tracker.errors import N_
from tracker.handling.models import Reply
from tracker.handling.queries import readable
from tracker.register.words import NO_LONGER
from tracker.search import marking
from tracker.search.marking import Part
from tracker.search.queries import found as found_ids
from tracker.search.rules import Kind, Sought, sought
from tracker.stage import Visitor
from tracker.structure.models import Body, Deputy
from tracker.suggestion.models import Signature, Suggestion

IN_TEXT, IN_REPLY = N_("Text"), N_("Reply of %(body)s")
CO_SIGNED, CALLED = N_("Co-signer"), N_("%(body)s, also called")
ELSEWHERE = N_("Number at %(ledger)s")
_BEGUN, _ENDED = Markup("<mark>"), Markup("</mark>")


@dataclass(frozen=True)
class Passage:
    """A place where words were found: a msgid with values that says where, and what stands there."""

    where: str
    said: Markup
    values: dict[str, str] = field(default_factory=dict)


@dataclass
class Found:
    """The words of a question, whose lead deputies they sound like, and the passages of each suggestion."""

    words: list[Sought]
    heard: set[int]
    passages: dict[int, list[Passage]] = field(default_factory=dict)


def marked(question: str, lines: list[Any], visitor: Visitor) -> list[Any]:
    """The lines of a page with the words marked in them, and the passages of words that stand in none of their cells.

    At most six statements, and none where every word is seen already.
    """
    words = sought(question)
    if not words or not lines:
        return lines
    found = Found(words, _heard(words, lines, visitor))
    missing = {line.id: left for line in lines if (left := _unseen(line, found))}
    for look in (_texts, _other_names, _replies, _co_signers, _other_numbers):
        if missing:
            _take(look(list(missing), visitor), found, missing)
    return [_marked(line, found) for line in lines]


def _marked(line: Any, found: Found) -> Any:
    deputy = _marks(line.deputy, found) if line.deputy else None
    return line._replace(
        number=_marks(line.number or "", found),
        title=_marks(line.title, found),
        deputy=written([Part(line.deputy, True)]) if line.id in found.heard else deputy,
        bodies=[_marks(name, found) for name in line.bodies],
        passages=found.passages.get(line.id, ()),
    )


def _marks(text: str, found: Found) -> str:
    if not any(marking.holds(text, word) for word in found.words):
        return text
    return written(marking.parts(text, found.words))


def written(parts: Iterable[Part]) -> Markup:
    """The parts as they stand on a page."""
    return Markup("").join(_BEGUN + one.text + _ENDED if one.is_hit else one.text for one in parts)


Looked = Iterable[tuple[int, str, str, dict[str, str]]]


def _take(looked: Looked, found: Found, missing: dict[int, list[Sought]]) -> None:
    """Keep the passages in which missing words stand; what stands there is missing no longer."""
    for suggestion_id, where, text, values in looked:
        left = missing.get(suggestion_id, [])
        seen = [word for word in left if marking.holds(text, word)]
        if not seen:
            continue
        shown = Passage(where, written(marking.passage(text, found.words, seen)), values)
        found.passages.setdefault(suggestion_id, []).append(shown)
        missing[suggestion_id] = [word for word in left if word not in seen]
        if not missing[suggestion_id]:
            del missing[suggestion_id]


def _unseen(line: Any, found: Found) -> list[Sought]:
    """The words that no cell of the line shows."""
    shown = [line.number or "", line.title, line.deputy or "", *line.bodies[:2]]
    left = [word for word in found.words if not any(marking.holds(text, word) for text in shown)]
    return [word for word in left if not _is_sound(word)] if line.id in found.heard else left


def _is_sound(word: Sought) -> bool:
    return word.said.isascii() and word.said[:1].isalpha()


def _heard(words: list[Sought], lines: Sequence[Any], visitor: Visitor) -> set[int]:
    """Of these lines, those whose lead deputy's name sounds like a word in Latin letters."""
    sounds = [found_ids(word, Kind.DEPUTY, visitor.congress_id or 0) for word in words if _is_sound(word)]
    if not sounds:
        return set()
    wanted = sa.select(Suggestion.id).where(
        Suggestion.id.in_([line.id for line in lines]), Suggestion.lead_deputy_id.in_(sa.union_all(*sounds))
    )
    return set(columns(wanted).scalars())


def _texts(ids: list[int], _visitor: Visitor) -> Looked:
    wanted = sa.select(Suggestion.id, Suggestion.text).where(Suggestion.id.in_(ids))
    return [(one, IN_TEXT, text, {}) for one, text in columns(wanted)]


def _other_names(ids: list[int], _visitor: Visitor) -> Looked:
    wanted = (
        sa.select(Assignment.suggestion_id, Body.name, Body.short_name, Body.former_names, Body.name_en)
        .join(Body, Body.id == Assignment.body_id)
        .where(Assignment.suggestion_id.in_(ids), Assignment.standing.not_in(NO_LONGER))
        .order_by(Assignment.id)
    )
    for one, name, *others in columns(wanted):
        yield one, CALLED, "、".join(filter(None, others)), {"body": name}
        yield one, N_("Body"), name, {}


def _replies(ids: list[int], visitor: Visitor) -> Looked:
    wanted = (
        sa.select(Assignment.suggestion_id, Reply.text, Body.name)
        .join(Reply, Reply.assignment_id == Assignment.id)
        .join(Body, Body.id == Assignment.body_id)
        .where(Assignment.suggestion_id.in_(ids), readable(visitor))
        .order_by(Reply.id.desc())
    )
    return [(one, IN_REPLY, text, {"body": name}) for one, text, name in columns(wanted)]


def _other_numbers(ids: list[int], _visitor: Visitor) -> Looked:
    wanted = sa.select(OtherNumber.suggestion_id, OtherNumber.number, OtherNumber.ledger)
    for one, number, ledger in columns(wanted.where(OtherNumber.suggestion_id.in_(ids))):
        yield one, ELSEWHERE, number, {"ledger": ledger}


def _co_signers(ids: list[int], _visitor: Visitor) -> Looked:
    wanted = (
        sa.select(Signature.suggestion_id, Deputy.name)
        .join(Deputy, Deputy.id == Signature.deputy_id)
        .where(Signature.suggestion_id.in_(ids))
        .order_by(Signature.place)
    )
    return [(one, CO_SIGNED, name, {}) for one, name in columns(wanted)]
