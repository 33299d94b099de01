"""What a picture is made of: its kinds, and the rows with their numbers. Drawn, listed and sent out alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Kind:
    """One part of every whole: its word, and the look (a colour with a pattern of its own) that means it."""

    key: str
    name: str
    look: str


@dataclass(frozen=True)
class Row:
    """One bar, column or small picture: its name, the number of each kind, and where the lists behind them are.

    `note` is what is said of it, `said` what whoever it is about says himself.
    """

    name: str
    values: Mapping[str, int]
    urls: Mapping[str, str] = field(default_factory=dict)
    url: str = ""
    note: str = ""
    said: str = ""

    def value(self, kind: Kind) -> int:
        return self.values.get(kind.key, 0)

    def total(self, kinds: Sequence[Kind]) -> int:
        return sum(self.value(kind) for kind in kinds)


@dataclass(frozen=True)
class Picture:
    """What is drawn and what is said of it: title, the sentence that tells it without eyes, kinds and rows.

    `first` heads the column of names, `unit` says what is counted (件 or 件次).
    """

    id: str
    title: str
    desc: str
    kinds: Sequence[Kind]
    rows: Sequence[Row]
    first: str
    unit: str
    total: str = ""  # heads the column of totals; without it there is none

    @property
    def is_empty(self) -> bool:
        return not any(row.total(self.kinds) for row in self.rows)

    @property
    def shown(self) -> list[Kind]:
        """The kinds of which there is anything, for the key beside the picture."""
        return [kind for kind in self.kinds if any(row.value(kind) for row in self.rows)]

    def sums(self) -> dict[str, int]:
        return {kind.key: sum(row.value(kind) for row in self.rows) for kind in self.kinds}
