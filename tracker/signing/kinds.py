"""The kinds of acts that may be drawn up for a signature; a later stage says what its own are (docs/decisions/025)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from tracker.actor import Actor
from tracker.stage import Visitor

Facts = Mapping[str, Any]


@dataclass(frozen=True)
class Told:
    """A draft as the leader reads it: labels with values, and for an act about many a table with its headings."""

    facts: Sequence[tuple[str, Any]]
    headings: Sequence[str] = ()
    rows: Sequence[Sequence[Any]] = ()


class CarryOut(Protocol):
    """The act itself, from what was typed; also what happens at once where nothing waits for a signature."""

    def __call__(self, thing_id: int, facts: Facts, who: Visitor, *, by: Actor, on: date) -> Any: ...


@dataclass(frozen=True)
class Kind:
    """One kind: its name (a msgid), the act, how it is told, and the page where a clerk draws it up.

    `instead_of`: kinds that decide the same thing otherwise; only one of them lies in the folder.
    """

    name: str
    carry_out: CarryOut
    told: Callable[[int, Facts, Visitor], Told]
    page: Callable[[int], str]
    instead_of: tuple[str, ...] = ()


_KNOWN: dict[str, Kind] = {}


def register(word: str, kind: Kind) -> None:
    """A stage says what clerks may draw up of its acts."""
    _KNOWN[word] = kind


def kind_of(word: str) -> Kind:
    return _KNOWN[word]


def kinds() -> dict[str, Kind]:
    """All kinds by their word."""
    return dict(_KNOWN)
