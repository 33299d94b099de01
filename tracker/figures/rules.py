"""What may be said of a figure: never a share without its counts, no order of what is too little to compare. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from math import sqrt
from typing import Generic, TypeVar

from tracker.errors import N_, RuleBroken

T = TypeVar("T")
USUAL_MINIMUM = 5
MOST_MINIMUM = 100
Z = 1.959964  # of a normal distribution nineteen in twenty lie within so many deviations


@dataclass(frozen=True)
class Share:
    """So many of so many, both always told; in percent only where there are enough of them to say it."""

    part: int
    whole: int
    minimum: int = USUAL_MINIMUM

    @property
    def is_told(self) -> bool:
        """Whether a share in percent is told: of nothing, and of too few, it is not."""
        return self.whole >= max(1, self.minimum)

    @property
    def percent(self) -> int | None:
        return percent(self.part, self.whole) if self.is_told else None


@dataclass(frozen=True)
class Standing:
    """How much there is of the measure by which rows are put in order.

    `is_idle`: has finished nothing although it should have; that is the worst there is, whatever is compared.
    """

    share: Share
    is_idle: bool = False


@dataclass
class Ranked(Generic[T]):
    """Rows in order, and apart from them those of which there is too little to compare, in the order they came."""

    compared: list[T] = field(default_factory=list)
    too_few: list[T] = field(default_factory=list)


def percent(part: int, whole: int) -> int:
    """In whole percent; a hundred and none are told only where it is all or nothing."""
    if not 0 < part < whole:
        return 100 if part and part == whole else 0
    return min(99, max(1, round(100 * part / whole)))


def interval(part: int, whole: int) -> tuple[int, int] | None:
    """Where the true share lies with a certainty of 95 % (Wilson 1927), in percent; None of nothing.

    The fewer the cases, the wider it is: 1 of 1 is 21-100 %, 100 of 100 is 96-100 %.
    """
    if whole <= 0:
        return None
    share, squared = part / whole, Z * Z
    middle = share + squared / (2 * whole)
    spread = Z * sqrt(share * (1 - share) / whole + squared / (4 * whole * whole))
    low, high = ((middle + way * spread) / (1 + squared / whole) for way in (-1, 1))
    return max(0, round(100 * low)), min(100, round(100 * high))


def ranked(
    rows: Iterable[T], standing: Callable[[T], Standing], *, worst_is_most: bool, worst_first: bool
) -> Ranked[T]:
    """Rows by their share, the most harmful first or last; of equal ones the one with more cases is the worse.

    What has finished nothing is the worst of all. What is too little to compare stands apart, in no order.
    """
    found: Ranked[T] = Ranked()
    keyed = []
    for row in rows:
        stands = standing(row)
        if not stands.is_idle and not stands.share.is_told:
            found.too_few.append(row)
            continue
        share = stands.share.part / stands.share.whole if stands.share.whole else 0.0
        bad = share if worst_is_most else -share
        keyed.append(((stands.is_idle, bad, abs(stands.share.whole)), row))
    keyed.sort(key=lambda one: one[0], reverse=worst_first)
    found.compared = [row for _key, row in keyed]
    return found


def is_idle(*, answered: int, due: int, without_clock: int, minimum: int) -> bool:
    """It answered nothing, and at least the minimum number of its item-bodies are over or have no clock at all."""
    return answered == 0 and due + without_clock >= max(1, minimum)


def must_be_minimum(minimum: int) -> None:
    """:raises RuleBroken: nothing at all, or so many that nothing would ever be compared."""
    if not 1 <= minimum <= MOST_MINIMUM:
        raise RuleBroken(N_("Choose a number from 1 to %(most)s."), most=MOST_MINIMUM)


def must_be_statement(text: str, *, longest: int) -> None:
    """:raises RuleBroken: nothing is said, or more than one paragraph holds."""
    if not text.strip():
        raise RuleBroken(N_("Write what the body says of its figures."))
    if len(text.strip()) > longest:
        raise RuleBroken(N_("At most %(longest)s signs; one paragraph."), longest=longest)
