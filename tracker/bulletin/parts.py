"""One reader's part of an issue: how much of each section, and the lines, the most harmful first."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from typing import Any

from tracker.bulletin.models import Issue
from tracker.bulletin.readers import Parts


class Part:
    """What of an issue is one reader's; `scope` as `Reader.scope` keeps it."""

    def __init__(self, issue: Issue, scope: dict[str, Any]) -> None:
        self.issue, self.scope = issue, scope

    @cached_property
    def _items(self) -> list[dict[str, Any]]:
        return Parts(self.issue.items).of(self.scope)

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many lines each section has."""
        return dict(Counter(item["section"] for item in self._items))

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    def lines(self, *, section: str = "", offset: int = 0, limit: int | None = None) -> list[dict[str, Any]]:
        """Some lines of the part, or of one section of it."""
        chosen = [item for item in self._items if not section or item["section"] == section]
        return chosen[offset : None if limit is None else offset + limit]
