"""Which things hold a word, and which are like a text. Ids only: whose eyes they are for, the stage that asks knows."""

from __future__ import annotations

import json
import math
from functools import cache
from typing import Any

import sqlalchemy as sa

from tracker.database import db
from tracker.search import kept
from tracker.search.rules import Kind, Sought, tokens

MOST_TOKENS = 200
MOST_READ = 20_000  # places of the index that one question for likeness may read


def found(
    word: Sought | sa.BindParameter[str], kind: Kind, congress_id: int, *, last: Kind | None = None
) -> sa.Select[tuple[int]]:
    """The ids of things of a kind (or of the kinds from `kind` to `last`) in a congress that hold this word.

    To be put into `IN (…)`: an id may come more than once. Not limited to who is asking. Instead of the word, the
    parameter that will bring its question (`kept.question`).
    """
    asked = kept.question(word, congress_id) if isinstance(word, Sought) else word
    kinds = (kind, kind if last is None else last)
    return (
        sa.select(kept.thing().label("thing_id"))
        .select_from(kept.table())
        .where(kept.holds(asked), kept.among(kinds, congress_id))
    )


def alike(text: str, kind: Kind, congress_id: int, *, limit: int = 50) -> list[tuple[int, float]]:
    """The things of a kind in a congress that share most with a text, and how much, the most alike first.

    A word that stands in few texts weighs more; words so common that reading all their places would take long are left
    out. Not limited to who is asking.
    """
    weights = _weights(list(dict.fromkeys(tokens(text))), congress_id)
    if not weights:
        return []
    asked = {"weighed": json.dumps([[kept.quoted(token, congress_id), weight] for token, weight in weights.items()])}
    shared = db.session.execute(_shared(kind, congress_id, kept.on_sqlite()), {**asked, "most": limit})
    return [(thing_id, float(weight)) for thing_id, weight in shared]


@cache
def _shared(kind: Kind, congress_id: int, _on_sqlite: bool) -> sa.Select[Any]:
    """The things that hold most of the words weighed, one statement whatever their number."""
    wanted = kept.weighed(sa.bindparam("weighed", type_=sa.Text)).subquery("wanted")
    score = sa.func.sum(wanted.c.weight)
    return (
        sa.select(kept.thing(), score)
        .select_from(wanted.join(kept.table(), kept.holds(wanted.c.token)))
        .where(kept.among((kind, kind), congress_id, written=True))
        .group_by(kept.thing())
        .order_by(score.desc(), kept.thing().desc())
        .limit(sa.bindparam("most", type_=sa.Integer))
    )


def _weights(asked: list[str], congress_id: int) -> dict[str, float]:
    """How much each word says, the rarest first, as far as the index may be read for them."""
    counts = {
        one: count for one, count in _counts([one for one in asked if len(one) > 1], congress_id).items() if count
    }
    chosen: dict[str, float] = {}
    to_read = 0
    for token, count in sorted(counts.items(), key=lambda one: one[1])[:MOST_TOKENS]:
        to_read += count
        if chosen and to_read > MOST_READ:
            break
        chosen[token] = 1 / math.log2(1 + max(1, count))
    return chosen


def _counts(asked: list[str], congress_id: int) -> dict[str, int]:
    """In how many rows each word stands: on SQLite known, on PostgreSQL as the last ANALYZE saw it (else one)."""
    if kept.on_sqlite():
        wanted = sa.text("SELECT term, doc FROM search_terms WHERE term IN :terms").bindparams(
            sa.bindparam("terms", expanding=True)
        )
        return dict(db.session.execute(wanted, {"terms": asked}).tuples().all())
    seen = dict(db.session.execute(sa.text(_COMMON)).tuples().all())
    return {token: int(seen.get(f"{congress_id}.{token}", 1)) for token in asked}


_COMMON = """
SELECT unnest(s.most_common_elems::text::text[]),
       unnest(s.most_common_elem_freqs[1:cardinality(s.most_common_elems::text::text[])]) * greatest(c.reltuples, 1)
FROM pg_stats s JOIN pg_class c ON c.oid = 'search_words'::regclass
WHERE s.tablename = 'search_words' AND s.attname = 'words' AND s.schemaname = current_schema()
"""
