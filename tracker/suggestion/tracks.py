"""Where a suggestion and each of its parts stood from which day on, each followed by its own lines of history. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from itertools import zip_longest
from typing import Any

from tracker.suggestion.journey import HANDLED, MOVES, Stage

WITHDRAWAL_ENDS = ("refuse_to_withdraw", "drop_withdrawal", "withdraw")
ASKS_IN = (*HANDLED, Stage.DRAFT, Stage.RECORDED, Stage.RETURNED_TO_DEPUTY, Stage.HANDED_OVER)
EXTENSION_ENDS = ("grant_extension", "refuse_extension")


@dataclass
class Track:
    """Where one thing stood, from which day on, whose it was, and what was asked meanwhile."""

    steps: list[tuple[date, Any]] = field(default_factory=list)
    bodies: list[tuple[date, str]] = field(default_factory=list)  # until that day it was this body's
    asked_on: date | None = None
    asked: list[tuple[date, date | None]] = field(default_factory=list)

    def day(self, on: date) -> date:
        return max(self.steps[-1][0], on) if self.steps else on

    def move(self, on: date, to: Any) -> None:
        self.steps.append((self.day(on), to))
        if to not in ASKS_IN:
            self.end_asking(on)

    def ask(self, on: date) -> None:
        self.asked_on = self.day(on)

    def end_asking(self, on: date) -> None:
        if self.asked_on is not None:
            self.asked.append((self.asked_on, max(self.asked_on, on)))
            self.asked_on = None

    def periods(self) -> list[tuple[date, date | None, Any]]:
        """From, to and where it stood in between."""
        ends = [on for on, _where in self.steps[1:]]
        return [(on, end, where) for (on, where), end in zip_longest(self.steps, ends)]

    def asking(self) -> list[tuple[date, date | None]]:
        return [*self.asked, (self.asked_on, None)] if self.asked_on is not None else self.asked


def followed(entries: Iterable[Any]) -> tuple[Track, list[date], dict[int, Track]]:
    """The suggestion's own track, the days on which its later rounds began, and the track of each part."""
    stage, rounds = Track(), list[date]()
    tracks: dict[int, Track] = {}
    for entry in entries:
        if (move := MOVES.get(entry.move)) is None:
            continue
        track = stage
        if entry.assignment_id is not None:
            track = tracks.setdefault(entry.assignment_id, Track())
        _ask(track, entry)
        if move.name == "succeed":
            track.bodies.append((track.day(entry.on), str(entry.facts.get("from", ""))))
        if move.name == "handle_again":
            rounds.append(track.day(entry.on))
        if move.to is not None:
            track.move(entry.on, move.to)
    return stage, rounds, tracks


def _ask(track: Track, entry: Any) -> None:
    """What is asked beside the course of things, and lies with whoever must say yes or no."""
    if entry.move in ("ask_extension", "ask_withdrawal"):
        track.ask(entry.on)
    elif entry.move in (*EXTENSION_ENDS, *WITHDRAWAL_ENDS):
        track.end_asking(entry.on)
