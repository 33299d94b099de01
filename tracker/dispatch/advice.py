"""Advice on bodies: who answered what is like a suggestion, and how often the first advice was right."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, undefer

from tracker.database import db
from tracker.dispatch.advising import Named, Past, advise
from tracker.dispatch.models import ANSWERING, Advice, AdviceMeasure, Assignment, Proposal
from tracker.search.likeness import matter, profile
from tracker.search.queries import alike
from tracker.search.rules import Kind
from tracker.stage import Visitor
from tracker.structure.models import Body
from tracker.structure.succession import present_body
from tracker.suggestion.journey import HANDLED, Stage, Standing
from tracker.suggestion.models import Suggestion
from tracker.suggestion.queries import GONE

CANDIDATES = 40  # of the index, compared one by one
LIKE = 0.2  # how alike a matter must be to say anything about who answers
LONGEST = 2_000  # characters of a text that are compared
LAST = 100  # suggestions the advice is measured on
NO_ANSWER = (*GONE, Standing.PASSED_ON)


def advice_for(
    title: str,
    text: str,
    congress_id: int,
    *,
    own_id: int = 0,
    before: date | None = None,
    hub_id: int | None = None,
) -> list[tuple[Body, Named]]:
    """Up to three bodies that would answer this, the best first, each with its reason; one statement more for
    each closed body among them.

    With `before` only what was handed over before that day is known, as it was then. `hub_id`: among the bodies
    below this hub.
    """
    past = _past(title, text, congress_id, own_id=own_id, before=before)
    bodies = _bodies({body_id for one in past for body_id in one.answering | one.returned_by})
    among = None if hub_id is None else {body.id for body in bodies.values() if body.hub_id == hub_id}
    advised = advise(past, {number: body.id for number, body in bodies.items()}, among=among)
    present = {body.id: body for body in bodies.values() if body.closed_on is None}
    return [(present[one.body_id], one) for one in advised if one.body_id in present]


def keep_advice(suggestions: Iterable[Suggestion], *, on: date, hub_id: int | None = None) -> int:
    """Write down the advice for suggestions that wait for their bodies (the text must be loaded); how many got any.

    `hub_id`: they wait at this hub, and its own bodies are advised.
    """
    count = 0
    for suggestion in suggestions:
        db.session.execute(sa.delete(Advice).where(Advice.suggestion_id == suggestion.id))
        about = (suggestion.title, suggestion.text, suggestion.congress_id)
        found = advice_for(*about, own_id=suggestion.id, hub_id=hub_id)
        db.session.add_all(
            Advice(
                suggestion_id=suggestion.id,
                place=place,
                body_id=body.id,
                alike=one.alike,
                returned=one.returned,
                on=on,
            )
            for place, (body, one) in enumerate(found, start=1)
        )
        count += bool(found)
    return count


def unadvised(congress_id: int, *, limit: int, meeting_id: int | None = None) -> list[Suggestion]:
    """What is recorded, has no proposed body and no advice yet, in the order it came."""
    wanted = (
        sa.select(Suggestion)
        .where(
            Suggestion.congress_id == congress_id,
            Suggestion.stage == Stage.RECORDED,
            Suggestion.id.not_in(sa.select(Proposal.suggestion_id)),
            Suggestion.id.not_in(sa.select(Advice.suggestion_id)),
        )
        .options(undefer(Suggestion.text))
        .order_by(Suggestion.id)
        .limit(limit)
    )
    if meeting_id is not None:
        wanted = wanted.where(Suggestion.meeting_id == meeting_id)
    return list(db.session.scalars(wanted))


def unadvised_at_hub(visitor: Visitor, *, limit: int) -> list[Suggestion]:
    """What waits at a hub and has no advice among its own bodies, in the order it came."""
    below = sa.select(Body.id).where(Body.hub_id == visitor.body_id)
    wanted = (
        sa.select(Suggestion)
        .join(Assignment, Assignment.suggestion_id == Suggestion.id)
        .where(
            Assignment.body_id == visitor.body_id,
            Assignment.congress_id == visitor.congress_id,
            Assignment.standing.in_(HANDLED),
            Suggestion.id.not_in(sa.select(Advice.suggestion_id).where(Advice.body_id.in_(below))),
        )
        .options(undefer(Suggestion.text))
        .order_by(Assignment.id)
        .limit(limit)
    )
    return list(db.session.scalars(wanted))


def first_advice(suggestion_ids: list[int]) -> dict[int, Advice]:
    """The first advice written down for some suggestions, with its body."""
    if not suggestion_ids:
        return {}
    wanted = sa.select(Advice).where(Advice.suggestion_id.in_(suggestion_ids), Advice.place == 1)
    return {one.suggestion_id: one for one in db.session.scalars(wanted.options(joinedload(Advice.body)))}


def measure(congress_id: int, *, on: date, last: int = LAST) -> AdviceMeasure | None:
    """Give advice for the last suggestions handed over, from what was known the day before, and compare.

    Right is the body that answers now: lead, sole, or one of those that answer separately. None where there are none.
    """
    asked = _handed_over(congress_id, last)
    if not asked:
        return None
    answering = _answering([one.id for one in asked])
    found = AdviceMeasure(congress_id=congress_id, on=on, asked=len(asked), advised=0, first_right=0, among_right=0)
    for one in asked:
        advised = advice_for(one.title, one.text, congress_id, own_id=one.id, before=one.handed_over_on)
        right = [body.id in answering[one.id][0] for body, _named in advised] if one.id in answering else []
        found.advised += bool(advised)
        found.first_right += any(right[:1])
        found.among_right += any(right)
    db.session.add(found)
    return found


def last_measure(congress_id: int) -> AdviceMeasure | None:
    wanted = sa.select(AdviceMeasure).where(AdviceMeasure.congress_id == congress_id)
    return db.session.scalar(wanted.order_by(AdviceMeasure.on.desc(), AdviceMeasure.id.desc()).limit(1))


def _past(title: str, text: str, congress_id: int, *, own_id: int, before: date | None) -> list[Past]:
    """What was handed over and is about a like matter, with who answered and who gave it back."""
    text, limit = text[:LONGEST], CANDIDATES if before is None else 3 * CANDIDATES
    ids = dict.fromkeys(found for found, _score in alike(title, Kind.TITLE, congress_id, limit=limit))
    ids |= dict.fromkeys(found for found, _score in alike(f"{title}\n{text}", Kind.TEXT, congress_id, limit=limit))
    ids.pop(own_id, None)
    if not ids:
        return []
    wanted = (
        sa.select(Suggestion)
        .where(Suggestion.id.in_(list(ids)), Suggestion.handed_over_on.is_not(None))
        .options(undefer(Suggestion.text))
    )
    if before is not None:
        wanted = wanted.where(Suggestion.handed_over_on < before)
    mine = profile(title, text)
    scored = {one.id: matter(mine, profile(one.title, one.text[:LONGEST])) for one in db.session.scalars(wanted)}
    like = {number: score for number, score in scored.items() if score >= LIKE}
    answering = _answering(list(like))
    return [Past(score, *answering[number]) for number, score in like.items() if number in answering]


def _answering(suggestion_ids: list[int]) -> dict[int, tuple[frozenset[int], frozenset[int]]]:
    """Who answers each suggestion, and who gave it back."""
    wanted = sa.select(Assignment.suggestion_id, Assignment.body_id, Assignment.standing).where(
        Assignment.suggestion_id.in_(suggestion_ids), Assignment.part.in_(ANSWERING)
    )
    found: dict[int, tuple[set[int], set[int]]] = {}
    for suggestion_id, body_id, standing in db.session.execute(wanted) if suggestion_ids else []:
        answers, returned = found.setdefault(suggestion_id, (set(), set()))
        if standing is Standing.RETURNED:
            returned.add(body_id)
        elif standing not in NO_ANSWER:
            answers.add(body_id)
    return {number: (frozenset(pair[0]), frozenset(pair[1])) for number, pair in found.items()}


def _bodies(body_ids: set[int]) -> dict[int, Body]:
    """The bodies by number; instead of a closed one who does its work today."""
    wanted = sa.select(Body).where(Body.id.in_(body_ids))
    return {one.id: present_body(one) for one in db.session.scalars(wanted)} if body_ids else {}


def _handed_over(congress_id: int, last: int) -> list[Suggestion]:
    wanted = (
        sa.select(Suggestion)
        .where(Suggestion.congress_id == congress_id, Suggestion.handed_over_on.is_not(None))
        .options(undefer(Suggestion.text))
        .order_by(Suggestion.id.desc())
        .limit(last)
    )
    return list(db.session.scalars(wanted))
