"""The index itself, on either database: the table `search_words`, one row for each piece of a text.

SQLite keeps the words as full text (FTS5), PostgreSQL as a tsvector with a GIN index; the row's number says whose
they are (`rules.place`). PostgreSQL's words begin with the congress's number, so that its index reads one congress
only; SQLite gets the same by the row's number. Beside the words stands a digest, of them and of the piece they were cut
from: whether they still belong to each other is seen without cutting anything anew.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, TSQUERY, TSVECTOR

from tracker import bulk, prepared
from tracker.database import columns, db
from tracker.search.rules import CONGRESS_AT, PIECE_BITS, THINGS, Sought, mark, places, words

_ERASE = {
    "sqlite": "DELETE FROM search_words WHERE rowid BETWEEN :first AND :last",
    "postgresql": "DELETE FROM search_words WHERE id BETWEEN :first AND :last",
}


def on_sqlite() -> bool:
    return db.engine.dialect.name == "sqlite"


def write(session: Any, pieces: Iterable[tuple[int, str]]) -> None:
    """Index pieces of texts, by their numbers, that are not indexed yet."""
    new = [(place, words_of(words(piece), place), mark(piece)) for place, piece in pieces if piece]
    # A migration has a connection only.
    connection = session if isinstance(session, sa.Connection) else session.connection()
    if new:
        (_write_sqlite if on_sqlite() else _write_postgresql)(connection, new)


def _write_sqlite(connection: sa.Connection, new: list[tuple[int, str, bytes]]) -> None:
    rows = [(place, said, _digest(known, said.encode())) for place, said, known in new]
    if len(rows) == 1:
        prepared.write(connection, _one(), dict(zip(("place", "words", "digest"), rows[0], strict=True)))
    else:
        bulk.insert(connection, list(_columns("rowid").c), rows)


def _write_postgresql(connection: sa.Connection, new: list[tuple[int, str, bytes]]) -> None:
    """The words go as lines of one text: of an array every sign would be looked at."""
    places, said, marks = map(list, zip(*new, strict=True))
    lines = "\n".join(said) or " "  # an empty text would be no line
    prepared.write(connection, _many(), {"places": places, "lines": lines, "marks": marks})


def _digest(known: bytes, stored: bytes) -> bytes:
    """What tells that these words were stored for that piece of a text; `_many` says the same to PostgreSQL."""
    return hashlib.sha256(known + stored).digest()


@cache
def _one() -> sa.Insert:
    """SQLite: one piece, for most texts are no longer."""
    table = _columns("rowid")
    given: Any = (sa.bindparam("place", type_=sa.BigInteger), sa.bindparam("words", type_=sa.Text))
    return sa.insert(table).values(
        dict(zip(table.c, (*given, sa.bindparam("digest", type_=sa.LargeBinary)), strict=True))
    )


@cache
def _many() -> sa.Insert:
    """PostgreSQL: any number of pieces."""
    given: Any = (
        sa.bindparam("places", type_=ARRAY(sa.BigInteger)),
        sa.cast(sa.func.string_to_array(sa.bindparam("lines", type_=sa.Text), "\n"), ARRAY(TSVECTOR)),
        sa.bindparam("marks", type_=ARRAY(sa.LargeBinary)),
    )
    due = sa.func.unnest(*given).table_valued("id", "words", "mark").render_derived(name="due")
    digest = sa.func.sha256(due.c.mark.concat(sa.func.sha256(sa.func.tsvectorsend(due.c.words))))
    return sa.insert(_columns("id")).from_select(["id", "words", "digest"], sa.select(due.c.id, due.c.words, digest))


@cache
def _columns(number: str) -> sa.TableClause:
    return sa.table("search_words", sa.column(number), sa.column("words"), sa.column("digest"))


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


def differing(first: int, last: int, marks: dict[int, bytes]) -> list[int]:
    """The numbers between these two under which not those words are stored that were stored for the pieces of texts
    due there, in their order. No text is cut for it.
    """
    stored: Any = sa.literal_column("CAST(words AS blob)" if on_sqlite() else "sha256(tsvectorsend(words))")
    wanted: Any = sa.select(place(), stored, sa.literal_column("digest")).select_from(table())
    found = columns(wanted.where(place().between(first, last)))
    left = dict(marks)
    wrong = [one for one, said, digest in found if digest != _digest(left.pop(one, b""), said or b"")]
    return sorted([*wrong, *left])


def numbers(session: Any, first: int, last: int) -> list[int]:
    return list(session.scalars(sa.select(place()).select_from(table()).where(place().between(first, last))))


def renew(session: Any) -> None:
    """Build the inner order of the index anew from what is stored in it."""
    if on_sqlite():
        for what in ("rebuild", "optimize"):
            session.execute(sa.text("INSERT INTO search_words (search_words) VALUES (:what)"), {"what": what})
    else:
        session.execute(sa.text("REINDEX INDEX ix_search_words_words"))
