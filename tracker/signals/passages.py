"""How what was found in a text is shown: not longer than a line of a list. Pure."""

from __future__ import annotations

from collections.abc import Sequence

LONGEST = 80
MOST = 3


def short(said: str) -> str:
    """A sentence, or its beginning."""
    bare = " ".join(said.split()).rstrip("。；，")
    return bare if len(bare) <= LONGEST else f"{bare[: LONGEST - 1]}…"


def few(said: Sequence[str]) -> str:
    """The first of some."""
    return "；".join(map(short, said[:MOST]))
