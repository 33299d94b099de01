"""What a cell of the structure workbook means: words, days, numbers, and names of bodies and delegations."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import sqlalchemy as sa

from tracker.database import db
from tracker.errors import N_, RuleBroken
from tracker.structure import queries
from tracker.structure.columns import SHEETS, WORDS, word_of
from tracker.structure.models import Delegation
from tracker.structure.workbook import Line

APART = re.compile(r"[、,，;；\n]+")
DAY = re.compile(r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?")


def facts_of(line: Line, congress_id: int, *, joined: bool) -> dict[str, Any]:
    """The cells of a row as facts of the thing it is about; not yet joined, names of other bodies are left out.

    :raises RuleBroken: a cell means nothing, or names what there is not.
    """
    return {
        column.field: _understood(column.holds, line.cells[column.field], congress_id)
        for column in SHEETS[line.key][1]
        if column.field in line.cells and (joined or column.holds not in ("body", "bodies"))
    }


def _understood(holds: str, value: Any, congress_id: int) -> Any:
    if holds in WORDS:
        return _word(holds, value)
    read = {"number": _number, "day": _day, "text": _text}.get(holds)
    if read is not None:
        return read(value)
    if holds == "delegation":
        return _delegation(str(value), congress_id)
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


def _delegation(name: str, congress_id: int) -> int:
    wanted = sa.select(Delegation.id).where(Delegation.congress_id == congress_id, Delegation.name == name)
    if (found := db.session.scalar(wanted)) is not None:
        return found
    raise RuleBroken(N_("There is no delegation “%(name)s”."), name=name[:80])
