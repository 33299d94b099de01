"""Which replies were taken from which: found by the index for those not yet compared, forgotten when a text changes.

Each reply is compared with a bounded number of others, those that share most of its marks (`marks`) and those of the
same body to what is linked as the same matter: never all with all.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Any

import sqlalchemy as sa
from flask import current_app
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from tracker.database import columns, db
from tracker.dispatch.models import Assignment
from tracker.handling.models import Reply
from tracker.handling.queries import DELIVERED
from tracker.intake.models import SameMatter
from tracker.recurrence import marks
from tracker.recurrence.models import ReplyCompared, ReplyLikeness, ReplyMark
from tracker.recurrence.rules import Copying, Told, how_like
from tracker.search.copied import Letter, letter, taken
from tracker.search.likeness import likeness, profile
from tracker.structure.succession import is_of
from tracker.suggestion.journey import Standing
from tracker.suggestion.models import Suggestion

CANDIDATES = 8  # of those that share marks, compared one by one
MOST = 5  # rows found for one reply at a time, the largest shares
ALIKE_BY = 1_500  # characters of two suggestions by which they are found to be look-alikes
BATCH = 100
STANDING = (Standing.SUBMITTED, *DELIVERED)


@dataclass(frozen=True)
class Answered:
    """A reply with what decides whether it may be like another."""

    id: int
    text: str
    on: date
    body_id: int
    suggestion_id: int
    round: int
    congress_id: int


def waiting(limit: int, *, suggestion_ids: Iterable[int] | None = None) -> list[int]:
    """The replies, submitted or delivered, that have not been compared as they stand now; oldest first."""
    wanted = (
        sa.select(Reply.id)
        .join(Reply.assignment)
        .where(Reply.submitted_on.is_not(None), Assignment.standing.in_(STANDING))
        .where(~sa.exists().where(ReplyCompared.reply_id == Reply.id))
        .order_by(Reply.id)
        .limit(limit)
    )
    if suggestion_ids is not None:
        wanted = wanted.where(Assignment.suggestion_id.in_(list(suggestion_ids)))
    return list(db.session.scalars(wanted))


def compare(reply_ids: Sequence[int], *, on: date) -> int:
    """Compare some replies with the others of their congress; how many likenesses were found that were not known.

    Each pair is kept once, the later reply first. Two deputies of one year who ask the same, said to be the same matter
    by a person, may be answered alike, and so are both halves of a joint letter: those are none.
    """
    found, ids = 0, sorted(set(reply_ids))
    for some in (ids[at : at + BATCH] for at in range(0, len(ids), BATCH)):
        answered = those(some)
        mark(answered)
        for one in answered:
            found += _insert(ReplyLikeness, [{**row, "found_on": on} for row in _likest(one)])
        _insert(ReplyCompared, [{"reply_id": reply_id, "on": on} for reply_id in some])
    return found


def those(reply_ids: Sequence[int]) -> list[Answered]:
    """These replies, as far as they are submitted or delivered, by number."""
    return [Answered(*row) for row in columns(_answered(), {"ids": list(reply_ids)})] if reply_ids else []


def mark(answered: Sequence[Answered]) -> None:
    """Let these replies be found by what they say; those that can be found already stay as they are."""
    ids = [one.id for one in answered]
    known = set(db.session.scalars(sa.select(ReplyMark.reply_id).where(ReplyMark.reply_id.in_(ids)).distinct()))
    new = (one for one in answered if one.id not in known and _letter(one.text).is_long_enough)
    marks.write((one.id, marks.marks_of(_letter(one.text), one.congress_id)) for one in new)


def forget(session: Session, reply_ids: Iterable[int]) -> None:
    """What was found about these replies is gone, and they wait to be compared again."""
    ids = list(reply_ids)
    for table, column in (
        (ReplyLikeness, ReplyLikeness.reply_id),
        (ReplyLikeness, ReplyLikeness.other_id),
        (ReplyCompared, ReplyCompared.reply_id),
        (ReplyMark, ReplyMark.reply_id),
    ):
        session.execute(sa.delete(table).where(column.in_(ids)).execution_options(synchronize_session=False))


def begin() -> None:
    """From now on a reply whose text changes is forgotten in the same flush; said twice, it is done once."""
    if not sa.event.contains(Session, "after_flush", _follow):
        sa.event.listen(Session, "after_flush", _follow)


def _follow(session: Session, _context: Any) -> None:
    changed = [
        row.id for row in session.dirty if isinstance(row, Reply) and sa.inspect(row).attrs.text.history.has_changes()
    ]
    if changed and session.scalar(sa.select(_is_known(changed))):
        forget(session, changed)


def _is_known(reply_ids: list[int]) -> sa.ColumnElement[bool]:
    """Whether any was compared, or found to be what another was taken from: a draft that is saved never was."""
    compared = sa.exists().where(ReplyCompared.reply_id.in_(reply_ids))
    return sa.or_(compared, sa.exists().where(ReplyLikeness.other_id.in_(reply_ids)))


def _likest(one: Answered) -> list[dict[str, Any]]:
    """The rows of one reply with the others, the largest shares first."""
    mine = _letter(one.text)
    rows: list[dict[str, Any]] = []
    linked = _linked(one.suggestion_id) if mine.is_long_enough else set()
    for other in _others(one, linked) if mine.is_long_enough else ():
        later, earlier = sorted((one, other), key=lambda each: (each.on, each.id), reverse=True)
        pair = (mine, _letter(other.text)) if later is one else (_letter(other.text), mine)
        told = Told(
            taken(*pair),
            days_between=(later.on - earlier.on).days,
            same_round=later.suggestion_id == earlier.suggestion_id and later.round == earlier.round,
            linked=other.suggestion_id in linked,
        )
        how = _how(told, later, earlier)
        if how is not None:
            rows.append({"reply_id": later.id, "other_id": earlier.id, "percent": told.percent, "how": how})
    return sorted(rows, key=lambda row: -row["percent"])[:MOST]


def _how(told: Told, later: Answered, earlier: Answered) -> Copying | None:
    lines = {name: current_app.config[f"REPLY_{name.upper()}_PERCENT"] for name in ("copied", "half")}
    found = how_like(told, **lines)
    if found is None or not told.is_years_apart or not is_of(later.body_id, earlier.body_id):
        return found
    return Copying.LAST_YEAR if _same_matter(told, later, earlier) else found


def _same_matter(told: Told, later: Answered, earlier: Answered) -> bool:
    """Whether both answer the same matter: somebody linked them, it is one suggestion, or they are look-alikes."""
    if told.linked or later.suggestion_id == earlier.suggestion_id:
        return True
    wanted = sa.select(Suggestion.title, Suggestion.text).where(
        Suggestion.id.in_((later.suggestion_id, earlier.suggestion_id))
    )
    one, other = (profile(title, text[:ALIKE_BY]) for title, text in db.session.execute(wanted))
    return likeness(one, other).is_alike


def _others(one: Answered, linked: set[int]) -> list[Answered]:
    """What shares most marks with it, and what the same body answered to what is linked as the same matter."""
    ids = marks.sharing(marks.marks_of(_letter(one.text), one.congress_id), one.id, CANDIDATES)
    if linked:
        theirs = sa.select(Reply.id).join(Reply.assignment).where(Assignment.body_id == one.body_id)
        ids += db.session.scalars(theirs.where(Assignment.suggestion_id.in_(linked)))
    return those(sorted({*ids} - {one.id}))


@cache
def _answered() -> sa.Select[Any]:
    return (
        sa.select(
            Reply.id,
            Reply.text,
            sa.func.coalesce(Reply.letter_on, Reply.submitted_on),
            Assignment.body_id,
            Assignment.suggestion_id,
            Assignment.round,
            Assignment.congress_id,
        )
        .join(Reply.assignment)
        .where(Reply.submitted_on.is_not(None), Assignment.standing.in_(STANDING))
        .where(Reply.id.in_(sa.bindparam("ids", expanding=True)))
        .order_by(Reply.id)
    )


def _linked(suggestion_id: int) -> set[int]:
    rows = columns(_links(), {"suggestion_id": suggestion_id})
    return {each for row in rows for each in row} - {suggestion_id}


@cache
def _links() -> sa.Select[Any]:
    one, other, its_id = SameMatter.one_id, SameMatter.other_id, sa.bindparam("suggestion_id", type_=sa.Integer)
    return sa.select(one, other).where(sa.or_(one == its_id, other == its_id), SameMatter.undone_on.is_(None))


def _insert(model: type[ReplyLikeness | ReplyCompared], rows: list[dict[str, Any]]) -> int:
    """How many rows were not there yet; two who look at the same moment find the same."""
    if not rows:
        return 0
    dialect = postgresql if db.engine.dialect.name == "postgresql" else sqlite
    new = dialect.insert(model.__table__).on_conflict_do_nothing().returning(model.__table__.c.reply_id)
    return len(db.session.execute(new, rows).all())


@lru_cache(maxsize=2_000)
def _letter(text: str) -> Letter:
    return letter(text)
