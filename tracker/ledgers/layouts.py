"""The office's layouts, as data: which columns a ledger is printed with, and what fills them."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from tracker.errors import N_, RuleBroken

FILE = Path(__file__).parent / "layouts.toml"


@dataclass(frozen=True)
class Column:
    """One column: its heading, perhaps under a group's, its width, and the fields that may fill it."""

    heading: str
    width: int
    fill: tuple[str, ...]
    group: str = ""


@dataclass(frozen=True)
class Layout:
    """One layout. `number` is that of the office's list, `key` what programs say."""

    number: int
    key: str
    name: str
    name_en: str
    title: str
    columns: tuple[Column, ...]
    title_of_key_items: str = ""
    totals: tuple[str, ...] = ()
    for_the_public: bool = False

    @property
    def has_groups(self) -> bool:
        return any(column.group for column in self.columns)

    @property
    def header(self) -> list[list[str]]:
        """The header rows as they are printed; a heading over several columns stands over the first of them."""
        if not self.has_groups:
            return [[column.heading for column in self.columns]]
        groups = [column.group or column.heading for column in self.columns]
        upper = [text if not place or text != groups[place - 1] else "" for place, text in enumerate(groups)]
        return [upper, [column.heading if column.group else "" for column in self.columns]]

    @property
    def merges(self) -> list[tuple[int, int, int, int]]:
        """The merged ranges of the header: top, left, bottom, right, counted from its own first row."""
        if not self.has_groups:
            return []
        found: list[tuple[int, int, int, int]] = []
        for place, column in enumerate(self.columns):
            if not column.group:
                found.append((0, place, 1, place))
            elif place and self.columns[place - 1].group == column.group:
                top, left, bottom, _right = found.pop()
                found.append((top, left, bottom, place))
            else:
                found.append((0, place, 0, place))
        return found


@cache
def layouts() -> tuple[Layout, ...]:
    """All layouts, in the order of their numbers."""
    return tuple(_layout(one) for one in _read()["layout"])


@cache
def words() -> dict[str, str]:
    """The words between and beside the facts, as the office prints them."""
    return dict(_read()["words"])


def find_layout(said: str) -> Layout | None:
    """A layout by its key, number or name; None for anything else."""
    return next((one for one in layouts() if said in (one.key, str(one.number), one.name)), None)


def get_layout(said: str) -> Layout:
    """A layout by its key, number or name.

    :raises RuleBroken: there is none; the sentence names those there are.
    """
    if (found := find_layout(said)) is None:
        names = ", ".join(f"{one.number} {one.key}" for one in layouts())
        raise RuleBroken(N_("There is no layout %(layout)s; there are: %(names)s."), layout=said, names=names)
    return found


def _read() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def _layout(said: dict[str, Any]) -> Layout:
    columns = tuple(Column(**{**one, "fill": tuple(one["fill"])}) for one in said.pop("columns"))
    return Layout(**{**said, "totals": tuple(said.get("totals", ()))}, columns=columns)
