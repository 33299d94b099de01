"""By what a reply is looked up among a hundred thousand: some of its runs of characters, kept as numbers.

Of every letter the same runs are kept, those whose number divides without rest, and of a short one a few more: so a
letter of which a part stands in another shares about that part of its marks with it, whatever names and numbers were
replaced between, and however long the other is. Runs of sentences that say nothing, as every letter has, are none.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from hashlib import blake2b
from heapq import nsmallest
from typing import Any

import sqlalchemy as sa

from tracker.database import columns, db
from tracker.recurrence.models import ReplyMark
from tracker.search.copied import RUN, Letter

ONE_IN = 8  # of the runs of a letter that are kept
LEAST, MOST = 8, 16  # marks of a letter that is looked up
READ_OF_EACH = 2_000  # replies with the same mark that are read, the newest
ROWS_AT_ONCE = 5_000
SAYS_SOMETHING = 0.5  # what the characters of a run count at least, on average
NOTHING = -1  # a mark no reply has


def marks_of(letter: Letter, congress_id: int) -> list[int]:
    """The marks of a letter, in the order in which they stand in it. Of two congresses none is the same."""
    runs = dict.fromkeys(_number(run, congress_id) for run in _telling(letter))
    least = set(nsmallest(LEAST, runs))
    return [one for one in runs if one % ONE_IN == 0 or one in least]


def write(marks: Iterable[tuple[int, list[int]]]) -> None:
    """Keep the marks of replies that have none."""
    rows = [{"mark": mark, "reply_id": reply_id} for reply_id, found in marks for mark in found]
    for at in range(0, len(rows), ROWS_AT_ONCE):
        db.session.execute(sa.insert(ReplyMark), rows[at : at + ROWS_AT_ONCE])


def sharing(marks: list[int], own_id: int, limit: int) -> list[int]:
    """The replies that share most of these marks, at least two, the most first.

    Of many marks some are asked for, spread over the whole letter: those of one sentence stand in the same letters.
    """
    spread = [marks[len(marks) * place // MOST] for place in range(MOST)] if len(marks) > MOST else marks
    asked: dict[str, Any] = {f"mark{place}": NOTHING for place in range(MOST)}
    asked |= {f"mark{place}": mark for place, mark in enumerate(spread)}
    return [row.reply_id for row in columns(_sharing(), {**asked, "own_id": own_id, "most": limit})]


@cache
def _sharing() -> sa.Select[Any]:
    """One statement for a letter with however many marks; of each the newest replies, so that it ends in time."""
    found = sa.union_all(*(_of_mark(place) for place in range(MOST))).subquery("found")
    times = sa.func.count()
    return (
        sa.select(found.c.reply_id)
        .where(found.c.reply_id != sa.bindparam("own_id", type_=sa.Integer))
        .group_by(found.c.reply_id)
        .having(times > 1)
        .order_by(times.desc(), found.c.reply_id.desc())
        .limit(sa.bindparam("most", type_=sa.Integer))
    )


def _of_mark(place: int) -> sa.Select[Any]:
    which = sa.bindparam(f"mark{place}", type_=sa.BigInteger)
    newest = sa.select(ReplyMark.reply_id).where(ReplyMark.mark == which).order_by(ReplyMark.reply_id.desc())
    return sa.select(newest.limit(READ_OF_EACH).subquery(f"of{place}").c.reply_id)


def _telling(letter: Letter) -> Iterable[str]:
    for at in range(len(letter.signs) - RUN + 1):
        weights = letter.weights[at : at + RUN]
        if sum(weights) >= SAYS_SOMETHING * RUN and min(weights) > 0:
            yield "".join(letter.signs[at : at + RUN])


def _number(run: str, congress_id: int) -> int:
    """63 bits: what both databases keep as a whole number."""
    return int.from_bytes(blake2b(f"{congress_id} {run}".encode(), digest_size=8).digest(), "big") >> 1
