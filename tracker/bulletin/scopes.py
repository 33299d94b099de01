"""Parts of an issue put together, and what of a part may leave the building. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

Scope = dict[str, Any]


def united(scopes: Iterable[Scope]) -> Scope:
    """What one reads who reads for several: all, one part, or several beside each other."""
    parts: list[Scope] = []
    for scope in scopes:
        if scope.get("all") and scope.get("internal"):
            return scope
        parts += [part for part in scope.get("any", [scope]) if part not in parts]
    return parts[0] if len(parts) == 1 else {"any": parts}


def outside(scope: Scope) -> Scope:
    """The same part without internal matters (工作秘密): they are never in mail, and in no file that leaves."""
    if "any" in scope:
        return {"any": [outside(part) for part in scope["any"]]}
    return {**scope, "internal": False}


def sees_all(scope: Scope) -> bool:
    """Whether the figures of the whole congress are in a scope."""
    return any(part.get("all") for part in scope.get("any", [scope]))


def width(scope: Scope, items: int) -> tuple[bool, int]:
    """Sorts the parts of one reader: who reads all first, then who reads most."""
    return sees_all(scope), items
