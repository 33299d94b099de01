"""Cells with names: who suggests (lead, co-signers, delegation) and which bodies handle (lead first)."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from tracker.errors import N_
from tracker.ledgers import words
from tracker.ledgers.values import REPEATED, is_nothing

CO_SIGNERS_INCOMPLETE = N_("The list of co-signers is incomplete.")
BODIES_INCOMPLETE = N_("The list of bodies is incomplete.")
BODY_UNCLEAR = N_("The cell does not say which body is meant.")
SEVERAL_LEADS = N_("More than one body stands in the column of lead bodies; only the first was read as lead.")

_NAMES = re.compile(r"[、，,;；/\n]+")
_PERSON = re.compile(r"[\u3400-\u9fff·•]{2,25}|[A-Za-z .·]{2,40}")
_TITLES = re.compile(words.PERSON_TITLES)
_COUNT = re.compile(words.PERSON_COUNT)
_OTHERS = re.compile(words.AND_OTHERS)
_UNIT = re.compile(words.UNIT_ENDING)
_UNCLEAR = re.compile(words.BODY_UNCLEAR)
_BODY_END = re.compile(words.BODY_ENDING)
_ROLE_BEFORE = re.compile(rf"^({'|'.join(words.BODY_ROLES)})\s*[:：]\s*")
_ROLE_AFTER = re.compile(rf"[(（]({'|'.join(words.BODY_ROLES)})[)）]$")


@dataclass(frozen=True)
class Persons:
    """Who stands in a person cell. `count` is the number of people if the cell says one ("and 3 others" is no list)."""

    lead: str = ""
    co_signers: tuple[str, ...] = ()
    delegation: str = ""
    count: int | None = None
    incomplete: bool = False


@dataclass(frozen=True)
class Bodies:
    """The bodies of a cell in their order, each with the role the cell itself gives it ("" if none), and questions."""

    named: tuple[tuple[str, str], ...] = ()
    questions: tuple[str, ...] = ()


@lru_cache(maxsize=REPEATED)
def read_persons(text: str) -> Persons:
    """Read "unit, name" and "A、B、C等3名代表": titles go, the first name leads, a unit is the delegation."""
    if is_nothing(text):
        return Persons()
    text, count, incomplete = _without_count(re.sub(words.SURNAME_NOISE, "", _half_width(text)))
    parts = [part for piece in _NAMES.split(text) for part in _apart(piece) if part]
    delegation = ""
    if parts and _is_unit(parts[0], alone=len(parts) == 1):
        delegation, parts = parts[0], parts[1:]
    names = tuple(dict.fromkeys(name for part in parts if (name := _name(part))))
    if count is not None:
        incomplete = count > len(names)
    return Persons(names[0] if names else "", names[1:], delegation, count, incomplete)


@lru_cache(maxsize=REPEATED)
def read_bodies(text: str) -> Bodies:
    """Read the bodies of a cell, lead first; brackets stay whole; a trailing 等 goes and becomes a question."""
    found: list[tuple[str, str]] = []
    questions: list[str] = []
    role = ""
    for piece in () if is_nothing(text) else _outside_brackets(text):
        if before := _ROLE_BEFORE.match(piece):
            role, piece = words.BODY_ROLES[before[1]], piece[before.end() :]
        own = role
        if after := _ROLE_AFTER.search(piece):
            own, piece = words.BODY_ROLES[after[1]], piece[: after.start()]
        if _UNCLEAR.search(piece):
            questions.append(BODY_UNCLEAR)
            continue
        if bare := re.sub(r"(?<!平)等(?:单位|部门)?$", "", piece):
            found.append((bare, own))
        if bare != piece:
            questions.append(BODIES_INCOMPLETE)
    return Bodies(tuple(dict.fromkeys(found)), tuple(dict.fromkeys(questions)))


def with_roles(named: tuple[tuple[str, str], ...], otherwise: str) -> list[tuple[str, str]]:
    """Give every body a role: its own, else `otherwise`; of several leads only the first stays one."""
    roles: list[tuple[str, str]] = []
    for name, own in named:
        role = own or otherwise
        if role == "lead" and not own and any(held == "lead" for _, held in roles):
            role = "co"
        roles.append((name, role))
    return roles


def _half_width(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()


def _without_count(text: str) -> tuple[str, int | None, bool]:
    if counted := _COUNT.search(text):
        digits = counted[1] or ""
        if digits or text[counted.start()] == "等":
            count = int(digits) if digits.isdecimal() else None
            return text[: counted.start()], count, count is None
    bare = _OTHERS.sub("", _TITLES.sub("", text))
    return bare, None, bare != _TITLES.sub("", text)


def _apart(piece: str) -> list[str]:
    """Blanks part full names, but not the two signs of a short one (written apart to fill the column)."""
    parts = piece.split()
    if len(parts) > 1 and all(len(part) == 1 for part in parts):
        return ["".join(parts)]
    if len(parts) > 1 and all(len(part) > 1 and not part.isascii() for part in parts):
        return parts
    return [" ".join(parts)]


def _is_unit(part: str, *, alone: bool) -> bool:
    if part.endswith("代表团"):
        return True
    return not alone and bool(_UNIT.search(part)) and len(part) > 2


def _name(part: str) -> str:
    part = _TITLES.sub("", part.strip(" :：。"))
    return part if _PERSON.fullmatch(part) else ""


def _outside_brackets(text: str) -> list[str]:
    pieces, depth = [""], 0
    for sign in text:
        depth = max(0, depth + (sign in "(（[【〔") - (sign in ")）]】〕"))
        if sign == "\n" or (not depth and sign in "、，,;；"):
            pieces.append("")
        else:
            pieces[-1] += sign
    return [part for piece in pieces for part in _bodies_apart(piece.strip(" 。")) if part]


def _bodies_apart(piece: str) -> list[str]:
    parts = piece.split()
    if len(parts) > 1 and all(_BODY_END.search(part) for part in parts):
        return parts
    return ["".join(parts)]
