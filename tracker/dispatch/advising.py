"""Which bodies would answer a suggestion, by what became of those like it. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

MOST = 3
RETURNED = 0.5  # what a returned one takes from a body, against what an answered one gives
FAR = 0.3  # the share of the best weight below which a body is not named


@dataclass(frozen=True)
class Past:
    """An earlier suggestion: how alike it is, which bodies answered it, which gave it back."""

    likeness: float
    answering: frozenset[int]
    returned_by: frozenset[int] = frozenset()


@dataclass
class Named:
    """A body that would answer: so many like it went there, so many of them were returned (件)."""

    body_id: int
    alike: int = 0
    returned: int = 0
    weight: float = 0.0


def advise(
    past: Iterable[Past], today: Mapping[int, int] | None = None, *, among: Collection[int] | None = None
) -> list[Named]:
    """Up to three bodies, the best advice first; none when nothing like it was ever handed over.

    The most alike count most (their likeness squared). `today` says who does a closed body's work now. `among`: only
    these bodies are asked for, as a hub asks among its own.
    """
    found: dict[int, Named] = {}
    for one in past:
        weight = one.likeness**2
        for body_id in one.answering:
            body = _named(found, body_id, today)
            body.alike += 1
            body.weight += weight
        for body_id in one.returned_by:
            body = _named(found, body_id, today)
            body.alike += 1
            body.returned += 1
            body.weight -= RETURNED * weight
    asked = [body for body in found.values() if among is None or body.body_id in among]
    ordered = sorted(asked, key=lambda body: (-body.weight, body.body_id))
    if not ordered or ordered[0].weight <= 0:
        return []
    return [body for body in ordered if body.weight >= FAR * ordered[0].weight][:MOST]


def _named(found: dict[int, Named], body_id: int, today: Mapping[int, int] | None) -> Named:
    present = (today or {}).get(body_id, body_id)
    return found.setdefault(present, Named(present))
