"""Suggestions, limited to who is asking."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

import sqlalchemy as sa

from tracker.database import columns, db
from tracker.entities import Cells, bind, read
from tracker.errors import NotFound
from tracker.roles import BODY, OFFICE, SEES_ALL, Role
from tracker.stage import Visitor
from tracker.structure.models import Body, Deputy
from tracker.structure.succession import and_before, arm_of, cards_of, paired_with
from tracker.suggestion.anyone import Anyone, anyone, numbers
from tracker.suggestion.around import around, bind_around, with_around
from tracker.suggestion.at_all import is_empty
from tracker.suggestion.circulated import going_round, said_by_others
from tracker.suggestion.inward import INSTRUCTIONS, INWARD, TO_THE_OFFICE
from tracker.suggestion.journey import Stage, Standing
from tracker.suggestion.models import Entry, Merger, Signature, Suggestion

THIS = sa.bindparam("suggestion_id", type_=sa.Integer)
GONE = (Standing.RETURNED, Standing.RECALLED)
SIGNED = Cells(Signature, Deputy)


def visible_to(visitor: Visitor) -> sa.Select[tuple[Suggestion]]:
    """The suggestions this visitor may see, and nothing else; every list and page begins here."""
    return sa.select(Suggestion).where(scope(visitor))


def scope(visitor: Visitor) -> sa.ColumnElement[bool]:
    """The condition under which a visitor may see a suggestion (the object's side of security promise 4)."""
    own = _own(visitor)
    return sa.false() if own is None else sa.and_(Suggestion.congress_id == visitor.congress_id, own)


def _own(visitor: Visitor) -> sa.ColumnElement[bool] | None:
    no_draft = Suggestion.stage != Stage.DRAFT
    linked = _linked(visitor)
    if linked is not None:
        return linked
    if sees_all_of_it(visitor):
        return sa.true()
    if visitor.role in (Role.LEADER, Role.AUDITOR):
        return sa.and_(no_draft, Suggestion.internal.is_(False))
    if visitor.role in BODY and visitor.body_id is not None:
        return sa.or_(_assigned(_theirs(visitor)), going_round(visitor))
    if visitor.role is Role.HUB and visitor.body_id is not None:
        under = arm_of(visitor.body_id)
        return sa.or_(_assigned(_assignment().body_id.in_(under)), going_round(visitor, under))
    if visitor.role is Role.COMMITTEE and visitor.body_id is not None:
        paired = paired_with(visitor.body_id)
        theirs = _assigned(_assignment().body_id.in_(paired), _assignment().standing.not_in(GONE))
        watched = sa.or_(Suggestion.key.is_(True), theirs)
        return sa.and_(no_draft, Suggestion.internal.is_(False), watched)
    if visitor.role is Role.DEPUTY and visitor.deputy_id is not None:
        return _made_by(visitor.deputy_id)
    return None


def sees_all_of_it(visitor: Visitor) -> bool:
    """Whether every suggestion of his congress is his to see."""
    return visitor.role in OFFICE and _linked(visitor) is None


def scope_within(visitor: Visitor) -> list[sa.ColumnElement[bool]]:
    """What else must hold of what is found by his body's own assignments, which he sees for that very reason."""
    is_his = visitor.role in BODY and visitor.body_id is not None and _linked(visitor) is None
    return [] if is_his else [scope(visitor)]


def _linked(visitor: Visitor) -> sa.ColumnElement[bool] | None:
    """What a mailed link opens: the suggestion of its one assignment, or the one suggestion a deputy is asked about."""
    if visitor.assignment_id is not None:
        return _assigned(_assignment().id == visitor.assignment_id, _theirs(visitor))
    if visitor.circulation_id is not None:
        return going_round(visitor)
    if visitor.suggestion_id is not None:
        return sa.and_(Suggestion.id == visitor.suggestion_id, _made_by(visitor.deputy_id))
    return None


def _made_by(deputy_id: Any) -> sa.ColumnElement[bool]:
    """He leads it or signed it, in this term or an earlier one; what his own was merged into is his to read too."""
    own, cards = sa.orm.aliased(Suggestion), cards_of(deputy_id)
    signed = sa.select(Signature.suggestion_id).where(Signature.deputy_id.in_(cards))
    merged = (
        sa.select(Merger.into_id)
        .join(own, own.id == Merger.suggestion_id)
        .where(Merger.undone_on.is_(None), sa.or_(own.lead_deputy_id.in_(cards), own.id.in_(signed)))
    )
    return sa.or_(Suggestion.lead_deputy_id.in_(cards), Suggestion.id.in_(signed), Suggestion.id.in_(merged))


def _assignment() -> Any:
    """The class of assignments, which stands above this package: known through the relationship only."""
    return Suggestion.assignments.property.mapper.class_


def _assigned(*which: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    """Suggestions with such an assignment: an IN that reads the assignment's index, not a test per suggestion."""
    return Suggestion.id.in_(sa.select(_assignment().suggestion_id).where(*which))


def _theirs(visitor: Visitor) -> sa.ColumnElement[bool]:
    """An assignment that is still this body's (what was returned or recalled is no longer to be seen).

    A mailed link of a deputy, or of a delegation's liaison, names an assignment, and no body.
    """
    if visitor.body_id is None and visitor.assignment_id is not None:
        return sa.true()
    return sa.and_(_assignment().body_id.in_(and_before(visitor.body_id)), _assignment().standing.not_in(GONE))


def get_suggestion(suggestion_id: int, visitor: Visitor) -> Suggestion:
    """The suggestion with what its page always shows.

    :raises NotFound: there is none, or it is not this visitor's to see.
    """
    asked = {**numbers(visitor), "suggestion_id": suggestion_id}
    for found, *beside in read(*_whole(anyone(visitor)), asked):
        suggestion: Suggestion = found
        bind_around(suggestion, *beside)
        signatures = [] if is_empty(signed, suggestion_id=suggestion_id) else _signatures(suggestion_id)
        bind(suggestion, signatures=signatures)
        return suggestion
    raise NotFound


def signed(_who: Anyone) -> sa.Select[Any]:
    """Who signed one suggestion besides its lead, as rows."""
    return sa.select(Signature.id).where(Signature.suggestion_id == THIS)


@cache
def _whole(who: Anyone) -> tuple[Cells, sa.Select[Any]]:
    cells = Cells(Suggestion, *around(), also=[Suggestion.text])
    return cells, with_around(visible_to(who)).where(Suggestion.id == THIS).with_only_columns(*cells.columns)


def _signatures(suggestion_id: int) -> list[Signature]:
    """The co-signers with their deputies, in their order."""
    found = list(read(SIGNED, _signed(), {"suggestion_id": suggestion_id}))
    for signature, deputy in found:
        bind(signature, deputy=deputy)
    return [signature for signature, _deputy in found]


@cache
def _signed() -> sa.Select[Any]:
    wanted = sa.select(*SIGNED.columns).join_from(Signature, Deputy).where(Signature.suggestion_id == THIS)
    return wanted.order_by(Signature.place)


def signers(suggestion_id: int) -> sa.CompoundSelect[tuple[int]]:
    """The deputies whose suggestion it is: lead and co-signers, with those of the suggestions merged into it."""
    together = sa.union_all(
        sa.select(sa.literal(suggestion_id)),
        sa.select(Merger.suggestion_id).where(Merger.into_id == suggestion_id, Merger.undone_on.is_(None)),
    )
    leads = sa.select(Suggestion.lead_deputy_id).where(
        Suggestion.id.in_(together), Suggestion.lead_deputy_id.is_not(None)
    )
    return sa.union(leads, sa.select(Signature.deputy_id).where(Signature.suggestion_id.in_(together)))


def deputies_of(suggestion_ids: Iterable[int], *, leads_only: bool = False) -> list[tuple[int, int]]:
    """Pairs of suggestion and deputy to be told and answered: the lead, co-signers, then those of what was merged in.

    `leads_only`: where the rules let the lead deputy relay, without co-signers. No pair stands there twice.
    """
    ids, pairs = list(suggestion_ids), []
    for start in range(0, len(ids), 500):
        pairs += _deputies_of(ids[start : start + 500], leads_only)
    return list(dict.fromkeys(pairs))


def _deputies_of(ids: list[int], leads_only: bool) -> list[tuple[int, int]]:
    merged = sa.select(Merger.suggestion_id, Merger.into_id).where(Merger.into_id.in_(ids), Merger.undone_on.is_(None))
    into = {one: one for one in ids} | {row[0]: row[1] for row in db.session.execute(merged.order_by(Merger.id))}
    leads = dict(
        db.session.execute(
            sa.select(Suggestion.id, Suggestion.lead_deputy_id).where(
                Suggestion.id.in_(into), Suggestion.lead_deputy_id.is_not(None)
            )
        )
        .tuples()
        .all()
    )
    signed: dict[int, list[int]] = {}
    if not leads_only:
        rows = sa.select(Signature.suggestion_id, Signature.deputy_id).where(Signature.suggestion_id.in_(into))
        for suggestion_id, deputy_id in db.session.execute(rows.order_by(Signature.suggestion_id, Signature.place)):
            signed.setdefault(suggestion_id, []).append(deputy_id)
    return [
        (target, deputy_id)
        for one, target in into.items()
        for deputy_id in (*filter(None, [leads.get(one)]), *signed.get(one, []))
    ]


def history(suggestion: Suggestion, visitor: Visitor) -> Sequence[Any]:
    """The lines of history this visitor may read, oldest first.

    A body reads the suggestion's own lines and those of its own assignments; deputies read no steps of the ladder.
    Rows with the columns of an entry, and `body` and `body_en`, the names of the body that acted.
    """
    return columns(lines_of_history(anyone(visitor)), {**numbers(visitor), "suggestion_id": suggestion.id}).all()


@cache
def lines_of_history(who: Anyone) -> sa.Select[Any]:
    wanted = (
        sa.select(*Entry.__table__.c, Body.name.label("body"), Body.name_en.label("body_en"))
        .outerjoin(Body, Body.id == Entry.body_id)
        .where(Entry.suggestion_id == THIS)
        .order_by(Entry.id)
    )
    assignment = _assignment()
    if who.role in BODY:
        own = sa.select(assignment.id).where(
            assignment.suggestion_id == THIS, assignment.body_id.in_(and_before(who.body_id))
        )
        wanted = wanted.where(sa.or_(Entry.assignment_id.is_(None), Entry.assignment_id.in_(own)))
        wanted = wanted.where(sa.not_(said_by_others(who)))
    if who.role not in SEES_ALL:
        wanted = wanted.where(Entry.move.not_in(INSTRUCTIONS if who.role not in BODY else TO_THE_OFFICE))
    if who.role is Role.DEPUTY:
        wanted = wanted.where(Entry.move.not_in(INWARD))
    return wanted
