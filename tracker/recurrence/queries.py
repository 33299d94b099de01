"""Look-alikes of a text among all suggestions so far, and the suggestions linked as the same matter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Set
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from tracker.database import db
from tracker.errors import NotFound
from tracker.intake.models import SameMatter
from tracker.recurrence.answers import COLUMNS, ORDER, Answer, answers_to, gather, with_answers
from tracker.recurrence.rules import has_come_back
from tracker.search.likeness import Profile, Rarity, likeness, profile, usual_rarity
from tracker.search.passages import Passage, passages
from tracker.search.queries import alike
from tracker.search.rules import Kind
from tracker.stage import Visitor
from tracker.suggestion.anyone import Anyone, anyone, numbers
from tracker.suggestion.at_all import is_empty
from tracker.suggestion.journey import Stage
from tracker.suggestion.models import Suggestion
from tracker.suggestion.queries import THIS, scope, visible_to

CANDIDATES = 40  # of the index, compared one by one
SHOWN = 5
FEW = 5  # among so few candidates nothing is said by most of them yet
LONGEST = 4_000  # characters of a text that are compared


@dataclass
class Earlier:
    """Another suggestion with its answers; `came_back`: it had been answered as solved before this one was made."""

    suggestion: Suggestion
    answers: list[Answer]
    came_back: bool


@dataclass
class LookAlike(Earlier):
    """A suggestion like the one asked about, with the sentences that are alike."""

    score: float
    passages: list[Passage]
    same_places: bool


@dataclass
class Linked(Earlier):
    """A suggestion somebody said to be about the same matter."""

    link: SameMatter


def look_alikes(
    title: str,
    text: str,
    visitor: Visitor,
    *,
    recorded_on: date,
    own_id: int = 0,
    known: Set[int] = frozenset(),
    limit: int = SHOWN,
    by_text: bool = True,
) -> list[LookAlike]:
    """The suggestions most like a title and text, the most alike first; six statements, whatever there is.

    `known` are those said to be the same matter; `by_text=False` looks candidates up by their titles only, in
    four statements: for many at once.
    """
    text = text[:LONGEST]
    mine = profile(title, text)
    profiles = {
        one: profile(one.title, one.text[:LONGEST])
        for one in _candidates(title, text, visitor, own_id, by_text=by_text)
    }
    scored = [(likeness(mine, other), one) for one, other in profiles.items()]
    best = sorted((pair for pair in scored if pair[0].is_alike), key=lambda pair: (-pair[0].score, -pair[1].id))[:limit]
    answers = answers_to([one.id for _found, one in best])
    telling = _rarity_among(profiles.values())
    return [
        LookAlike(
            one,
            answers.get(one.id, []),
            (bool(found.same_places) or one.id in known) and _came_back(answers.get(one.id, []), recorded_on),
            score=found.score,
            passages=passages(f"{title}\n{text}", one.text[:LONGEST], telling),
            same_places=bool(found.same_places) and not found.other_places,
        )
        for found, one in best
    ]


def linked(suggestion: Suggestion, visitor: Visitor) -> list[Linked]:
    """What this visitor may see of the same matter, the latest first: one statement, whatever the number."""
    if is_empty(links, suggestion_id=suggestion.id):
        return []
    asked = {**numbers(visitor), "suggestion_id": suggestion.id}
    rows = db.session.execute(_linked(anyone(visitor)), asked).all()
    answers = gather((row[0].id, *row[2:]) for row in rows)
    found: dict[int, Linked] = {}
    for other, link, *_rest in rows:
        told = answers.get(other.id, [])
        is_earlier = (other.recorded_on, other.id) < (suggestion.recorded_on, suggestion.id)
        came_back = is_earlier and _came_back(told, suggestion.recorded_on)
        found.setdefault(other.id, Linked(other, told, came_back, link=link))
    return list(found.values())


def links(_who: Anyone) -> sa.Select[Any]:
    """The links of one suggestion."""
    return sa.select(SameMatter.id).where(_touches(THIS), SameMatter.undone_on.is_(None))


@cache
def _linked(who: Anyone) -> sa.Select[Any]:
    other_id = sa.case((SameMatter.one_id == THIS, SameMatter.other_id), else_=SameMatter.one_id)
    wanted = (
        sa.select(Suggestion, SameMatter, *COLUMNS)
        .select_from(SameMatter)
        .join(Suggestion, Suggestion.id == other_id)
        .where(_touches(THIS), SameMatter.undone_on.is_(None), scope(who))
        .options(joinedload(Suggestion.meeting), joinedload(Suggestion.lead_deputy))
        .order_by(Suggestion.recorded_on.desc(), Suggestion.id.desc(), *ORDER)
    )
    return with_answers(wanted, Suggestion.id)


def linked_ids(suggestion_id: int) -> set[int]:
    """The numbers of what is linked already."""
    wanted = sa.select(SameMatter.one_id, SameMatter.other_id).where(
        _touches(suggestion_id), SameMatter.undone_on.is_(None)
    )
    return {number for row in db.session.execute(wanted) for number in row} - {suggestion_id}


def get_link(link_id: int, visitor: Visitor) -> SameMatter:
    """:raises NotFound: there is none, or one of its suggestions is not this visitor's to see."""
    wanted = sa.select(SameMatter).join(Suggestion, Suggestion.id == SameMatter.one_id)
    found = db.session.scalar(wanted.where(SameMatter.id == link_id, scope(visitor)))
    if found is None:
        raise NotFound
    return found


def _touches(suggestion_id: Any) -> sa.ColumnElement[bool]:
    return sa.or_(SameMatter.one_id == suggestion_id, SameMatter.other_id == suggestion_id)


def _rarity_among(profiles: Iterable[Profile]) -> Rarity:
    """What a pair of characters counts in a passage: little when most of the candidates say it, as opening words."""
    whole = list(profiles)
    counts = Counter(pair for one in whole for pair in one.text)
    return lambda pair: usual_rarity(pair) * (1 - counts[pair] / (len(whole) + FEW)) ** 2


def _candidates(title: str, text: str, visitor: Visitor, own_id: int, *, by_text: bool) -> list[Suggestion]:
    """What shares most rare words by the index, as far as this visitor may see it; never all there is."""
    congress_id = visitor.congress_id
    if congress_id is None:
        return []
    ids = dict.fromkeys(found for found, _score in alike(title, Kind.TITLE, congress_id, limit=CANDIDATES))
    if by_text:
        said = alike(f"{title}\n{text}", Kind.TEXT, congress_id, limit=CANDIDATES)
        ids |= dict.fromkeys(found for found, _score in said)
    ids.pop(own_id, None)
    wanted = (
        visible_to(visitor)
        .where(Suggestion.id.in_(list(ids)), Suggestion.stage != Stage.DRAFT)
        .options(sa.orm.undefer(Suggestion.text), joinedload(Suggestion.meeting), joinedload(Suggestion.lead_deputy))
    )
    return list(db.session.scalars(wanted)) if ids else []


def _came_back(answers: list[Answer], recorded_on: date) -> bool:
    """By the last answer: what was solved at last, and is raised again afterwards."""
    return has_come_back([(one.outcome, one.on) for one in answers[-1:]], recorded_on)
