"""What every story of the city stands on: its town, its dice, its diary, and who acts for whom."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from tracker.actor import Actor
from tracker.demo.diary import Diary, Happening
from tracker.demo.drafts import assignments_of
from tracker.demo.items import CitySuggestion
from tracker.demo.settling import Town
from tracker.dispatch.models import Assignment
from tracker.errors import RuleBroken
from tracker.suggestion.models import Suggestion


class Life:
    """One suggestion in its town; every choice is drawn from its own dice, so the same seed tells the same city."""

    def __init__(self, town: Town, item: CitySuggestion, suggestion: Suggestion, diary: Diary, seed: int) -> None:
        self.town, self.item, self.suggestion, self.diary = town, item, suggestion, diary
        self.dice = Random(f"story {seed} {item.title}")  # nosec B311
        self.letters = 0
        self._kept: list[Assignment] = []
        self.aside = Random(f"aside {seed} {item.title}")  # nosec B311 - what was told later moves no other choice

    def _body(self, assignment: Assignment) -> Actor:
        return self.town.handler(assignment.body)

    def _on(self, day: date, days: tuple[int, int], act: Happening) -> None:
        """Some days after a day; an act the rules have overtaken meanwhile is left out."""

        def tried(on: date) -> None:
            try:
                self._kept = self.assignments()
                act(on)
            except RuleBroken:
                return

        self.diary.write(day + timedelta(days=self.dice.randint(*days)), tried)

    def assignments(self) -> list[Assignment]:
        return assignments_of(self.suggestion.id)

    def _is_long_ago(self, day: date) -> bool:
        """Of last year's suggestions even the slowest has been answered, but for a handful."""
        return self.diary.until - day > timedelta(days=250) and self.dice.random() < 0.9

    def _telling(self, on: date) -> bool:
        """Letters are written for the last months only: older ones would fill the outbox with what is long past."""
        return on >= self.diary.until - timedelta(days=130)
