"""A visitor without numbers: what a statement is written for once, and run for whoever asks.

Writing a long statement costs more than running it. `anyone(visitor)` has the visitor's role and, for his congress,
body, deputy, assignment, suggestion and circulation, parameters where he has a number; `numbers(visitor)` fills them
in. Everything that takes a visitor to write a condition (`scope` first of all) takes it too, so there is one place
that says who sees what.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import sqlalchemy as sa

from tracker.stage import Visitor

NUMBERS = ("body_id", "deputy_id", "assignment_id", "suggestion_id", "circulation_id", "congress_id")


@dataclass(eq=False)
class Anyone:
    """Whoever has this role and these kinds of number."""

    role: Any
    body_id: Any
    deputy_id: Any
    assignment_id: Any
    suggestion_id: Any
    circulation_id: Any
    congress_id: Any


def anyone(visitor: Visitor) -> Anyone:
    """The same object for all visitors for whom a statement reads the same."""
    return _anyone(visitor.role, *(getattr(visitor, name) is not None for name in NUMBERS))


def numbers(visitor: Visitor) -> dict[str, int | None]:
    """What to run the statement with."""
    return {f"visitor_{name}": getattr(visitor, name) for name in NUMBERS if getattr(visitor, name) is not None}


@cache
def _anyone(role: Any, *has: bool) -> Anyone:
    filled = (
        sa.bindparam(f"visitor_{name}", type_=sa.Integer) if known else None
        for name, known in zip(NUMBERS, has, strict=True)
    )
    return Anyone(role, *filled)
