"""Letters, found: those of the asker's congress, how many in each state, and what the doctor should know."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import defer

from tracker import clock
from tracker.database import db
from tracker.errors import N_, NotFound
from tracker.mail.actions import is_abandoned, is_due
from tracker.mail.models import Letter, LetterState
from tracker.stage import Problem, Visitor

STUCK_AFTER = timedelta(hours=2)
PEOPLE = ("officer", "deputy", "user")
LARGEST_ID = 2**31 - 1
MOST_LEAVING = 50_000


@dataclass(frozen=True)
class Standing:
    """How the outbox stands: letters by state, those nobody can be sure of, the oldest that waits, the last sent."""

    counts: dict[LetterState, int]
    uncertain: int
    oldest_waiting_at: datetime | None
    last_sent_at: datetime | None


def visible_to(visitor: Visitor) -> sa.ColumnElement[bool]:
    """The letters to people of the visitor's own congress; all for one who belongs to none."""
    if visitor.congress_id is None:
        return sa.true()
    own = []
    for kind in PEOPLE:
        people = sa.table(kind, sa.column("id", sa.Integer), sa.column("congress_id", sa.Integer))
        key = sa.literal(f"{kind}:") + sa.cast(people.c.id, sa.String)
        own.append(Letter.person_key.in_(sa.select(key).where(people.c.congress_id == visitor.congress_id)))
    return sa.or_(*own)


def standing(visitor: Visitor) -> Standing:
    """The figures above the list."""
    mine = visible_to(visitor)
    rows = db.session.execute(sa.select(Letter.state, sa.func.count()).where(mine).group_by(Letter.state)).all()
    uncertain, oldest, last = db.session.execute(
        sa.select(
            sa.func.count().filter(Letter.uncertain.is_(True)),
            sa.func.min(Letter.written_at).filter(Letter.state.in_((LetterState.WAITING, LetterState.SENDING))),
            sa.func.max(Letter.sent_at),
        ).where(mine)
    ).one()
    counts = dict.fromkeys(LetterState, 0)
    counts.update((state, count) for state, count in rows)
    return Standing(counts, uncertain, oldest, last)


def letters(visitor: Visitor, state: LetterState | None, *, page: int, rows_each: int) -> tuple[list[Letter], int]:
    """One page of letters without their bodies, newest first, and how many there are."""
    wanted = _letters(visitor, state)
    total = db.session.scalar(wanted.with_only_columns(sa.func.count()).order_by(None)) or 0
    return list(db.session.scalars(wanted.limit(rows_each).offset((page - 1) * rows_each))), total


def every(visitor: Visitor, state: LetterState | None) -> list[Letter]:
    """The letters of the same list as it leaves the house, the newest."""
    return list(db.session.scalars(_letters(visitor, state).limit(MOST_LEAVING)))


def get_letter(letter_id: int, visitor: Visitor) -> Letter:
    """One letter, whole.

    :raises NotFound: there is none, or it is not the visitor's to see.
    """
    if letter_id > LARGEST_ID:
        raise NotFound
    found = db.session.scalar(sa.select(Letter).where(Letter.id == letter_id, visible_to(visitor)))
    if found is None:
        raise NotFound
    return found


def present_address(letter: Letter) -> str:
    """What the address book has for the person now, which may have been corrected since; "" where nothing is known."""
    kind, _colon, number = letter.person_key.partition(":")
    if kind not in PEOPLE or not number.isdigit():
        return ""
    people = sa.table(kind, sa.column("id", sa.Integer), sa.column("email", sa.String))
    return db.session.scalar(sa.select(people.c.email).where(people.c.id == int(number))) or ""


def recipients(letter_ids: list[int]) -> list[dict[str, Any]]:
    """Who gets these letters, as a rehearsal lists them."""
    found = []
    for first in range(0, len(letter_ids), 500):
        found += _listed(Letter.id.in_(letter_ids[first : first + 500]))
    return found


def due(*, at: datetime) -> list[dict[str, Any]]:
    """Who gets the letters that would be tried now."""
    return _listed(_is_due(at))


def is_any_due(*, at: datetime) -> bool:
    return bool(db.session.scalar(sa.select(sa.select(Letter.id).where(_is_due(at)).exists())))


def problems() -> Iterator[Problem]:
    """Letters that wait too long, failed, or may have arrived without our knowing."""
    now = clock.now()
    stuck, failed, doubtful = db.session.execute(
        sa.select(
            sa.func.count().filter(
                Letter.state.in_((LetterState.WAITING, LetterState.SENDING)), Letter.written_at < now - STUCK_AFTER
            ),
            sa.func.count().filter(Letter.state == LetterState.FAILED),
            sa.func.count().filter(Letter.uncertain.is_(True), Letter.state == LetterState.WAITING),
        )
    ).one()
    if stuck:
        yield Problem("letters_stuck", N_("%(count)d letters have waited for more than two hours."), {"count": stuck})
    if failed:
        yield Problem("letters_failed", N_("%(count)d letters could not be delivered."), {"count": failed})
    if doubtful:
        yield Problem(
            "letters_uncertain", N_("%(count)d letters may have arrived, but no answer came."), {"count": doubtful}
        )


def _letters(visitor: Visitor, state: LetterState | None) -> sa.Select[tuple[Letter]]:
    mine = visible_to(visitor) if state is None else sa.and_(visible_to(visitor), Letter.state == state)
    bodies = (defer(Letter.body_text), defer(Letter.body_html), defer(Letter.facts))
    return sa.select(Letter).where(mine).options(*bodies).order_by(Letter.id.desc())


def _is_due(at: datetime) -> sa.ColumnElement[bool]:
    return sa.or_(is_due(at), is_abandoned(at))


def _listed(which: sa.ColumnElement[bool]) -> list[dict[str, Any]]:
    columns = (Letter.kind, Letter.person_key, Letter.to_name, Letter.to_address, Letter.state, Letter.subject)
    rows = db.session.execute(sa.select(*columns).where(which).order_by(Letter.id)).all()
    return [
        {
            "kind": row.kind,
            "person": row.person_key,
            "name": row.to_name,
            "address": row.to_address,
            "state": str(row.state),
            "subject": row.subject,
        }
        for row in rows
    ]
