"""What is counted while the lines of an issue go by, so that none has to be kept. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from tracker.bulletin.rules import OF_GONE, STANDING


class Tally:
    """Counts by section: how many, how many of them new, for how many weeks, and why others are gone."""

    def __init__(self) -> None:
        self.sections: Counter[str] = Counter()
        self.first: Counter[str] = Counter()
        self.idle = 0
        self.longest = 0
        self.gone: defaultdict[str, Counter[str]] = defaultdict(Counter)

    def counting(self, lines: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        """The same lines, counted as they go by."""
        for line in lines:
            self._count(line)
            yield line

    def changes(self) -> dict[str, Any]:
        """What changed since the last issue; of what was overdue first, then of all that stands until it is mended.

        `idle`: still overdue, and nobody did anything about it in between.
        """
        gone = self.gone["overdue"]
        answered, extended = gone["answered"], gone["extended"]
        return {
            "new": self.first["overdue"],
            "still": self.sections["overdue"] - self.first["overdue"],
            "gone": gone.total(),
            "answered": answered,
            "extended": extended,
            "otherwise": gone.total() - answered - extended,
            "idle": self.idle,
            "longest": self.longest,
            "by_section": {
                name: {
                    "new": self.first[name],
                    "still": self.sections[name] - self.first[name],
                    "gone": dict(sorted(self.gone[name].items())),
                }
                for name in STANDING
                if self.sections[name] or self.gone[name]
            },
        }

    def _count(self, line: dict[str, Any]) -> None:
        section = line["section"]
        self.sections[section] += 1
        if section in OF_GONE:
            self.gone[line["was"]][line["why"]] += 1
        elif line["weeks"] == 1:
            self.first[section] += 1
        elif section == "overdue":
            self.idle += not line["done"]
            self.longest = max(self.longest, line["weeks"])
