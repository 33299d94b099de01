"""One reader's part of an issue: how much of each section, and the lines, the most harmful first."""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import Any

from tracker.bulletin.items import Items, Lines
from tracker.bulletin.models import Issue
from tracker.bulletin.readers import Parts, is_over, sees_all

REMEMBERED = 4


class Part:
    """What of an issue is one reader's; `scope` as `Reader.scope` keeps it."""

    def __init__(self, issue: Issue, scope: dict[str, Any]) -> None:
        self.issue, self.scope = issue, scope
        self.sees_all = sees_all(scope)

    @cached_property
    def _parts(self) -> Parts:
        if self.issue.id is None:
            return Parts(self.issue.items)
        kept = _arranged(self.issue.digest, self.issue.id)
        kept.items = Items(self.issue.id)
        return kept

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many lines each section has."""
        return self._parts.counts(self.scope)

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def bodies(self) -> list[dict[str, Any]]:
        """The figures of the bodies in it, those with most overdue first."""
        return [row for row in self.issue.figures["by_body"] if is_over(self.scope, row)]

    def lines(self, section: str = "") -> Lines:
        """The lines of the part, or of one section of it."""
        return self._parts.of_section(self.scope, section) if section else self._parts.of(self.scope)


@lru_cache(maxsize=REMEMBERED)
def _arranged(_digest: str, issue_id: int) -> Parts:
    """An issue never changes, so whose part is where is found once a process."""
    return Parts(Items(issue_id))
