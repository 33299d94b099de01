"""Whether everything sealed is as it was sealed: every row of both tables is read, and its mark made anew.

There are many rows, so the database itself writes their canonical form, all but the facts, whose keys we sort. A mark
is the digest of that text: where it is the sealed one the row is as it was, whoever wrote the text. Where it is not,
the rows are read and judged as by the verifier of an export: nothing is called altered that only was written otherwise.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from tracker.audit import chain, verify
from tracker.database import Base, Instant, columns, db

AT_ONCE = 2_000
USUAL, USUAL_LENGTH = 2_000, 200
_INSTANT = 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'


def faults() -> Iterator[dict[str, Any]]:
    """What no longer fits, the first fault of each table (`verify.findings`)."""
    rows: dict[str, Iterable[Any]] = {name: marked(name, last) for name, last in chain.last_sealed().items()}
    return verify.findings(chain.seals(), rows, _fault_of)


def _fault_of(seal: dict[str, Any], rows: list[dict[str, Any]]) -> tuple[int, str] | None:
    if " ".join([row["mark"] for row in rows]) == seal["marks"] and seal["form"] == 2 and verify.is_whole(seal):
        return None
    span = (rows[0]["id"], rows[-1]["id"]) if rows else (1, 0)
    return verify.fault_of(seal, list(chain.rows(seal["table_name"], *span)))


def marked(name: str, last_id: int) -> Iterator[dict[str, Any]]:
    """The rows of a table up to a number, each with its mark as a seal names it."""
    table, after = Base.metadata.tables[name], -1
    names = sorted(chain.SEALED[name])
    at = names.index("facts")
    before, behind = (_written([table.c[one] for one in some]) for some in (names[:at], names[at + 1 :]))
    these = table.c.id.between(sa.bindparam("after") + 1, last_id)
    wanted = (
        sa.select(table.c.id, before, _text(table.c.facts), behind).where(these).order_by(table.c.id).limit(AT_ONCE)
    )
    while found := columns(wanted, {"after": after}):
        for number, head, facts, tail in found:
            digest = _usual(facts) if len(facts) <= USUAL_LENGTH else _digest(facts)
            mark = verify.digest(f'{{{head},"facts_digest":"{digest}",{tail}}}')
            yield {"id": number, "mark": f"{number}:{mark}"}
        after = found[-1][0]


def _digest(facts: str) -> str:
    return verify.digest(verify.canonical(json.loads(facts)))


_usual = lru_cache(USUAL)(_digest)  # half of all facts say what others say: nothing, a body, the number of a document


def _written(named: list[sa.Column[Any]]) -> sa.ColumnElement[str]:
    """These columns as they stand in the canonical form of a row: `"actor_id":1,"actor_kind":"user"`."""
    values = {one.name: _value(one) for one in named}
    if db.engine.dialect.name == "sqlite":
        written: Any = sa.func.json_object(*(part for pair in values.items() for part in pair))
    else:
        row = sa.select(*(one.label(name) for name, one in values.items())).correlate(named[0].table).lateral()
        written = sa.select(sa.cast(sa.func.row_to_json(row.table_valued()), sa.Text)).scalar_subquery()
    return sa.func.trim(written, "{}", type_=sa.Text)


def _value(column: sa.Column[Any]) -> sa.ColumnElement[Any]:
    if not isinstance(column.type, Instant):
        return column
    if db.engine.dialect.name == "postgresql":
        return sa.func.to_char(sa.func.timezone("UTC", column), _INSTANT)
    return sa.func.replace(_text(column), " ", "T", type_=sa.Text) + "Z"


def _text(column: sa.Column[Any]) -> sa.ColumnElement[str]:
    """As it is stored."""
    return sa.cast(column, sa.Text) if db.engine.dialect.name == "postgresql" else sa.type_coerce(column, sa.Text)
