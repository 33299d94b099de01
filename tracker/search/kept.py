"""The index itself, on either database: the table `search_words`, one row for each piece of a text.

SQLite keeps the words as full text (FTS5), PostgreSQL as a tsvector with a GIN index; the row's number says whose
they are (`rules.place`). PostgreSQL's words begin with the congress's number, so that its index reads one congress
only; SQLite gets the same by the row's number.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB, TSQUERY, TSVECTOR

from tracker import bulk, prepared
from tracker.database import db
from tracker.search.rules import CONGRESS_AT, PIECE_BITS, THINGS, Sought, places

_DIFFERING = sa.text("""
SELECT coalesce(kept.id, due.id) AS place
FROM (SELECT id, words FROM search_words WHERE id BETWEEN :first AND :last) AS kept
FULL JOIN unnest(CAST(:places AS bigint[]), CAST(:due AS text[])) AS due (id, words) ON due.id = kept.id
WHERE kept.words IS DISTINCT FROM CAST(due.words AS tsvector)
ORDER BY 1
""")
_ERASE = {
    "sqlite": "DELETE FROM search_words WHERE rowid BETWEEN :first AND :last",
    "postgresql": "DELETE FROM search_words WHERE id BETWEEN :first AND :last",
}


def on_sqlite() -> bool:
    return db.engine.dialect.name == "sqlite"


def write(session: Any, rows: Iterable[tuple[int, str]]) -> None:
    """Store the words of pieces, by their numbers, that are not stored yet."""
    new = [(place, words_of(said, place)) for place, said in rows if said]
    # A migration has a connection only.
    connection = session if isinstance(session, sa.Connection) else session.connection()
    if len(new) == 1:
        [(place, words)] = new
        prepared.write(connection, _one(db.engine.dialect.name), {"place": place, "words": words})
    elif new:
        bulk.insert(connection, list(_columns(db.engine.dialect.name).c), new)


@cache
def _one(engine: str) -> sa.Insert:
    """The same statement for one piece: most texts are no longer."""
    number: Any = sa.bindparam("place", type_=sa.BigInteger)
    words: Any = sa.bindparam("words", type_=sa.Text)
    table = _columns(engine)
    said = words if engine == "sqlite" else sa.cast(words, TSVECTOR)
    return sa.insert(table).values(dict(zip(table.c, (number, said), strict=True)))


@cache
def _columns(engine: str) -> sa.TableClause:
    return sa.table("search_words", sa.column("rowid" if engine == "sqlite" else "id"), sa.column("words"))


def erase(session: Any, ranges: Iterable[tuple[int, int]]) -> None:
    """Forget everything between two numbers, both included."""
    old = [{"first": first, "last": last} for first, last in ranges]
    if old:
        session.execute(sa.text(_ERASE[db.engine.dialect.name]), old)


def words_of(said: str, place: int) -> str:
    """How the words of a piece are stored."""
    if on_sqlite():
        return said
    begin = f"'{place >> CONGRESS_AT}."
    return " ".join([f"{begin}{token}':{at}" for at, token in enumerate(said.split(), 1)])


def table() -> sa.TableClause:
    return sa.table("search_words")


def place() -> sa.ColumnElement[int]:
    """The column with the number that says whose words a row holds."""
    return sa.literal_column("search_words.rowid" if on_sqlite() else "search_words.id", sa.BigInteger)


def thing() -> sa.ColumnElement[int]:
    """The id of the thing whose words a row holds."""
    name = "search_words.rowid" if on_sqlite() else "search_words.id"
    return sa.literal_column(f"(({name} >> {PIECE_BITS}) & {THINGS})", sa.BigInteger)


def among(kinds: tuple[int, int], congress_id: int, *, written: bool = False) -> sa.ColumnElement[bool]:
    """The rows of these kinds, from the first to the last, in one congress.

    With the numbers `written` into it a prepared statement's plan knows how many rows they are: PostgreSQL, which takes
    an unknown range for a small one, would read all of it for every word.
    """
    first, last = (sa.literal(edge, sa.BigInteger, literal_execute=written) for edge in places(congress_id, *kinds))
    return place().between(first, last)


def question(word: Sought, congress_id: int) -> str:
    """How the index is asked for a word."""
    if on_sqlite():
        return f'"{" ".join(word.tokens)}"' + (" *" if word.open else "")
    return " <-> ".join(f"'{congress_id}.{token}'" for token in word.tokens) + (":*" if word.open else "")


def holds(asked: Any) -> sa.ColumnElement[bool]:
    """The rows that hold what is asked for: a question, or the expression in which the statement names it."""
    if on_sqlite():
        return sa.literal_column("search_words").op("MATCH", is_comparison=True)(asked)
    return sa.literal_column("search_words.words").op("@@", is_comparison=True)(sa.cast(asked, TSQUERY))


def weighed(told: sa.BindParameter[str]) -> sa.Select[Any]:
    """Words and weights from one parameter, a JSON list of pairs: a statement of two hundred would be compiled anew."""
    pair: Any
    token: Any
    weight: Any
    if on_sqlite():
        pair = sa.func.json_each(told).table_valued("value").c.value
        token, weight = sa.func.json_extract(pair, "$[0]"), sa.func.json_extract(pair, "$[1]")
    else:
        pair = sa.func.jsonb_array_elements(sa.cast(told, JSONB)).column_valued("pair")
        token, weight = pair.op("->>")(0), sa.cast(pair.op("->>")(1), sa.Float)
    return sa.select(sa.cast(token, sa.Text).label("token"), weight.label("weight"))


def quoted(token: str, congress_id: int) -> str:
    return f'"{token}"' if on_sqlite() else f"'{congress_id}.{token}'"


def differing(session: Any, first: int, last: int, due: dict[int, str]) -> list[int]:
    """The numbers between these two under which not those words are stored that are due there, in their order.

    PostgreSQL compares by itself: what is due is made a tsvector in the very way in which it would be stored.
    """
    if not on_sqlite():
        rows = {
            "first": first,
            "last": last,
            "places": list(due),
            "due": [words_of(said, at) for at, said in due.items()],
        }
        return list(session.scalars(_DIFFERING, rows))
    wanted: Any = sa.select(place(), sa.literal_column("words")).select_from(table())
    stored: dict[int, str] = dict(session.execute(wanted.where(place().between(first, last))).tuples().all())
    return [] if stored == due else [one for one in sorted({*due, *stored}) if stored.get(one) != due.get(one)]


def numbers(session: Any, first: int, last: int) -> list[int]:
    return list(session.scalars(sa.select(place()).select_from(table()).where(place().between(first, last))))


def renew(session: Any) -> None:
    """Build the inner order of the index anew from what is stored in it."""
    if on_sqlite():
        for what in ("rebuild", "optimize"):
            session.execute(sa.text("INSERT INTO search_words (search_words) VALUES (:what)"), {"what": what})
    else:
        session.execute(sa.text("REINDEX INDEX ix_search_words_words"))
