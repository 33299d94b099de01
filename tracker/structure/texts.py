"""By which words deputies and bodies are found."""

from __future__ import annotations

from tracker.search.pinyin import sounds
from tracker.search.rules import Kind
from tracker.search.sources import Source, together
from tracker.structure.models import Body, Deputy


def spoken(name: str) -> str:
    """A name, and what it may be typed as in Latin letters."""
    return together(name, *sounds(name))


TEXTS = (
    Source(Kind.DEPUTY, Deputy, ("name",), spoken),
    Source(Kind.BODY, Body, ("name", "short_name", "former_names", "name_en")),
)
