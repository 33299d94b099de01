"""One reader's part of an issue: how much of each section, and the lines, the most harmful first."""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Any

from tracker.bulletin.items import Item, Items, Lines
from tracker.bulletin.models import Issue
from tracker.bulletin.rules import FOR_DEPUTIES, OF_INSTRUCTIONS, SECTIONS
from tracker.bulletin.scopes import Scope, sees_all
from tracker.bulletin.seen import Seen
from tracker.bulletin.signs import WEAKEST_SHOWN

REMEMBERED = 4


class Parts:
    """The lines of one issue, so arranged that a reader's part is found without looking at the others'.

    It keeps where lines stand, never the lines: some bytes for each.
    """

    def __init__(self, items: Items | Sequence[Item], figures: Mapping[str, Any] | None = None) -> None:
        self.items = items
        self._figures: list[dict[str, Any]] = figures["by_body"] if figures else []
        self._figure_of = {row["body_id"]: place for place, row in enumerate(self._figures)}
        self._sections = bytearray()
        self._internal = bytearray()
        self._assignments = _places()
        self._has_internal = False
        self._by_body: dict[int, array[int]] = defaultdict(_places)
        self._by_branch: dict[str, array[int]] = defaultdict(_places)
        self._by_deputy: dict[int, array[int]] = defaultdict(_places)
        self._key = _places()
        for place, traits in enumerate(_traits(items)):
            self._put(place, traits)

    def _put(self, place: int, traits: Any) -> None:
        section, body_id, branch, deputy_id, key, internal, assignment_id = traits
        self._assignments.append(assignment_id or 0)
        self._sections.append(SECTIONS.index(section))
        self._internal.append(internal)
        self._has_internal = self._has_internal or internal
        if body_id is not None:
            self._by_body[body_id].append(place)
        self._by_branch[branch].append(place)
        if deputy_id is not None and section in FOR_DEPUTIES:
            self._by_deputy[deputy_id].append(place)
        if key:
            self._key.append(place)

    def of(self, scope: Scope) -> Lines:
        """The lines of a scope, in the order of harm."""
        return Lines(self.items, self._chosen(scope))

    def counts(self, scope: Scope) -> dict[str, int]:
        """How many lines of a scope each section has; no line is read for it."""
        counted = Counter(self._sections[place] for place in self._chosen(scope))
        return {SECTIONS[number]: count for number, count in sorted(counted.items())}

    def merged(self, scope: Scope, most: int) -> tuple[list[Item], int]:
        """Each body's part of a suggestion once, under its most harmful section, with the others it stands in (`also`):
        as many as are wanted, and how many there are beside.
        """
        first: dict[int, list[int]] = {}
        others, alone = Seen(), 0
        for place in self._chosen(scope):
            thing = self._assignments[place] or -1 - place
            if thing in first:
                first[thing].append(place)
            elif len(first) < most:
                first[thing] = [place]
            elif thing > 0:
                others.add(thing)
            else:
                alone += 1
        lines = Lines(self.items, [places[0] for places in first.values()])
        found = [{**line, "also": self._also(places)} for line, places in zip(lines, first.values(), strict=True)]
        return found, others.count + alone

    def _also(self, places: list[int]) -> list[str]:
        numbers = dict.fromkeys(self._sections[place] for place in places)
        return [SECTIONS[number] for number in list(numbers)[1:]]

    def internal(self, scope: Scope) -> int:
        """How many internal matters a scope has, each body's part of a suggestion counted once."""
        inside = (place for place in self._chosen(scope) if self._internal[place])
        return len({self._assignments[place] or -1 - place for place in inside}) if self._has_internal else 0

    def figures(self, scope: Scope) -> list[dict[str, Any]]:
        """The figures of a scope's bodies, those with most overdue first."""
        if not scope.keys() <= {"bodies", "internal", "key"}:
            return [row for row in self._figures if is_over(scope, row)]
        places = (self._figure_of.get(body) for body in scope.get("bodies", ()))
        return [self._figures[place] for place in sorted({place for place in places if place is not None})]

    def of_section(self, scope: Scope, section: str) -> Lines:
        number = SECTIONS.index(section)
        return Lines(self.items, [place for place in self._chosen(scope) if self._sections[place] == number])

    def _chosen(self, scope: Scope) -> Sequence[int]:
        if "any" in scope:
            return sorted({place for part in scope["any"] for place in self._chosen(part)})
        chosen: Iterable[int]
        if scope.get("all"):
            chosen = range(len(self._sections))
        elif "deputy" in scope:
            chosen = self._by_deputy.get(scope["deputy"], ())
        else:
            places = {place for body in scope.get("bodies", ()) for place in self._by_body.get(body, ())}
            places.update(place for branch in scope.get("branches", ()) for place in self._by_branch.get(branch, ()))
            places.update(self._key if scope.get("key") else ())
            if "key" in scope:  # a committee does not read what leaders instructed
                places = {place for place in places if SECTIONS[self._sections[place]] not in OF_INSTRUCTIONS}
            chosen = sorted(places)
        if scope.get("internal", False) or not self._has_internal:
            return chosen if isinstance(chosen, Sequence) else list(chosen)
        return array("I", (place for place in chosen if not self._internal[place]))


def _places() -> array[int]:
    return array("I")


def _traits(items: Items | Sequence[Item]) -> Iterable[Any]:
    if isinstance(items, Items):
        return items.traits()
    names = ("section", "body_id", "branch", "deputy_id", "key", "internal", "assignment_id")
    return (tuple(item[name] for name in names) for item in items)


def is_over(scope: Scope, figure: dict[str, Any]) -> bool:
    """Whether a body's row of the figures belongs to a scope."""
    if "any" in scope:
        return any(is_over(part, figure) for part in scope["any"])
    if scope.get("all"):
        return True
    return figure["body_id"] in scope.get("bodies", ()) or figure["branch"] in scope.get("branches", ())


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

    @property
    def weakest(self) -> list[Item]:
        """The first of the matters with several signs: which are handled weakest, and why."""
        return list(self.lines("weakest")[:WEAKEST_SHOWN])

    def lines(self, section: str = "") -> Lines:
        """The lines of the part, or of one section of it."""
        return self._parts.of_section(self.scope, section) if section else self._parts.of(self.scope)


@lru_cache(maxsize=REMEMBERED)
def _arranged(_digest: str, issue_id: int) -> Parts:
    """An issue never changes, so whose part is where is found once a process."""
    return Parts(Items(issue_id))
