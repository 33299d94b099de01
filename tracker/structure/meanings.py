"""What a cell of the structure workbook means: words, days, numbers, and names of what is there already."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date
from typing import Any

import sqlalchemy as sa

from tracker.database import db
from tracker.errors import N_, RuleBroken
from tracker.structure import queries
from tracker.structure.columns import SHEETS, WORDS, word_of
from tracker.structure.models import Delegation, Officer, Term
from tracker.structure.workbook import Line

APART = re.compile(r"[、,，;；\n]+")
DAY = re.compile(r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?")
BODIES = ("body", "bodies")


def facts_of(line: Line, congress_id: int, *, without: Collection[str] = ()) -> dict[str, Any]:
    """The cells of a row as facts of the thing it is about; columns that hold one of `without` are left out.

    An officer is left as written: he may stand further down in the file (`officer_named`).

    :raises RuleBroken: a cell means nothing, or names what there is not.
    """
    columns = [one for one in SHEETS[line.key][1] if one.field in line.cells and one.holds not in without]
    facts = {
        column.field: _understood(column.holds, line.cells[column.field], congress_id)
        for column in columns
        if column.holds != "delegation"
    }
    for column in columns:
        if column.holds == "delegation":
            named = str(line.cells[column.field])
            facts[column.field] = _delegation(named, congress_id, facts.get("term_id"))
    return facts


def _understood(holds: str, value: Any, congress_id: int) -> Any:
    if holds in WORDS:
        return _word(holds, value)
    read = {"number": _number, "day": _day, "text": _text, "officer": _text}.get(holds)
    if read is not None:
        return read(value)
    if holds == "term":
        return _term(value, congress_id)
    if holds == "body":
        return _body(str(value), congress_id)
    names = value if isinstance(value, list) else APART.split(str(value))
    return [_body(str(name).strip(), congress_id) for name in names if str(name).strip()]


def _text(value: Any) -> str:
    return "、".join(map(str, value)) if isinstance(value, list) else str(value)


def _word(kind: str, value: Any) -> Any:
    if kind == "yes" and isinstance(value, bool):
        return value
    word = word_of(kind, str(value))
    if word is None:
        known = ", ".join(name for names in WORDS[kind].values() for name in names[:2])
        raise RuleBroken(N_("“%(text)s” is none of: %(known)s."), text=str(value)[:60], known=known)
    return word == "yes" if kind == "yes" else word


def _number(value: Any) -> int:
    text = str(value)
    if not (text.isascii() and text.isdigit() and len(text) < 9):
        raise RuleBroken(N_("“%(text)s” is not a number."), text=text[:60])
    return int(text)


def _day(value: Any) -> date:
    if isinstance(value, date):
        return value
    if found := DAY.fullmatch(str(value).strip()):
        try:
            return date(*map(int, found.groups()))
        except ValueError:
            pass
    raise RuleBroken(N_("“%(text)s” is not a day of the calendar."), text=str(value)[:60])


def _body(name: str, congress_id: int) -> int:
    if body := queries.find_body(name, congress_id):
        return body.id
    raise RuleBroken(N_("There is no body “%(name)s”."), name=name[:120])


def _term(value: Any, congress_id: int) -> int:
    ordinal = _number(value)
    wanted = sa.select(Term.id).where(Term.congress_id == congress_id, Term.ordinal == ordinal)
    if (found := db.session.scalar(wanted)) is not None:
        return found
    raise RuleBroken(N_("There is no term %(ordinal)d yet. Add it first."), ordinal=ordinal)


def _delegation(name: str, congress_id: int, term_id: int | None) -> int:
    """The delegation of this name in the row's own term, else in the present one, else the only one there is."""
    wanted = sa.select(Delegation).where(Delegation.congress_id == congress_id, Delegation.name == name)
    found = list(db.session.scalars(wanted.order_by(Delegation.id)))
    if term_id is None and (present := queries.present_term(congress_id)) is not None:
        term_id = present.id
    fitting = [one for one in found if one.term_id == term_id] or [one for one in found if one.term_id is None]
    fitting = fitting or (found if len(found) == 1 else [])
    if fitting:
        return fitting[0].id
    raise RuleBroken(N_("There is no delegation “%(name)s”."), name=name[:80])


def officer_named(text: str, congress_id: int) -> Officer:
    """The officer in office meant by a name, or by body and name (`市教育局/王五`).

    :raises RuleBroken: there is none, or there are several.
    """
    body_name, _slash, name = text.rpartition("/")
    wanted = sa.select(Officer).where(Officer.congress_id == congress_id, Officer.active.is_(True))
    wanted = wanted.where(Officer.name == name.strip())
    if body_name.strip():
        wanted = wanted.where(Officer.body_id == _body(body_name.strip(), congress_id))
    found = list(db.session.scalars(wanted.limit(2)))
    if len(found) != 1:
        raise RuleBroken(N_("“%(name)s” is no one officer in office. Write it as body/name."), name=text[:120])
    return found[0]
